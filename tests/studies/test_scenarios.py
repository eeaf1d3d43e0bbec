"""Saving, comparing, approving and reopening ways of choosing, on a store of their own."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from errors import BadOption, ChangedMeanwhile, NotComparable
from i18n.messages import load_words
from planning.papers import Document
from planning.scenario import Departure, GroupBound, Scenario
from store.plan_records import Kept
from store.repository import Store
from studies.approving import Decision, approve, list_target_sets
from studies.example import open_with_example
from studies.frozen import thaw
from studies.scenario_words import write_differences
from studies.scenarios import compare_scenarios, copy_scenario, first_scenario
from studies.shortlist import find_stability, propose
from studies.shortlist_command import Wish, find_list

VI = load_words("vi")
BOUNDARIES = Path(__file__).parent.parent.parent / "data" / "boundaries"
PAPER = Document("Quyết định phê duyệt", "12/QĐ-BCĐ138", "Ban Chỉ đạo 138 thành phố", dt.date(2023, 2, 15))
DAY = dt.date(2023, 2, 15)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_with_example(f"sqlite:///{tmp_path}/kho.sqlite", BOUNDARIES)) as opened:
        yield opened


def save(store: Store) -> Kept[Scenario]:
    holdings, listed = find_list(store, Wish())
    scenario = first_scenario(holdings, listed, VI)
    found = propose(listed, scenario)
    return store.keep_scenario(replace(scenario, chosen=found.chosen), by="Tổ tham mưu")


def decide(
    store: Store, kept: Kept[Scenario], document: Document = PAPER, *, end: dt.date = dt.date(2023, 12, 31)
) -> int:
    holdings, listed = find_list(store, Wish())
    found = propose(listed, kept.content)
    sets = list_target_sets(listed.catalogue)
    decision = Decision(
        document, DAY, "can-tho-2023", "Chuyển hóa địa bàn năm 2023", "province", sets["S0"], DAY,
        end, "Tổ tham mưu",
    )  # fmt: skip
    stability = find_stability(found, n_draws=50)
    return approve(store, kept, found, stability, holdings, decision, VI, seed=2000)


def test_an_approval_opens_the_programme_with_its_areas_and_freezes_what_it_rests_on(store: Store) -> None:
    kept = save(store)
    programme = store.load_programme(decide(store, kept)).content
    areas = store.list_target_areas(store.find_programme("can-tho-2023").id)  # type: ignore[union-attr]
    assert (programme.year, programme.n_selected, programme.document) == (2023, 9, PAPER)
    assert [area.content.ward_code for area in areas] == list(kept.content.chosen)
    assert all([step.to for step in area.taken] == ["de_xuat", "duoc_lua_chon"] for area in areas)
    assert all(area.content.base_start == dt.date(2022, 1, 1) for area in areas)
    approval = store.load_scenario(kept.id).content.approval
    assert approval is not None
    assert approval.document == PAPER
    assert approval.boundary_version == "can-tho-truoc-2024-10-31"
    assert len(approval.boundary_sha256) == 64
    assert len(approval.wards) == 83
    assert len(approval.datasets) >= 4


def test_comparison_wards_are_frozen_and_touch_no_chosen_ward(store: Store) -> None:
    kept = save(store)
    decide(store, kept)
    approval = store.load_scenario(kept.id).content.approval
    assert approval is not None
    frozen = dict(approval.comparison)
    assert set(frozen) == set(kept.content.chosen)
    assert all(len(wards) == 5 and not set(wards) & set(frozen) for wards in frozen.values())


def test_a_paper_without_number_and_title_approves_nothing(store: Store) -> None:
    kept = save(store)
    with pytest.raises(BadOption) as refusal:
        decide(store, kept, Document(issued_by="Ban Chỉ đạo", issued_on=DAY))
    assert refusal.value.reason == "no_document"
    assert store.find_programme("can-tho-2023") is None


def test_what_was_approved_stays_when_the_figures_change(store: Store) -> None:
    kept = save(store)
    decide(store, kept)
    approved = store.load_scenario(kept.id).content
    assert approved.approval is not None
    _, listed = find_list(store, Wish())
    before = propose(listed, kept.content)
    figures = listed.table.assign(n_incidents=listed.table["n_incidents"].iloc[::-1].to_numpy())
    thawed = thaw(replace(listed, table=figures), approved, approved.approval)
    assert thawed.found.chosen == before.chosen
    assert thawed.n_changed > 0
    pd.testing.assert_series_equal(thawed.found.scored.score, before.scored.score)


def test_what_was_approved_stays_when_a_layer_is_gone_and_its_bounds_are_told(store: Store) -> None:
    holdings, listed = find_list(store, Wish())
    bound = GroupBound("parent", "Quận Ninh Kiều", 2, 2)
    scenario = replace(first_scenario(holdings, listed, VI), bounds=(bound,), n=12)
    before = propose(listed, scenario)
    kept = store.keep_scenario(replace(scenario, chosen=before.chosen))
    decide(store, kept)
    approved = store.load_scenario(kept.id).content
    assert approved.approval is not None
    gone = {"camera_gap_points", "cameras_per_km2"}
    poorer = replace(
        listed,
        table=listed.table.drop(columns=sorted(gone)),
        criteria=tuple(each for each in listed.criteria if each.column not in gone),
    )
    thawed = thaw(poorer, approved, approved.approval)
    assert thawed.found.chosen == before.chosen
    assert thawed.found.limits == before.limits
    assert thawed.found.required == before.required
    assert "camera_gap_points" in thawed.found.covered
    assert thawed.n_changed == 80
    pd.testing.assert_series_equal(thawed.found.scored.score, before.scored.score)


def test_work_that_ends_before_it_begins_is_not_approved(store: Store) -> None:
    kept = save(store)
    with pytest.raises(BadOption) as refusal:
        decide(store, kept, end=dt.date(2023, 1, 31))
    assert refusal.value.reason == "days_of_work"
    assert store.load_scenario(kept.id).content.approval is None


def test_what_two_people_say_differently_is_told_in_words(store: Store) -> None:
    holdings, listed = find_list(store, Wish())
    one = first_scenario(holdings, listed, VI)
    other = replace(
        one,
        n=12,
        rules=one.rules[:1],
        bounds=(GroupBound("parent", "Quận Ninh Kiều", 1, 3),),
        exceptions=(Departure("31150", "include", "kiến nghị của cử tri"),),
        is_locked=True,
    )
    rows = {what: (mine, theirs) for what, mine, theirs in write_differences(one, other, listed, VI)}
    assert set(rows) == {"Số địa bàn", "Quy tắc", "Ràng buộc theo nhóm", "Ngoại lệ", "Khóa"}
    assert rows["Số địa bàn"] == ("9", "12")
    assert rows["Quy tắc"][1] == "Mỗi quận, huyện ít nhất một địa bàn"
    assert rows["Ràng buộc theo nhóm"] == (
        "không có",
        "Quận, huyện, Quận Ninh Kiều: ít nhất 1, nhiều nhất 3",
    )
    assert rows["Ngoại lệ"][1] == "Bắt buộc có: P. An Bình, Q. Ninh Kiều (kiến nghị của cử tri)"
    assert rows["Khóa"] == ("không", "có")
    assert write_differences(one, one, listed, VI) == []


def test_an_approved_scenario_is_never_written_again_but_goes_on_as_a_new_version(store: Store) -> None:
    kept = save(store)
    decide(store, kept)
    approved = store.load_scenario(kept.id)
    with pytest.raises(NotComparable):
        store.keep_scenario(
            replace(approved.content, n=8), record_id=approved.id, base_revision=approved.revision
        )
    further = copy_scenario(approved, "Phương án bổ sung")
    assert (further.version, further.reopens, further.approval) == (2, kept.id, None)
    assert store.keep_scenario(further).content == further
    assert store.load_scenario(kept.id).content.approval == approved.content.approval


def test_the_second_of_two_people_is_told_and_nothing_is_lost(store: Store) -> None:
    kept = save(store)
    one = store.keep_scenario(
        replace(kept.content, note="bản của tổ 1"), by="Tổ 1", record_id=kept.id, base_revision=kept.revision
    )
    with pytest.raises(ChangedMeanwhile) as refusal:
        store.keep_scenario(
            replace(kept.content, note="bản của tổ 2"), by="Tổ 2", record_id=kept.id,
            base_revision=kept.revision,
        )  # fmt: skip
    assert refusal.value.facts["by"] == "Tổ 1"
    assert store.load_scenario(kept.id).content == one.content


def test_scenarios_stand_side_by_side_with_the_wards_that_set_them_apart(store: Store) -> None:
    holdings, listed = find_list(store, Wish())
    scenario = first_scenario(holdings, listed, VI)
    other = replace(scenario, name="Chỉ số vụ", weights=(("incidents", 100.0),))
    compared = compare_scenarios([propose(listed, each) for each in (scenario, other)], VI)
    rows = {row[0]: row[1:] for row in compared.rows}
    assert compared.heads == ("Phương án mới", "Chỉ số vụ")
    assert rows["Số địa bàn"] == ("9", "9")
    assert rows["Trọng số: Số vụ"] == ("30", "100")
    assert any("không chọn" in row for row in compared.rows)
