"""What a text may mean, best first, with the reason; never a match by itself."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.matching.match import match_keys
from geo.matching.suggest import Suggestion, suggest, suggest_all
from tests.mau import CODES, NAMES, make_wards

WARDS = make_wards()
TWINS = make_wards()
TWINS.frame["ward_name"] = [
    "Xã Hoa Lộc", "Xã Hòa Lộc", "Thị trấn Chi Lăng", "Xã Chi Lăng", "Phường 12", "Phường 13"
]  # fmt: skip


def brief(found: tuple[Suggestion, ...]) -> list[tuple[str, str]]:
    return [(hit.ward_code, hit.why) for hit in found]


@pytest.mark.parametrize(
    ("key", "parent", "best"),
    [
        ("Phuong Hoa Binh", None, ("00002", "no_accents")),
        ("Hoa Binh", "Quan Dong", ("00002", "no_accents")),
        ("P. Hòa Bìmh", "Quận Đông", ("00002", "spelling")),
        ("Thị rtấn Sáu", "Huyện Tây", ("00006", "spelling")),
        ("TanThoi", None, ("00003", "no_accents")),
        ("Xã Hòa Bình", "Quận Đông", ("00002", "other_type")),
        ("Xã Thạnh Lộc", "Quận Đông", ("00004", "other_district")),
        ("Xã Thạnh Lộcc", "Quận Đông", ("00004", "other_district")),
        ("P. Hòa Bình", "Quận Đôngg", ("00002", "other_district")),
        ("1", None, ("00001", "lost_zeros")),
        ("Phuong Hoa Binh, Quan Dong", None, ("00002", "no_accents")),
    ],
)
def test_the_first_suggestion_and_its_reason(key: str, parent: str | None, best: tuple[str, str]) -> None:
    assert brief(suggest(WARDS, key, parent=parent))[:1] == [best]


def test_a_suggestion_names_the_ward_its_parent_and_how_alike_it_is() -> None:
    assert suggest(WARDS, "Phường Hòa Bìn") == (
        Suggestion("00002", "Phường Hòa Bình", "Quận Đông", 92.1, "spelling"),
    )


def test_places_that_differ_in_accents_alone_are_all_offered_the_closer_first() -> None:
    assert brief(suggest(TWINS, "Xã Hoa Lôc")) == [("00001", "no_accents"), ("00002", "no_accents")]
    assert brief(suggest(TWINS, "Xã Hòa Lôc")) == [("00002", "no_accents"), ("00001", "no_accents")]


def test_an_ambiguous_name_offers_every_ward_it_fits() -> None:
    assert brief(suggest(TWINS, "Chi Lăng")) == [("00003", "same_name"), ("00004", "same_name")]


def test_a_code_beside_another_name_offers_both() -> None:
    found = suggest(TWINS, "00005", name="X. Hoa Lộcc")
    assert brief(found) == [("00001", "spelling"), ("00002", "spelling"), ("00005", "same_code")]


def test_a_number_is_never_a_misspelt_other_number() -> None:
    assert suggest(TWINS, "Phường 14") == ()
    assert suggest(TWINS, "Phường 1") == ()


@pytest.mark.parametrize("key", ["", "Tổng cộng", "?", "xyz" * 200, "99999"])
def test_a_text_like_no_ward_has_no_suggestion(key: str) -> None:
    assert suggest(WARDS, key) == ()


def test_no_more_are_given_than_are_asked_for() -> None:
    assert len(suggest(TWINS, "Chi Lang", most=1)) == 1


def test_questions_put_together_are_answered_as_one_by_one() -> None:
    keys = ["Hoa Loc", "Chi Lăng", "lạ", "Xã Hoà Lôc", "TT Chi Lang"]
    asked = pd.DataFrame({"key": keys, "name": "", "parent": ["", "", "", "Quận Đông", "Huyện Tây"]})
    one_by_one = [
        suggest(TWINS, key, parent=parent) for key, parent in zip(keys, asked["parent"], strict=True)
    ]
    assert suggest_all(TWINS, asked) == one_by_one


@settings(deadline=None, max_examples=40)
@given(
    st.one_of(st.text(max_size=20), st.sampled_from(NAMES).map(lambda name: name[:-1])), st.text(max_size=8)
)
def test_suggestions_are_real_wards_once_each_in_falling_order(key: str, parent: str) -> None:
    found = suggest(WARDS, key, parent=parent)
    codes, scores = [hit.ward_code for hit in found], [hit.score for hit in found]
    assert set(codes) <= set(CODES)
    assert len(set(codes)) == len(codes) <= 5
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 100 for score in scores)


def test_a_suggestion_is_never_a_match() -> None:
    table, _ = match_keys(WARDS, pd.Series(["Phuong Hoa Binh", "P. Hòa Bìmh"]))
    assert table["outcome"].tolist() == ["unmatched", "unmatched"]
