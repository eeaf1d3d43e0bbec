"""What the headers of a wide table propose, for a person to confirm."""

import datetime as dt

import pytest

from errors import BadOption, SeveralChoices
from geo.frames import Period
from geo.reading.columns import CountColumn, TableColumns
from geo.reading.count_headers import propose_counts
from geo.rows.measure_words import read_measure
from tests.mau import make_table


def propose(*headers: str, **told: object) -> tuple[CountColumn, ...]:
    table = make_table(
        {"Mã xã": ["00001"], "Tên xã": ["Phường Một"], **{header: ["1"] for header in headers}}
    )
    return propose_counts(TableColumns(**told), table)  # type: ignore[arg-type]


def test_two_header_rows_tell_category_and_measure() -> None:
    assert propose("Trộm cắp – Xảy ra", "Trộm cắp – Khám phá", "Thiệt hại (triệu đồng)") == (
        CountColumn("Trộm cắp – Xảy ra", "Trộm cắp"),
        CountColumn("Trộm cắp – Khám phá", "Trộm cắp", measure="cleared"),
        CountColumn("Thiệt hại (triệu đồng)", None, None, "damage", "triệu đồng"),
    )


def test_totals_rates_comparisons_and_residents_are_left_out() -> None:
    proposed = propose("TT", "Trộm cắp", "Cướp giật", "Tổng số vụ", "Tổng – Xảy ra", "Tỷ lệ khám phá (%)",
                       "So với cùng kỳ", "Dân số")  # fmt: skip
    assert [count.column for count in proposed] == ["Trộm cắp", "Cướp giật"]


def test_a_total_alone_stays() -> None:
    assert propose("Tổng số vụ") == (CountColumn("Tổng số vụ"),)


def test_months_in_headers_become_days_only_with_a_calendar_and_a_year() -> None:
    with pytest.raises(BadOption) as no_year:
        propose("Tháng 9 – Số vụ", calendar="police")
    assert no_year.value.reason == "default_year"
    with pytest.raises(SeveralChoices) as no_calendar:
        propose("Tháng 9 – Số vụ", default_year=2021)
    assert no_calendar.value.reason == "calendar"
    september = Period(dt.date(2021, 8, 15), dt.date(2021, 9, 14))
    assert propose("Tháng 9 – Số vụ", calendar="police", default_year=2021) == (
        CountColumn("Tháng 9 – Số vụ", None, september),
    )


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Xảy ra", "occurred"), ("Số vụ", "occurred"), ("Khám phá", "cleared"), ("Số vụ khám phá", "cleared"),
        ("Điều tra, làm rõ", "cleared"), ("Bắt giữ", "persons"), ("Số đối tượng", "persons"),
        ("đối tượng (người)", "persons"), ("Số người chết", "deaths"), ("Bị thương", "injured"),
        ("Thiệt hại (triệu đồng)", "damage"), ("Cố ý gây thương tích", None), ("Giết người", None),
    ],
)  # fmt: skip
def test_measures_are_known_by_their_words_and_categories_are_none(text: str, measure: str | None) -> None:
    assert read_measure(text) == measure


def test_a_month_under_its_unit_is_a_period() -> None:
    (found,) = propose("Tháng – 9", calendar="police", default_year=2022)
    assert found == CountColumn("Tháng – 9", None, Period(dt.date(2022, 8, 15), dt.date(2022, 9, 14)))
