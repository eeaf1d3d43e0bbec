"""One light per target: the page, the file of targets, the programme's workbook and its lines agree."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from i18n.messages import load_words
from planning.models import CrimeModel
from planning.targets import Target
from store.opening import open_store
from store.repository import Store
from studies.joined_file import write_all
from studies.kpi_file import plan_kpi_file
from studies.kpi_lines import write_levels
from studies.kpi_report import KpiReport
from studies.programme_export import plan_programme_file
from studies.programme_targets import list_target_lines
from tests.grid_city import year
from tests.mau import VERSION
from tests.studies.promised_city import (
    CLEARED,
    FALL,
    KEPT,
    MODELS,
    PASS_60,
    PASSED,
    STAY_85,
    keep_programme,
    look,
    make_area,
    make_programme,
    start_catalogue,
    stated,
)
from tests.studies.test_cli import done
from tests.studies.watched_city import every, keep, tabulate

VI = load_words("vi")
FELL = {year(2021): every(100), year(2022): every(100, w1=50)}
N_LIGHTS = {"can-tho-2022": 2, "can-tho-2021": 0, "thanh-hoa-2023": 2, "ngoc-lac-2024": 36, "ben-cat-2022": 0}
COLUMNS = ("target", "promised", "value", "light", "needed", "remark")
Cells = tuple[str, ...]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{tmp_path}/kho.sqlite")) as opened:
        start_catalogue(opened)
        yield opened


def keep_promised(store: Store, *targets: Target) -> None:
    """Two areas of three: the first fell by half, has a model that works and passed; the second did not
    fall."""
    keep(store, tabulate(FELL))
    of_ward = {"place": "Phường Một, Thành phố Mẫu", "ward_code": "00001", "version": VERSION}
    store.keep_model(CrimeModel("Camera", "ward", effective=True, started=dt.date(2022, 3, 1), **of_ward))
    keep_programme(
        store,
        make_programme(targets=targets or (PASS_60, FALL, CLEARED, MODELS, STAY_85), n_selected=3),
        (make_area(1, observations=(stated("cleared", 45.0),)), KEPT),
        (make_area(2), PASSED),
    )


def list_page(report: KpiReport) -> list[Cells]:
    """Name, promise, value, light, what is needed and the remark of every row."""
    rows = [row for level in write_levels(report, VI) for row in level.rows]
    return [
        (row.row.name, row.row.promised, row.row.value, row.row.light, row.row.needed, row.remark)
        for row in rows
    ]


def read_book(path: Path) -> list[Cells]:
    """The same of every sheet that has these columns."""
    return [row for sheet in openpyxl.load_workbook(path) for row in read_sheet(sheet)]


def read_sheet(sheet: Worksheet) -> Iterator[Cells]:
    wanted = [VI(f"kpi_report.head.{name}") for name in COLUMNS]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next((n for n, row in enumerate(rows) if set(wanted) <= set(row)), None)
    if start is None:
        return
    places = [rows[start].index(head) for head in wanted]
    merged = {span.min_row for span in sheet.merged_cells.ranges}
    for n, row in enumerate(rows[start + 1 :], start=start + 2):
        if n not in merged and row[places[0]]:
            yield tuple("" if row[place] in (None, "–") else str(row[place]) for place in places)


def list_lights(path: Path) -> list[tuple[str, str, str]]:
    """Key, ward code and light of every target that a file for programs tells."""
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return [
        (each["target"], (each["area"] or {}).get("ward_code", ""), each["light"]) for each in told["targets"]
    ]


def check_agreement(report: KpiReport, folder: Path) -> list[Cells]:
    """The rows that page, both workbooks, both files for programs and the lines have in common."""
    for name, plan in {"kpi": plan_kpi_file, "so": plan_programme_file}.items():
        for ending in ("xlsx", "json"):
            write_all(plan(report, folder / f"{name}.{ending}", VI))
    page = list_page(report)
    assert sorted(read_book(folder / "kpi.xlsx")) == sorted(page)
    assert sorted(read_book(folder / "so.xlsx")) == sorted(page)
    assert list_lights(folder / "kpi.json") == list_lights(folder / "so.json")
    assert Counter(light for _, _, light in list_lights(folder / "so.json")) == Counter(
        line.assessment.light for line in report.lines
    )
    lines = [line for line in list_target_lines(report, VI) if " – " in line]
    assert len(lines) == len(report.told.programme.targets)
    for target, line in zip(report.told.programme.targets, lines, strict=True):
        lights = {row[3] for row in page if row[0] == target.name}
        said = line.rpartition(" – ")[2].split("; ")
        assert {part.partition(" (")[0] for part in said} == lights
    return page


def test_every_programme_of_the_example_has_one_light_per_target(example: Store, tmp_path: Path) -> None:
    keys = [kept.content.key for kept in example.list_programmes()]
    n_lights = {key: len(check_agreement(look(example, key), tmp_path)) for key in keys}
    assert n_lights.items() >= N_LIGHTS.items()


def test_what_the_program_counts_itself_lights_the_same_everywhere(store: Store, tmp_path: Path) -> None:
    keep_promised(store)
    page = check_agreement(look(store), tmp_path)
    assert Counter((name, light) for name, _, _, light, _, _ in page) == {
        ("Số vụ giảm", "đạt chỉ tiêu"): 1,
        ("Số vụ giảm", "chưa đạt chỉ tiêu"): 1,
        ("Khám phá", "đạt chỉ tiêu"): 1,
        ("Khám phá", "chưa đủ căn cứ"): 1,
        ("Mô hình", "đạt chỉ tiêu"): 1,
        ("Mô hình", "chưa đủ căn cứ"): 1,
        ("Chuyển hóa", "đạt chỉ tiêu"): 1,
        ("Không phức tạp trở lại", "chưa đủ căn cứ"): 1,
    }


def test_targets_of_areas_stand_once_while_no_area_has_a_name(store: Store, tmp_path: Path) -> None:
    keep_programme(store, make_programme(targets=(FALL, PASS_60)))
    page = check_agreement(look(store), tmp_path)
    assert [(name, promised, light) for name, promised, _, light, _, _ in page] == [
        ("Số vụ giảm", "giảm ít nhất 5 %", "chưa đủ căn cứ"),
        ("Chuyển hóa", "ít nhất 60 %", "chưa đủ căn cứ"),
    ]


def test_lines_say_how_many_areas_stand_under_which_light(store: Store) -> None:
    keep_promised(store, FALL)
    assert list_target_lines(look(store), VI) == [
        "Số vụ giảm: giảm ít nhất 5 % – đạt chỉ tiêu (1 địa bàn); chưa đạt chỉ tiêu (1 địa bàn)"
    ]


def test_the_commands_tell_what_the_program_counts(store: Store, tmp_path: Path) -> None:
    keep_promised(store, FALL)
    url = f"sqlite:///{tmp_path}/kho.sqlite"
    told = done("programme", "show", "mau-2022", "--database", url)
    assert "- Số vụ giảm: giảm ít nhất 5 % – đạt chỉ tiêu (1 địa bàn); chưa đạt chỉ tiêu (1 địa bàn)" in told
    out = tmp_path / "so.json"
    done("programme", "export", "mau-2022", "--out", out, "--database", url)
    assert list_lights(out) == [("fall", "00001", "met"), ("fall", "00002", "not_met")]


def test_the_workbook_says_how_the_lights_came_about_and_on_which_day(store: Store, tmp_path: Path) -> None:
    keep_promised(store, FALL)
    write_all(plan_programme_file(look(store), tmp_path / "so.xlsx", VI))
    cells = [
        str(cell.value) for row in openpyxl.load_workbook(tmp_path / "so.xlsx")["Chỉ tiêu"] for cell in row
    ]
    assert "Thành phố Mẫu, 2022; xét đến ngày 01/06/2024" in cells
    assert any("không phải mức đánh giá" in text for text in cells)
    assert any("Số vụ do phần mềm đếm từ tệp đã nạp" in text for text in cells)
