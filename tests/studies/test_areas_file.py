"""A committee's list of areas: every row is read whole or left out with a word, none is guessed."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.template import HEADER_ROW, make_template
from errors import NotComparable, NothingMatched
from geo.findings import Finding
from i18n.messages import LANGUAGES, load_words
from planning.catalogue_file import read_catalogue
from planning.papers import Document
from planning.taken_over import Listed
from studies.areas_cells import AreaRow
from studies.areas_columns import find_columns
from studies.areas_file import OUTCOMES, read_areas
from studies.intake_areas import CATALOGUE
from studies.report import describe
from tests.mau import CODES, VERSION, make_wards

HEAD = "Mã xã|Tên xã|Quận huyện|Loại|Lý do|Đơn vị phụ trách|Từ ngày|Đến ngày|Tình trạng|Ngày tình trạng|Mức"
SHORT = "Mã xã|Tình trạng|Ngày tình trạng"


def write(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "danh_sach.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def read(
    path: Path, there: tuple[tuple[str, str], ...] = ()
) -> tuple[tuple[AreaRow, ...], tuple[Finding, ...], dict[str, int]]:
    return read_areas(path, make_wards(), catalogue=read_catalogue(CATALOGUE), there=there)


def codes_of(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_whole_row_is_read_as_it_was_meant(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "00001|Phường Một|Quận Đông|1; 4|Trộm cắp tài sản; gần bến xe|Công an phường|1/3/2024|31/12/2024|"
        "đạt|20/12/2024|",
        "00004|Xã Thạnh Lộc|Huyện Tây||||||||",
        "00002|Phường Hòa Bình|Quận Đông|||||chưa rõ|đang chuyển hóa|01/3/2024|khá",
    )
    areas, findings, tally = read(path)
    assert areas[0] == AreaRow(
        "00001", "", ("loai_1", "loai_4"), ("trom_cap", "gần bến xe"), "Công an phường",
        dt.date(2024, 3, 1), dt.date(2024, 12, 31),
        Listed("chuyen_hoa_thanh_cong", dt.date(2024, 12, 20), dt.date(2024, 3, 1), "dat"),
    )  # fmt: skip
    assert len(areas) == 1
    assert codes_of(findings) == ["AreaDayUnread"], "a row is told of once"
    assert tally == {
        "given": 3, "joined": 1, "known": 0, "ambiguous": 0, "unmatched": 0, "silent": 1, "refused": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("word", "state", "grade"),
    [
        ("Được lựa chọn", "duoc_lua_chon", ""),
        ("đang chuyển hoá", "dang_chuyen_hoa", ""),
        ("Chuyển hóa thành công", "chuyen_hoa_thanh_cong", ""),
        ("Chuyển hóa tốt", "chuyen_hoa_thanh_cong", "tot"),
        ("Đạt", "chuyen_hoa_thanh_cong", "dat"),
        ("chưa đạt", "chua_dat", "chua_dat"),
        ("duy trì", "duy_tri", ""),
        ("đưa ra khỏi diện", "ra_khoi_dien", ""),
        ("phuc_tap_tro_lai", "phuc_tap_tro_lai", ""),
    ],
)
def test_a_state_is_told_by_its_words_or_by_the_name_of_a_grade(
    word: str, state: str, grade: str, tmp_path: Path
) -> None:
    ((area,), findings, _) = read(write(tmp_path, f"00001|{word}|20/12/2024", head=SHORT))
    assert (area.listed.state, area.listed.grade, findings) == (state, grade, ())


def test_a_grade_alone_tells_the_state_it_leads_to(tmp_path: Path) -> None:
    ((area,), findings, _) = read(write(tmp_path, "00001|Tốt|x", head="Mã xã|Mức|Lý do"))
    assert (area.listed, findings) == (Listed("chuyen_hoa_thanh_cong", grade="tot"), ())


def test_the_paper_of_a_state_is_read_where_the_list_has_it(tmp_path: Path) -> None:
    head = "Mã xã|Tình trạng|Văn bản|Ngày văn bản|Cơ quan ban hành"
    ((area,), _, _) = read(write(tmp_path, "00001|đạt|45/QĐ|20/12/2024|Ban Chỉ đạo 138", head=head))
    assert area.listed.document == Document("", "45/QĐ", "Ban Chỉ đạo 138", dt.date(2024, 12, 20))


@pytest.mark.parametrize(
    ("row", "head", "code", "seen"),
    [
        ("00002|xong rồi|1/12/2024", SHORT, "AreaStateUnknown", "3: xong rồi"),
        ("00002|đạt|31/02/2024", SHORT, "AreaDayUnread", "3: 31/02/2024"),
        ("00002|đạt|tháng 12/2024", SHORT, "AreaDayUnread", "3: tháng 12/2024"),
        ("00002|đạt|khá", "Mã xã|Tình trạng|Mức", "AreaGradeUnknown", "3: khá"),
        ("00002|mau-2025|x", "Mã xã|Phiên bản|Lý do", "AreaOfOtherVersion", "3: mau-2025"),
    ],
)
def test_a_cell_that_cannot_be_read_leaves_its_row_out_with_one_remark(
    row: str, head: str, code: str, seen: str, tmp_path: Path
) -> None:
    good = {SHORT: "00001|đạt|1/12/2024", "Mã xã|Tình trạng|Mức": "00001|đạt|Đạt"}
    first = good.get(head, f"00001|{VERSION}|x")
    areas, findings, tally = read(write(tmp_path, first, row, head=head))
    assert [area.ward_code for area in areas] == ["00001"]
    assert [(finding.code, finding.severity, finding.seen) for finding in findings] == [(code, "error", seen)]
    assert (tally["joined"], tally["refused"]) == (1, 1)


def test_an_end_before_the_start_leaves_the_row_out(tmp_path: Path) -> None:
    rows = ("00001|1/3/2024|1/2/2024", "00002|1/3/2024|")
    areas, (finding,), _ = read(write(tmp_path, *rows, head="Mã xã|Từ ngày|Đến ngày"))
    assert [area.ward_code for area in areas] == ["00002"]
    assert (finding.code, finding.seen) == ("AreaEndsBeforeStart", "2: 1/2/2024")


def test_a_repeated_ward_is_one_when_its_rows_agree_and_none_when_they_differ(tmp_path: Path) -> None:
    path = write(
        tmp_path, "00001|A", "00002|A", "00001|B", "00002|A", "00003|A", head="Mã xã|Lý do"
    )  # fmt: skip
    areas, findings, tally = read(path)
    assert [area.ward_code for area in areas] == ["00002", "00003"]
    assert [(finding.code, finding.facts) for finding in findings] == [
        ("AreasDiffer", {"ward": "Phường Một", "lines": "2, 4", "n": 2}),
        ("AreaSame", {"ward": "Phường Hòa Bình", "lines": "3, 5", "n": 2}),
    ]
    assert (tally["joined"], tally["refused"]) == (3, 2)


def test_two_hamlets_of_one_ward_are_two_areas(tmp_path: Path) -> None:
    areas, findings, _ = read(write(tmp_path, "00003|Ấp 1", "00003|Ấp 2", head="Mã xã|Thôn, tổ"))
    assert ([area.hamlet for area in areas], findings) == (["Ấp 1", "Ấp 2"], ())


def test_what_the_programme_has_already_is_left_as_it_is(tmp_path: Path) -> None:
    areas, (finding,), tally = read(
        write(tmp_path, "00001|A", "00002|A", head="Mã xã|Lý do"), (("00001", ""),)
    )
    assert [area.ward_code for area in areas] == ["00002"]
    assert (finding.code, finding.seen, tally["known"]) == ("AreaKnown", "Phường Một", 1)


def test_persons_are_never_taken_in_neither_by_column_nor_by_cell(tmp_path: Path) -> None:
    head = "Mã xã|Họ tên trưởng ban|Đơn vị phụ trách|Lý do"
    rows = (
        "00001|Nguyễn Văn Mẫu|Công an phường|trộm cắp",
        "00002|Trần Thị Mẫu|Công an xã, Nguyễn Văn Mẫu|0900000001",
        "00003|Lê Thị Mẫu|Công an xã|trộm cắp",
    )
    areas, findings, _ = read(write(tmp_path, *rows, head=head))
    assert [(area.responsible, area.reasons) for area in areas] == [
        ("Công an phường", ("trộm cắp",)), ("", ()), ("Công an xã", ("trộm cắp",)),
    ]  # fmt: skip
    assert codes_of(findings) == ["PersonColumn", "AreaCellNamesPerson", "AreaCellNamesPerson"]
    assert not any("Nguyễn" in str(finding) or "0900" in str(finding) for finding in findings)


def test_a_list_of_another_boundary_version_is_refused_whole(tmp_path: Path) -> None:
    rows = ("00001|Phường Ninh Kiều", "00002|Phường Tân An", "00003|Xã Tân Thới")
    with pytest.raises(NotComparable) as refusal:
        read(write(tmp_path, *rows, head="Mã xã|Tên xã"))
    assert refusal.value.reason == "codes_reused"
    with pytest.raises(NothingMatched):
        read(write(tmp_path, "99999|x", head="Mã xã|Lý do"))


def test_columns_are_found_by_their_headers_alone() -> None:
    columns = find_columns([*HEAD.split("|"), "Ngày văn bản", "Số văn bản"], taken=("Mã xã", "Tên xã"))
    assert (columns.start, columns.end, columns.state_on) == ("Từ ngày", "Đến ngày", "Ngày tình trạng")
    assert (columns.state, columns.grade, columns.types) == ("Tình trạng", "Mức", "Loại")
    assert (columns.issued_on, columns.document, columns.hamlet) == ("Ngày văn bản", "Số văn bản", None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_template_is_read_whole_and_untouched_rows_say_nothing(
    language: str, tmp_path: Path
) -> None:
    words = load_words(language)
    path = tmp_path / "mau.xlsx"
    path.write_bytes(make_template("areas", make_wards(), words))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    typed: list[str | dt.datetime] = [
        "Ấp 1", "1", "gần bến xe", "Công an xã", dt.datetime(2024, 3, 1), dt.datetime(2024, 12, 31),
        words("template.area_state.chuyen_hoa_thanh_cong"), dt.datetime(2024, 12, 20), "Đạt", "45/QĐ",
        dt.datetime(2024, 12, 20), "Ban Chỉ đạo 138",
    ]  # fmt: skip
    for at, value in enumerate(typed, start=4):
        sheet.cell(HEADER_ROW + 2, at, value)
    book.save(path)
    (area,), findings, tally = read(path)
    paper = Document("", "45/QĐ", "Ban Chỉ đạo 138", dt.date(2024, 12, 20))
    assert area == AreaRow(
        CODES[1], "Ấp 1", ("loai_1",), ("gần bến xe",), "Công an xã", dt.date(2024, 3, 1),
        dt.date(2024, 12, 31),
        Listed("chuyen_hoa_thanh_cong", dt.date(2024, 12, 20), dt.date(2024, 3, 1), "dat", paper),
    )  # fmt: skip
    assert codes_of(findings) == ["HeaderSkipped"]
    assert (tally["joined"], tally["silent"]) == (1, 5)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_of_the_template_is_known(language: str, tmp_path: Path) -> None:
    words = load_words(language)
    states = ("de_xuat", "duoc_lua_chon", "dang_chuyen_hoa", "chuyen_hoa_thanh_cong", "chua_dat", "duy_tri")
    rows = [
        f"{code}|{words(f'template.area_state.{state}')}|" for code, state in zip(CODES, states, strict=True)
    ]
    areas, findings, _ = read(write(tmp_path, *rows, head=SHORT))
    assert ([area.listed.state for area in areas], findings) == (list(states), ())
    more = ("ra_khoi_dien", "phuc_tap_tro_lai")
    rows = [
        f"{code}|{words(f'template.area_state.{state}')}|" for code, state in zip(CODES, more, strict=False)
    ]
    areas, findings, _ = read(write(tmp_path, *rows, head=SHORT))
    assert ([area.listed.state for area in areas], findings) == (list(more), ())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*CODES, "Phường Lạ", "99999"]),
            st.sampled_from(["", "đạt", "duy trì", "?"]),
            st.sampled_from(["", "1/3/2024", "31/02/2024"]),
        ),
        max_size=12,
    )
)
def test_every_row_given_is_accounted_for(tmp_path: Path, rows: list[tuple[str, str, str]]) -> None:
    path = write(tmp_path, "00001|đạt|1/3/2024", *("|".join(row) for row in rows), head=SHORT)
    areas, findings, tally = read(path, (("00005", ""),))
    assert tally["given"] == len(rows) + 1 == sum(tally[name] for name in OUTCOMES)
    places = [(area.ward_code, area.hamlet) for area in areas]
    assert len(places) == len(set(places)) <= tally["joined"]
    assert ("00005", "") not in places
    for language in LANGUAGES:
        assert all(describe(finding, load_words(language))["text"] for finding in findings)
