"""The report on a programme's targets from the command line."""

import json
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from cli_kpi import read_years
from errors import BadOption
from store.opening import open_store
from tests.mau import make_wards
from tests.studies.promised_city import (
    KEPT,
    PASS_60,
    PASSED,
    STAY_85,
    keep_programme,
    make_area,
    make_programme,
    start_catalogue,
)
from tests.studies.test_cli import done, refused


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path}/kho.sqlite"
    with closing(open_store(address)) as store:
        store.keep_boundaries(make_wards(), key="mau", title="Thành phố Mẫu")
        start_catalogue(store)
        keep_programme(
            store,
            make_programme(targets=(PASS_60, STAY_85), n_selected=2),
            (make_area(1), KEPT),
            (make_area(2), PASSED),
        )
    return address


def test_the_report_is_written_and_says_how_many_are_met(url: str, tmp_path: Path) -> None:
    said = done("kpi", "--programme", "mau-2022", "--out", tmp_path / "a.json", "--database", url)
    assert said == "Đã ghi a.json: 1 đạt chỉ tiêu; 1 chưa đủ căn cứ.\n"
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert [(each["target"], each["light"]) for each in told["targets"]] == [
        ("pass", "met"),
        ("stay", "unknown"),
    ]
    assert (told["cohort"]["known"], told["cohort"]["unknown"]) == (2, 1)


def test_the_workbook_speaks_the_language_asked(url: str, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    done("kpi", "--programme", "mau-2022", "--out", out, "--database", url, "--lang", "en")
    assert openpyxl.load_workbook(out).sheetnames == [
        "Whole programme",
        "Not complex again",
        "Areas followed",
    ]


def test_the_years_of_a_cohort_can_be_asked(url: str, tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    done("kpi", "--programme", "mau-2022", "--out", out, "--database", url, "--years", "2023..2024")
    told = json.loads(out.read_text(encoding="utf-8"))
    assert (told["cohort"]["first"], told["cohort"]["last"], told["cohort"]["known"]) == (
        "2023-01-01",
        "2024-12-31",
        0,
    )


@pytest.mark.parametrize("text", ["2024..2021", "xưa", "21..24", "..", "2021..2022..2023", "0000", "٢٠٢١"])
def test_years_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(BadOption) as error:
        read_years(text)
    assert error.value.reason == "years"


def test_one_year_is_a_span_of_its_own() -> None:
    assert read_years("2021") == (2021, 2021)
    assert read_years("2021..2024") == (2021, 2024)


def test_what_cannot_be_written_is_refused_in_one_line(url: str, tmp_path: Path) -> None:
    common = ("kpi", "--database", url)
    assert ".xlsx, .json" in refused(*common, "--programme", "mau-2022", "--out", tmp_path / "a.pdf")
    assert "mau-2022" in refused(*common, "--programme", "khac", "--out", tmp_path / "a.json")
    assert "2021..2024" in refused(
        *common, "--programme", "mau-2022", "--out", tmp_path / "a.json", "--years", "xưa"
    )
    assert not list(tmp_path.glob("a.*"))
