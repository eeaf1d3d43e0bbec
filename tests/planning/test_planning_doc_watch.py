"""docs/planning.md section 5 is recomputed: the sum by hand, the limits, the delays, the difference."""

import math
import re

import pandas as pd
import pytest

from geo.stats.evaluation import CLEAR_Z, SIGNS_Z
from planning.evaluation import judge
from planning.relapse import FALSE_ALARM, N_DRAWS, expect_delay, find_limit, standardise, watch
from studies.watch import LEAST_SHARE_KNOWN, SEED
from studies.watch_plan import FEWEST_LEVEL_MONTHS
from tests.documents import ROOT, read_table

PAGE = ROOT / "docs" / "planning.md"
MONTHS, LEVEL_MONTHS, LEVEL = 24, 12, 4.0


def read_number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ".")) if text not in ("", "chưa có") else math.nan


def read_section() -> str:
    return " ".join(PAGE.read_text(encoding="utf-8").split("\n## 5. ")[1].split("\n## ")[0].split())


def close(number: float, decimals: int = 2) -> object:
    """Equal as written with so many decimals; NaN to NaN."""
    return pytest.approx(number, abs=0.5 * 10**-decimals + 1e-9, nan_ok=True)


def test_each_month_of_the_example_is_recomputed() -> None:
    rows = [list(map(read_number, row)) for row in read_table(PAGE, "Tháng thứ", "Số vụ")]
    counts = pd.Series([row[1] for row in rows], index=[int(row[0]) for row in rows])
    assert counts.index.tolist() == [1, 2, 3, 4, 5, 6]
    told = [
        column
        for n in (None, LEVEL_MONTHS)
        for column in (
            standardise(counts.to_numpy(), LEVEL, n),
            watch(counts, LEVEL, MONTHS, seed=SEED, n_level_months=n).sums,
        )
    ]
    for row, expected in zip(rows, zip(*told, strict=True), strict=True):
        assert row[2:] == close(list(expected))


def test_the_example_is_alarmed_where_the_text_says() -> None:
    rows = [list(map(read_number, row)) for row in read_table(PAGE, "Tháng thứ", "Số vụ")]
    counts = pd.Series([row[1] for row in rows], index=range(1, 7))
    sure = watch(counts, LEVEL, MONTHS, seed=SEED)
    found = watch(counts, LEVEL, MONTHS, seed=SEED, n_level_months=LEVEL_MONTHS)
    assert (sure.first_alarm, found.first_alarm) == (5, 6)
    said = re.search(r"ngưỡng là ([\d,]+) nếu mức chắc chắn, và ([\d,]+) với mức", read_section())
    assert said is not None
    assert [read_number(text) for text in said.groups()] == close([sure.limit, found.limit])


def test_each_limit_false_alarm_and_delay_is_simulated_anew() -> None:
    rows = read_table(PAGE, "Mức để so (vụ/tháng)", "Ngưỡng")
    assert [row[0] for row in rows] == ["0,5", "1", "2", "4", "8"]
    for row in rows:
        mu, *told = map(read_number, row)
        limit = find_limit(mu, MONTHS, seed=SEED, n_level_months=LEVEL_MONTHS)
        same, double = (
            expect_delay(mu, MONTHS, factor=factor, seed=SEED, n_level_months=LEVEL_MONTHS)
            for factor in (1.0, 2.0)
        )
        assert told[0] == close(limit)
        assert told[1:] == [round(100 * same.share), round(100 * double.share), double.month]


def test_the_difference_by_hand_is_that_of_the_program() -> None:
    told = {name: read_number(value) for name, value in read_table(PAGE, "Phép tính", "Kết quả")}
    treated = pd.DataFrame({"before": [100.0], "after": [50.0]}, index=["t"])
    comparison = pd.DataFrame({"before": [80.0, 120.0], "after": [72.0, 108.0]}, index=["a", "b"])
    found = judge(treated, comparison, days_before=365, days_after=365).difference
    assert found is not None
    assert list(told.values()) == [-50, -10, found.estimate, close(found.standard_error, 1), close(found.z)]


def test_the_numbers_in_the_text_are_those_of_the_program() -> None:
    text = read_section()
    assert f"mô phỏng {N_DRAWS:,} lần".replace(",", ".") in text
    assert f"hạt giống ({SEED})" in text
    assert f"không quá {round(100 * FALSE_ALARM)} %" in text
    assert f"dưới {FEWEST_LEVEL_MONTHS} tháng số liệu" in text
    assert "Quá nửa số tháng để trống" in text
    assert LEAST_SHARE_KNOWN == 0.5
    assert f"z từ {CLEAR_Z} trở lên".replace(".", ",") in text
    assert f"từ {SIGNS_Z} là có dấu hiệu".replace(".", ",") in text
