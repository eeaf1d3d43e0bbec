"""docs/planning.md section 3 is recomputed, table by table."""

import dataclasses
import datetime as dt
import re

import pytest

from i18n.messages import load_words
from planning.catalogue_file import read_catalogue
from planning.chance import chance_of_meeting
from planning.exact import count_needed
from planning.kpi import assess
from planning.papers import Qualifier
from planning.targets import Observation, Operator, Target
from studies.kpi_words import write_promise
from tests.documents import ROOT, read_table

PAGE = ROOT / "docs" / "planning.md"
VI = load_words("vi")
DOWN_5 = Target("kpi_1", "", "area", "change_pct", "<=", -5, "incidents")
CAMERAS = Target("c", "", "area", "count", ">=", 600, "cameras")
OPERATOR: dict[str, Operator] = {"ít nhất": ">=", "dưới": "<"}
QUALIFIER: dict[str, Qualifier] = {"từ": ">=", "không quá": "<=", "khoảng": "~", "hàng": "text", "": "="}


def read_number(text: str) -> float:
    return float(text.replace(".", "").replace(",", ".").removesuffix(" %"))


def read_section() -> str:
    text = PAGE.read_text(encoding="utf-8")
    start = text.index("\n## 3. Chỉ tiêu đánh giá\n")
    end = text.find("\n## ", start + 5)
    return text[start : end if end > 0 else len(text)]


def test_every_percentage_is_the_count_that_the_page_says() -> None:
    rows = read_table(PAGE, "chỉ tiêu", "tổng số", "tính ra", "số cần có")
    found = []
    for promise, whole, exact, needed in rows:
        words, pct = re.fullmatch(r"(.+) (\d+) %", promise).groups()  # type: ignore[union-attr]
        assert int(pct) * int(whole) / 100 == pytest.approx(read_number(exact))
        assert count_needed(OPERATOR[words], int(pct), int(whole)) == int(needed)
        found.append((int(pct), int(whole), int(needed)))
    assert {(60, 9, 6), (60, 88, 53), (100, 88, 88)} <= set(found)


def test_the_table_of_chance_is_the_model_s() -> None:
    rows = read_table(PAGE, "số vụ trước", "đạt do ngẫu nhiên")
    told = {int(before): pct for before, pct in rows}
    assert told == {before: f"{round(100 * chance_of_meeting(DOWN_5, before))} %" for before in told}
    assert sorted(told) == [3, 5, 8, 10, 20, 40, 80]


def test_qualified_numbers_are_judged_as_the_page_says() -> None:
    rows = read_table(PAGE, "số liệu ghi", "chỉ tiêu ít nhất 600", "chỉ tiêu ít nhất 800")
    assert len(rows) == 6
    for told, *lights in rows:
        words, n = re.fullmatch(r"(\D*?) ?(\d*)(?: trở lên|trăm)?", told).groups()  # type: ignore[union-attr]
        qualifier = QUALIFIER[words]
        observation = Observation("cameras", float(n) if n else None, qualifier=qualifier)
        for limit, light in zip((600, 800), lights, strict=True):
            found = assess(dataclasses.replace(CAMERAS, value=limit), [observation])
            assert VI(f"kpi.light.{found.light}") == light, told


def test_the_twelve_are_those_of_the_catalogue() -> None:
    sets = read_catalogue(ROOT / "data" / "planning" / "catalogue.toml").target_sets
    twelve = next(group for group in sets if group.key == "S3").targets
    rows = read_table(PAGE, "mã", "chỉ tiêu")
    plain = [dataclasses.replace(target, when="", counts_only="") for target in twelve]
    assert rows == [[target.key, write_promise(target, VI)] for target in plain]


def test_the_sums_in_the_text_are_right() -> None:
    sums = re.findall(r"`(\d+) × (\d+) ÷ (\d+) = ([\d,]+)`", read_section())
    assert len(sums) == 3
    for one, times, by, result in sums:
        assert round(int(one) * int(times) / int(by), 2) == read_number(result)


@pytest.mark.parametrize(("after", "light", "pct"), [(9, "met", "10,7"), (10, "not_met", "0,8")])
def test_the_quarter_of_the_example_is_compared_with_its_share_of_the_year(
    after: int, light: str, pct: str
) -> None:
    days = {"before": ("2023-01-01", "2023-12-31"), "after": ("2024-06-01", "2024-08-31")}
    windows = [
        Observation(
            "incidents", n, phase=phase, start=dt.date.fromisoformat(first), end=dt.date.fromisoformat(last)
        )
        for n, (phase, (first, last)) in zip((40, after), days.items(), strict=True)
    ]
    found = assess(DOWN_5, windows)
    assert (found.light, VI.number(abs(found.value), decimals=1)) == (light, pct)
    assert f"{after} vụ là giảm {pct} %" in " ".join(read_section().split())
