"""The join doctor: every row in one class, a person's choices applied, the totals the same throughout."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import BadOption, NothingMatched
from geo.frames import Kind
from geo.matching.aliases import Alias
from geo.matching.leftovers import ChoiceKey
from geo.reading.columns import CountColumn, TableColumns
from i18n.messages import load_words
from store.opening import open_store
from studies.doctor import Choices, Class, ClassCount, Diagnosis, apply_choices, diagnose
from studies.intake import Received, Settled, TableProposal, Trial, keep_trial, try_table
from tests.mau import CODES, NAMES, VERSION, make_table, make_wards

WARDS = make_wards()
Row = tuple[str, str, float | str]

SHEET: tuple[Row, ...] = (
    ("Phường Một", "Quận Đông", 10),
    ("P. Hoà Bình", "Quận Đông", 20),
    ("Phuong Hoa Binh", "Quận Đông", 3),
    ("PHUONG  HOA BINH", "quận đông", 4),
    ("Xã Thạnh Lộcc", "Huyện Tây", 50),
    ("Phố cổ", "Huyện Tây", 600),
    ("Tổng cộng", "", 687),
    ("", "", 1),
)


def propose(rows: tuple[Row, ...], kind: Kind = "incidents") -> TableProposal:
    columns: dict[str, list[object]] = {
        "ten": [row[0] for row in rows],
        "huyen": [row[1] for row in rows],
        "so_vu": [row[2] for row in rows],
    }
    table = make_table(columns)
    return TableProposal(Received(Path("bang.csv"), "f" * 64), kind, (), table, {}, None)


def attempt(rows: tuple[Row, ...] = SHEET, *, aliases: tuple[Alias, ...] = ()) -> Trial:
    columns = TableColumns(key="ten", parent="huyen", counts=(CountColumn("so_vu"),), by_key=True)
    return try_table(
        WARDS, propose(rows), Settled(columns, version=VERSION), aliases=aliases, must_match=False
    )


def classes(diagnosis: Diagnosis) -> dict[Class, tuple[int, float | None]]:
    return {line.key: (line.n_rows, line.n) for line in diagnosis.classes}


def test_every_row_is_in_one_class_and_the_classes_sum_to_what_was_given() -> None:
    diagnosis = diagnose(WARDS, attempt())
    assert diagnosis.classes == (
        ClassCount("given", 8, 1375.0),
        ClassCount("matched", 2, 30.0),
        ClassCount("remembered", 0, 0.0, part=True),
        ClassCount("duplicate", 0, 0.0, part=True),
        ClassCount("suggested", 3, 57.0),
        ClassCount("ambiguous", 0, 0.0),
        ClassCount("unmatched", 3, 1288.0),
        ClassCount("left_out", 0, 0.0),
    )


def test_every_left_over_spelling_is_listed_once_with_its_rows_and_suggestions() -> None:
    told = [
        (left.text, left.parent, left.reason, left.lines, left.n, [hit.ward_code for hit in left.suggestions])
        for left in diagnose(WARDS, attempt()).left_over
    ]
    assert told == [
        ("Phuong Hoa Binh", "Quận Đông", "suggested", (3, 4), 7.0, ["00002"]),
        ("Xã Thạnh Lộcc", "Huyện Tây", "suggested", (5,), 50.0, ["00004"]),
        ("Phố cổ", "Huyện Tây", "unmatched", (6,), 600.0, []),
        ("Tổng cộng", "", "totals", (7,), 687.0, []),
        ("", "", "blank", (8,), 1.0, []),
    ]


def choose() -> dict[ChoiceKey, str | None]:
    hoa_binh, thanh_loc, pho_co = diagnose(WARDS, attempt()).left_over[:3]
    return {hoa_binh.choice: "00002", thanh_loc.choice: "00004", pho_co.choice: None}


def test_choices_move_rows_from_left_over_to_joined_and_lose_none() -> None:
    repair = apply_choices(WARDS, attempt(), choose())
    assert repair.aliases == (
        Alias("phuong hoa binh", "00002", "quận đông"),
        Alias("xã thạnh lộcc", "00004", "huyện tây"),
    )
    assert repair.left_out == (("phố cổ", "huyện tây"),)
    assert (repair.before["given"], repair.before["joined"]) == (8, 2)
    assert (repair.after["given"], repair.after["joined"]) == (8, 5)
    assert (repair.n_before["given"], repair.n_before["joined"]) == (1375.0, 30.0)
    assert (repair.n_after["given"], repair.n_after["joined"]) == (1375.0, 87.0)
    rows = repair.trial.joined.rows
    assert rows["ward_code"].tolist() == ["00001", "00002", "00002", "00002", "00004", None, None, None]
    assert rows["method"].tolist()[:5] == ["name", "folded", "alias", "alias", "alias"]


def test_what_was_left_out_by_choice_is_told_and_stays_counted() -> None:
    repair = apply_choices(WARDS, attempt(), choose())
    note = next(finding for finding in repair.trial.findings if finding.code == "LeftOutByChoice")
    assert (note.severity, note.where, note.seen, note.facts) == ("info", "bang.csv", "Phố cổ", {"n": 1})
    after = classes(diagnose(WARDS, repair.trial, left_out=repair.left_out))
    assert after["left_out"] == (1, 600.0)
    assert after["remembered"] == (3, 57.0)
    assert after["unmatched"] == (2, 688.0)


def test_the_repaired_table_equals_the_one_mended_by_hand() -> None:
    mended = (
        *SHEET[:2],
        ("Phường Hòa Bình", "Quận Đông", 3),
        ("Phường Hòa Bình", "Quận Đông", 4),
        ("Xã Thạnh Lộc", "Huyện Tây", 50),
        *SHEET[5:],
    )
    by_hand, by_choice = attempt(mended), apply_choices(WARDS, attempt(), choose()).trial
    assert by_choice.joined.tally() == by_hand.joined.tally()
    assert by_choice.joined.rows["ward_code"].tolist() == by_hand.joined.rows["ward_code"].tolist()


def test_what_was_remembered_joins_the_next_file_and_can_be_forgotten() -> None:
    remembered = apply_choices(WARDS, attempt(), choose()).aliases
    again = attempt((*SHEET[:1], ("phuong hoa binh", "Quận Đông", 9)), aliases=remembered)
    diagnosis = diagnose(WARDS, again)
    assert classes(diagnosis)["remembered"] == (1, 9.0)
    assert [(one.ward_name, one.spellings, one.lines) for one in diagnosis.remembered] == [
        ("Phường Hòa Bình", ("phuong hoa binh",), (2,))
    ]
    forgotten = apply_choices(WARDS, again, dict.fromkeys(diagnosis.remembered[0].choices))
    assert forgotten.trial.joined.rows["ward_code"].tolist() == ["00001", None]
    corrected = apply_choices(WARDS, again, dict.fromkeys(diagnosis.remembered[0].choices, "00003"))
    assert corrected.trial.joined.rows["ward_code"].tolist() == ["00001", "00003"]


def test_a_ward_told_twice_under_two_spellings_is_shown() -> None:
    diagnosis = diagnose(WARDS, attempt((*((name, "", 1) for name in NAMES), ("Hoà Bình", "", 5))))
    assert [(one.ward_code, one.spellings, one.lines) for one in diagnosis.duplicates] == [
        ("00002", ("Phường Hòa Bình", "Hoà Bình"), (2, 7))
    ]
    assert classes(diagnosis)["duplicate"] == (2, 6.0)
    assert classes(diagnosis)["matched"] == (7, 11.0)


def test_codes_that_lost_their_zeros_are_suggested_and_joined_when_confirmed() -> None:
    trial = attempt((("1", "", 5), ("00002", "", 6)))
    (left,) = diagnose(WARDS, trial).left_over
    assert (left.reason, left.suggestions[0].ward_code) == ("lost_zeros", "00001")
    assert apply_choices(WARDS, trial, {left.choice: "00001"}).n_after["joined"] == 11.0


def test_a_code_beside_another_wards_name_is_ambiguous_until_someone_chooses() -> None:
    columns: dict[str, list[object]] = {
        "ma": [*CODES] * 4,
        "ten": ["Xã Thạnh Lộc", *[""] * 23],
        "so_vu": [1] * 24,
    }
    proposal = TableProposal(
        Received(Path("b.csv"), "0" * 64), "incidents", (), make_table(columns), {}, None
    )
    settled = Settled(TableColumns(key="ma", name="ten", counts=(CountColumn("so_vu"),), by_key=True))
    trial = try_table(WARDS, proposal, settled)
    (left,) = diagnose(WARDS, trial).left_over
    assert (left.text, left.reason) == ("00001 Xã Thạnh Lộc", "other_unit")
    assert {hit.ward_code for hit in left.suggestions} == {"00001", "00004"}
    assert (
        apply_choices(WARDS, trial, {left.choice: "00004"}).trial.joined.rows["ward_code"].iloc[0] == "00004"
    )


def test_a_sheet_of_which_nothing_matched_is_shown_to_the_doctor_and_never_kept(tmp_path: Path) -> None:
    trial = attempt((("Phuong Mot", "Quan Dong", 5),))
    assert classes(diagnose(WARDS, trial))["suggested"] == (1, 5.0)
    with pytest.raises(NothingMatched):
        try_table(WARDS, trial.proposal, trial.settled)
    store = open_store(f"sqlite:///{tmp_path}/kho.sqlite")
    area_id = store.keep_boundaries(WARDS, key="mau", title="Mẫu")
    with pytest.raises(NothingMatched):
        keep_trial(store, area_id, trial, replace=False)
    store.close()


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        ({("phường một", "quận đông"): "00003"}, "spelling"),
        ({("tổng cộng", ""): "00003"}, "spelling"),
        ({("", ""): "00003"}, "spelling"),
        ({("phố cổ", "huyện tây"): "99999"}, "ward_code"),
    ],
)
def test_a_choice_for_what_is_not_open_or_for_no_ward_is_refused(choices: Choices, reason: str) -> None:
    with pytest.raises(BadOption) as refusal:
        apply_choices(WARDS, attempt(), choices)
    assert refusal.value.reason == reason


def test_a_spelling_left_out_under_one_parent_is_not_joined_by_its_choice_under_none() -> None:
    trial = attempt((("Hoa Binh", "", 1), ("Hoa Binh", "Quận Đông", 2), ("Phường Một", "", 4)))
    repair = apply_choices(WARDS, trial, {("hoa binh", ""): "00002", ("hoa binh", "quận đông"): None})
    assert repair.trial.joined.rows["ward_code"].tolist() == ["00002", None, "00001"]
    assert repair.aliases == (Alias("hoa binh", "00002", ""),)


def test_lines_of_the_file_are_told_where_the_reader_knows_them() -> None:
    proposal = propose(SHEET)
    proposal = replace(proposal, table=replace(proposal.table, lines=(4, 5, 6, 8, 9, 10, 11, 12)))
    columns = TableColumns(key="ten", parent="huyen", counts=(CountColumn("so_vu"),), by_key=True)
    trial = try_table(WARDS, proposal, Settled(columns))
    assert [left.lines for left in diagnose(WARDS, trial).left_over] == [(6, 8), (9,), (10,), (11,), (12,)]


def test_a_list_of_states_counts_rows_alone() -> None:
    columns: dict[str, list[object]] = {
        "ten": ["Phường Một", "Lạ"],
        "tt": ["đạt", "đạt"],
        "nam": [2022, 2022],
    }
    proposal = TableProposal(Received(Path("t.csv"), "1" * 64), "status", (), make_table(columns), {}, None)
    settled = Settled(TableColumns(key="ten", value="tt", year="nam", by_key=True))
    diagnosis = diagnose(WARDS, try_table(WARDS, proposal, settled))
    assert classes(diagnosis)["given"] == (2, None)
    assert diagnosis.left_over[0].n is None


def test_every_class_and_reason_has_its_words() -> None:
    words = load_words("vi")
    diagnosis = diagnose(WARDS, attempt())
    assert all(words(f"doctor.class.{line.key}") for line in diagnosis.classes)
    assert all(words(f"doctor.reason.{left.reason}") for left in diagnosis.left_over)
    assert {words(f"doctor.why.{hit.why}") for left in diagnosis.left_over for hit in left.suggestions} == {
        "giống nếu bỏ dấu",
        "viết gần giống",
    }


SPELLINGS = st.sampled_from([*NAMES, "P. Hoà Bình", "Hoa Binh", "Sau", "lạ", "", "Tổng cộng", "Xã Tân Thơi"])
ROWS = st.lists(
    st.tuples(SPELLINGS, st.sampled_from(["", "Quận Đông", "Huyện Tây"]), st.integers(0, 99)),
    min_size=1,
    max_size=10,
)


@settings(deadline=None, max_examples=25)
@given(ROWS, st.data())
def test_given_is_joined_and_left_over_before_and_after_any_choice(
    rows: list[tuple[str, str, int]], data: st.DataObject
) -> None:
    trial = attempt(tuple(rows))
    open_now = [left for left in diagnose(WARDS, trial).left_over if left.can_be_fixed]
    choices = {
        left.choice: data.draw(st.sampled_from([*CODES, None]))
        for left in open_now
        if data.draw(st.booleans())
    }
    repair = apply_choices(WARDS, trial, choices)
    before, after = trial.joined.rows, repair.trial.joined.rows
    for left in open_now:
        if left.choice in choices:
            assert {after["ward_code"][row] for row in left.rows} == {choices[left.choice]}
    was_joined = before["outcome"] == "joined"
    assert after[was_joined].equals(before[was_joined])
    assert repair.after["given"] == len(rows)
    assert repair.n_after["given"] == sum(row[2] for row in rows)
    told = diagnose(WARDS, repair.trial, left_out=repair.left_out)
    whole = [line for line in told.classes[1:] if not line.part]
    assert sum(line.n_rows for line in whole) == len(rows)
    assert sum(line.n or 0 for line in whole) == repair.n_after["given"]
