"""Harm weights, wards with visitors and roads on their way from a file to the answer."""

import datetime as dt
import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from errors import BrokenWeights, NotComparable
from geo.frames import BoundaryVersion, Period, Source
from geo.harm import HarmWeights
from geo.question import Question
from store.opening import open_store
from store.records import VisitorWard
from store.repository import Store
from studies.carried import carry_holdings
from studies.harm import pick_weights
from studies.holdings import load_holdings
from studies.intake import receive
from studies.intake_roads import keep_roads, load_roads, try_roads
from studies.intake_weights import keep_weights, try_weights
from tests.mau import VERSION, write_wards
from tests.store.six_wards import make_crosswalk, make_incidents, make_wards
from tests.studies.test_cli import done, refused

DAY = dt.date(2024, 1, 1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(f"sqlite:///{tmp_path}/kho.sqlite")
    opened.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    return opened


def make_table(day: dt.date, weight: float = 1.0) -> HarmWeights:
    return HarmWeights("bảng", day, (("Trộm cắp", weight),))


def write_lines(folder: Path, longitude: float = 105.5) -> Path:
    """Two roads, the second drawn twice."""
    line, other = (
        shapely.LineString([(longitude, 10.5 + step), (longitude + 0.01, 10.5 + step)]) for step in (0, 0.01)
    )
    frame = gpd.GeoDataFrame(geometry=[line, other, other], crs="EPSG:4326")
    frame.to_file(folder / "duong.gpkg")
    return folder / "duong.gpkg"


def test_a_period_has_the_newest_table_that_held_on_its_first_day() -> None:
    old, new = make_table(dt.date(2022, 1, 1)), make_table(dt.date(2024, 7, 1))
    year = Period(DAY, dt.date(2024, 12, 31))
    assert pick_weights((new, old), year) == old
    assert pick_weights((old, new), Period(dt.date(2024, 7, 1), dt.date(2024, 7, 1))) == new
    assert pick_weights((old, new), Period(dt.date(2021, 12, 31), dt.date(2022, 12, 31))) is None
    assert pick_weights((), year) is None
    assert pick_weights((old,), None) is None


def test_of_two_tables_from_one_day_the_areas_own_holds(store: Store) -> None:
    store.keep_harm_weights(1, make_table(DAY, 2.0))
    store.keep_harm_weights(None, make_table(DAY, 1.0))
    held = load_holdings(store, 1).harm_weights
    assert pick_weights(held, Period(DAY, DAY)) == make_table(DAY, 2.0)


def test_what_a_person_added_is_held_with_the_area_and_weighs_its_incidents(store: Store) -> None:
    store.keep(1, make_incidents(n=4.0), file_name="v.csv", sha256="v", findings=(), replace=False)
    question = Question(Period(DAY, dt.date(2024, 12, 31)))
    assert "harm_weighted" not in load_holdings(store, 1).measure(question).frame
    store.keep_harm_weights(None, make_table(DAY, 2.5))
    store.keep_visitor_wards(1, [VisitorWard("00001", "chợ", DAY)])
    held = load_holdings(store, 1)
    assert held.visitor_wards == {"00001"}
    assert held.measure(question).frame.loc["00001", "harm_weighted"] == 10.0


def test_weights_go_with_incidents_to_later_wards_and_a_list_of_old_codes_does_not(store: Store) -> None:
    later = make_wards(version="mau-2025", source=Source(sha256="b"))
    store.keep_boundaries(
        later, key="b", title="B", validity=BoundaryVersion("mau-2025", dt.date(2025, 7, 1))
    )
    store.keep_harm_weights(1, make_table(DAY))
    store.keep_visitor_wards(1, [VisitorWard("00001", "chợ", DAY)])
    store.keep_visitor_wards(2, [VisitorWard("00003", "bến xe", DAY)])
    carried = carry_holdings(load_holdings(store, 1), load_holdings(store, 2), make_crosswalk())
    assert carried.harm_weights == (make_table(DAY),)
    assert carried.visitor_wards == {"00003"}


def test_a_table_is_read_kept_and_the_same_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "trọng số.csv"
    path.write_text("Loại vụ;Trọng số\nCướp;10\nTrộm;1,5\n", encoding="utf-8")
    trial = try_weights(receive([path]))
    assert (trial.lowest, trial.highest) == (1.5, 10.0)
    assert [keep_weights(store, None, trial, DAY, source="QĐ 1", by="Lan") for _ in range(2)] == [True, False]
    (kept,) = store.list_harm_weights()
    assert kept.weights == HarmWeights("trọng số", DAY, (("Cướp", 10.0), ("Trộm", 1.5)), "QĐ 1")


def test_a_bad_table_leaves_the_store_as_it_was(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "sai.csv"
    path.write_text("Loại vụ,Trọng số\nCướp,-1\n", encoding="utf-8")
    with pytest.raises(BrokenWeights):
        try_weights(receive([path]))
    assert store.list_harm_weights() == []


def test_roads_are_told_in_kilometres_kept_and_loaded_only_when_asked(store: Store, tmp_path: Path) -> None:
    trial = try_roads(store, 1, receive([write_lines(tmp_path)]))
    assert [finding.code for finding in trial.findings] == ["RepeatedLines"]
    assert trial.length_km == pytest.approx(2.1893, abs=0.0005)
    assert trial.inside_pct == 100
    assert [keep_roads(store, 1, trial, source="Sở", as_of="31/12/2024") for _ in range(2)] == [True, False]
    roads = load_roads(store, 1)
    assert roads is not None
    assert roads["row"].tolist() == [0, 1]
    told = store.find_roads(1)
    assert told is not None
    assert (told.source.name, told.source.as_of, told.source.file) == ("Sở", "31/12/2024", "duong.gpkg")


def test_roads_of_another_place_are_refused(store: Store, tmp_path: Path) -> None:
    trial = try_roads(store, 1, receive([write_lines(tmp_path, 103.0)]))
    with pytest.raises(NotComparable) as refusal:
        keep_roads(store, 1, trial)
    assert refusal.value.reason == "roads_elsewhere"
    assert load_roads(store, 1) is None


def test_the_command_line_keeps_weights_and_roads(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/dong_lenh.sqlite"
    done("import", write_wards(tmp_path), "--as", "boundaries", "--version", VERSION, "--database", url)
    table = tmp_path / "trong_so.csv"
    table.write_text("Loại vụ,Trọng số\nCướp,10\n", encoding="utf-8")
    command = ("import", table, "--as", "weights", "--database", url)
    assert "--valid-from" in refused(*command)
    dated = (*command, "--valid-from", "01/01/2024", "--title", "QĐ 1")
    assert done(*dated).splitlines() == ["Đã giữ trong_so.csv: 1 loại vụ, áp dụng từ 01/01/2024."]
    assert "không có gì thay đổi" in done(*dated)
    table.write_text("Loại vụ,Trọng số\nCướp,10\nCƯỚP,9\n", encoding="utf-8")
    assert "Cướp: 10, CƯỚP: 9" in refused(*dated)
    lines = write_lines(tmp_path, 105.0)
    store = open_store(url)
    west, south, _, _ = store.load_wards(1).frame.total_bounds
    gpd.GeoDataFrame(
        geometry=[shapely.LineString([(west, south), (west + 0.01, south)])], crs="EPSG:4326"
    ).to_file(lines)
    assert "1 đoạn đường, 1,1 km" in done("import", lines, "--as", "roads", "--database", url)
    assert [kept.area_id for kept in store.list_harm_weights(1)] == [None]
    assert store.find_roads(1) is not None
    store.close()
    assert json.loads(done("datasets", "--json", "--database", url))["areas"][0]["datasets"] == []


@pytest.mark.parametrize("kind", ["weights", "roads", "crosswalk"])
def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path: Path, kind: str) -> None:
    url = f"sqlite:///{tmp_path}/kho.sqlite"
    done("import", write_wards(tmp_path), "--as", "boundaries", "--version", VERSION, "--database", url)
    said = refused("import", tmp_path / "mat.csv", "--as", kind, "--database", url, "--old-area", "1",
                   "--area", "1", "--valid-from", "01/01/2024")  # fmt: skip
    assert said.startswith("Không tìm thấy tệp mat.csv")
