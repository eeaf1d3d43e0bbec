"""docs/data.md is held to the program: every example is read, every word, header and limit is tried."""

import io
import unicodedata
from dataclasses import MISSING, fields
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from briefing import leftovers
from briefing.leftovers import read_corrections, write_leftovers
from errors import ForbiddenContent, SeveralChoices
from geo.crs import parse_crs, split_swapped
from geo.frames import (
    CAMERA_TYPES,
    MEASURES,
    OWNER_KINDS,
    PLACEMENTS,
    SEVERITIES,
    STATUSES,
    Wards,
)
from geo.reading import archive, columns, tables, workbook, workbook_cells
from geo.reading.cells import is_percent, to_number, to_qualified_number
from geo.reading.columns import CountColumn, TableColumns, plain_header
from geo.reading.days import to_days
from geo.reading.encoding_tables import CODECS, encode
from geo.reading.read import FORMATS, read_table
from geo.rows import camera_rows
from geo.rows.camera_rows import OWNER_WORDS, PLACEMENT_WORDS, TYPE_WORDS
from geo.rows.fact_cells import fold_words
from geo.rows.facts import join_table
from geo.rows.incident_rows import KNOWN_BY_WORDS, SEVERITY_WORDS
from geo.rows.measure_words import read_measure
from geo.rows.ward_rows import STATUS_BY_WORD
from geo.versions import crosswalk_columns
from i18n.messages import load_words
from planning.catalogue import RULE_KINDS, Catalogue
from planning.catalogue_check import OPERATORS_OF, VALUE_OF
from planning.catalogue_file import SHELVES, read_catalogue
from planning.papers import LEVELS
from planning.programme import STATES
from planning.targets import FORMS, OPERATORS
from studies import (
    areas_cells,
    areas_columns,
    model_columns,
    models_cells,
    proposals_cells,
    proposals_columns,
)
from studies.doctor import apply_choices, diagnose
from studies.intake import Received, Settled, look_at_table, try_table
from studies.ward_table import BoundaryFile, load_wards
from tests import documents
from tests.documents import DATA, ROOT, read_fences

N_ROWS = {
    "bieu_quy_1.xlsx": 3, "chuyen_doi.csv": 4, "co_camera_nghiep_vu.csv": 1, "co_ten_nguoi.csv": 1,
    "dan_so_va_nguon.csv": 2, "de_xuat_2023.csv": 3, "dia_ban_mau.csv": 3, "diem_camera.csv": 3,
    "duong_mau.geojson": 2, "ky_cong_an.csv": 4, "mo_hinh_mau.csv": 3, "quan_mau.geojson": 2, "ten_cu.csv": 6,
    "ten_viet_sai.csv": 4, "tinh_trang_2022.csv": 2, "trong_so.csv": 3,
}  # fmt: skip
CATALOGUE = "danh_muc_mau.toml"
ROUGHLY = {"từ": ">=", "đến": "<=", "chừng": "~", "": ""}
LIMITS = {
    "một tệp nạp trên trang": (archive.UPLOAD_LIMIT_MB,),
    "tệp nén sau khi mở": (archive.UNPACKED_LIMIT_MB, archive.MEMBER_LIMIT),
    "trang tính": (workbook_cells.MOST_BYTES // 1024**3, workbook.SECONDS),
    "bảng Parquet": (tables.MOST_ROWS, tables.MOST_COLUMNS),
    "tệp sửa dòng còn sót": (leftovers.MOST_ROWS,),
}
VI = load_words("vi")


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """A folder with every example of the document under its name."""
    documents.save_examples(DATA, tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def wards() -> Wards:
    folder = ROOT / "data" / "boundaries"
    return load_wards(BoundaryFile(folder / "can_tho_2024.zip"), folder).wards


def test_every_example_is_read_row_by_row(tmp_path: Path) -> None:
    assert documents.save_examples(DATA, tmp_path) == {*N_ROWS, CATALOGUE}
    assert {name: len(read_table(tmp_path / name).frame) for name in N_ROWS} == N_ROWS


def test_the_sheet_of_a_clerk_gives_its_wards_headings_and_totals(examples: Path) -> None:
    table = read_table(examples / "bieu_quy_1.xlsx")
    assert table.frame["Đơn vị"].tolist() == ["P. Cái Khế", "P. An Hoà", "X. Tân Thới"]
    assert table.frame["parent_heading"].tolist() == ["Quận Ninh Kiều"] * 2 + ["Huyện Phong Điền"]
    assert [total.label for total in table.totals] == ["Quận Ninh Kiều", "Huyện Phong Điền", "Tổng số"]


@pytest.mark.parametrize("codec", CODECS[:-1])
def test_the_example_of_old_letters_reads_the_same_in_every_encoding(examples: Path, codec: str) -> None:
    path = examples / "ten_cu.csv"
    meant = read_table(path).frame
    text = dict(read_fences(DATA, "csv"))["ten_cu.csv"]
    path.write_bytes(encode(text, codec).encode("latin-1") if codec != "utf-8" else text.encode())
    assert read_table(path).frame.equals(meant)
    path.write_text(unicodedata.normalize("NFD", text), encoding="utf-8")
    assert read_table(path).frame.equals(meant)


def test_the_table_of_encodings_shows_what_is_seen() -> None:
    told = documents.read_table(DATA, "ghi", "là")
    assert [codec for codec, _, _ in told] == list(CODECS)
    for codec, _, shown in told[1:4]:
        assert encode("Phường Thới Bình", codec) == shown


def test_every_reference_system_that_is_told_is_understood() -> None:
    told = [split_swapped(text) for text, _ in documents.read_table(DATA, "ghi", "nghĩa")]
    assert [is_swapped for _, is_swapped in told] == [False, False, False, False, True]
    assert [parse_crs(text).to_epsg() for text, _ in told] == [5897, None, None, None, 5897]


def test_numbers_are_read_as_told() -> None:
    told = documents.read_table(DATA, "trong ô", "đọc là")
    cells = pd.Series([cell for cell, *_ in told], dtype=object)
    number, qualifier = to_qualified_number(cells)
    assert number.tolist() == [float(read.replace(",", ".")) for _, read, *_ in told]
    assert qualifier.tolist() == [ROUGHLY[rough] for _, _, rough, _ in told]


def test_cells_that_are_no_number_are_told_or_unknown() -> None:
    cells = pd.Series(["50 %", "", "n/a", "-"], dtype=object)
    number, bad, _ = to_number(cells)
    assert number.isna().all()
    assert bad.tolist() == [True, False, False, True]
    assert is_percent(cells).tolist() == [True, False, False, False]


@pytest.mark.parametrize("row", documents.read_table(DATA, "trong ô", "lịch"), ids=lambda row: "|".join(row))
def test_days_are_read_as_told(row: list[str]) -> None:
    cell, calendar, start, end = row
    read = to_days(pd.Series([cell], dtype=object), calendar=calendar or None)  # type: ignore[arg-type]
    assert read[["start", "end"]].astype(str).iloc[0].tolist() == [start, end]
    if calendar:
        with pytest.raises(SeveralChoices):
            to_days(pd.Series([cell], dtype=object))


def _read_words() -> dict[str, dict[str, list[str]]]:
    """Column -> key -> words, as the document tells them."""
    told: dict[str, dict[str, list[str]]] = {}
    for column, key, said in documents.read_table(DATA, "cột", "nghĩa", "ghi"):
        told.setdefault(column, {})[key] = [word.strip() for word in said.split(",")]
    return told


@pytest.mark.parametrize(
    ("column", "words", "keys"),
    [
        ("tình trạng", STATUS_BY_WORD, STATUSES),
        ("mức độ", SEVERITY_WORDS, SEVERITIES),
        ("nguồn phát hiện", KNOWN_BY_WORDS, ("reported", "discovered")),
        ("loại camera", TYPE_WORDS, CAMERA_TYPES),
        ("chủ quản", OWNER_WORDS, OWNER_KINDS),
        ("kiểu lắp đặt", PLACEMENT_WORDS, PLACEMENTS),
        ("trạng thái camera", dict.fromkeys(camera_rows.WORKING, "working")
         | dict.fromkeys(camera_rows.BROKEN, "broken"), ("working", "broken")),
        ("xem trực tuyến", dict.fromkeys(camera_rows.LIVE, "live")
         | dict.fromkeys(camera_rows.UNWATCHED, "unwatched"), ("live", "unwatched")),
        ("kết nối", dict.fromkeys(camera_rows.CONNECTED, "connected")
         | dict.fromkeys(camera_rows.APART, "apart"), ("connected", "apart")),
        ("đề xuất", proposals_cells.SAID, ("yes", "no")),
        ("tình trạng của địa bàn", areas_cells.SAID, STATES),
        ("hiệu quả của mô hình", models_cells.SAID, ("yes", "no")),
        ("cấp của mô hình", models_cells.LEVELS, LEVELS[:-1]),
    ],
)  # fmt: skip
def test_every_word_means_what_is_told(column: str, words: dict[str, str], keys: tuple[str, ...]) -> None:
    told = _read_words()[column]
    assert tuple(told) == keys
    for key, said in told.items():
        assert {words.get(word) for word in fold_words(pd.Series(said))} == {key}, said


def test_every_word_for_a_measure_means_what_is_told() -> None:
    told = _read_words()["chỉ tiêu"]
    assert (*told, "other") == MEASURES
    for key, said in told.items():
        assert {read_measure(word) for word in said} == {key}, said


GUESSED = (columns, crosswalk_columns, proposals_columns, areas_columns, model_columns)


@pytest.mark.parametrize("place", range(len(GUESSED)))
def test_every_header_that_is_guessed_is_told_and_no_other(place: int) -> None:
    text = DATA.read_text(encoding="utf-8").split("| vai | tên cột |\n|---|---|\n")[place + 1]
    rows = [line.strip("| ").split(" | ") for line in text.split("\n\n")[0].splitlines()]
    told = {role.strip("`"): tuple(plain_header(head) for head in heads.split(", ")) for role, heads in rows}
    assert told == GUESSED[place].STEMS


def test_every_field_of_a_catalogue_is_told_and_whether_it_must_be_there() -> None:
    told = {row[0]: row[2:] for row in documents.read_table(DATA, "phần", "là gì")}
    assert set(told) == {"(đầu tệp)", *SHELVES}
    for shelf, sides in told.items():
        kind = SHELVES.get(shelf, Catalogue)
        own = [field for field in fields(kind) if kind is not Catalogue or field.name not in SHELVES]
        must = [field.name for field in own if field.default is MISSING]
        may = [field.name for field in own if field.default is not MISSING]
        assert [[name.strip() for name in side.split(",") if name] for side in sides] == [must, may], shelf


def test_every_form_of_a_target_and_kind_of_a_rule_is_told() -> None:
    forms = documents.read_table(DATA, "dạng chỉ tiêu (form)", "nghĩa")
    assert [(form, tuple(signs.split())) for form, _, signs, _ in forms] == [
        (form, OPERATORS_OF.get(form, OPERATORS)) for form in FORMS
    ]
    fixed = {form: float(value) for form, *_, value in forms if value != "tùy kế hoạch"}
    assert fixed == VALUE_OF
    kinds = documents.read_table(DATA, "quy tắc (kind)", "nghĩa")
    assert tuple(kind for kind, _ in kinds) == RULE_KINDS


def test_the_shortest_catalogue_is_read(examples: Path) -> None:
    catalogue = read_catalogue(examples / CATALOGUE)
    assert [(each.key, each.weight) for each in catalogue.criteria] == [("incidents", 60), ("rate", 40)]
    assert catalogue.target_sets[0].targets[0].source == "Kế hoạch mẫu"


def test_every_file_ending_and_every_limit_is_told() -> None:
    text = DATA.read_text(encoding="utf-8")
    assert [suffix for suffix in FORMATS if suffix not in text] == []
    told = {row[0]: row[1] for row in documents.read_table(DATA, "điều", "giới hạn")}
    assert set(told) == set(LIMITS)
    for what, limits in LIMITS.items():
        assert [VI.number(limit) for limit in limits if VI.number(limit) not in told[what]] == []


def test_columns_of_persons_are_left_out_and_secret_cameras_refused(examples: Path, wards: Wards) -> None:
    table = read_table(examples / "co_ten_nguoi.csv")
    assert table.frame.columns.tolist() == ["Mã xã", "Tên xã", "Số vụ"]
    told = [finding for finding in table.findings if finding.code == "PersonColumn"]
    assert [finding.facts["column"] for finding in told] == ["Họ và tên", "Số điện thoại"]
    assert "Mẫu" not in repr(told)
    with pytest.raises(ForbiddenContent):
        join_table(wards, read_table(examples / "co_camera_nghiep_vu.csv"), "cameras", TableColumns())


def test_left_over_rows_are_corrected_as_the_table_says(examples: Path, wards: Wards) -> None:
    path = examples / "ten_viet_sai.csv"
    proposal = look_at_table(Received(path, "f" * 64), "incidents")
    settled = Settled(
        TableColumns(key="Đơn vị", parent="Quận huyện", counts=(CountColumn("Số vụ"),), by_key=True)
    )
    trial = try_table(wards, proposal, settled)
    left_over = diagnose(wards, trial).left_over
    assert [left.reason for left in left_over] == ["suggested", "suggested", "unmatched"]
    book = load_workbook(io.BytesIO(write_leftovers(left_over, wards, VI)))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[2]]
    told = documents.read_table(DATA, "Ghi trong tệp", "Mã đúng")
    for text, code, name in told:
        row = next(
            row for row in sheet.iter_rows(min_row=3) if row[heads.index("Ghi trong tệp")].value == text
        )
        row[heads.index("Mã đúng")].value = code or None
        row[heads.index("Tên đúng")].value = name or None
    filled = examples / "sua.xlsx"
    book.save(filled)
    choices, remarks = read_corrections(filled, left_over, wards)
    assert remarks == ()
    repair = apply_choices(wards, trial, choices)
    assert sorted(alias.ward_code for alias in repair.aliases) == ["31120", "31123"]
    assert (repair.before["given"], repair.before["joined"]) == (4, 1)
    assert (repair.after["given"], repair.after["joined"]) == (4, 3)
    assert repair.n_after == {
        "given": 10,
        "joined": 9,
        "ambiguous": 0,
        "unmatched": 1,
        "outside": 0,
        "no_location": 0,
    }
