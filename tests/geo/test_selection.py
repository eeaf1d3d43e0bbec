"""Which incidents count: crime, groups, severity, how they became known, and which files tell of them."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import BadOption, SeveralChoices
from geo.categories import CRIME_GROUPS, GROUPS, group_of
from geo.counting import count_by_ward, pick_counted
from geo.frames import Joined
from geo.measure import measure
from geo.question import EVERY_CRIME, Question, Selection
from geo.reading.columns import TableColumns
from geo.reading.count_headers import propose_counts
from geo.rows.facts import join_table
from geo.selection import check_selection
from tests.mau import CODES, make_table, make_wards, middle

WARDS = make_wards()
NAN = float("nan")
MIXED: dict[str, list[object]] = {
    "ma_xa": ["00001", "00001", "00001", "00002", "00003"],
    "loai_vu": ["Trộm cắp", "TNGT", "Việc khác", "Tai nạn giao thông", "Cháy, nổ"],
    "so_vu": ["3", "4", "1", "5", "2"],
}


def facts(cells: dict[str, list[object]], *, file: str = "bang.csv") -> Joined:
    joined, _, _ = join_table(
        WARDS, make_table(cells, file=file), "incidents", TableColumns(), version="mau-2022"
    )
    return joined


def count(joined: list[Joined], chosen: Selection) -> list[float | None]:
    n = count_by_ward(WARDS.frame.index, pick_counted(joined, None, chosen), None, chosen)
    return [None if value != value else value for value in n]


def test_traffic_and_fire_are_never_added_into_crime() -> None:
    # wards 2 and 3 told of other incidents and of no crime: 0; wards 4 to 6 told nothing.
    assert count([facts(MIXED)], EVERY_CRIME) == [4, 0, 0, None, None, None]
    assert count([facts(MIXED)], Selection(group="traffic")) == [4, 5, 0, None, None, None]
    assert count([facts(MIXED)], Selection(category="TNGT")) == [4, 0, 0, None, None, None]


def test_what_is_no_crime_is_told_and_stays_in_the_balance() -> None:
    measured = measure(WARDS, [facts(MIXED)], Question())
    assert [(f.code, f.seen, f.facts) for f in measured.findings] == [
        ("NotCrime", "TNGT, Tai nạn giao thông, Cháy, nổ", {"n": 11.0})]  # fmt: skip
    assert measured.tallies["incidents"]["n"]["given"] == 4
    assert measured.tallies["incidents"]["not_selected"] == {"n": 11.0}
    asked = measure(WARDS, [facts(MIXED)], Question(chosen=Selection(group="fire")))
    assert asked.findings == ()
    assert asked.tallies["incidents"]["not_selected"] == {"n": 13.0}


def test_a_table_of_traffic_alone_says_nothing_of_crime() -> None:
    x, y = middle("00001")
    traffic = facts({"ma_xa": ["00002"], "loai_vu": ["TNGT"], "so_vu": ["7"]})
    points = facts({"longitude": [x], "latitude": [y], "loai_vu": ["Trộm cắp"]})
    assert count([traffic], EVERY_CRIME) == [None] * 6
    assert count([traffic, points], EVERY_CRIME) == [1, 0, 0, 0, 0, 0]
    assert count([traffic, points], Selection(group="traffic")) == [None, 7, None, None, None, None]
    measured = measure(WARDS, [traffic, points], Question())
    assert measured.frame["n_incidents_traffic"].tolist()[1] == 7
    assert [f.facts for f in measured.findings if f.code == "NotCrime"] == [{"n": 7.0}]


def test_a_ward_without_categories_may_have_any_of_them() -> None:
    joined = facts({"ma_xa": ["00001", "00002"], "loai_vu": ["Trộm cắp", ""], "so_vu": ["3", "9"]})
    assert count([joined], EVERY_CRIME) == [3, 9, None, None, None, None]
    assert count([joined], Selection(group="drugs")) == [0, None, None, None, None, None]
    assert count([joined], Selection(category="Ma túy")) == [0, None, None, None, None, None]


def test_an_unreadable_number_is_not_zero() -> None:
    joined = facts({"ma_xa": ["00001", "00002"], "loai_vu": ["Trộm cắp"] * 2, "so_vu": ["x", "2"]})
    for chosen in (EVERY_CRIME, Selection(category="Trộm cắp"), Selection(group="social")):
        assert count([joined], chosen) == [None, 2, None, None, None, None]


def test_severity_and_way_of_becoming_known_narrow_what_counts() -> None:
    joined = facts({
        "ma_xa": ["00001", "00001", "00002", "00003"], "loai_vu": ["Trộm cắp"] * 4,
        "so_vu": ["1", "2", "4", "8"],
        "muc_do": ["rất nghiêm trọng", "nghiêm trọng", "nghiêm trọng", ""],
        "nguon_tin": ["tố giác", "phát hiện", "", "tố giác"]})  # fmt: skip
    assert joined.rows["severity"].notna().tolist() == [True, True, True, False]
    assert joined.rows["known_by"].notna().tolist() == [True, True, False, True]
    assert count([joined], Selection(severity="rat_nghiem_trong")) == [1, 0, None, None, None, None]
    assert count([joined], Selection(known_by="reported")) == [1, None, 8, None, None, None]
    asked = measure(WARDS, [joined], Question(chosen=Selection(known_by="reported")))
    assert [(f.code, f.facts) for f in asked.findings] == [
        ("SeverityUntold", {"n": 8.0}), ("KnownByUntold", {"n": 4.0})]  # fmt: skip
    both = Selection(severity="nghiem_trong", known_by="discovered", group="social")
    assert count([joined], both) == [2, None, None, None, None, None]


def test_a_file_that_holds_the_sum_of_others_is_not_added_to_them() -> None:
    parts = facts({"ma_xa": ["00001", "00001"], "loai_vu": ["Trộm cắp", "Cướp"], "so_vu": ["3", "1"]})
    series = facts({"ma_xa": ["00001"], "loai_vu": ["PPHS"], "so_vu": ["4"]}, file="chung.csv")
    assert count([parts, series], EVERY_CRIME)[0] == 4
    assert count([series], EVERY_CRIME)[0] == 4
    measured = measure(WARDS, [parts, series], Question())
    assert [(f.code, f.where, f.seen) for f in measured.findings] == [("SumBesideParts", "chung.csv", "PPHS")]


def test_a_sum_kept_beside_its_parts_counts_only_by_its_own_name() -> None:
    joined, _, _ = join_table(
        WARDS,
        make_table({"ma_xa": ["00001"] * 2, "loai_vu": ["PPHS", "Trộm cắp"], "so_vu": ["9", "3"]}),
        "incidents", TableColumns(), version="mau-2022", only="PPHS",
    )  # fmt: skip
    assert count([joined], EVERY_CRIME)[0] == 3
    assert count([joined], Selection(category="PPHS"))[0] == 9
    measured = measure(WARDS, [joined], Question())
    assert [(f.code, f.seen) for f in measured.findings] == [("SumBesideParts", "PPHS")]
    assert measured.tallies["incidents"]["not_selected"] == {"n": 9.0}
    assert measure(WARDS, [joined], Question(chosen=Selection(category="PPHS"))).findings == ()


def test_a_series_beside_its_parts_in_one_file_is_for_a_person_to_choose() -> None:
    cells: dict[str, list[object]] = {
        "ma_xa": ["00001", "00001"], "so_vu": ["4", "3"],
        "loai_vu": ["Tội phạm về TTXH", "Trộm cắp"]}  # fmt: skip
    with pytest.raises(SeveralChoices) as refusal:
        facts(cells)
    assert refusal.value.facts["total"] == "Tội phạm về TTXH"


def test_a_column_of_a_series_is_not_proposed_beside_its_parts() -> None:
    cells: dict[str, list[object]] = {"Mã xã": ["00001"], "PPHS": ["4"], "Trộm cắp": ["3"], "TNGT": ["1"]}
    proposed = propose_counts(TableColumns(), make_table(cells))
    assert [count.column for count in proposed] == ["Trộm cắp", "TNGT"]


@pytest.mark.parametrize(
    ("told", "reason"),
    [((None, "crime", None, None), "group"), ((None, None, "nặng", None), "severity"),
     ((None, None, None, "báo"), "known_by")],
)  # fmt: skip
def test_a_selection_of_unknown_keys_is_refused(told: tuple[str | None, ...], reason: str) -> None:
    with pytest.raises(BadOption) as refusal:
        check_selection(*told)
    assert refusal.value.reason == reason


def test_a_selection_of_known_keys_is_kept() -> None:
    assert check_selection("Cháy", "fire", "nghiem_trong", "reported") == Selection(
        "Cháy", "fire", "nghiem_trong", "reported"
    )


CATEGORIES = ["Trộm cắp", "Kinh tế", "Môi trường", "Ma túy", "Đánh bạc", "TNGT", "Cháy", "khác", None]
LISTED = st.lists(
    st.tuples(st.sampled_from(CODES), st.sampled_from(CATEGORIES), st.integers(0, 9)), min_size=1, max_size=30
)


def list_rows(listed: list[tuple[str, str | None, int]]) -> Joined:
    codes, categories, n = zip(*listed, strict=True)
    told = {"ward_code": codes, "category": categories, "n": n, "row": range(len(n))}
    rows = pd.DataFrame(told).astype({"n": float, "ward_code": object, "category": object})
    blank = dict.fromkeys(("severity", "known_by"), None)
    unknown = dict.fromkeys(("start", "end"), pd.NaT)
    return Joined(
        "incidents", rows.assign(outcome="joined", method="code", measure="occurred", **blank, **unknown)
    )


@settings(deadline=None, max_examples=40)
@given(LISTED)
def test_the_groups_of_crime_and_the_ungrouped_add_up_to_the_incidents(
    listed: list[tuple[str, str | None, int]],
) -> None:
    frame = measure(WARDS, [list_rows(listed)], Question()).frame
    parts = [f"n_incidents_{group}" for group in (*CRIME_GROUPS, "ungrouped")]
    told = frame[[key for key in parts if key in frame]]
    known = frame["n_incidents"].notna()
    assert told[~known].isna().all(axis=None)
    if len(told.columns):
        assert told[known].sum(axis=1).tolist() == frame.loc[known, "n_incidents"].tolist()


@settings(deadline=None, max_examples=40)
@given(LISTED, st.sampled_from(GROUPS))
def test_one_group_asked_for_counts_what_its_column_counts(
    listed: list[tuple[str, str | None, int]], group: str
) -> None:
    joined, key = list_rows(listed), f"n_incidents_{group}"
    frame = measure(WARDS, [joined], Question()).frame
    is_there = any(group_of(text or "") == group for _, text, _ in listed)
    assert (key in frame) == is_there
    if is_there:
        asked = measure(WARDS, [joined], Question(chosen=Selection(group=group))).frame
        pd.testing.assert_series_equal(asked["n_incidents"], frame[key], check_names=False)
        pd.testing.assert_series_equal(asked[key], frame[key])
