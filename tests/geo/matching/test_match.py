"""Keys to wards: what counts as the same unit, and what must never be taken for it."""

import random
import unicodedata
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import NotComparable
from geo.frames import OUTCOMES, Wards
from geo.matching.aliases import Alias
from geo.matching.match import match_keys
from geo.names import fold
from tests.mau import CODES, NAMES, make_wards

WARDS = make_wards()


def match(
    *keys: object, names: list[object] | None = None, parents: list[object] | None = None
) -> list[tuple]:
    table, _ = match_keys(
        WARDS,
        pd.Series(keys, dtype=object),
        names=None if names is None else pd.Series(names, dtype=object),
        parents=None if parents is None else pd.Series(parents, dtype=object),
    )
    return list(table[["ward_code", "method", "outcome"]].itertuples(index=False, name=None))


def test_a_code_keeps_its_leading_zeros_and_a_shortened_one_is_not_mended() -> None:
    assert match("00001", "1") == [("00001", "code", "joined"), (None, "none", "unmatched")]


@pytest.mark.parametrize(
    ("written", "method"),
    [
        ("Phường Hòa Bình", "name"),
        ("P. Hòa Bình", "name"),
        ("Hòa Bình", "name"),
        ("  phường   hòa bình", "name"),
        ("PHƯỜNG HÒA BÌNH", "name"),
        (unicodedata.normalize("NFD", "Phường Hòa Bình"), "name"),
        ("P. Hòa Bình, Quận Đông", "name"),
        ("P.Hoà Bình", "folded"),
        ("phường  hoà bình", "folded"),
        ("Phường Hòa\u200b Bình", "folded"),
    ],
)
def test_one_ward_written_in_many_ways_is_found_by_name(written: str, method: str) -> None:
    assert match(written) == [("00002", method, "joined")]


def test_numbered_wards_are_found_with_or_without_a_zero() -> None:
    assert match("P5", "P. 5", "Phường 05") == [
        ("00005", "name", "joined"),
        ("00005", "name", "joined"),
        ("00005", "folded", "joined"),
    ]


def test_a_name_without_its_accents_is_not_a_match() -> None:
    assert match("Phuong Hoa Binh", "Hoa Binh") == [(None, "none", "unmatched")] * 2


def test_the_type_of_unit_matters() -> None:
    assert match("Xã Hòa Bình", "Thị trấn Sáu") == [(None, "none", "unmatched"), ("00006", "name", "joined")]


def test_a_name_found_in_another_district_is_unmatched() -> None:
    assert match("Xã Tân Thới", "Xã Tân Thới", parents=["Huyện Tây", "Q. Đông"]) == [
        (None, "none", "unmatched"),
        ("00003", "name", "joined"),
    ]


def test_a_code_whose_row_names_another_unit_is_ambiguous() -> None:
    keys, names = [*CODES] * 4, [*NAMES] * 4
    names[0] = "Phường Ninh Kiều"
    table, findings = match_keys(WARDS, pd.Series(keys), names=pd.Series(names), where="a.csv")
    assert table["outcome"].tolist() == ["ambiguous", *["joined"] * 23]
    assert [(f.code, f.seen, f.facts["n"]) for f in findings] == [
        ("CodeNamesAnotherUnit", "00001 Phường Ninh Kiều", 1)
    ]


def test_codes_that_were_reused_are_refused() -> None:
    names = ["Phường Khác", "Phường Lạ", *NAMES[2:]]
    with pytest.raises(NotComparable) as refusal:
        match_keys(WARDS, pd.Series(CODES), names=pd.Series(names), where="a.csv")
    assert refusal.value.reason == "codes_reused"
    assert refusal.value.facts["n"] == 2
    assert refusal.value.facts["of"] == 6


def test_a_changed_type_under_the_same_code_is_another_unit() -> None:
    names = [*NAMES] * 4
    names[5] = "Xã Sáu"
    table, _ = match_keys(WARDS, pd.Series([*CODES] * 4), names=pd.Series(names))
    assert table["outcome"].iloc[5] == "ambiguous"


def test_two_wards_of_one_name_are_ambiguous_until_the_district_is_told() -> None:
    wards = make_wards()
    wards.frame["ward_name"] = ["Xã Tân Thới", *NAMES[1:3], "Xã Tân Thới", *NAMES[4:]]
    wards.frame["parent"] = ["Quận Đông", "Quận Đông", "Quận Bắc", "Huyện Tây", "Huyện Tây", "Huyện Tây"]
    keys = pd.Series(["Xã Tân Thới", "Xã Tân Thới"])
    alone, findings = match_keys(wards, keys)
    told, _ = match_keys(wards, keys, parents=pd.Series(["Huyện Tây", None]))
    assert alone["outcome"].tolist() == ["ambiguous", "ambiguous"]
    assert [f.code for f in findings] == ["AmbiguousKey"]
    assert told["ward_code"].tolist() == ["00004", None]


def test_a_blank_code_beside_a_name_is_matched_by_the_name() -> None:
    assert match(None, names=["P. Hòa Bình"]) == [("00002", "name", "joined")]


def test_blank_keys_are_unmatched_rows_not_lost_rows() -> None:
    assert match(None, "", "  ", "00003") == [(None, "none", "unmatched")] * 3 + [("00003", "code", "joined")]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.one_of(st.sampled_from([*CODES, *NAMES, "lạ", "", None]), st.text(max_size=8)), max_size=30)
)
def test_every_row_given_comes_back_once_with_one_outcome(keys: list[object]) -> None:
    table, _ = match_keys(WARDS, pd.Series(keys, dtype=object))
    assert len(table) == len(keys)
    assert table["outcome"].isin(OUTCOMES).all()
    assert (table["ward_code"].notna() == (table["outcome"] == "joined")).all()
    assert ((table["method"] == "none") == (table["outcome"] != "joined")).all()


def test_a_running_number_is_no_name_when_a_name_stands_beside_it() -> None:
    # The key "5" would fold to Phường 5, but the row says Phường Một.
    assert match("5", names=["Phường Một"]) == [(None, "none", "unmatched")]
    assert match("P. 5", names=["Phường 5"]) == [("00005", "name", "joined")]


def test_codes_that_lost_their_zeros_are_told_and_not_mended() -> None:
    table, findings = match_keys(WARDS, pd.Series(["1", "2", "00003"]), where="a.csv")
    assert table["outcome"].tolist() == ["unmatched", "unmatched", "joined"]
    assert [(f.code, f.facts.get("n")) for f in findings] == [("UnmatchedKey", 2), ("LostZeros", 2)]


def test_a_totals_row_is_told_apart_from_a_ward_that_was_not_found() -> None:
    table, findings = match_keys(WARDS, pd.Series(["00001", "Tổng cộng", "Lạ"]), where="a.csv")
    assert table["outcome"].tolist() == ["joined", "unmatched", "unmatched"]
    assert [(f.code, f.seen) for f in findings] == [("TotalsRow", "Tổng cộng"), ("UnmatchedKey", "Lạ")]


def rename(*names: str, parents: tuple[str, ...] = ("",) * 6) -> Wards:
    """The six wards under other names."""
    wards = make_wards()
    wards.frame["ward_name"], wards.frame["parent"] = names, parents
    return wards


def look_up(wards: Wards, *keys: str, **options: object) -> list[tuple[object, object]]:
    table, _ = match_keys(wards, pd.Series(keys, dtype=object), **options)  # type: ignore[arg-type]
    return list(table[["ward_code", "method"]].itertuples(index=False, name=None))


def test_y_and_i_meet_only_where_no_second_ward_could_be_meant() -> None:
    wards = rename("Xã Quí Lộc", "Xã Mỹ Lý", "Xã Mỹ Lí", "Phường Thúy", "Phường Thúi", "Xã Kỳ Anh")
    asked = ("Xã Quý Lộc", "Xã Mĩ Lý", "X. Mỹ Lý", "Phường Thúy", "Xã Kì Anh")
    assert look_up(wards, *asked) == [
        ("00001", "folded"),
        (None, "none"),
        ("00002", "name"),
        ("00004", "name"),
        ("00006", "folded"),
    ]


def test_a_spelling_as_written_goes_before_one_that_only_folds_alike() -> None:
    wards = rename("Phường Hoà An", "Phường Hòa An", "Xã Ba", "Xã Bốn", "Xã Năm", "Xã Sáu")
    assert look_up(wards, "P. Hoà An", "P. Hòa An") == [("00001", "name"), ("00002", "name")]


def test_the_place_of_a_tone_mark_does_not_choose_between_districts() -> None:
    names = ("Phường Hoà An", "Phường Hòa An", "Xã Ba", "Xã Bốn", "Xã Năm", "Xã Sáu")
    wards = rename(*names, parents=("Quận Đông", "Quận Tây", *[""] * 4))
    table, _ = match_keys(wards, pd.Series(["P. Hoà An"] * 2), parents=pd.Series([None, "Q. Tây"]))
    assert table["outcome"].tolist() == ["ambiguous", "joined"]
    assert table["ward_code"].tolist() == [None, "00002"]


TWINS = rename(
    "Thị trấn Chi Lăng", "Xã Chi Lăng", "Xã Tân An", "Xã Tân An", "Phường Phường Đúc", "Xã Kỳ Hoa",
    parents=("Huyện Chi Lăng", "Huyện Chi Lăng", "Huyện Kỳ Anh, Tỉnh Hà Tĩnh", "Thị xã Kỳ Anh, Tỉnh Hà Tĩnh",
             "Thành phố Huế", "Thị xã Kỳ Anh, Tỉnh Hà Tĩnh"),
)  # fmt: skip


def test_town_and_commune_of_one_name_are_told_apart_by_their_type_alone() -> None:
    table, _ = match_keys(TWINS, pd.Series(["TT. Chi Lăng", "X. Chi Lăng", "Chi Lăng", "P. Chi Lăng"]))
    assert table["ward_code"].tolist() == ["00001", "00002", None, None]
    assert table["outcome"].tolist() == ["joined", "joined", "ambiguous", "unmatched"]


@pytest.mark.parametrize(
    ("parent", "ward_code", "outcome"),
    [
        ("Huyện Kỳ Anh", "00003", "joined"),
        ("H. Kỳ Anh, T. Hà Tĩnh", "00003", "joined"),
        ("TX. Kỳ Anh", "00004", "joined"),
        ("thị xã kì anh, hà tĩnh", "00004", "joined"),
        ("Kỳ Anh", None, "ambiguous"),
        ("Hà Tĩnh", None, "ambiguous"),
        ("Kỳ Anhh", None, "unmatched"),
        ("Quận Kỳ Anh", None, "unmatched"),
        ("TX. Kỳ Anh, Tỉnh Nghệ An", None, "unmatched"),
        ("Xã Chi Lăng", None, "unmatched"),
    ],
)
def test_the_parent_is_never_exchanged_for_another(parent: str, ward_code: str | None, outcome: str) -> None:
    for keys, parents in ((["X. Tân An"], pd.Series([parent])), ([f"X. Tân An, {parent}"], None)):
        table, _ = match_keys(TWINS, pd.Series(keys), parents=parents)
        assert table[["ward_code", "outcome"]].to_numpy().tolist() == [[ward_code, outcome]]


def test_a_parent_in_the_key_and_one_beside_it_must_both_fit() -> None:
    keys = pd.Series(["X. Tân An, TX. Kỳ Anh"] * 2)
    table, _ = match_keys(TWINS, keys, parents=pd.Series(["Tỉnh Hà Tĩnh", "Huyện Kỳ Anh"]))
    assert table["ward_code"].tolist() == ["00004", None]


def test_a_ward_whose_name_begins_with_a_type_is_found() -> None:
    assert look_up(TWINS, "P. Phường Đúc", "Phường Đúc") == [("00005", "name"), ("00005", "folded")]


HOA = Alias("hoa binh", "00002")


def test_a_confirmed_spelling_is_joined_and_told() -> None:
    table, findings = match_keys(WARDS, pd.Series(["Hoa  BINH", "Lạ"]), aliases=(HOA,), where="a.csv")
    assert table[["ward_code", "method"]].to_numpy().tolist() == [["00002", "alias"], [None, "none"]]
    assert [(f.code, f.seen, f.facts) for f in findings] == [
        ("UnmatchedKey", "Lạ", {"n": 1}),
        ("AliasUsed", "Hoa  BINH", {"n": 1}),
    ]


def test_a_spelling_confirmed_under_one_parent_holds_there_and_nowhere_else() -> None:
    aliases = (Alias("hoa binh", "00002", "q. đông"),)
    parents = pd.Series(["Q. Đông", "Huyện Tây", None])
    table, _ = match_keys(WARDS, pd.Series(["Hoa Binh"] * 3), parents=parents, aliases=aliases)
    assert table["ward_code"].tolist() == ["00002", None, None]


def test_a_spelling_confirmed_without_a_parent_does_not_cross_districts() -> None:
    parents = pd.Series(["Q. Đông", "Huyện Tây", None])
    table, _ = match_keys(WARDS, pd.Series(["Hoa Binh"] * 3), parents=parents, aliases=(HOA,))
    assert table["ward_code"].tolist() == ["00002", None, "00002"]


def test_an_alias_settles_what_is_ambiguous_and_what_contradicts() -> None:
    aliases = (Alias("chi lăng", "00002"), Alias("00001 xã khác", "00003"))
    table, _ = match_keys(TWINS, pd.Series(["Chi Lăng"]), aliases=aliases)
    assert table["ward_code"].tolist() == ["00002"]
    keys, names = [*CODES] * 4, [""] * 24
    names[0] = "Xã Khác"
    table, _ = match_keys(TWINS, pd.Series(keys), names=pd.Series(names), aliases=aliases)
    assert table["ward_code"].tolist()[:2] == ["00003", "00002"]


def test_an_alias_of_a_ward_that_is_not_here_is_nothing() -> None:
    assert look_up(WARDS, "Hoa Binh", aliases=(Alias("hoa binh", "99999"),)) == [(None, "none")]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from([*CODES, *NAMES, "P. Hoà Bình", "Hoa Binh", "lạ", ""]), max_size=12), st.data()
)
def test_an_alias_never_overrules_a_code_or_a_name(keys: list[str], data: st.DataObject) -> None:
    aliases = [
        Alias(fold(key), data.draw(st.sampled_from(CODES)))
        for key in data.draw(st.lists(st.sampled_from([*keys, "x"]), max_size=5))
    ]
    plain, _ = match_keys(WARDS, pd.Series(keys, dtype=object))
    told, _ = match_keys(WARDS, pd.Series(keys, dtype=object), aliases=aliases)
    was_joined = plain["outcome"] == "joined"
    pd.testing.assert_frame_equal(told[was_joined], plain[was_joined])
    assert set(told["method"][~was_joined]) <= {"alias", "none"}


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from([*CODES, *NAMES, "P. Hoà Bình", "Hoa Binh", "lạ"]), max_size=12), st.randoms()
)
def test_the_order_of_rows_and_of_wards_changes_nothing(keys: list[str], chance: random.Random) -> None:
    places, order = list(range(len(keys))), list(CODES)
    chance.shuffle(places)
    chance.shuffle(order)
    shuffled = replace(WARDS, frame=WARDS.frame.loc[order])
    plain, _ = match_keys(WARDS, pd.Series(keys, dtype=object))
    again, _ = match_keys(shuffled, pd.Series([keys[place] for place in places], index=places, dtype=object))
    pd.testing.assert_frame_equal(again.sort_index(), plain, check_index_type=False)


def test_one_ward_under_two_spellings_in_a_table_of_wards_is_told() -> None:
    keys = pd.Series([*NAMES, "P. Hoà Bình"])
    table, findings = match_keys(WARDS, keys, where="a.csv")
    assert table["outcome"].tolist() == ["joined"] * 7
    assert [(f.code, f.severity, f.seen, f.facts) for f in findings] == [
        ("DuplicateWard", "info", "Phường Hòa Bình = P. Hoà Bình", {"n": 1, "wards": "Phường Hòa Bình"})
    ]


def test_a_list_of_incidents_may_spell_one_ward_in_many_ways() -> None:
    _, findings = match_keys(WARDS, pd.Series([*NAMES, *NAMES, "P. Hoà Bình"]))
    assert findings == ()


def test_names_in_a_wrong_encoding_beside_good_codes_are_refused_as_unreadable() -> None:
    # Thạnh Lộc and Thị trấn Sáu in TCVN3, read as western text; the first three have nothing to garble.
    names = ["Mot", "Hoa Binh", "Tan Thoi", "X· Th¹nh Léc", "5", "ThÞ trÊn S¸u"]
    with pytest.raises(NotComparable) as refusal:
        match_keys(WARDS, pd.Series(CODES), names=pd.Series(names), where="a.csv")
    assert refusal.value.reason == "names_unreadable"
    assert (refusal.value.facts["n"], refusal.value.facts["seen"]) == (2, "X· Th¹nh Léc")


def test_names_of_which_none_is_its_codes_are_refused_as_unreadable() -> None:
    with pytest.raises(NotComparable) as refusal:
        match_keys(WARDS, pd.Series(CODES), names=pd.Series(["Phường ąň"] * 6), where="a.csv")
    assert refusal.value.reason == "names_unreadable"


def test_one_row_that_names_another_unit_is_no_matter_of_encoding() -> None:
    with pytest.raises(NotComparable) as refusal:
        match_keys(WARDS, pd.Series(CODES[:1]), names=pd.Series(["Phường Ninh Kiều"]), where="a.csv")
    assert refusal.value.reason == "codes_reused"
