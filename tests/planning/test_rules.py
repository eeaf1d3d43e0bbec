"""Hard rules as data: what they say of each ward, what people wrote against them, and limits on groups."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import BadOption, NoData, NotFeasible
from planning.catalogue import Rule
from planning.limits import Unfillable
from planning.quota import Limit
from planning.rules import RuleResult, apply_rules, find_bound, find_unfillable, make_limits
from planning.scenario import Departure, GroupBound
from tests.mau import CODES, PARENTS

EACH = Rule("one_each", "at_least_per_group", "Mỗi quận, huyện một địa bàn", n=1, column="parent")
NEW = Rule("new", "not_newly_recognised", "Mới được công nhận")
KEPT = Rule("kept", "not_in_maintenance", "Còn trong thời gian duy trì")
CARRIED = Rule("carried", "carry_over", "Chưa đạt thì chuyển sang năm sau")
EAST, WEST = frozenset(CODES[:3]), frozenset(CODES[3:])


def make_table(**columns: list) -> pd.DataFrame:
    return pd.DataFrame({"parent": PARENTS} | columns, index=pd.Index(CODES, name="ward_code"), dtype=object)


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def outcomes(results: list[RuleResult]) -> list[tuple[str, str]]:
    return [(result.outcome, result.detail) for result in results]


def depart(code: str, kind: str, reason: str = "Công an xã đề nghị", rule: str = "") -> Departure:
    return Departure(code, kind, reason, rule)


def test_only_recognition_in_the_year_before_keeps_a_commune_out_and_an_untold_day_does_not() -> None:
    days = ["2021-12-31", "2022-01-01", "2022-12-31", "2023-01-01", None, float("nan")]
    told = [day(one) if isinstance(one, str) else one for one in days]
    results = apply_rules(make_table(recognised_on=told), [NEW], [], year=2023)
    assert outcomes(results) == [
        ("ok", "2021-12-31"),
        ("excluded", "2022-01-01"),
        ("excluded", "2022-12-31"),
        ("ok", "2023-01-01"),
        ("unknown", ""),
        ("unknown", ""),
    ]
    assert results[1] == RuleResult("00002", "new", "excluded", "2022-01-01", "Mới được công nhận")


def test_days_may_come_as_timestamps() -> None:
    told = list(pd.to_datetime(["2022-05-01", None, None, None, None, None]))
    results = apply_rules(make_table(recognised_on=told), [NEW], [], year=2023)
    assert outcomes(results)[:2] == [("excluded", "2022-05-01"), ("unknown", "")]


def test_an_area_is_kept_until_its_last_day_and_without_one_for_as_long_as_it_stands_there() -> None:
    table = make_table(
        state=["duy_tri", "duy_tri", "duy_tri", "ra_khoi_dien", None, "chua_dat"],
        maintenance_until=[day("2022-12-31"), day("2023-01-01"), None, day("2023-06-30"), None, None],
    )
    assert outcomes(apply_rules(table, [KEPT], [], year=2023)) == [
        ("ok", "2022-12-31"),
        ("excluded", "2023-01-01"),
        ("excluded", ""),
        ("ok", "2023-06-30"),
        ("ok", ""),
        ("ok", ""),
    ]


def test_an_area_that_did_not_pass_must_be_chosen_again() -> None:
    table = make_table(state=["chua_dat", "duy_tri", None, "chuyen_hoa_thanh_cong", "de_xuat", float("nan")])
    results = apply_rules(table, [CARRIED], [], year=2023)
    assert [result.outcome for result in results] == ["required", "ok", "ok", "ok", "ok", "ok"]


@pytest.mark.parametrize("rule", [NEW, KEPT, CARRIED], ids=lambda rule: rule.key)
def test_without_the_column_nobody_knows_and_nobody_is_bound(rule: Rule) -> None:
    results = apply_rules(make_table(), [rule], [], year=2023)
    assert outcomes(results) == [("unknown", "")] * 6
    assert find_bound(results) == (frozenset(), frozenset())


def test_a_rule_set_aside_for_a_ward_keeps_its_name_and_tells_the_reason() -> None:
    table = make_table(recognised_on=[day("2022-03-01")] * 2 + [None] * 4)
    overrides = [
        depart("00001", "override", " Trộm cắp tăng mạnh ", "new"),
        depart("00003", "override", "Phòng xa", "new"),
    ]
    results = apply_rules(table, [NEW], overrides, year=2023)
    assert outcomes(results)[:4] == [
        ("overridden", "Trộm cắp tăng mạnh"),
        ("excluded", "2022-03-01"),
        ("unknown", "Phòng xa"),
        ("unknown", ""),
    ]
    assert (results[0].rule, results[0].name) == ("new", "Mới được công nhận")
    assert find_bound(results) == (frozenset(), frozenset({"00002"}))


def test_what_people_put_in_and_leave_out_stands_after_the_rules_with_its_reason() -> None:
    by_hand = [depart("00004", "include"), depart("00001", "exclude", "Đã giải tỏa")]
    results = apply_rules(make_table(), [EACH], by_hand, year=2023)
    assert results == [
        RuleResult("00004", "include", "required", "Công an xã đề nghị"),
        RuleResult("00001", "exclude", "excluded", "Đã giải tỏa"),
    ]
    assert find_bound(results) == (frozenset({"00004"}), frozenset({"00001"}))


@pytest.mark.parametrize(
    ("departure", "reason", "value"),
    [
        (depart("00001", "include", "  "), "reason_needed", "00001"),
        (depart("00001", "override", "", "new"), "reason_needed", "00001"),
        (depart("99999", "include"), "departure_ward", "99999"),
        (depart("00001", "keep"), "departure_kind", "keep"),
        (depart("00001", "override"), "departure_rule", "00001"),
        (depart("00001", "override", rule="one_each"), "departure_rule", "00001"),
    ],
)
def test_a_departure_that_cannot_be_printed_in_the_annex_is_refused(
    departure: Departure, reason: str, value: str
) -> None:
    with pytest.raises(BadOption) as caught:
        apply_rules(make_table(), [EACH, NEW], [departure], year=2023)
    assert (caught.value.reason, caught.value.facts) == (reason, {"value": value})


@pytest.mark.parametrize(
    ("by_hand", "rules", "reason", "required_by", "excluded_by"),
    [
        ([depart("00001", "include")], [KEPT], "include_excluded", "", KEPT.name),
        ([depart("00002", "exclude")], [CARRIED], "exclude_required", CARRIED.name, ""),
        ([depart("00003", "include"), depart("00003", "exclude")], [], "include_exclude", "", ""),
        ([], [CARRIED, NEW], "rules_on_ward", CARRIED.name, NEW.name),
    ],
)
def test_a_ward_that_must_and_must_not_be_in_is_a_clash_told_with_the_rules_name(
    by_hand: list, rules: list, reason: str, required_by: str, excluded_by: str
) -> None:
    table = make_table(
        state=["duy_tri", "chua_dat", None, None, None, None],
        recognised_on=[None, day("2022-02-02"), None, None, None, None],
    )
    results = apply_rules(table, rules, by_hand, year=2023)
    with pytest.raises(NotFeasible) as caught:
        find_bound(results)
    facts = caught.value.facts
    assert (caught.value.reason, facts["required_by"], facts["excluded_by"], facts["n"]) == (
        reason,
        required_by,
        excluded_by,
        1,
    )
    assert facts["clashes"] == ("required", "excluded")


def test_an_include_with_the_rule_set_aside_is_no_clash() -> None:
    table = make_table(state=["duy_tri"] + [None] * 5)
    by_hand = [depart("00001", "include"), depart("00001", "override", "Phức tạp trở lại", "kept")]
    results = apply_rules(table, [KEPT], by_hand, year=2023)
    assert find_bound(results) == (frozenset({"00001"}), frozenset())


def test_one_per_district_is_one_limit_for_each_district() -> None:
    assert make_limits(make_table(), [EACH], []) == [
        Limit("one_each:Huyện Tây:1-", WEST, 1, None, "Huyện Tây", "parent"),
        Limit("one_each:Quận Đông:1-", EAST, 1, None, "Quận Đông", "parent"),
    ]


def test_a_district_without_any_ward_to_choose_is_told_and_asked_nothing() -> None:
    arguments = (make_table(), [EACH], [GroupBound("parent", "", least=2, most=3)])
    limits = make_limits(*arguments, excluded=WEST)
    assert [(limit.key, limit.least, limit.most) for limit in limits] == [
        ("one_each:Quận Đông:1-", 1, None),
        ("parent:Huyện Tây:-3", None, 3),
        ("parent:Quận Đông:2-3", 2, 3),
    ]
    assert find_unfillable(*arguments, excluded=WEST) == [
        Unfillable("one_each", "parent", "Huyện Tây", 1, 3),
        Unfillable("", "parent", "Huyện Tây", 2, 3),
    ]
    assert find_unfillable(*arguments, excluded=CODES[3:5]) == []


def test_a_group_that_a_bound_names_keeps_its_limit_so_that_the_clash_is_told() -> None:
    bounds = [GroupBound("parent", "Huyện Tây", least=1), GroupBound("parent", "Quận Bắc", most=1)]
    limits = make_limits(make_table(), [], bounds, excluded=WEST)
    assert limits == [
        Limit("parent:Huyện Tây:1-", WEST, 1, None, "Huyện Tây", "parent"),
        Limit("parent:Quận Bắc:-1", frozenset(), None, 1, "Quận Bắc", "parent"),
    ]
    assert find_unfillable(make_table(), [], bounds, excluded=WEST) == []


def test_a_ward_of_several_types_stands_in_each_and_one_without_in_none() -> None:
    table = make_table(type=[("1", "3"), ("1",), (), None, ("4", "1"), ("3",)])
    limits = make_limits(table, [], [GroupBound("type", "", most=2)])
    assert {limit.label: set(limit.members) for limit in limits} == {
        "1": {"00001", "00002", "00005"},
        "3": {"00001", "00006"},
        "4": {"00005"},
    }


def test_one_bound_said_twice_is_one_limit_and_one_that_bounds_nothing_is_none() -> None:
    bounds = [GroupBound("parent", "", least=1), GroupBound("parent", "Quận Đông", least=1)]
    keys = [limit.key for limit in make_limits(make_table(), [], [*bounds, GroupBound("parent")])]
    assert keys == ["parent:Huyện Tây:1-", "parent:Quận Đông:1-"]


def test_a_column_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(NoData) as caught:
        make_limits(make_table(), [], [GroupBound("area_label", most=1)])
    assert (caught.value.reason, caught.value.facts) == ("group_column", {"column": "area_label"})


DAYS = st.one_of(st.none(), st.dates(dt.date(2020, 1, 1), dt.date(2024, 12, 31)))
STATES = st.sampled_from([None, "duy_tri", "chua_dat", "ra_khoi_dien"])


@given(
    st.lists(DAYS, min_size=6, max_size=6),
    st.lists(STATES, min_size=6, max_size=6),
    st.lists(st.sampled_from(CODES), unique=True),
)
def test_every_ward_gets_one_answer_of_every_rule_and_a_rule_set_aside_binds_nobody(
    days: list, states: list, freed: list[str]
) -> None:
    table = make_table(recognised_on=days, state=states, maintenance_until=days)
    rules = [NEW, KEPT, CARRIED]
    overrides = [depart(code, "override", rule=rule.key) for code in freed for rule in rules]
    results = apply_rules(table, rules, overrides, year=2023)
    assert [(result.rule, result.ward_code) for result in results] == [
        (rule.key, code) for rule in rules for code in CODES
    ]
    bound = {result.ward_code for result in results if result.outcome in ("required", "excluded")}
    assert bound & set(freed) == set()
    plain = apply_rules(table, rules, [], year=2023)
    kept = [result for result in plain if result.ward_code not in freed]
    assert kept == [result for result in results if result.ward_code not in freed]
