"""Harm weights: whose they are, on which day they hold, and what an incident without one does."""

import datetime as dt

import numpy as np

from geo.frames import Period
from geo.harm import HarmWeights, find_weights
from geo.measure import Measured, measure
from geo.question import EVERY_CRIME, Question, Selection
from geo.reading.columns import TableColumns
from geo.rows.facts import join_table
from tests.mau import make_table, make_wards

WARDS = make_wards()
NAN = float("nan")
IN_2022 = Period(dt.date(2022, 1, 1), dt.date(2022, 12, 31))
WEIGHTS = HarmWeights("bang", dt.date(2022, 1, 1), (("Trộm cắp tài sản", 2.0), ("Giết người", 50.0)))


def ask(
    weights: HarmWeights | None, *, period: Period | None = IN_2022, chosen: Selection = EVERY_CRIME
) -> Measured:
    cells: dict[str, list[object]] = {
        "ma_xa": ["00001", "00001", "00002", "00003", "00004", "00005"],
        "loai_vu": ["Trộm cắp", "Giết người", "Trộm cắp", "Ma túy", "Ma túy", ""],
        "so_vu": ["3", "1", "4", "5", "0", "2"],
        "nam": ["2022"] * 6,
    }  # fmt: skip
    joined, _, _ = join_table(WARDS, make_table(cells), "incidents", TableColumns(), version="mau-2022")
    return measure(WARDS, [joined], Question(period, chosen=chosen), weights)


def test_a_ward_with_an_incident_that_has_no_weight_has_no_sum() -> None:
    measured = ask(WEIGHTS)
    # 3 × 2 + 1 × 50; 4 × 2; five of drugs without a weight; none of drugs: 0; two of no category; unlisted
    np.testing.assert_array_equal(measured.frame["harm_weighted"], [56, 8, NAN, 0, NAN, NAN])
    assert [(f.code, f.seen, f.facts) for f in measured.findings] == [
        ("NoHarmWeight", "Ma túy", {"n": 7.0, "n_wards": 2})]  # fmt: skip


def test_only_what_is_chosen_is_weighed() -> None:
    measured = ask(WEIGHTS, chosen=Selection(group="social"))
    np.testing.assert_array_equal(measured.frame["harm_weighted"], [56, 8, 0, 0, NAN, NAN])
    assert measured.findings == ()


def test_without_a_table_nothing_is_weighed() -> None:
    assert "harm_weighted" not in ask(None).frame


def test_a_table_holds_from_its_day_on() -> None:
    late = HarmWeights("muộn", dt.date(2022, 1, 2), WEIGHTS.weights)
    measured = ask(late)
    assert "harm_weighted" not in measured.frame
    assert [(f.code, f.seen) for f in measured.findings] == [("HarmWeightsNotInForce", "muộn")]
    # Without a period the first day on file decides.
    assert "harm_weighted" in ask(WEIGHTS, period=None).frame
    assert "harm_weighted" not in ask(late, period=None).frame


def test_a_category_is_weighed_by_its_own_name_before_its_offence() -> None:
    table = HarmWeights(
        "b", dt.date(2022, 1, 1), (("Đánh bạc", 1.0), ("Tổ chức đánh bạc", 5.0), ("Trộm", 2.0))
    )
    assert find_weights(table, ["ĐÁNH BẠC", "Tổ chức đánh bạc", "Cờ bạc", "Trộm cắp TS", "Việc khác"]) == {
        "ĐÁNH BẠC": 1.0, "Tổ chức đánh bạc": 5.0, "Trộm cắp TS": 2.0}  # fmt: skip
