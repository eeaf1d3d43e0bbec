"""Keys to wards: what counts as the same unit, and what must never be taken for it."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import NotComparable
from geo.frames import OUTCOMES
from geo.match import match_keys
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
    "written",
    ["Phường Hòa Bình", "P. Hòa Bình", "P.Hoà Bình", "phường  hoà bình", "PHƯỜNG HÒA BÌNH", "Hòa Bình",
     unicodedata.normalize("NFD", "Phường Hòa Bình"), "P. Hòa Bình, Quận Đông"],
)  # fmt: skip
def test_one_ward_written_in_many_ways_is_found_by_name(written: str) -> None:
    assert match(written) == [("00002", "name", "joined")]


def test_numbered_wards_are_found_with_or_without_a_zero() -> None:
    assert match("Phường 05", "P5", "P. 5") == [("00005", "name", "joined")] * 3


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


@given(
    st.lists(st.one_of(st.sampled_from([*CODES, *NAMES, "lạ", "", None]), st.text(max_size=8)), max_size=30)
)
def test_every_row_given_comes_back_once_with_one_outcome(keys: list[object]) -> None:
    table, _ = match_keys(WARDS, pd.Series(keys, dtype=object))
    assert len(table) == len(keys)
    assert table["outcome"].isin(OUTCOMES).all()
    assert (table["ward_code"].notna() == (table["outcome"] == "joined")).all()


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
