"""What is said of a change: its interval, what reporting may have to do with it, and the running year."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from geo.frames import Joined, Period
from i18n.messages import load_words
from studies.holdings import Holdings
from studies.outlook import write_outlook, write_ward_change
from studies.overview import Choice, make_question
from studies.reporting import find_reporting, project
from tests.grid_city import hold, make_counts
from tests.mau import CODES, make_wards

VI = load_words("vi")


def months(year: int, *numbers: int) -> list[Period]:
    """Whole months of a year."""
    starts = [dt.date(year, number, 1) for number in numbers]
    ends = [dt.date(year + number // 12, number % 12 + 1, 1) - dt.timedelta(days=1) for number in numbers]
    return [Period(start, end) for start, end in zip(starts, ends, strict=True)]


def every(n: float, *, but: Mapping[str, float] | None = None) -> dict[str, float]:
    return dict.fromkeys(CODES, n) | dict(but or {})


def with_tips(counts: Joined) -> Joined:
    """The same rows as tips received."""
    return replace(counts, rows=counts.rows.assign(measure="tips"))


def ask(holdings: Holdings, period: Period, *, ward: str | None = None) -> list[str]:
    measured = holdings.measure(make_question(holdings, Choice("n_incidents", period)))
    if ward is not None:
        return write_ward_change(holdings, measured, ward, VI)
    return write_outlook(holdings, measured, holdings.count, VI)


YEARS = {year: Period(dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in (2021, 2022)}
FELL = make_counts({YEARS[2021]: every(12), YEARS[2022]: every(12, but={"00001": 9})})


def test_a_ward_reads_its_change_and_the_exact_interval() -> None:
    # Clopper-Pearson of 9 in 21 is 0.2182 to 0.6598; p/(1 − p) of the two is 0.279 and 1.939
    assert ask(hold(make_wards(), FELL), YEARS[2022], ward="00001") == [
        "12 → 9 vụ, giảm 3 vụ; chưa đủ căn cứ để kết luận.",
        "Tính theo ngày, kỳ này bằng 0,75 lần kỳ so sánh; với độ tin cậy 95 %, từ 0,28 đến 1,94 lần.",
    ]


def test_a_fall_with_fewer_tips_asks_to_check_the_reporting() -> None:
    tips = with_tips(make_counts({YEARS[2021]: {"00001": 40.0}, YEARS[2022]: {"00001": 25.0}}))
    told = ask(hold(make_wards(), FELL, tips), YEARS[2022], ward="00001")
    assert told[0] == (
        "12 → 9 vụ, giảm 3 vụ; chưa đủ căn cứ để kết luận; cần kiểm tra việc tiếp nhận, thống kê "
        "(số tin báo, tố giác cũng giảm: 40 → 25)."
    )
    more = with_tips(make_counts({YEARS[2021]: {"00001": 25.0}, YEARS[2022]: {"00001": 40.0}}))
    assert "tin báo" not in ask(hold(make_wards(), FELL, more), YEARS[2022], ward="00001")[0]


def test_tips_are_no_incidents() -> None:
    tips = with_tips(make_counts({YEARS[2022]: every(1_000)}))
    holdings = hold(make_wards(), FELL, tips)
    measured = holdings.measure(make_question(holdings, Choice("n_incidents", YEARS[2022])))
    assert measured.frame["n_incidents"].tolist() == [9, 12, 12, 12, 12, 12]


def test_months_that_a_ward_did_not_send_stand_beside_its_fall() -> None:
    counts = {month: every(4) for month in months(2021, *range(1, 13))}
    for number, month in zip(range(1, 13), months(2022, *range(1, 13)), strict=True):
        sent = every(4)
        if number in (5, 6):
            del sent["00002"]
        counts[month] = sent
    holdings = hold(make_wards(), make_counts(counts))
    measured = holdings.measure(make_question(holdings, Choice("n_incidents", YEARS[2022])))
    reporting = find_reporting(holdings, measured)
    assert reporting.table["n_missing_parts"].tolist() == [0, 2, 0, 0, 0, 0]
    assert reporting.of_all() == (None, None, 2)
    assert ask(holdings, YEARS[2022], ward="00002")[0].endswith(
        "cần kiểm tra việc tiếp nhận, thống kê (còn thiếu số liệu của 2 kỳ báo cáo)."
    )


def test_a_running_year_is_projected_from_last_years_remaining_months() -> None:
    counts = {month: every(10) for month in months(2021, *range(1, 13))}
    counts |= {month: every(10) for month in months(2022, *range(1, 10))}
    holdings = hold(make_wards(), make_counts(counts))
    measured = holdings.measure(make_question(holdings, Choice("n_incidents", YEARS[2022])))
    projection = project(holdings, measured, holdings.count)
    assert projection is not None
    # 540 so far and the 180 of October to December 2021
    assert projection.basis == "last_year"
    assert projection.expected == pytest.approx(720)
    assert 540 < projection.low < 720 < projection.high
    told = ask(holdings, YEARS[2022])
    assert told[0] == "540 → 540 vụ, không tăng, không giảm."
    assert told[-1].startswith("Ước cả năm khoảng 720 vụ, có thể từ ")


def test_a_whole_year_and_a_running_month_are_not_projected() -> None:
    whole = hold(make_wards(), FELL)
    assert len(ask(whole, YEARS[2022])) == 2
    days = make_counts({month: every(10) for month in months(2022, 1, 2, 3)})
    holdings = hold(make_wards(), days)
    (march,) = months(2022, 3)
    assert ask(holdings, march) == []
