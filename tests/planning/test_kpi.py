"""Lights for targets: what is known decides, what is not known never meets."""

import dataclasses
import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.kpi import assess, merge_observations
from planning.papers import QUALIFIERS, Qualifier
from planning.targets import Assessment, Form, Light, Observation, Operator, Target

DOWN_5 = Target("kpi_1", "số vụ giảm", "area", "change_pct", "<=", -5, "incidents")
CLEARED = Target(
    "kpi_2",
    "khám phá",
    "area",
    "share_pct",
    ">=",
    80,
    "cleared",
    "incidents",
    not_applicable_when=("incidents",),
)
TRANSFORMED = Target("60", "chuyển hóa", "programme", "share_pct", ">=", 60, "transformed", "selected")
CAMERAS = Target("cameras", "camera", "area", "count", ">=", 600, "cameras")
NO_GANGS = Target("kpi_8", "không băng nhóm", "area", "absent", "=", 0, "gangs")
FEWER = Target("kpi_10a", "điểm tệ nạn giảm", "area", "fewer", "<", 0, "vice_spots")
STATED = Target("kpi_11", "ổn định", "area", "stated", "=", 1, "politics_stable")
ORDER: tuple[Light, ...] = ("not_met", "unknown", "met")
YEAR = (dt.date(2023, 1, 1), dt.date(2023, 12, 31))
QUARTER = (dt.date(2024, 6, 1), dt.date(2024, 8, 31))


def tell(key: str, value: float | None, qualifier: Qualifier = "=", **more: object) -> Observation:
    return Observation(key, value, qualifier=qualifier, **more)


def change(before: float | None, after: float | None, key: str = "incidents") -> list[Observation]:
    return [tell(key, before, phase="before"), tell(key, after, phase="after")]


def share(part: float | None, whole: float | None, target: Target = TRANSFORMED) -> Assessment:
    return assess(target, [tell(target.numerator, part), tell(target.denominator, whole)])


@pytest.mark.parametrize(
    ("part", "whole", "pct", "light", "needed"),
    [
        (6, 9, 60, "met", 6), (5, 9, 60, "not_met", 6), (88, 88, 100, "met", 88),
        (87, 88, 100, "not_met", 88),
        (53, 88, 60, "met", 53), (52, 88, 60, "not_met", 53), (3, 5, 60, "met", 3), (17, 20, 85, "met", 17),
    ],
)  # fmt: skip
def test_a_share_is_met_exactly_from_the_count_needed(
    part: float, whole: float, pct: float, light: Light, needed: int
) -> None:
    found = share(part, whole, dataclasses.replace(TRANSFORMED, value=pct))
    assert (found.light, found.needed) == (light, needed)
    assert found.value == pytest.approx(100 * part / whole)


def test_how_many_are_needed_is_known_before_the_result_is() -> None:
    found = share(None, 9)
    assert (found.light, found.needed, found.missing) == ("unknown", 6, ("transformed",))
    assert math.isnan(found.value)


@pytest.mark.parametrize(
    ("before", "after", "light", "value", "needed"),
    [
        (20, 19, "met", -5, 19), (20, 20, "not_met", 0, 19), (8, 7, "met", -12.5, 7), (8, 8, "not_met", 0, 7),
        (3, 2, "met", -100 / 3, 2), (100, 96, "not_met", -4, 95), (5, 12, "not_met", 140, 4),
    ],
)  # fmt: skip
def test_a_fall_is_judged_on_counts(before: int, after: int, light: Light, value: float, needed: int) -> None:
    found = assess(DOWN_5, change(before, after))
    assert (found.light, found.needed) == (light, needed)
    assert found.value == pytest.approx(value)
    assert (found.numerator, found.denominator) == (after, before)


def test_the_chance_remark_is_there_with_eight_incidents() -> None:
    assert round(100 * assess(DOWN_5, change(8, 7)).chance) == 45
    assert round(100 * assess(DOWN_5, change(8, None)).chance) == 45
    assert math.isnan(share(6, 9).chance)


@pytest.mark.parametrize("target", [DOWN_5, FEWER])
def test_nothing_before_is_nothing_to_judge(target: Target) -> None:
    found = assess(target, change(0, 3, target.numerator))
    assert (found.light, found.reason, found.missing) == ("not_applicable", "nothing_to_judge", ())


@pytest.mark.parametrize(
    ("part", "whole", "light", "reason"),
    [
        (0, 0, "not_applicable", "nothing_to_judge"), (None, 0, "not_applicable", "nothing_to_judge"),
        (4, None, "unknown", "missing"), (8, 10, "met", ""), (7, 10, "not_met", ""),
        (12, 10, "met", "above_whole"),
    ],
)  # fmt: skip
def test_no_case_is_no_failure_and_an_unknown_number_of_cases_is_unknown(
    part: float | None, whole: float | None, light: Light, reason: str
) -> None:
    found = share(part, whole, CLEARED)
    assert (found.light, found.reason) == (light, reason)


def test_a_share_of_nothing_is_unknown_where_the_plan_does_not_say_otherwise() -> None:
    found = share(0, 0)
    assert (found.light, found.reason, found.needed) == ("unknown", "zero_base", 0)


@pytest.mark.parametrize(
    ("qualifier", "value", "light"),
    [
        (">=", 700, "met"), (">=", 600, "met"), (">=", 500, "unknown"), ("<=", 500, "not_met"),
        ("<=", 700, "unknown"), ("~", 700, "met"), ("~", 620, "unknown"), ("~", 590, "unknown"),
        ("~", 500, "not_met"), ("=", 599, "not_met"), ("text", None, "unknown"),
    ],
)  # fmt: skip
def test_a_qualified_number_decides_only_what_it_settles(
    qualifier: Qualifier, value: float | None, light: Light
) -> None:
    assert assess(CAMERAS, [tell("cameras", value, qualifier)]).light == light


def test_over_seven_hundred_leaves_eight_hundred_open_and_says_why() -> None:
    found = assess(dataclasses.replace(CAMERAS, value=800), [tell("cameras", 700, ">=")])
    assert (found.light, found.reason, found.qualifier, found.value) == ("unknown", "qualified", ">=", 700)


@pytest.mark.parametrize(
    ("target", "observations", "light", "reason"),
    [
        (NO_GANGS, [tell("gangs", 0)], "met", ""),
        (NO_GANGS, [tell("gangs", 1)], "not_met", ""),
        (NO_GANGS, [tell("gangs", None)], "unknown", "missing"),
        (NO_GANGS, [tell("gangs", 2, "<=")], "unknown", "qualified"),
        (FEWER, change(5, 4, "vice_spots"), "met", ""),
        (FEWER, change(5, 5, "vice_spots"), "not_met", ""),
        (FEWER, [tell("vice_spots", 5, ">=", phase="before"), change(5, 4, "vice_spots")[1]], "met", ""),
        (STATED, [tell("politics_stable", 1)], "unknown", "unsigned"),
        (STATED, [tell("politics_stable", 1, stated_by="UBND xã")], "unknown", "unsigned"),
        (STATED, [tell("politics_stable", 1, stated_by="UBND xã", stated_on=YEAR[1])], "met", ""),
        (STATED, [tell("politics_stable", 0, stated_by="UBND xã", stated_on=YEAR[1])], "not_met", ""),
        (DOWN_5, [tell("incidents", 8), tell("incidents", 7, phase="after")], "unknown", "missing"),
        (DOWN_5, [tell("incidents", 8, "<=", phase="before"), change(8, 20)[1]], "unknown", "may_be_zero"),
        (DOWN_5, change(8, -1), "unknown", "impossible"),
    ],
)  # fmt: skip
def test_each_form_says_what_it_rests_on(
    target: Target, observations: list[Observation], light: Light, reason: str
) -> None:
    found = assess(target, observations)
    assert (found.light, found.reason) == (light, reason)


def windows(before: float, after: float, days: tuple[dt.date, dt.date] = QUARTER) -> list[Observation]:
    return [
        tell("incidents", before, phase="before", start=YEAR[0], end=YEAR[1]),
        tell("incidents", after, phase="after", start=days[0], end=days[1]),
    ]


def test_a_quarter_is_compared_with_a_quarter_of_the_year_before() -> None:
    """365 days with 40 incidents are 10.08 in 92 days: 9 is a fall of 10.7 %, 10 one of 0.8 %."""
    fallen, same = assess(DOWN_5, windows(40, 9)), assess(DOWN_5, windows(40, 10))
    assert (fallen.light, same.light, fallen.days, fallen.reason) == ("met", "not_met", (365, 92), "scaled")
    assert fallen.value == pytest.approx(100 * (9 * 365 / 92 / 40 - 1))
    assert fallen.needed == 9
    assert round(100 * fallen.chance) == 46


def test_a_leap_day_changes_nothing() -> None:
    found = assess(DOWN_5, windows(20, 19, (dt.date(2024, 1, 1), dt.date(2024, 12, 31))))
    assert (found.light, found.value, found.days, found.reason) == ("met", -5, None, "")


def test_a_share_within_an_area_is_of_the_same_days() -> None:
    cleared = tell("cleared", 8, start=QUARTER[0], end=QUARTER[1])
    year, quarter = (tell("incidents", 10, start=days[0], end=days[1]) for days in (YEAR, QUARTER))
    assert assess(CLEARED, [cleared, year]).reason == "windows_differ"
    assert assess(CLEARED, [cleared, quarter]).light == "met"


def test_what_people_state_stands_and_the_program_s_own_count_is_named_where_it_differs() -> None:
    stated = change(20, 19)
    counted = [dataclasses.replace(o, value=20.0, counted_by="program") for o in stated]
    found = assess(DOWN_5, merge_observations(stated, counted))
    assert (found.light, found.numerator, found.differing) == ("met", 19, ("incidents",))
    filled = assess(DOWN_5, merge_observations([], counted))
    assert (filled.light, filled.differing) == ("not_met", ())


def test_merging_drops_nothing_but_repetitions() -> None:
    stated, counted = tell("a", 1), tell("a", 1, counted_by="program")
    assert merge_observations([stated, stated], [counted]) == (stated, counted)


counts = st.integers(0, 300)
forms: list[tuple[Form, Operator]] = [
    ("change_pct", "<="), ("change_pct", "<"), ("change_pct", ">="), ("share_pct", ">="),
    ("share_pct", ">"), ("share_pct", "<"), ("share_pct", "<="),
    ("count", ">="), ("count", "<="), ("absent", "="), ("fewer", "<"),
]  # fmt: skip


def build(
    form: Form, operator: Operator, value: float, part: float | None, whole: float | None, q: Qualifier
) -> Light:
    fixed = {"absent": 0.0, "fewer": 0.0}.get(form, value)
    target = Target(
        "k", "n", "programme", form, operator, fixed, "part", "whole" if form == "share_pct" else ""
    )
    observations = [
        tell("part", part, q, phase="after"),
        tell("part", whole, phase="before"),
        tell("whole", whole),
    ]
    return assess(target, observations).light


@given(
    st.sampled_from(forms),
    st.integers(-99, 120),
    counts,
    counts,
    st.integers(1, 300),
    st.sampled_from(["=", "~"]),
)
def test_a_worse_numerator_never_betters_the_light(
    form: tuple[Form, Operator], value: int, one: int, other: int, whole: int, qualifier: Qualifier
) -> None:
    """Better is more for >= and >, less for <=, < and for none at all."""
    worse, better = sorted((one, other), reverse=form[1] not in (">=", ">"))
    lights = [build(*form, value, part, whole, qualifier) for part in (worse, better)]
    assert ORDER.index(lights[0]) <= ORDER.index(lights[1])


@given(st.integers(0, 200), st.integers(1, 200), st.integers(1, 120), st.integers(2, 50))
def test_scaling_both_counts_leaves_the_share_and_its_light(
    part: int, whole: int, pct: int, times: int
) -> None:
    target = dataclasses.replace(TRANSFORMED, value=pct)
    plain, scaled = share(part, whole, target), share(part * times, whole * times, target)
    assert (plain.light, plain.value) == (scaled.light, scaled.value)


@given(st.integers(0, 200), st.integers(1, 200), st.integers(1, 100))
def test_met_is_to_have_the_count_needed(part: int, whole: int, pct: int) -> None:
    found = share(part, whole, dataclasses.replace(TRANSFORMED, value=pct))
    assert found.needed is not None
    assert (found.light == "met") == (part >= found.needed)


@given(st.sampled_from(forms), st.integers(-99, 120), st.sampled_from(QUALIFIERS), counts)
def test_unknown_in_is_unknown_out(form: tuple[Form, Operator], value: int, q: Qualifier, whole: int) -> None:
    assert build(*form, value, None, whole + 1, q) == "unknown"
    if form[0] in ("share_pct", "change_pct", "fewer"):
        assert build(*form, value, float(whole), None, "=") == "unknown"


@given(
    st.sampled_from(forms),
    st.integers(-99, 120),
    st.integers(0, 300),
    st.integers(1, 300),
    st.floats(0.95, 1.05),
)
def test_what_about_so_many_settles_no_number_it_may_stand_for_overturns(
    form: tuple[Form, Operator], value: int, told: int, whole: int, factor: float
) -> None:
    about = build(*form, value, told, whole, "~")
    assert about in ("unknown", build(*form, value, round(told * factor, 6), whole, "="))
