"""The example's second version: 32 units put together from the 83 wards, with tables of their own."""

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyproj
import pytest
import shapely

from geo.boundaries.check import check_wards
from geo.boundaries.registry import hash_file, list_entries
from geo.crs import to_degrees, to_metres
from geo.frames import BoundaryVersion, Kind, Wards
from geo.reading.columns import BoundaryColumns
from geo.reading.read import read_boundaries, read_table
from geo.versions.carry import carry, find_whole
from geo.versions.crosswalk import Crosswalk
from geo.versions.crosswalk_check import check_crosswalk, propose_correction
from geo.versions.crosswalk_read import read_crosswalk
from store.opening import open_store
from store.repository import Store
from studies import example
from studies.example import keep_example, open_with_example

DATA = Path(__file__).parents[2] / "data"
FOLDER, SAMPLE = DATA / "boundaries", DATA / "sample"
ARCHIVE = FOLDER / "can_tho_2025.zip"
CROSSWALK = SAMPLE / "crosswalk_2024_2025.csv"
OLD, NEW = "can-tho-truoc-2024-10-31", "can-tho-2025-07-01"
DIVIDED = {"31120", "31168", "31150", "31183", "31207", "31228"}


@pytest.fixture(scope="module")
def drawn() -> gpd.GeoDataFrame:
    return gpd.read_file(FOLDER / "can_tho_2024.zip").set_index("MA_XA")


@pytest.fixture(scope="module")
def units() -> gpd.GeoDataFrame:
    return gpd.read_file(ARCHIVE).set_index("MA_XA")


@pytest.fixture(scope="module")
def parts() -> pd.DataFrame:
    table = pd.read_csv(CROSSWALK, dtype={"old_code": str, "new_code": str})
    return table.assign(whole=table["whole"] == "toàn bộ")


def test_the_32_units_have_their_own_names_and_reused_codes(
    units: gpd.GeoDataFrame, drawn: gpd.GeoDataFrame
) -> None:
    assert len(units) == 32
    assert units.index.is_unique
    assert set(units.index) <= set(drawn.index)
    assert units.loc["31147", "TEN_XA"] == "Phường Tân An"
    assert drawn.loc["31147", "TEN_XA"] == "Phường Hưng Lợi"
    assert units["TEN_XA"].str.startswith("Phường").sum() == 16
    assert set(units["TEN_TINH"]) == {"Thành phố Cần Thơ"}


def test_the_shapes_are_a_coverage_of_exactly_the_old_territory(
    units: gpd.GeoDataFrame, drawn: gpd.GeoDataFrame
) -> None:
    assert units.crs == drawn.crs == "EPSG:5897"
    in_degrees = [to_degrees(frame, pyproj.CRS("EPSG:5897")) for frame in (units, drawn)]
    for frame in (units, in_degrees[0]):
        assert set(frame.geom_type) == {"Polygon"}
        assert frame.geometry.is_valid.all()
        assert shapely.coverage_is_valid(frame.geometry.to_numpy())
    assert units.area.sum() == pytest.approx(drawn.area.sum(), rel=1e-6)
    territories = [shapely.coverage_union_all(frame.geometry.to_numpy()) for frame in (units, drawn)]
    assert shapely.area(shapely.symmetric_difference(*territories)) < 1.0
    new_km2, old_km2 = (to_metres(frame[["geometry"]]).area.sum() / 1e6 for frame in in_degrees)
    assert new_km2 == pytest.approx(old_km2, rel=1e-6)


def test_each_unit_is_the_union_of_its_parts(
    units: gpd.GeoDataFrame, drawn: gpd.GeoDataFrame, parts: pd.DataFrame
) -> None:
    for part in parts.itertuples():
        ward, unit = drawn.at[part.old_code, "geometry"], units.at[part.new_code, "geometry"]
        share = shapely.area(shapely.intersection(ward, unit)) / shapely.area(ward)
        assert share == pytest.approx(part.weight_area, abs=1e-4), part.old_name
    whole = parts[parts["whole"] & ~parts["new_code"].isin(DIVIDED)]
    for code, group in whole.groupby("new_code"):
        union = shapely.union_all(drawn.loc[group["old_code"], "geometry"].to_numpy())
        assert shapely.area(shapely.symmetric_difference(union, units.at[code, "geometry"])) < 1.0


def test_areas_and_residents_are_those_of_the_parts_where_they_are_known(
    units: gpd.GeoDataFrame, drawn: gpd.GeoDataFrame
) -> None:
    assert set(units.index[units["DAN_SO"].isna()]) == DIVIDED
    ninh_kieu = drawn.loc[["31123", "31126", "31129", "31141", "31135", "31144"]]
    assert units.loc["31135", "DAN_SO"] == ninh_kieu["DAN_SO"].sum() == 96_672
    assert units.loc["31135", "DT_KM2"] == pytest.approx(ninh_kieu["DT_KM2"].sum()) == 5.3
    assert units.loc["31120", "DT_KM2"] == pytest.approx(6.511 + 1.66 + 1.83, abs=0.001)
    assert units["DT_KM2"].sum() == pytest.approx(drawn["DT_KM2"].sum(), abs=0.02)


def test_the_crosswalk_leads_from_83_wards_to_32_units(parts: pd.DataFrame, drawn: gpd.GeoDataFrame) -> None:
    assert (len(parts), parts["old_code"].nunique(), parts["new_code"].nunique()) == (86, 83, 32)
    assert parts.drop_duplicates("old_code")["old_code"].tolist() == drawn.index.tolist()
    assert parts["old_name"].tolist() == drawn.loc[parts["old_code"], "TEN_XA"].tolist()
    assert parts["source"].str.contains("1668/NQ-UBTVQH15", regex=False).all()
    divided = parts[~parts["whole"]]
    assert set(divided["old_name"]) == {"Phường Thốt Nốt", "Phường Long Tuyền", "Phường Bùi Hữu Nghĩa"}
    assert divided["source"].str.contains("ước tính").all()
    by_2024 = parts[parts["source"].str.contains("1192/NQ-UBTVQH15", regex=False)]
    assert by_2024[["old_name", "new_name"]].to_numpy().tolist() == [
        [name, "Phường Ninh Kiều"] for name in ("Phường An Nghiệp", "Phường An Cư", "Phường An Phú")
    ]


def read_wards(archive: Path, version: str, columns: BoundaryColumns) -> Wards:
    entry = next(entry for entry in list_entries(FOLDER) if entry.path == archive)
    return check_wards(read_boundaries(archive), columns, version=version, source=entry.source)[0]


@pytest.fixture(scope="module")
def read() -> tuple[Crosswalk, Wards, Wards]:
    old = read_wards(
        FOLDER / "can_tho_2024.zip", OLD, BoundaryColumns("MA_XA", "TEN_XA", "TEN_HUYEN", "DAN_SO")
    )
    new = read_wards(ARCHIVE, NEW, BoundaryColumns("MA_XA", "TEN_XA", "TEN_TINH", "DAN_SO"))
    crosswalk, findings = read_crosswalk(read_table(CROSSWALK), old=old, new=new)
    assert findings == ()
    return crosswalk, old, new


def test_the_crosswalk_agrees_with_both_boundary_files(read: tuple[Crosswalk, Wards, Wards]) -> None:
    crosswalk, old, new = read
    checked, findings = check_crosswalk(crosswalk, old, new)
    assert findings == ()
    assert propose_correction(checked, old, new) is None
    whole = find_whole(crosswalk)
    assert set(whole.index[~whole]) == DIVIDED


def test_the_registry_tells_since_when_and_on_what_basis() -> None:
    entries = {entry.key: entry for entry in list_entries(FOLDER)}
    entry = entries["can_tho_2025"]
    assert entry.source.sha256 == hash_file(ARCHIVE)
    assert entry.title == "32 xã, phường từ 01/7/2025 (phần lãnh thổ Cần Thơ cũ)"
    assert (entry.source.schematic, entry.source.illustrative) == (True, True)
    assert isinstance(entry.validity, BoundaryVersion)
    assert (entry.validity.id, entry.validity.valid_from) == (NEW, dt.date(2025, 7, 1))
    assert entry.validity.basis.startswith("Nghị quyết 1668/NQ-UBTVQH15")
    assert entries["can_tho_2024"].validity is not None
    assert entries["can_tho_2024"].validity.valid_to == dt.date(2024, 10, 31)


def test_the_script_puts_the_same_bytes_together_again(tmp_path: Path) -> None:
    again = tmp_path / "can_tho_2025.zip"
    script = [sys.executable, str(FOLDER / "make_later.py"), "--out", str(again)]
    subprocess.run(script, check=True, capture_output=True)
    assert again.read_bytes() == ARCHIVE.read_bytes()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('kho') / 'diaban.sqlite'}")
    keep_example(opened, FOLDER)
    yield opened
    opened.close()


def test_a_new_store_gets_both_versions_the_older_first_each_with_its_tables(store: Store) -> None:
    areas = store.list_areas()
    assert [(area.key, area.version, area.n_wards) for area in areas] == [
        ("can_tho_2024", OLD, 83),
        ("can_tho_2025", NEW, 32),
    ]
    kept = {area.key: [entry.file_name for entry in store.list_datasets(area.id)] for area in areas}
    assert kept["can_tho_2025"] == ["incidents_2025_q3.csv", "cameras_2025.csv", "status_2025.csv"]
    assert len(kept["can_tho_2024"]) == 6
    for area in areas:
        assert {entry.version for entry in store.list_datasets(area.id)} == {area.version}


def test_the_kept_crosswalk_joins_the_two_areas(store: Store) -> None:
    (kept,) = store.list_crosswalks()
    first, second = store.list_areas()
    assert (kept.old_area_id, kept.new_area_id, kept.n_rows) == (first.id, second.id, 86)


@pytest.mark.parametrize("kind", ["incidents", "cameras", "population"])
def test_what_was_counted_on_the_old_wards_is_carried_without_loss(store: Store, kind: Kind) -> None:
    first, second = store.list_areas()
    crosswalk = store.load_crosswalk(store.list_crosswalks()[0].id)
    new = store.load_wards(second.id)
    for joined in store.load(first.id, kind):
        carried, findings = carry(joined, crosswalk, new)
        assert carried.tally() == pytest.approx(joined.tally())
        divided = carried.rows.loc[carried.rows["method"] == "estimated", "ward_code"]
        assert set(divided) == (set() if joined.by_place else DIVIDED)
        told = {finding.code: finding.seen for finding in findings}
        if not joined.by_place:
            assert told["CarriedByPopulation"] == "31178 → Phường Cái Khế + Phường Bình Thủy"
            assert told["CarriedByArea"].startswith("31183 → Phường An Bình + Phường Long Tuyền, 31207 → ")


def test_keeping_the_example_again_changes_nothing(store: Store) -> None:
    before = store.revision()
    keep_example(store, FOLDER)
    assert store.revision() == before


def test_a_new_store_gets_the_whole_example_and_an_old_one_stays_as_it_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kho.sqlite"
    with closing(open_with_example(url, FOLDER)) as store:
        assert [(area.key, len(store.list_datasets(area.id))) for area in store.list_areas()] == [
            ("can_tho_2024", 6),
            ("can_tho_2025", 3),
        ]
        assert len(store.list_crosswalks()) == 1
        revision = store.revision()
    with closing(open_with_example(url, FOLDER)) as store:
        assert store.revision() == revision


def test_an_example_that_breaks_off_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    url = f"sqlite:///{tmp_path}/kho.sqlite"
    monkeypatch.setattr(example, "_keep_crosswalk", stop)
    with pytest.raises(KeyboardInterrupt):
        open_with_example(url, FOLDER)
    with closing(open_store(url)) as store:
        assert store.list_areas() == []
