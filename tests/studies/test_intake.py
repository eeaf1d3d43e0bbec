"""A file on its way in: proposed, tried, kept whole or refused whole."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from errors import (
    AppError,
    BadOption,
    DuplicateCodes,
    MissingColumns,
    NotComparable,
    SeveralChoices,
    UnknownCrs,
    UnreadableFile,
)
from geo.frames import Kind
from geo.reading.columns import BoundaryColumns, CountColumn, TableColumns
from i18n.messages import load_words
from store.opening import open_store
from store.repository import Store
from studies.intake import (
    Received,
    Settled,
    TableProposal,
    Trial,
    find_beside,
    keep_trial,
    look_at_table,
    receive,
    should_replace,
    try_table,
)
from studies.intake_boundaries import (
    keep_boundaries,
    look_at_boundaries,
    try_boundaries,
)
from studies.intake_report import (
    describe_content,
    list_balance,
    list_left_over,
    list_used,
    write_sentence,
)
from tests.mau import CODES, RESIDENTS, VERSION, make_wards, middle, write_wards

WORDS = load_words("vi")
KEY = TableColumns(key="MA_XA", by_key=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/kho.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def area_id(store: Store) -> int:
    return store.keep_boundaries(make_wards(), key="mau", title="Thành phố Mẫu")


def write_csv(folder: Path, text: str, *, name: str = "bang.csv") -> Received:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return receive([path])


def look(folder: Path, text: str, kind: Kind = "incidents") -> TableProposal:
    return look_at_table(write_csv(folder, text), kind)


def attempt(folder: Path, text: str, columns: TableColumns, **said: object) -> Trial:
    return try_table(make_wards(), look(folder, text), Settled(columns, **said))  # type: ignore[arg-type]


def guessed(proposal: TableProposal) -> TableColumns:
    """The guess accepted as it stands."""
    roles = {role: column for role, column in proposal.guess.items() if role not in ("count", "value")}
    counts = tuple(CountColumn(proposal.guess[role]) for role in ("count",) if role in proposal.guess)
    return TableColumns(**roles, counts=counts, by_key="key" in roles)


def test_boundaries_are_proposed_with_their_columns_and_kept_once(tmp_path: Path, store: Store) -> None:
    proposal = look_at_boundaries(receive([write_wards(tmp_path)]), tmp_path)
    assert proposal.layers == ("mau",)
    assert proposal.guess == BoundaryColumns("MA_XA", "TEN_XA", "TEN_HUYEN", "DAN_SO")
    trial = try_boundaries(proposal, proposal.guess, title="Mẫu", version=VERSION)
    assert list(trial.wards.frame.index) == list(CODES)
    assert list(trial.wards.frame["population"]) == list(RESIDENTS)
    area_id, is_new = keep_boundaries(store, trial)
    revision = store.revision()
    assert is_new
    assert (store.list_areas()[0].title, store.list_areas()[0].version) == ("Mẫu", VERSION)
    assert keep_boundaries(store, trial) == (area_id, False)
    assert store.revision() == revision


def test_the_same_boundaries_read_by_another_code_column_are_another_area(
    tmp_path: Path, store: Store
) -> None:
    proposal = look_at_boundaries(receive([write_wards(tmp_path)]), tmp_path)
    first, _ = keep_boundaries(store, try_boundaries(proposal, proposal.guess))
    by_name = replace(proposal.guess, code="TEN_XA")
    second, is_new = keep_boundaries(store, try_boundaries(proposal, by_name))
    assert is_new
    assert second != first


def test_a_column_settled_as_none_is_not_guessed_again(tmp_path: Path) -> None:
    proposal = look_at_boundaries(receive([write_wards(tmp_path)]), tmp_path)
    trial = try_boundaries(proposal, BoundaryColumns(code="MA_XA", name="TEN_XA"))
    assert trial.wards.frame["population"].isna().all()
    assert set(trial.wards.frame["parent"]) == {""}
    table = attempt(
        tmp_path, "MA_XA,so_vu,thang\n00001,3,01/2022\n", replace(KEY, counts=(CountColumn("so_vu"),))
    )
    assert table.joined.rows["start"].isna().all()


def test_a_registered_file_brings_its_version_and_refuses_another(tmp_path: Path) -> None:
    path = write_wards(tmp_path)
    received = receive([path])
    (tmp_path / "registry.toml").write_text(
        f'[mau]\nid = "mau"\ntitle = "Mẫu"\nfile = "{path.name}"\nsha256 = "{received.sha256}"\n'
        f'version = {{ id = "{VERSION}" }}\n',
        encoding="utf-8",
    )
    proposal = look_at_boundaries(received, tmp_path)
    trial = try_boundaries(proposal, proposal.guess)
    assert (trial.wards.version, trial.key, trial.title) == (VERSION, "mau", "Mẫu")
    with pytest.raises(NotComparable):
        try_boundaries(proposal, proposal.guess, version="khác")


def test_the_loose_parts_of_a_shapefile_are_one_file(tmp_path: Path) -> None:
    write_wards(tmp_path, name="mau.shp")
    parts = sorted(tmp_path.glob("mau.*"))
    received = receive(parts)
    assert received.name == "mau.shp"
    assert (
        len(try_boundaries(look_at_boundaries(received, tmp_path), BoundaryColumns("MA_XA")).wards.frame) == 6
    )
    dbf = next(path for path in parts if path.suffix == ".dbf")
    dbf.write_bytes(dbf.read_bytes() + b" ")
    assert receive(parts).sha256 != received.sha256


def test_files_that_are_no_shapefile_together_are_refused(tmp_path: Path) -> None:
    names = ("a.shp", "b.shp", "a.dbf", "c.csv")
    paths = {name: tmp_path / name for name in names}
    for path in paths.values():
        path.write_bytes(b"x")
    for chosen, reason in (
        (["a.dbf", "c.csv"], "several_files"),
        (["a.shp", "b.shp"], "several_shapefiles"),
        (["b.shp", "a.dbf"], "several_shapefiles"),
    ):
        with pytest.raises(UnreadableFile) as refusal:
            receive([paths[name] for name in chosen])
        assert refusal.value.reason == reason


def test_a_missing_reference_system_is_asked_for_with_a_proposal(tmp_path: Path) -> None:
    write_wards(tmp_path, name="mau.shp")
    (tmp_path / "mau.prj").unlink()
    received = receive(sorted(tmp_path.glob("mau.*")))
    with pytest.raises(UnknownCrs) as refusal:
        look_at_boundaries(received, tmp_path)
    assert refusal.value.facts["suggestion"] == "EPSG:4326"
    assert len(look_at_boundaries(received, tmp_path, crs="EPSG:4326").layer.frame) == 6


def test_a_table_is_proposed_tried_and_kept(tmp_path: Path, store: Store, area_id: int) -> None:
    rows = ("00001,Phường Một,3,01/2022", "00002,Phường Hòa Bình,4,02/2022", "99999,Xã Lạ,5,02/2022")
    text = "\n".join(("MA_XA,Tên xã,Số vụ,Tháng", *rows))
    proposal = look(tmp_path, text)
    assert proposal.trouble is None
    assert proposal.guess == {"key": "MA_XA", "name": "Tên xã", "count": "Số vụ", "date": "Tháng"}
    columns = guessed(proposal)
    with pytest.raises(SeveralChoices) as refusal:
        try_table(make_wards(), proposal, Settled(columns, version=VERSION))
    assert refusal.value.reason == "calendar"
    told = Settled(replace(columns, calendar="civil"), version=VERSION, title="Báo cáo")
    trial = try_table(make_wards(), proposal, told)
    assert store.list_datasets(area_id) == []
    keep_trial(store, area_id, trial, replace=False)
    kept = store.list_datasets(area_id)[0]
    assert kept.tally["n"] == {
        "given": 12,
        "joined": 7,
        "ambiguous": 0,
        "unmatched": 5,
        "outside": 0,
        "no_location": 0,
    }
    assert kept.tally["rows"]["unmatched"] == 1
    assert (kept.source.name, kept.source.file, kept.source.illustrative) == ("Báo cáo", "bang.csv", False)


def test_the_report_says_given_is_joined_plus_left_over_in_rows_and_in_incidents(tmp_path: Path) -> None:
    trial = attempt(
        tmp_path,
        "MA_XA,so_vu\n00001,3\n00002,4\n99999,5\n",
        replace(KEY, counts=(CountColumn("so_vu"),)),
        version=VERSION,
    )
    balance = [(row.key, row.rows, row.n) for row in list_balance(trial, WORDS)]
    assert balance == [
        ("given", 3, 12.0),
        ("joined", 2, 7.0),
        ("ambiguous", 0, 0.0),
        ("unmatched", 1, 5.0),
        ("outside", 0, 0.0),
        ("no_location", 0, 0.0),
    ]
    assert write_sentence(trial, WORDS) == "nhận 12 vụ = đã ghép 7 + không tìm thấy địa bàn 5"
    left = list_left_over(trial, WORDS)
    assert left.to_dict("records") == [{"Dòng": 4, "Địa bàn": "99999", "Kết quả": "Không tìm thấy địa bàn"}]
    assert list_used(trial.proposal, trial.settled.columns, WORDS) == [
        ("Địa bàn", "MA_XA", True),
        ("Số lượng", "so_vu", True),
    ]
    assert describe_content(trial, 6, WORDS) == ["2 trong 6 địa bàn có số liệu", "không ghi thời gian"]


def test_points_are_found_by_coordinates_and_leftovers_show_where_they_were(tmp_path: Path) -> None:
    inside = [middle(code) for code in ("00001", "00001", "00006")]
    rows = (
        "".join(f"{x},{y},Trộm cắp,05/03/2022\n" for x, y in [*inside, (106.5, 10.5)])
        + ",,Trộm cắp,05/03/2022\n"
    )
    proposal = look(tmp_path, "kinh_do,vi_do,loai_vu,ngay\n" + rows)
    assert proposal.has_place
    trial = try_table(make_wards(), proposal, Settled(guessed(proposal), version=VERSION))
    assert trial.joined.tally_rows() == {
        "given": 5, "joined": 3, "ambiguous": 0, "unmatched": 0, "outside": 1, "no_location": 1,
    }  # fmt: skip
    left = list_left_over(trial, WORDS)
    assert list(left["Kinh độ"]) == ["106.5", ""]
    assert list(left["Kết quả"]) == ["Ngoài ranh giới", "Không có vị trí"]
    assert describe_content(trial, 6, WORDS) == [
        "2 trong 6 địa bàn có số liệu",
        "thời gian từ 05/03/2022 đến 05/03/2022",
        "1 loại vụ: Trộm cắp (3)",
    ]


def test_a_wide_table_is_asked_about_and_each_column_must_say_what_it_stands_for(tmp_path: Path) -> None:
    text = "MA_XA,trom,cuop\n00001,3,1\n00002,4,0\n"
    proposal = look(tmp_path, text)
    assert isinstance(proposal.trouble, SeveralChoices)
    with pytest.raises(BadOption) as refusal:
        attempt(tmp_path, text, replace(KEY, counts=(CountColumn("trom", "Trộm"), CountColumn("cuop"))))
    assert refusal.value.facts == {"column": "cuop"}
    counts = (CountColumn("trom", "Trộm"), CountColumn("cuop", "Cướp"))
    trial = attempt(tmp_path, text, replace(KEY, counts=counts), version=VERSION)
    assert trial.joined.rows.groupby("category")["n"].sum().to_dict() == {"Cướp": 1.0, "Trộm": 7.0}


def test_population_and_status_tables_are_tried_by_their_own_columns(tmp_path: Path) -> None:
    proposal = look(tmp_path, "MA_XA,DAN_SO\n00001,1.500\n", "population")
    columns = replace(KEY, counts=(CountColumn(proposal.guess["value"]),))
    trial = try_table(make_wards(), proposal, Settled(columns, version=VERSION))
    assert list(trial.joined.rows["n"]) == [1500.0]
    proposal = look(tmp_path, "MA_XA,nam,tinh_trang\n00001,2022,đang chuyển hóa\n", "status")
    columns = replace(KEY, value=proposal.guess["value"], year=proposal.guess["year"])
    trial = try_table(make_wards(), proposal, Settled(columns, version=VERSION, complete=True))
    assert trial.joined.complete
    assert list(trial.joined.rows["status"]) == ["dang_chuyen_hoa"]
    assert describe_content(trial, 6, WORDS)[1] == "1 tình trạng: đang chuyển hóa (1)"


def test_the_first_sheet_is_proposed_and_two_sheets_of_one_book_stand_side_by_side(
    tmp_path: Path, store: Store, area_id: int
) -> None:
    path = tmp_path / "so_vu.xlsx"
    with pd.ExcelWriter(path) as book:
        for year in (2021, 2022):
            rows = {"MA_XA": ["00001"], "so_vu": [year - 2020], "nam": [year]}
            pd.DataFrame(rows).to_excel(book, sheet_name=str(year), index=False)
    received = receive([path])
    for sheet in ("2021", "2022"):
        proposal = look_at_table(received, "incidents", sheet=sheet)
        assert proposal.sheets == ("2021", "2022")
        trial = try_table(make_wards(), proposal, Settled(guessed(proposal), version=VERSION))
        keep_trial(store, area_id, trial, replace=False)
    assert look_at_table(received, "incidents").table.sheet == "2021"
    assert [dataset.tally["n"]["given"] for dataset in store.list_datasets(area_id)] == [1, 2]


def test_a_file_that_overlaps_one_in_use_is_proposed_as_its_replacement(
    tmp_path: Path, store: Store, area_id: int
) -> None:
    counts = replace(KEY, counts=(CountColumn("so_vu"),), date="nam")
    first = attempt(tmp_path, "MA_XA,so_vu,nam\n00001,3,2022\n", counts)
    keep_trial(store, area_id, first, replace=False)
    again = attempt(tmp_path, "MA_XA,so_vu,nam\n00001,4,2022\n", counts)
    later = attempt(tmp_path, "MA_XA,so_vu,nam\n00001,4,2023\n", counts)
    beside = find_beside(store, area_id, again)
    assert [dataset.file_name for dataset in beside.alike] == ["bang.csv"]
    assert beside.other_form == ()
    assert should_replace(again, beside)
    assert not should_replace(later, find_beside(store, area_id, later))
    assert find_beside(store, area_id, first).alike == ()
    revision = store.revision()
    with pytest.raises(NotComparable):
        keep_trial(store, area_id, again, replace=False)
    assert store.revision() == revision
    keep_trial(store, area_id, again, replace=True)
    assert [dataset.tally["n"]["given"] for dataset in store.list_datasets(area_id)] == [4]


BAD_BOUNDARIES: list[tuple[str, bytes, type[AppError], str]] = [
    ("van_ban.zip", b"xin chao", UnreadableFile, "corrupt"),
    ("trong.geojson", b"", UnreadableFile, "empty"),
    ("cut.geojson", b'{"type": "FeatureCollection", "features": [{"ty', UnreadableFile, "bad_geojson"),
    ("bang.csv", b"MA_XA,so_vu\n1,2\n", UnreadableFile, "not_polygons"),
    ("ranh.dbf", b"x", UnreadableFile, "shapefile_part"),
    ("ranh.docx", b"x", UnreadableFile, "unsupported"),
]


@pytest.mark.parametrize(("name", "content", "error", "reason"), BAD_BOUNDARIES)
def test_a_bad_boundary_file_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes, error: type[AppError], reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error) as refusal:
        look_at_boundaries(receive([path]), tmp_path)
    assert refusal.value.reason == reason
    assert name in WORDS.error(refusal.value)


BAD_TABLES: list[tuple[str, type[AppError], str]] = [
    ("", UnreadableFile, "empty"),
    ("MA_XA,so_vu\n", UnreadableFile, "no_rows"),
]


@pytest.mark.parametrize(("text", "error", "reason"), BAD_TABLES)
def test_an_empty_table_is_refused_by_name(
    tmp_path: Path, text: str, error: type[AppError], reason: str
) -> None:
    with pytest.raises(error) as refusal:
        look(tmp_path, text)
    assert refusal.value.reason == reason
    assert "bang.csv" in WORDS.error(refusal.value)


def test_a_table_without_a_ward_column_is_shown_with_its_trouble_and_can_be_corrected(tmp_path: Path) -> None:
    proposal = look(tmp_path, "o_dau,so_vu\nPhường Một,3\n")
    assert isinstance(proposal.trouble, MissingColumns)
    assert proposal.columns == ("o_dau", "so_vu")
    assert proposal.guess == {"count": "so_vu"}
    columns = TableColumns(key="o_dau", counts=(CountColumn("so_vu"),), by_key=True)
    trial = try_table(make_wards(), proposal, Settled(columns, version=VERSION))
    assert trial.joined.tally()["joined"] == 3


def test_a_totals_row_is_taken_out_and_a_total_category_is_refused(tmp_path: Path) -> None:
    counts = (CountColumn("so_vu"),)
    trial = attempt(tmp_path, "MA_XA,so_vu\n00001,3\n00002,4\nTổng cộng,7\n", replace(KEY, counts=counts))
    assert (trial.joined.tally()["joined"], trial.joined.tally()["given"]) == (7, 7)
    assert "TotalsAgree" in {finding.code for finding in trial.findings}
    text = "MA_XA,loai,so_vu\n00001,Trộm,3\n00001,Tổng số,3\n"
    with pytest.raises(SeveralChoices) as refusal:
        attempt(tmp_path, text, replace(KEY, counts=counts, category="loai"))
    assert refusal.value.reason == "total"


def test_codes_of_another_boundary_version_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotComparable):
        attempt(
            tmp_path, "MA_XA,so_vu\n00001,3\n", replace(KEY, counts=(CountColumn("so_vu"),)), version="2025"
        )


def test_clashing_ward_codes_are_refused(tmp_path: Path) -> None:
    wards = make_wards().frame.reset_index()
    wards["ward_code"] = "00001"
    path = tmp_path / "trung.gpkg"
    wards.to_file(path, engine="pyogrio")
    proposal = look_at_boundaries(receive([path]), tmp_path)
    with pytest.raises(DuplicateCodes):
        try_boundaries(proposal, proposal.guess)


@pytest.mark.real_data
def test_the_second_city_is_joined_without_loss(real_data: Path, tmp_path: Path, store: Store) -> None:
    city = real_data / "cities" / "dc"
    zipped = shutil.copy(city / "boundaries_wards_2022.zip", tmp_path)
    proposal = look_at_boundaries(receive([Path(zipped)]), tmp_path)
    trial = try_boundaries(proposal, proposal.guess)
    area_id, _ = keep_boundaries(store, trial)
    points = look_at_table(receive([city / "points.parquet"]), "incidents")
    joined = try_table(store.load_wards(area_id), points, Settled(guessed(points)))
    assert write_sentence(joined, WORDS) == "nhận 5.735 vụ = đã ghép 5.735"
    keep_trial(store, area_id, joined, replace=False)
    assert len(store.load_wards(area_id).frame) == 8
    assert store.list_datasets(area_id)[0].n_rows == 5735
