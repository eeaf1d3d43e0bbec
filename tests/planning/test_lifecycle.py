"""The state machine: no way around it, nothing rewritten, every refusal said in words."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import ForbiddenStep
from i18n.messages import LANGUAGES, load_words
from planning.lifecycle import (
    END_STATES,
    NEXT,
    apply_corrections,
    check_step,
    entered_on,
    find_in_force,
    grade_of,
    state_of,
)
from planning.papers import Document
from planning.programme import STATES, State, Step
from tests.documents import ROOT, read_table
from tests.planning.areas import COMMITTEE, GRADES, NOBODY, day, make_catalogue, step, walk

CATALOGUE = make_catalogue()
TODAY = dt.date(2026, 1, 1)
WHOLE_ROUND = walk(
    ("de_xuat", "2021-12-01"),
    ("duoc_lua_chon", "2022-02-11"),
    ("dang_chuyen_hoa", "2022-03-01"),
    ("chuyen_hoa_thanh_cong", "2023-02-01"),
    ("duy_tri", "2023-02-01"),
    ("ra_khoi_dien", "2023-08-01"),
)
WORKING = WHOLE_ROUND[:3]
ALLOWED = {
    (None, "de_xuat"),
    (None, "duoc_lua_chon"),
    (None, "dang_chuyen_hoa"),
    ("de_xuat", "duoc_lua_chon"),
    ("duoc_lua_chon", "dang_chuyen_hoa"),
    ("dang_chuyen_hoa", "chuyen_hoa_thanh_cong"),
    ("dang_chuyen_hoa", "chua_dat"),
    ("chuyen_hoa_thanh_cong", "duy_tri"),
    ("chua_dat", "dang_chuyen_hoa"),
    ("duy_tri", "ra_khoi_dien"),
    ("duy_tri", "phuc_tap_tro_lai"),
    ("ra_khoi_dien", "phuc_tap_tro_lai"),
    ("ra_khoi_dien", "de_xuat"),
    ("phuc_tap_tro_lai", "de_xuat"),
}


def refuse(steps: Sequence[Step], taken: Step) -> ForbiddenStep:
    given_in = list(steps)
    with pytest.raises(ForbiddenStep) as refused:
        check_step(given_in, taken, CATALOGUE, today=TODAY)
    assert given_in == list(steps)
    return refused.value


def accept(steps: Sequence[Step], taken: Step) -> tuple[Step, ...]:
    check_step(steps, taken, CATALOGUE, today=TODAY)
    return (*steps, taken)


def path_to(state: State | None) -> tuple[Step, ...]:
    """The shortest way to a state from a proposal, all on one day."""
    ways: dict[State | None, tuple[Step, ...]] = {None: ()}
    waiting: list[State | None] = [None]
    while waiting:
        at = waiting.pop(0)
        for to in NEXT[at]:
            if to not in ways:
                ways[to] = (*ways[at], step(to, "2022-01-10", note="Theo báo cáo"))
                waiting.append(to)
    return ways[state]


@pytest.mark.parametrize("to", STATES)
@pytest.mark.parametrize("state", [None, *STATES])
def test_a_step_is_taken_exactly_where_the_programme_allows_it(state: State | None, to: State) -> None:
    steps = path_to(state)
    assert state_of(steps) == state
    taken = step(to, "2022-02-01", note="Theo báo cáo")
    if (state, to) in ALLOWED:
        assert state_of(accept(steps, taken)) == to
    else:
        error = refuse(steps, taken)
        assert error.reason == "not_next"
        assert (error.facts["state"], error.facts["to"]) == (state or "none", to)
        assert error.facts["allowed"] == NEXT[state]


def test_every_state_is_reached_and_every_state_leads_on() -> None:
    assert {(state, to) for state, ways in NEXT.items() for to in ways} == ALLOWED
    assert {to for ways in NEXT.values() for to in ways} == set(STATES)
    assert {state for state, ways in NEXT.items() if ways} == {None, *STATES}
    assert END_STATES == ("ra_khoi_dien", "phuc_tap_tro_lai")


def test_a_whole_round_is_accepted_step_by_step_and_tells_state_grade_and_days() -> None:
    steps: tuple[Step, ...] = ()
    for taken in WHOLE_ROUND:
        steps = accept(steps, taken)
    assert (state_of(steps), grade_of(steps)) == ("ra_khoi_dien", "dat")
    assert entered_on(steps, "duy_tri") == dt.date(2023, 2, 1)
    assert entered_on(steps, "chua_dat") is None
    assert (state_of(()), grade_of(())) == (None, "")


def test_a_grade_ends_with_its_round() -> None:
    failed = accept(WORKING, step("chua_dat", "2023-02-01"))
    assert grade_of(failed) == "chua_dat"
    carried = accept(failed, step("dang_chuyen_hoa", "2023-03-01"))
    assert grade_of(carried) == ""
    assert entered_on(carried, "dang_chuyen_hoa") == dt.date(2023, 3, 1)


@pytest.mark.parametrize("to", ["duoc_lua_chon", "dang_chuyen_hoa"])
def test_a_history_that_begins_later_says_where_it_was_taken_over_from(to: State) -> None:
    assert refuse((), step(to, "2022-02-11", note=" ")).reason == "taken_over_note"
    accept((), step(to, "2022-02-11", note="Theo báo ngày 11/02/2022"))
    accept((), step("de_xuat", "2022-02-11"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"document": Document(issued_by="Ban Chỉ đạo 138", number=" ")}, "no_document"),
        ({"document": Document("Kế hoạch", issued_on=dt.date(2026, 1, 2))}, "document_in_future"),
        ({"actor": " "}, "no_actor"),
        ({"on": dt.date(2026, 1, 2)}, "in_future"),
        ({"on": dt.date(2022, 2, 28)}, "before_last"),
        ({"grade": ""}, "grade_needed"),
        ({"grade": "kha"}, "grade_unknown"),
        ({"grade": "chua_dat"}, "grade_of_other_state"),
        ({"document": NOBODY}, "grade_without_committee"),
        ({"document": replace(COMMITTEE, issued_on=None)}, "grade_without_committee"),
        ({"document": replace(COMMITTEE, issued_by="")}, "grade_without_committee"),
        ({"to": "duy_tri"}, "not_next"),
        ({"corrects": 1, "note": "Nhầm"}, "correction_not_last"),
        ({"corrects": 3, "note": "Nhầm"}, "correction_not_last"),
        ({"corrects": 2}, "correction_note"),
    ],
)
def test_a_step_that_lacks_something_is_refused_for_it(change: dict[str, object], reason: str) -> None:
    taken = step("chuyen_hoa_thanh_cong", "2023-02-01")
    accept(WORKING, taken)
    assert refuse(WORKING, replace(taken, **change)).reason == reason


def test_a_grade_goes_with_a_result_only() -> None:
    assert refuse(WORKING[:2], step("dang_chuyen_hoa", "2022-03-01", grade="tot")).reason == "grade_not_here"


def test_the_same_day_and_today_are_in_time() -> None:
    for on in ("2022-03-01", TODAY.isoformat()):
        assert state_of(accept(WORKING, step("chua_dat", on))) == "chua_dat"


def test_a_document_without_an_issuer_will_do_where_nothing_is_graded() -> None:
    assert state_of(accept((), step("de_xuat", "2022-01-01", document=NOBODY))) == "de_xuat"


def test_a_correction_replaces_the_meaning_and_erases_nothing() -> None:
    wrong = accept(WORKING, step("chuyen_hoa_thanh_cong", "2023-02-01"))
    mended = accept(wrong, step("chua_dat", "2023-01-20", corrects=3, note="Nhập nhầm kết quả"))
    assert mended[:4] == wrong
    assert find_in_force(mended) == (0, 1, 2, 4)
    assert (state_of(mended), grade_of(mended)) == ("chua_dat", "chua_dat")
    assert entered_on(mended, "chuyen_hoa_thanh_cong") is None
    assert [one.to for one in apply_corrections(mended)] == [
        "de_xuat",
        "duoc_lua_chon",
        "dang_chuyen_hoa",
        "chua_dat",
    ]
    again = accept(mended, step("chua_dat", "2023-01-21", corrects=4, note="Nhầm ngày"))
    assert entered_on(again, "chua_dat") == dt.date(2023, 1, 21)
    assert refuse(again, step("chua_dat", "2023-01-22", corrects=3, note="x")).reason == "correction_not_last"


def test_a_correction_is_held_against_what_stood_before_the_step_it_corrects() -> None:
    jump = step("duy_tri", "2022-03-01", corrects=2, note="Nhập nhầm")
    error = refuse(WORKING, jump)
    assert (error.reason, error.facts["state"]) == ("not_next", "duoc_lua_chon")
    early = step("dang_chuyen_hoa", "2022-02-10", corrects=2, note="Nhập nhầm ngày")
    assert refuse(WORKING, early).reason == "before_last"
    accept(WORKING, step("dang_chuyen_hoa", "2022-02-11", corrects=2, note="Nhập nhầm ngày"))
    assert refuse((), step("de_xuat", "2022-02-11", corrects=0, note="x")).reason == "correction_not_last"


days = st.dates(dt.date(2022, 1, 1), dt.date(2026, 2, 1))
documents = st.sampled_from([COMMITTEE, NOBODY, Document(), Document(number="7/KH")])
steps_given = st.builds(
    Step,
    to=st.sampled_from(STATES),
    on=days,
    document=documents,
    actor=st.sampled_from(["Công an xã", ""]),
    grade=st.sampled_from(["", "", "tot", "chua_dat", "kha"]),
    note=st.sampled_from(["", "Theo báo cáo"]),
    corrects=st.sampled_from([None, None, None, 0, 1, 2, 3]),
)


def draw_likely(data: st.DataObject, steps: tuple[Step, ...]) -> Step:
    """A step that may well be accepted: the next state, a later day, sometimes a correction of the last."""
    in_force = find_in_force(steps)
    corrects = data.draw(st.sampled_from([None, None, in_force[-1]])) if in_force else None
    before = apply_corrections(steps)[: -1 if corrects is not None else None]
    to = data.draw(st.sampled_from(NEXT[before[-1].to if before else None]))
    since = before[-1].on if before else dt.date(2022, 1, 1)
    grades = [grade.key for grade in GRADES if grade.state == to] or [""]
    return Step(
        to=to,
        on=since + dt.timedelta(days=data.draw(st.integers(0, 90))),
        document=COMMITTEE,
        actor="Công an xã",
        grade=data.draw(st.sampled_from(grades)),
        note="Theo báo cáo",
        corrects=corrects,
    )


@given(st.data())
def test_no_sequence_of_accepted_steps_leaves_the_way(data: st.DataObject) -> None:
    steps: tuple[Step, ...] = ()
    for _ in range(data.draw(st.integers(1, 25))):
        taken = data.draw(steps_given) if data.draw(st.booleans()) else draw_likely(data, steps)
        with suppress(ForbiddenStep):
            steps = accept(steps, taken)
    meant = apply_corrections(steps)
    states: list[State | None] = [None, *(one.to for one in meant)]
    assert all((a, b) in ALLOWED for a, b in pairwise(states))
    assert [one.on for one in meant] == sorted(one.on for one in meant)
    assert all(one.on <= TODAY for one in steps)
    assert all(one.actor and (one.document.number or one.document.title) for one in steps)
    graded = {grade.key: grade.state for grade in GRADES}
    for one in steps:
        assert (one.to in graded.values()) == bool(one.grade)
        if one.grade:
            assert graded[one.grade] == one.to
            assert one.document == COMMITTEE
    assert len(meant) == len(steps) - sum(one.corrects is not None for one in steps)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_names_states_and_days_in_the_readers_words(language: str) -> None:
    words = load_words(language)
    said = words.error(refuse(WORKING, replace(WHOLE_ROUND[4], on=day("2022-04-01"))))
    late = words.error(refuse(WORKING, step("chua_dat", "2022-02-01")))
    if language == "vi":
        assert said == (
            "Địa bàn đang ở bước «đang chuyển hóa» nên không chuyển sang «duy trì sau chuyển hóa» được. "
            "Bước tiếp theo được phép: chuyển hóa thành công, chưa đạt."
        )
        assert "01/02/2022" in late
        assert "01/03/2022" in late
    assert "_" not in said + late


def test_a_state_has_the_same_name_on_the_map_and_among_the_steps() -> None:
    for language in LANGUAGES:
        words = load_words(language)
        shared = [state for state in STATES if words.has(f"status_name.{state}")]
        assert len(shared) == 6
        assert [words(f"state.{s}") for s in shared] == [words(f"status_name.{s}") for s in shared]
        assert all(words.has(f"state.{state}") for state in STATES)


def test_the_table_in_the_planners_guide_is_the_way_itself() -> None:
    words = load_words("vi")
    rows = read_table(ROOT / "docs" / "planning.md", "Đang ở bước", "Bước tiếp theo được phép")
    told = {row[0]: set(row[1].split("; ")) for row in rows}
    assert told == {
        words(f"state.{state or 'none'}"): {words(f"state.{to}") for to in ways}
        for state, ways in NEXT.items()
    }
    assert len(rows) == len(NEXT)
