"""The catalogue of categories: every spelling has one group, and sums are told from their parts."""

from collections import Counter

import pytest

from geo.categories import (
    APART,
    CRIME_GROUPS,
    GROUP_OF_KEY,
    GROUPS,
    SERIES_CRIMINAL,
    SPELLINGS,
    find_sums,
    group_of,
    key_of,
    plain_category,
    realm_of,
)


def test_every_spelling_has_one_key_and_one_group() -> None:
    keys_of: dict[str, set[str]] = {}
    for key, texts in SPELLINGS.items():
        for text in texts:
            keys_of.setdefault(plain_category(text), set()).add(key)
    assert {plain: keys for plain, keys in keys_of.items() if len(keys) > 1} == {}
    assert {key: GROUP_OF_KEY.get(key) for key in SPELLINGS if GROUP_OF_KEY.get(key) not in GROUPS} == {
        SERIES_CRIMINAL: None
    }
    assert [text for key, texts in SPELLINGS.items() for text in texts if key_of(text) != key] == []


def test_groups_are_crime_or_apart_and_each_stands_once() -> None:
    assert Counter(GROUPS) == Counter([*CRIME_GROUPS, *APART])
    assert set(Counter(GROUPS).values()) == {1}
    assert set(GROUP_OF_KEY.values()) == set(GROUPS)


@pytest.mark.parametrize(
    ("said", "key", "group"),
    [
        ("Cướp giật TS", "snatching", "social"),
        ("CƯỚP TÀI SẢN", "robbery", "social"),
        ("Tội trộm cắp tài sản (Điều 173)", "theft", "social"),
        ("trom cap tai san", "theft", "social"),
        ("CYGTT", "assault", "social"),
        ("Gây rối TTCC", "disorder", "social"),
        ("Tội phạm về TTXH", "ttxh", "social"),
        ("Cho vay lãi nặng", "usury", "economic"),
        ("Phạm tội về ma tuý", "drugs", "drugs"),
        ("Ma túy – Mua bán", "drugs", "drugs"),
        ("Phạm pháp hình sự – Trộm cắp TS", "theft", "social"),
        ("Đánh bạc", "gambling", "vice"),
        ("Mại dâm", "prostitution", "vice"),
        ("Môi trường, ATTP", "environment", "environment"),
        ("TNGT", "traffic", "traffic"),
        ("Số vụ TNGT", "traffic", "traffic"),
        ("Cháy, nổ", "fire", "fire"),
        ("Vụ cháy", "fire", "fire"),
        ("PPHS", "pphs", None),
        ("Phạm pháp hình sự – Khác", None, None),
        ("Trật tự xã hội – Khác", "other_social", "social"),
        ("Vụ việc khác", None, None),
    ],
)
def test_categories_as_files_write_them(said: str, key: str | None, group: str | None) -> None:
    assert (key_of(said), group_of(said)) == (key, group)


def test_offences_named_together_have_the_group_that_all_share_or_none() -> None:
    assert group_of("Cướp, cướp giật") == "social"
    assert group_of("Trộm cắp và lừa đảo") == "social"
    assert group_of("Ma túy, mại dâm") is None
    assert group_of("Trộm cắp, việc khác") is None


def test_what_is_not_known_is_crime() -> None:
    assert [realm_of(text) for text in ("TNGT", "Cháy", "Trộm cắp", "việc khác", None)] == [
        "traffic", "fire", "crime", "crime", "crime"]  # fmt: skip


@pytest.mark.parametrize(
    ("categories", "sums"),
    [
        (["PPHS", "Trộm cắp"], {"PPHS"}),
        (["Tội phạm về TTXH", "Trộm cắp", "Ma túy"], {"Tội phạm về TTXH"}),
        (["PPHS", "TTXH"], {"PPHS"}),
        (["TTXH", "Kinh tế", "Ma túy", "Môi trường"], set()),
        (["PPHS", "Ma túy", "TNGT"], set()),
        (["PPHS"], set()),
        (["Trộm cắp", "Cướp giật"], set()),
    ],
)
def test_a_series_beside_its_parts_is_their_sum(categories: list[str], sums: set[str]) -> None:
    assert find_sums(categories) == sums
