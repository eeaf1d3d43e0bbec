"""All that the five reports tell stands in the exported workbooks, and nothing else does."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from i18n.messages import load_words
from store.opening import open_store
from store.repository import Store
from studies.joined_file import write_all
from studies.kpi_report import assess_programme
from studies.programme_export import plan_programme_file
from studies.reports_file import load_reports
from tests.planning.report_figures import (
    AREAS,
    DOCUMENTS,
    FIGURES,
    NEVER_ADDED,
    REGISTERS,
    SELECTED,
    TARGETS,
    UNTOLD,
    Told,
)

TODAY = dt.date(2026, 6, 1)
SAMPLE = Path(__file__).parents[2] / "data" / "sample"
Sheet = list[dict[str, str]]
Book = dict[str, Sheet]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    """By programme key, by sheet: its rows, each by the words of its heads."""
    folder = tmp_path_factory.mktemp("reports")
    with closing(open_store(f"sqlite:///{folder}/kho.sqlite")) as store:
        load_reports(store, SAMPLE)
        return {
            kept.content.key: write_book(store, kept.content.key, folder) for kept in store.list_programmes()
        }


def write_book(store: Store, key: str, folder: Path) -> Book:
    path = folder / f"{key}.xlsx"
    write_all(plan_programme_file(assess_programme(store, key, TODAY), path, load_words("vi")))
    return {sheet.title: list(read_rows(sheet)) for sheet in openpyxl.load_workbook(path)}


def read_rows(sheet: Worksheet) -> Iterator[dict[str, str]]:
    """The rows between the line of heads, which the print set-up repeats, and the notes below the table."""
    first = int(sheet.print_title_rows.split("$")[-1])
    heads = [str(cell.value) for cell in sheet[first]]
    notes = {merged.min_row for merged in sheet.merged_cells.ranges}
    for place, row in enumerate(sheet.iter_rows(min_row=first + 1, values_only=True), start=first + 1):
        if place not in notes:
            yield dict(zip(heads, map(as_text, row), strict=True))


def as_text(cell: object) -> str:
    return cell.date().isoformat() if isinstance(cell, dt.datetime) else "" if cell is None else str(cell)


def list_figures(books: dict[str, Book]) -> set[tuple[str, str, str, str]]:
    """(place, owner – measure, printed, unit) of every number told; one that two programmes show is one."""
    return {
        (row["Nơi"], f"{row['Thuộc']} – {row['Chỉ số']}".lower(), row["Như đã báo cáo"], row["Đơn vị"])
        for book in books.values()
        for row in book["Mô hình và kết quả"]
        if row["Chỉ số"]
    }


def is_told(row: tuple[str, str, str, str], told: Told) -> bool:
    place, what, printed, unit = row
    return (place, printed, unit) == (told.place, told.printed, told.unit) and told.what in what


def test_every_figure_of_the_reports_is_exported_once(books: dict[str, Book]) -> None:
    rows = list_figures(books)
    assert {told: sum(is_told(row, told) for row in rows) for told in FIGURES} == dict.fromkeys(FIGURES, 1)


def test_no_figure_is_exported_that_the_reports_do_not_tell(books: dict[str, Book]) -> None:
    rows = list_figures(books)
    assert [row for row in rows if not any(is_told(row, told) for told in FIGURES)] == []
    assert len(rows) == len(FIGURES) == 48


def test_a_model_without_numbers_is_listed_as_not_known(books: dict[str, Book]) -> None:
    untold = {
        (row["Nơi"], row["Thuộc"]): (row["Như đã báo cáo"], row["Giá trị số"])
        for book in books.values()
        for row in book["Mô hình và kết quả"]
        if not row["Chỉ số"]
    }
    assert untold == dict.fromkeys(UNTOLD, ("chưa có thông tin", "–"))


def test_the_number_beside_a_qualified_or_worded_quantity_is_the_bare_one(books: dict[str, Book]) -> None:
    rows = {
        row["Chỉ số"]: (row["Như đã báo cáo"], row["Giá trị số"])
        for book in books.values()
        for row in book["Mô hình và kết quả"]
    }
    assert rows["Tin nhắn về"] == ("trên 8.200", "8200")
    assert rows["Tội phạm về trật tự xã hội, giảm"] == ("khoảng 50", "50")
    assert rows["Giải tán nhóm thanh, thiếu niên tụ tập"] == ("hàng chục lượt", "–")


def test_figures_that_may_overlap_say_so_and_their_sum_stands_nowhere(books: dict[str, Book]) -> None:
    marked: dict[str, set[str]] = {}
    for book in books.values():
        for row in book["Mô hình và kết quả"]:
            if row["Cộng"].startswith("không cộng"):
                marked.setdefault(row["Nơi"], set()).add(row["Như đã báo cáo"])
    assert marked == NEVER_ADDED
    cells = {
        cell for book in books.values() for sheet in book.values() for row in sheet for cell in row.values()
    }
    assert "125" not in cells


def test_every_figure_names_its_source_and_its_period(books: dict[str, Book]) -> None:
    rows = [row for book in books.values() for row in book["Mô hình và kết quả"]]
    assert all(row["Nguồn"].startswith(("Báo PLO: ", "Báo chí ngày ")) for row in rows)
    assert Counter(row["Kỳ"] for row in books["ben-cat-2022"]["Mô hình và kết quả"]) == {
        "07/9/2022": 11,
        "không nêu kỳ; theo nguồn ngày 07/09/2022": 5,
    }


@pytest.mark.parametrize("key", TARGETS)
def test_every_target_is_exported_as_it_was_promised(books: dict[str, Book], key: str) -> None:
    seen = list(dict.fromkeys((row["Chỉ tiêu"].lower(), row["Mức đề ra"]) for row in books[key]["Chỉ tiêu"]))
    assert len(seen) == len(TARGETS[key])
    for (name, promised), (what, printed) in zip(seen, TARGETS[key], strict=True):
        assert what in name
        assert promised == printed


def test_of_nine_areas_six_are_needed_and_of_eighty_eight_all(books: dict[str, Book]) -> None:
    needed = {
        key: next(row["Số cần có"] for row in books[key]["Chỉ tiêu"])
        for key in ("can-tho-2022", "thanh-hoa-2023")
    }
    assert needed == {
        "can-tho-2022": "ít nhất 6 trong 9 địa bàn",
        "thanh-hoa-2023": "ít nhất 88 trong 88 địa bàn",
    }


def test_each_of_the_three_areas_of_ngoc_lac_has_all_twelve_targets(books: dict[str, Book]) -> None:
    assert Counter(row["Phạm vi"] for row in books["ngoc-lac-2024"]["Chỉ tiêu"]) == {
        "Thị trấn Ngọc Lặc, Huyện Ngọc Lặc": 12,
        "Xã Kiên Thọ, Huyện Ngọc Lặc": 12,
        "Xã Nguyệt Ấn, Huyện Ngọc Lặc": 12,
    }


def test_no_target_is_judged_before_there_is_evidence(books: dict[str, Book]) -> None:
    lights = {row["Nhận xét"] for book in books.values() for row in book["Chỉ tiêu"]}
    assert lights == {"chưa đủ căn cứ"}


@pytest.mark.parametrize("key", AREAS)
def test_the_areas_are_those_the_report_names(books: dict[str, Book], key: str) -> None:
    rows = books[key]["Địa bàn"]
    named = {
        (row["Mã phường, xã"], row["Phường, xã, thị trấn"], row["Quận, huyện"])
        for row in rows
        if row["TT"] != "–"
    }
    assert named == AREAS[key]
    unknown = [row["Phường, xã, thị trấn"] for row in rows if row["TT"] == "–"]
    assert unknown == (["84 địa bàn khác: chưa có thông tin"] if key == "thanh-hoa-2023" else [])
    assert {row["Kết luận của Ban Chỉ đạo"] for row in rows if row["TT"] != "–"} <= {"chưa có thông tin"}


@pytest.mark.parametrize("key", SELECTED)
def test_register_number_selected_and_paper_are_as_reported(books: dict[str, Book], key: str) -> None:
    facts = {row["Mục"]: row["Nội dung"] for row in books[key]["Chương trình"]}
    assert facts["Số địa bàn được lựa chọn"] == SELECTED[key]
    assert facts["Diện"] == REGISTERS[key]
    assert (facts["Cơ quan ban hành"], facts["Ngày ban hành"]) == DOCUMENTS[key]
    assert ("156" in facts["Văn bản"]) == (key == "thanh-hoa-2023")


def test_what_became_of_the_areas_is_said_to_be_unknown(books: dict[str, Book]) -> None:
    results = {
        key: next(row["Nội dung"] for row in book["Chương trình"] if row["Mục"] == "Kết quả")
        for key, book in books.items()
    }
    reported = "như báo đã nêu, xem «Mô hình và kết quả»"
    assert results == {
        "can-tho-2022": "chưa có thông tin",
        "can-tho-2021": reported,
        "thanh-hoa-2023": "chưa có thông tin",
        "ngoc-lac-2024": "chưa có thông tin",
        "ben-cat-2022": reported,
    }
