"""How often chance alone meets a target of change."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.chance import chance_of_meeting
from planning.targets import Target

DOWN_5 = Target("kpi_1", "giảm 5 %", "area", "change_pct", "<=", -5, "incidents")
EQUAL_DAYS = (365, 365)
N_DRAWS = 200_000


@pytest.mark.parametrize(
    ("before", "pct"), [(3, 42), (5, 44), (8, 45), (10, 46), (20, 44), (40, 41), (80, 37)]
)
def test_a_fall_of_five_per_cent_happens_by_chance_almost_every_second_time(before: int, pct: int) -> None:
    assert round(100 * chance_of_meeting(DOWN_5, before, *EQUAL_DAYS)) == pct


@pytest.mark.parametrize(
    ("operator", "value", "before", "days"),
    [
        ("<=", -5, 3, (365, 365)),
        ("<", -20, 12, (365, 365)),
        (">=", 10, 7, (90, 90)),
        ("<=", -10, 40, (365, 92)),
    ],
)
def test_the_sum_agrees_with_simulation(
    operator: str, value: float, before: float, days: tuple[int, int]
) -> None:
    target = dataclasses.replace(DOWN_5, operator=operator, value=value)
    generator = np.random.default_rng(138)
    was = generator.poisson(before, N_DRAWS)
    after = generator.poisson(before * days[1] / days[0], N_DRAWS)
    ends = np.round((100 + value) * was * days[1] / (100 * days[0]), 9)
    meets = {"<=": after <= ends, "<": after < ends, ">=": after >= ends}[operator] & (was > 0)
    assert chance_of_meeting(target, before, *days) == pytest.approx(meets.mean(), abs=0.004)


def test_one_incident_can_be_worked_out_by_hand() -> None:
    """Mean 1, none after: P(before >= 1 and after <= 0.95·before) = Σ b≥1 P(b)·P(after <= b − 1)."""
    poisson = [math.exp(-1) / math.factorial(n) for n in range(30)]
    by_hand = sum(poisson[b] * sum(poisson[:b]) for b in range(1, 20))
    assert chance_of_meeting(DOWN_5, 1, *EQUAL_DAYS) == pytest.approx(by_hand, abs=1e-12)


@pytest.mark.parametrize("before", [0.0, math.nan, -1.0])
def test_without_incidents_before_there_is_no_chance_to_speak_of(before: float) -> None:
    assert math.isnan(chance_of_meeting(DOWN_5, before, *EQUAL_DAYS))


def test_other_forms_and_equality_have_none() -> None:
    for change in ({"form": "share_pct"}, {"form": "count"}, {"form": "fewer"}, {"operator": "="}):
        assert math.isnan(chance_of_meeting(dataclasses.replace(DOWN_5, **change), 10, *EQUAL_DAYS))


@given(before=st.floats(0.5, 200), value=st.integers(-60, -1), more=st.integers(1, 30))
def test_a_harder_target_is_met_by_chance_no_oftener(before: float, value: int, more: int) -> None:
    easy, hard = (dataclasses.replace(DOWN_5, value=v) for v in (value, value - more))
    chances = [chance_of_meeting(target, before, *EQUAL_DAYS) for target in (hard, easy)]
    assert 0 <= chances[0] <= chances[1] + 1e-12 <= 1


@given(before=st.floats(0.5, 200), value=st.integers(-60, 60))
def test_either_the_limit_is_kept_or_passed_or_nothing_was_before(before: float, value: int) -> None:
    kept, passed = (
        chance_of_meeting(dataclasses.replace(DOWN_5, value=value, operator=operator), before, *EQUAL_DAYS)
        for operator in ("<=", ">")
    )
    assert kept + passed + math.exp(-before) == pytest.approx(1, abs=1e-9)


def test_many_incidents_leave_little_to_chance() -> None:
    assert chance_of_meeting(DOWN_5, 50_000, *EQUAL_DAYS) == pytest.approx(0, abs=1e-6)
