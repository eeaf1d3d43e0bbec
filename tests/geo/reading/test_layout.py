"""Sheets as clerks make them: the wards come out, everything else is kept or told, no row is lost."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import UnreadableFile
from geo.reading.columns import TableColumns, guess_counts
from geo.reading.grid import Grid, Merge
from geo.reading.layout import PARENT_HEADING, Layout, Total, lay_out
from geo.reading.row_words import sort_words

Rows = list[list[object]]


def read(rows: Rows, *merges: Merge, first_line: int = 1) -> Layout:
    """A grid of the rows, padded to one width with blanks."""
    width = max(len(row) for row in rows)
    cells = pd.DataFrame([[*row, *[None] * (width - len(row))] for row in rows], dtype=object)
    cells.index += first_line
    return lay_out(Grid(cells, merges), file="bang.xlsx")


def told(layout: Layout) -> dict[str, str]:
    """Finding -> the lines it names, or how many rows it is about."""
    return {
        finding.code: str(finding.facts.get("lines", finding.facts.get("line", finding.facts.get("n"))))
        for finding in layout.findings
    }


def ranges(layout: Layout) -> list[tuple[str, str | None, tuple[int, int] | None]]:
    return [(total.label, total.scope, total.rows) for total in layout.totals]


# Headers


def test_a_plain_table_passes_as_it_is() -> None:
    rows: Rows = [["ma_xa", "ten_xa", "so_vu"], ["00001", "Phường Một", 1], ["00002", "Xã Cộng Hòa", None]]
    layout = read(rows)
    assert layout.frame.columns.tolist() == rows[0]
    assert layout.frame.to_numpy().tolist() == rows[1:]
    assert layout.frame.index.tolist() == [0, 1]
    assert (layout.lines, layout.totals, layout.findings) == ((2, 3), (), ())


def test_titles_of_every_kind_are_stepped_over() -> None:
    layout = read([
        ["ỦY BAN NHÂN DÂN", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["Kỳ báo cáo", "Tháng 9/2022", None],
        [],
        [None, None, "Đơn vị tính: vụ"],
        ["STT", "Phường, xã", "Số vụ"],
        [1, "Phường Một", 3],
    ])  # fmt: skip
    assert layout.frame.columns.tolist() == ["STT", "Phường, xã", "Số vụ"]
    assert layout.frame.to_numpy().tolist() == [[1, "Phường Một", 3]]
    assert told(layout) == {"HeaderSkipped": "4"}
    assert layout.lines == (6,)


def test_merged_headers_of_three_levels_are_joined() -> None:
    layout = read(
        [
            ["TT", "Phường, xã", "Phạm pháp hình sự", None, None, "Ghi chú"],
            [None, None, "Xảy ra", None, "Khám phá", None],
            [None, None, "Năm nay", "Cùng kỳ", None, None],
            [1, "Phường Một", 5, 6, 4, "x"],
        ],
        Merge(0, 0, 2, 0), Merge(0, 1, 2, 1), Merge(0, 2, 0, 4), Merge(0, 5, 2, 5),
        Merge(1, 2, 1, 3), Merge(1, 4, 2, 4),
    )  # fmt: skip
    assert layout.frame.columns.tolist() == [
        "TT",
        "Phường, xã",
        "Phạm pháp hình sự – Xảy ra – Năm nay",
        "Phạm pháp hình sự – Xảy ra – Cùng kỳ",
        "Phạm pháp hình sự – Khám phá",
        "Ghi chú",
    ]
    assert layout.frame.to_numpy().tolist() == [[1, "Phường Một", 5, 6, 4, "x"]]
    assert told(layout) == {"HeaderJoined": "3"}


def test_two_header_lines_are_joined_where_no_merges_are_told() -> None:
    layout = read([
        ["TT", "Phường", "Trộm cắp", "", "Cướp", "", "Ghi chú"],
        ["", "", "Xảy ra", "Khám phá", "Xảy ra", "Khám phá", ""],
        ["1", "Một", "5", "4", "1", "1", ""],
    ])  # fmt: skip
    assert layout.frame.columns.tolist() == [
        "TT", "Phường", "Trộm cắp – Xảy ra", "Trộm cắp – Khám phá", "Cướp – Xảy ra", "Cướp – Khám phá",
        "Ghi chú",
    ]  # fmt: skip
    assert len(layout.frame) == 1


def test_group_names_above_the_header_are_joined_to_it() -> None:
    layout = read(
        [
            [None, None, "Trộm cắp", None],
            ["TT", "Phường", "Xảy ra", "Khám phá"],
            [1, "Một", 5, 4],
        ],
        Merge(0, 2, 0, 3),
    )
    assert layout.frame.columns.tolist() == ["TT", "Phường", "Trộm cắp – Xảy ra", "Trộm cắp – Khám phá"]


def test_a_row_of_words_under_a_nameless_column_is_data() -> None:
    layout = read([["", "loai", ""], ["A", "trom", "x"], ["B", "cuop", "y"]])
    assert layout.frame.columns.tolist() == ["column_1", "loai", "column_3"]
    assert len(layout.frame) == 2


@pytest.mark.parametrize(
    "numbers",
    [["(1)", "(2)", "(3)"], ["A", "B", "1"], [1, 2, 3], [-1.0, -2.0, -3.0], ["(1)", "(2)", "(3)=(1)+(2)"]],
)
def test_a_row_that_numbers_the_columns_is_left_out(numbers: list[object]) -> None:
    layout = read([["TT", "Phường", "Số vụ"], numbers, [1, "Phường Một", 7], [2, "Phường Hai", 8]])
    assert layout.frame["Số vụ"].tolist() == [7, 8]
    assert told(layout) == {"ColumnNumbersSkipped": "2"}


@pytest.mark.parametrize(
    "rows", [[[1, 2, 3], [2, 3, 4]], [["1", "A", "2"], ["2", "B", "3"]], [["A", 1, 2], ["B", 2, 5]]]
)
def test_a_first_row_that_counts_up_is_data(rows: Rows) -> None:
    layout = read([["id", "name", "n"], *rows])
    assert layout.frame.to_numpy().tolist() == rows
    assert layout.findings == ()


def test_a_running_number_is_neither_key_nor_count() -> None:
    layout = read([["TT", "Phường", "Ghi nhận"], [1, "Một", 7], [2, "Hai", 8]])
    columns = TableColumns(key="Phường")
    counts = guess_counts(layout.frame, columns, "incident_count", file="bang.xlsx")
    assert [count.column for count in counts] == ["Ghi nhận"]


# Headings and totals

CLERK: Rows = [
    ["TT", "Phường, xã", "Số vụ"],
    ["Tổng số", None, 131],
    ["I", "Quận Đông", 60],
    [1, "Phường Một", 20],
    [2, "Phường Hòa Bình", 30],
    [3, "Xã Cộng Hòa", 10],
    [],
    ["II", "Huyện Tây", 64],
    [1, "Xã Thạnh Lộc", 14],
    [2, "Phường Tổng Cọt", 50],
    ["Ghi chú: do Nguyễn Văn B cung cấp"],
    [None, "Cần Thơ, ngày 11 tháng 02 năm 2022"],
    ["NGƯỜI LẬP BIỂU", None, "THỦ TRƯỞNG"],
    [],
    ["Nguyễn Văn A", None, "Trần Thị C"],
]


def test_a_clerks_sheet_becomes_a_table_of_wards() -> None:
    layout = read(CLERK)
    expected: Rows = [
        [1, "Phường Một", 20, "Quận Đông"],
        [2, "Phường Hòa Bình", 30, "Quận Đông"],
        [3, "Xã Cộng Hòa", 10, "Quận Đông"],
        [1, "Xã Thạnh Lộc", 14, "Huyện Tây"],
        [2, "Phường Tổng Cọt", 50, "Huyện Tây"],
    ]
    assert layout.frame.columns.tolist() == ["TT", "Phường, xã", "Số vụ", PARENT_HEADING]
    assert layout.frame.to_numpy().tolist() == expected
    assert layout.lines == (4, 5, 6, 9, 10)
    assert layout.totals == (
        Total(2, "Tổng số", None, {"TT": "Tổng số", "Số vụ": 131}, (0, 5)),
        Total(3, "Quận Đông", "Quận Đông", {"TT": "I", "Phường, xã": "Quận Đông", "Số vụ": 60}, (0, 3)),
        Total(8, "Huyện Tây", "Huyện Tây", {"TT": "II", "Phường, xã": "Huyện Tây", "Số vụ": 64}, (3, 5)),
    )
    assert told(layout) == {
        "HeadingsToColumn": "3, 8", "TotalsTaken": "2", "BlankRows": "7, 14", "NotesLeftOut": "11",
        "SignatureLeftOut": "12, 13, 15",
    }  # fmt: skip


def test_no_persons_name_is_repeated_from_notes_and_signatures() -> None:
    said = " ".join(finding.seen + str(finding.facts) for finding in read(CLERK).findings)
    assert not any(name in said for name in ("Nguyễn", "Trần", "Văn"))


def test_headings_alone_in_their_row_become_the_parent() -> None:
    layout = read([
        ["Phường", "Số vụ"],
        ["I. Quận Đông"],
        ["Một", 1],
        ["II. HUYỆN TÂY:"],
        ["Hai", 2],
        ["Cộng", 3],
    ])  # fmt: skip
    assert layout.frame[PARENT_HEADING].tolist() == ["Quận Đông", "HUYỆN TÂY"]
    assert ranges(layout) == [("Cộng", None, (0, 2))]


def test_bare_district_names_beside_roman_numbers_are_headings() -> None:
    layout = read([
        ["TT", "Đơn vị", "Số vụ"],
        ["I", "Đông", 1], [1, "Một", 1],
        ["II", "Tây", 5], [1, "Hai", 2], [2, "Ba", 3],
    ])  # fmt: skip
    assert layout.frame[["Đơn vị", PARENT_HEADING]].to_numpy().tolist() == [
        ["Một", "Đông"], ["Hai", "Tây"], ["Ba", "Tây"],
    ]  # fmt: skip


def test_mere_groups_name_no_parent() -> None:
    layout = read([
        ["TT", "Đơn vị", "Số vụ"],
        ["I", "Các phường", 1], [1, "Phường Một", 1],
        ["II", "Các xã", 5], [1, "Xã Hai", 2], [2, "Xã Ba", 3],
    ])  # fmt: skip
    assert layout.frame["Đơn vị"].tolist() == ["Phường Một", "Xã Hai", "Xã Ba"]
    assert PARENT_HEADING not in layout.frame
    assert ranges(layout) == [("Các phường", None, (0, 1)), ("Các xã", None, (1, 3))]
    assert told(layout) == {"HeadingsLeftOut": "2, 4"}


def test_a_city_above_its_districts_is_the_grand_total() -> None:
    layout = read([
        ["TT", "Đơn vị", "Số vụ"],
        [None, "Thành phố Mẫu", 6],
        ["I", "Quận Đông", 1], [1, "Phường Một", 1],
        ["II", "Huyện Tây", 5], [1, "Xã Hai", 2], [2, "Xã Ba", 3],
    ])  # fmt: skip
    assert ranges(layout) == [
        ("Thành phố Mẫu", None, (0, 3)),
        ("Quận Đông", "Quận Đông", (0, 1)),
        ("Huyện Tây", "Huyện Tây", (1, 3)),
    ]  # fmt: skip
    assert layout.frame[PARENT_HEADING].tolist() == ["Quận Đông", "Huyện Tây", "Huyện Tây"]


def test_subtotals_below_their_rows_cover_them() -> None:
    layout = read([
        ["Phường", "Số vụ"],
        ["Quận Đông"], ["Một", 1], ["Hai", 2], ["Cộng", 3],
        ["Huyện Tây"], ["Ba", 3], ["Cộng", 3],
        ["Tổng cộng", 6],
    ])  # fmt: skip
    assert ranges(layout) == [
        ("Cộng", "Quận Đông", (0, 2)), ("Cộng", "Huyện Tây", (2, 3)), ("Tổng cộng", None, (0, 3)),
    ]  # fmt: skip


def test_subtotals_without_headings_cover_the_rows_since_the_last_one() -> None:
    layout = read([
        ["Phường", "Số vụ"], ["Một", 1], ["Hai", 2], ["Cộng quận Đông", 3], ["Ba", 3], ["Cộng huyện Tây", 3],
        ["Toàn thành phố", 6],
    ])  # fmt: skip
    assert ranges(layout) == [
        ("Cộng quận Đông", "quận Đông", (0, 2)), ("Cộng huyện Tây", "huyện Tây", (2, 3)),
        ("Toàn thành phố", None, (0, 3)),
    ]  # fmt: skip


def test_the_tables_own_parents_are_kept() -> None:
    layout = read([
        ["Quận", "Phường", "Số vụ"],
        ["Đông", "Một", 1], ["Đông", "Hai", 2], ["Cộng quận Đông", None, 3],
        ["Tây", "Ba", 3], ["Tây", "Cộng", 3],
    ])  # fmt: skip
    assert layout.frame.to_numpy().tolist() == [["Đông", "Một", 1], ["Đông", "Hai", 2], ["Tây", "Ba", 3]]
    assert ranges(layout)[0] == ("Cộng quận Đông", "quận Đông", None)


def test_a_district_merged_over_its_wards_is_said_of_each_and_figures_are_not() -> None:
    layout = read(
        [["Quận", "Phường", "Số vụ"], ["Đông", "Một", 1], [None, "Hai", None], ["Tây", "Ba", 3]],
        Merge(1, 0, 2, 0), Merge(1, 2, 2, 2),
    )  # fmt: skip
    assert layout.frame["Quận"].tolist() == ["Đông", "Đông", "Tây"]
    assert layout.frame["Số vụ"].tolist() == [1, None, 3]
    assert told(layout) == {"MergedFilled": "1"}


def test_a_total_of_last_year_is_no_sum_of_these_rows() -> None:
    layout = read([["Phường", "Số vụ"], ["Một", 1], ["Tổng số", 1], ["Tổng số cùng kỳ năm trước", 9]])
    assert ranges(layout) == [("Tổng số", None, (0, 1)), ("Tổng số cùng kỳ năm trước", None, (0, 0))]


# What stays a ward


@pytest.mark.parametrize(
    "name",
    ["Xã Cộng Hòa", "Cộng Hòa", "Phường Tổng Cọt", "Tổng Cọt", "Toàn Thắng", "X. Tân Thới", "TT. Chi Lăng",
     "Trường Thành", "Trưởng Thành", "Ký Phú", "H Bông", "I. Phường Một", "Tống tiền", "P. Ghi", "Phường I"],
)  # fmt: skip
def test_a_ward_with_a_telling_name_stays_a_ward(name: str) -> None:
    layout = read([["TT", "Đơn vị", "Số vụ"], [1, "Phường Một", 1], [2, name, 2]])
    assert layout.frame["Đơn vị"].tolist() == ["Phường Một", name]
    assert (layout.totals, layout.findings) == ((), ())


def test_a_table_of_districts_keeps_its_districts() -> None:
    rows: Rows = [["Quận Một", 1], ["Huyện Hai", 2], ["Thị xã Ba", 3]]
    layout = read([["Đơn vị", "Số vụ"], *rows])
    assert layout.frame.to_numpy().tolist() == rows
    assert layout.findings == ()


def test_incidents_that_only_know_the_district_stay() -> None:
    rows: Rows = [
        ["Phường Một", "trộm cắp", "1/2/2022"], ["Quận Đông", "cướp", "2/2/2022"], ["Phường Hai", "cướp", ""],
    ]  # fmt: skip
    layout = read([["Địa bàn", "Loại vụ", "Ngày"], *rows])
    assert layout.frame.to_numpy().tolist() == rows


def test_a_row_with_a_code_of_its_own_stays() -> None:
    rows: Rows = [["916", "Quận Đông", 5], ["00001", "Phường Một", 2], ["00002", "Tổng số", 3]]
    layout = read([["Mã", "Tên", "Số vụ"], *rows])
    assert layout.frame.to_numpy().tolist() == rows


def test_totals_of_single_categories_stay_among_the_rows() -> None:
    rows: Rows = [["Một", "trộm", 1], ["Một", "cướp", 2], ["Tổng số", "trộm", 1], ["Tổng số", "cướp", 2]]
    layout = read([["Phường", "Loại vụ", "Số vụ"], *rows])
    assert layout.frame.to_numpy().tolist() == rows


def test_without_a_column_of_wards_no_row_is_judged() -> None:
    rows: Rows = [["Tổng số", 1], [None, None], ["Quận Đông", 2]]
    layout = read([["a", "b"], *rows])
    assert layout.frame.astype(object).where(layout.frame.notna(), None).to_numpy().tolist() == rows


def test_a_sheet_with_nothing_but_totals_is_refused() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read([["Phường", "Số vụ"], ["Tổng số", 1]])
    assert caught.value.reason == "no_rows"


def test_lines_count_from_where_the_sheet_begins() -> None:
    layout = read([["Phường", "Số vụ"], ["Một", 1], ["Tổng", 1]], first_line=4)
    assert layout.lines == (5,)
    assert [total.line for total in layout.totals] == [6]


# Laws

WARD = st.builds(lambda name, n: [1, f"Phường {name}", n], st.integers(1, 99), st.integers(0, 99))
JUNK = st.sampled_from([
    [None, None, None], ["I", "Quận Đông", 3], [None, "Huyện Tây", None], ["Tổng số", None, 5],
    [None, "Cộng", 4], ["Ghi chú: x", None, None], ["* tạm tính", None, None], [None, "Người lập", None],
    ["Nguyễn Văn A", None, "Trần B"], ["(1)", "(2)", "(3)"], ["", "Cộng Hòa", "trên 7"], [None, None, 8],
    ["II", "Các xã", None], [5, None, None], ["TT", "Phường", "Số vụ"],
])  # fmt: skip
ROWS = st.lists(st.one_of(WARD, JUNK), max_size=25)


@settings(deadline=None)
@given(ROWS)
def test_no_row_is_lost_and_no_ward_is_taken(rows: list[list[object]]) -> None:
    header: list[object] = ["TT", "Phường", "Số vụ"]
    given_rows = [*rows, [1, "Phường Cuối", 1]]
    try:
        layout = read([header, *given_rows])
    except UnreadableFile as error:
        if error.reason == "two_tables" and header in rows:
            return
        raise
    named = {
        finding.code: int(str(finding.facts.get("n", 1)))
        for finding in layout.findings
        if finding.code not in ("HeaderSkipped", "HeaderJoined")
    }
    assert len(layout.frame) + sum(named.values()) == len(given_rows)
    wards = [row[1] for row in given_rows if str(row[1]).startswith("Phường ")]
    assert [cell for cell in layout.frame["Phường"] if str(cell).startswith("Phường ")] == wards
    kept = [given_rows[line - 2] for line in layout.lines]
    assert (
        layout.frame.iloc[:, :3].astype(object).where(lambda f: f.notna(), None).to_numpy().tolist() == kept
    )


@given(st.text(max_size=40))
def test_any_text_is_sorted(text: str) -> None:
    assert sort_words(text) in ("total", "heading", "note", "signature", "other")


CELL = st.one_of(st.none(), st.integers(), st.text(max_size=12))


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=12))
def test_any_grid_is_read_or_refused(rows: Rows) -> None:
    try:
        layout = read(rows)
    except UnreadableFile as error:
        reason = error.reason
    else:
        reason = "no_rows"
        assert len(layout.lines) == len(layout.frame) > 0
        assert layout.frame.columns.is_unique
    assert reason in ("no_rows", "two_tables")


# What clerks and strangers send besides


def test_wards_numbered_with_letters_keep_their_i() -> None:
    layout = read([
        ["TT", "Tên phường", "Số vụ"], ["g", "Một", 1], ["h", "Hai", 2], ["i", "Ba", 3], ["k", "Bốn", 4],
    ])  # fmt: skip
    assert layout.frame["Tên phường"].tolist() == ["Một", "Hai", "Ba", "Bốn"]
    assert (layout.totals, told(layout)) == ((), {})


def test_wards_with_roman_numbers_are_no_headings_where_their_type_tells() -> None:
    layout = read([["TT", "Tên phường", "Số vụ"], ["I", "Phường Một", 1], ["II", "Tân Thới", 2]])
    assert layout.frame["Tên phường"].tolist() == ["Phường Một", "Tân Thới"]


def test_a_star_before_a_ward_marks_it_and_begins_no_note() -> None:
    layout = read([
        ["Phường", "Tình trạng"], ["Một", "Thành công"], ["* Tân Thới", "Thành công"], ["Sáu", "Chưa đạt"],
        ["(*) Phường trọng điểm"],
    ])  # fmt: skip
    assert layout.frame["Phường"].tolist() == ["Một", "* Tân Thới", "Sáu"]
    assert told(layout) == {"NotesLeftOut": "5"}


def test_months_as_numbers_under_a_merged_header_name_columns() -> None:
    layout = read(
        [
            ["SỐ VỤ NĂM 2022"],
            ["TT", "Phường", "Tháng", None, None, "Cộng"],
            [None, None, 1.0, 2.0, 3.0, None],
            [1, "Phường Một", 4, 5, 6, 15],
        ],
        Merge(0, 0, 0, 5), Merge(1, 0, 2, 0), Merge(1, 1, 2, 1), Merge(1, 2, 1, 4), Merge(1, 5, 2, 5),
    )  # fmt: skip
    assert layout.frame.columns.tolist() == ["TT", "Phường", "Tháng – 1", "Tháng – 2", "Tháng – 3", "Cộng"]
    assert layout.frame.to_numpy().tolist() == [[1, "Phường Một", 4, 5, 6, 15]]


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        ([1.0, 2.0, 3.0], ["1", "2", "3"]),
        ([2021.0, 2022.0, 2023.0], ["2021", "2022", "2023"]),
        ([dt.date(2022, 9, 1), dt.date(2022, 10, 1), dt.date(2022, 11, 15)],
         ["9/2022", "10/2022", "15/11/2022"]),
    ],
)  # fmt: skip
def test_months_years_and_dates_name_columns_below_a_title(cells: list[object], names: list[str]) -> None:
    layout = read(
        [["SỐ VỤ"], ["TT", "Phường", *cells], [1, "Phường Một", 4, 5, 6]], Merge(0, 0, 0, 4)
    )  # fmt: skip
    assert layout.frame.columns.tolist() == ["TT", "Phường", *names]


def test_districts_that_sum_up_the_wards_above_them_head_those() -> None:
    layout = read([
        ["TT", "Phường, xã", "Số vụ"],
        [1, "Phường Một", 1], [2, "Phường Hai", 2], [None, "Quận Đông", 3],
        [3, "Xã Ba", 4], [None, "Huyện Tây", 4], [None, "Tổng cộng", 7],
    ])  # fmt: skip
    assert layout.frame[PARENT_HEADING].tolist() == ["Quận Đông", "Quận Đông", "Huyện Tây"]
    assert ranges(layout) == [
        ("Quận Đông", "Quận Đông", (0, 2)), ("Huyện Tây", "Huyện Tây", (2, 3)), ("Tổng cộng", None, (0, 3)),
    ]  # fmt: skip


def test_a_second_table_of_the_same_wards_below_is_refused() -> None:
    rows: Rows = [["TT", "Phường, xã", "Số vụ"], [1, "Phường Một", 1], [2, "Phường Hai", 2]]
    with pytest.raises(UnreadableFile) as refused:
        read([*rows, [], ["BẢNG 2. KHÁM PHÁ"], *rows])
    assert (refused.value.reason, refused.value.facts["line"]) == ("two_tables", 6)


def test_a_header_repeated_on_each_page_is_no_second_table() -> None:
    header: list[object] = ["TT", "Phường, xã", "Số vụ"]
    layout = read([header, [1, "Phường Một", 1], header, [2, "Phường Hai", 2]])
    assert layout.frame["Phường, xã"].tolist() == ["Phường Một", "Phường, xã", "Phường Hai"]
