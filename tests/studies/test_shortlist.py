"""The proposal on the bundled example: 83 wards of 2022, nine districts."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import BadOption, NotFeasible
from i18n.messages import load_words
from planning.scenario import Departure, GroupBound, Scenario
from store.repository import Store
from studies.holdings import Holdings
from studies.long_list_file import load_long_list
from studies.scenarios import first_scenario, is_of
from studies.shortlist import LongList, Shortlist, find_stability, propose
from studies.shortlist_annex import write_shortlist
from studies.shortlist_command import Wish, find_list, make_scenario, write_annex_file
from studies.shortlist_ties import tell_limits
from studies.shortlist_why import explain
from studies.shortlist_words import find_unscored, make_tiles, tell_clash, write_rows

VI = load_words("vi")
AN_BINH, THOT_NOT, HUNG_LOI = "31150", "31207", "31147"
Listed = tuple[Holdings, LongList, Scenario]


@pytest.fixture(scope="module")
def listed(example: Store) -> Listed:
    holdings, long_list = find_list(example, Wish())
    return holdings, long_list, first_scenario(holdings, long_list, VI)


@pytest.fixture(scope="module")
def found(listed: Listed) -> Shortlist:
    _, long_list, scenario = listed
    return propose(long_list, scenario)


@pytest.fixture(scope="module")
def firm(found: Shortlist) -> pd.Series:
    return find_stability(found, n_draws=200)


def test_the_long_list_holds_every_ward_and_the_areas_of_the_year_before(listed: Listed) -> None:
    _, long_list, scenario = listed
    assert len(long_list.table) == 83
    assert set(long_list.register.listed) == {
        "31150", "31177", "31192", "31159", "31207", "31306", "31268", "31225", "31252",
    }  # fmt: skip
    assert (long_list.register.year, scenario.year, scenario.n) == (2022, 2023, 9)


def test_exactly_n_are_chosen_with_one_in_each_district(found: Shortlist) -> None:
    assert len(found.chosen) == len(set(found.chosen)) == 9
    assert found.table.loc[list(found.chosen), "parent"].nunique() == 9


def test_what_enters_leaves_and_stays_adds_up(found: Shortlist) -> None:
    changes = found.changes
    assert set(changes.entering) | set(changes.staying) == set(found.chosen)
    assert set(changes.leaving) | set(changes.staying) == set(found.register.listed)


def test_a_ward_without_figures_has_a_range_and_no_place(found: Shortlist, firm: pd.Series) -> None:
    unscored = find_unscored(found)
    assert len(unscored) == 3
    assert not unscored & set(found.chosen)
    _, following = write_rows(found, firm, VI)
    shown = {row.ward_code: row for row in following}
    assert all(" – " in shown[code].score and shown[code].stability == "" for code in unscored)


def test_a_ward_put_in_by_hand_needs_its_reason_and_is_chosen(listed: Listed) -> None:
    _, long_list, scenario = listed
    bare = replace(scenario, exceptions=(Departure(AN_BINH, "include", " "),))
    with pytest.raises(BadOption) as refusal:
        propose(long_list, bare)
    assert refusal.value.reason == "reason_needed"
    written = replace(scenario, exceptions=(Departure(AN_BINH, "include", "kiến nghị của cử tri"),))
    assert AN_BINH in propose(long_list, written).chosen


def test_rules_that_cannot_hold_together_are_named_with_the_way_out(listed: Listed) -> None:
    _, long_list, scenario = listed
    narrow = replace(scenario, n=5)
    with pytest.raises(NotFeasible) as refusal:
        propose(long_list, narrow)
    text = tell_clash(refusal.value, long_list, narrow, VI)
    assert "chỉ tiêu 5 địa bàn" in text
    assert "ít nhất 1" in text
    assert "Hãy bỏ hoặc nới" in text


def test_a_bound_on_one_district_is_kept(listed: Listed) -> None:
    _, long_list, scenario = listed
    bound = GroupBound("parent", "Quận Ninh Kiều", most=1, least=1)
    chosen = propose(long_list, replace(scenario, n=12, bounds=(bound,))).chosen
    assert (long_list.table.loc[list(chosen), "parent"] == "Quận Ninh Kiều").sum() == 1


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_any_weights_give_n_wards_under_the_same_rules(listed: Listed, data: st.DataObject) -> None:
    _, long_list, scenario = listed
    weights = tuple(
        (each.key, float(data.draw(st.integers(0, 100), label=each.key))) for each in long_list.criteria
    )
    chosen = propose(long_list, replace(scenario, weights=weights)).chosen
    assert len(chosen) == 9
    assert long_list.table.loc[list(chosen), "parent"].nunique() == 9


def test_the_paragraph_tells_figures_score_place_and_who_decides(found: Shortlist, firm: pd.Series) -> None:
    code = found.chosen[0]
    text = explain(found, firm, code, VI)
    assert str(found.table.at[code, "ward_name"]) in text
    assert VI.number(found.scored.score[code], decimals=1) in text
    assert text.endswith("Ban Chỉ đạo quyết định.")


def test_the_tiles_say_how_many_and_how_firm(found: Shortlist, firm: pd.Series) -> None:
    tiles = make_tiles(found, firm, VI)
    assert [tile.value for tile in tiles][:1] == ["9"]
    assert tiles[2].value.endswith("%")
    assert "9 địa bàn đầu phủ" in tiles[2].sentence


def test_every_score_can_be_recomputed_from_the_printed_annex(
    found: Shortlist, firm: pd.Series, listed: Listed
) -> None:
    content = write_shortlist(found, firm, listed[0], VI)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == [
        "1 Danh sách đề xuất",
        "2 Điểm từng tiêu chí",
        "3 Quy tắc và ngoại lệ",
        "4 Phương pháp",
    ]
    rows = [[cell.value for cell in row] for row in book["2 Điểm từng tiêu chí"].iter_rows()]
    top = next(place for place, row in enumerate(rows) if "Trọng số (tổng 100)" in row)
    weights, lows, highs = rows[top : top + 3]
    n = sum(1 for key in found.criteria if found.scored.weights[key.key] > 0)
    lead, checked = 5, 0
    for row in rows[top + 3 :]:
        if row[1] not in found.table.index or row[0] in (None, "–"):
            continue
        score = 0.0
        for place in range(n):
            value, low, high = (each[lead + place] for each in (row, lows, highs))
            points = 0.0 if high == low else max(0.0, 100 * (value - low) / (high - low))
            score += points * weights[lead + n + place] / 100
        assert score == pytest.approx(row[-1], abs=1e-6)
        checked += 1
    assert checked == 80


def test_the_annex_prints_the_reason_of_an_exception(listed: Listed, firm: pd.Series) -> None:
    holdings, long_list, scenario = listed
    written = replace(scenario, exceptions=(Departure(AN_BINH, "include", "kiến nghị của cử tri"),))
    content = write_shortlist(propose(long_list, written), firm, holdings, VI)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = {cell.value for row in book["3 Quy tắc và ngoại lệ"].iter_rows() for cell in row}
    assert "kiến nghị của cử tri" in cells


def test_the_command_writes_the_annex_and_says_what_is_in_it(example: Store, tmp_path: Path) -> None:
    out = tmp_path / "phu-luc.xlsx"
    lines = write_annex_file(example, Wish(n=9, per_parent=1), out, VI)
    assert out.exists()
    assert lines[0].startswith("Thành phố Cần Thơ")
    assert len([line for line in lines if line[:1].isdigit()]) == 9
    assert any("Dữ liệu minh họa" in line for line in lines)


def test_an_unknown_criterion_is_refused_by_name(listed: Listed) -> None:
    holdings, long_list, _ = listed
    with pytest.raises(BadOption) as refusal:
        make_scenario(holdings, long_list, Wish(weights={"so_vu": 1.0}), VI)
    assert (refusal.value.reason, refusal.value.facts["value"]) == ("criterion", "so_vu")


def test_areas_are_chosen_for_one_register_which_knows_only_its_own_list(
    example: Store, listed: Listed
) -> None:
    holdings, long_list, scenario = listed
    other = load_long_list(example, long_list.measured, holdings.area.id, 2023, register="MA_TUY")
    begun = first_scenario(holdings, other, VI)
    assert (scenario.register, begun.register, other.register.listed) == ("TTATXH", "MA_TUY", ())
    assert is_of(begun, holdings, other.measured, "MA_TUY")
    assert not is_of(begun, holdings, other.measured, "TTATXH")


def test_carried_figures_say_that_states_of_former_codes_are_not_considered(found: Shortlist) -> None:
    assert tell_limits(found, VI) == ()
    carried = replace(found, measured=replace(found.measured, carried_from="can-tho-truoc-2024-10-31"))
    assert "chưa được xét ở đây" in tell_limits(carried, VI)[0]
