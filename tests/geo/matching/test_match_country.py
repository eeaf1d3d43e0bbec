"""The whole country's official names, written as clerks write them: each lands at its own code or nowhere.

The numbers are those of the statistics office's list of 31/12/2021 (10,599 units).
"""

import re
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bench.match import (
    OLD_TONES,
    SEED,
    forget,
    load_units,
    make_wards,
    match_ours,
    pad_numbers,
    shorten,
    write_badly,
)
from geo.frames import Wards
from geo.matching.match import match_keys
from geo.matching.suggest import suggest_all
from geo.names import Y_TO_I, parse_unit, strip_accents

pytestmark = pytest.mark.real_data
Country = tuple[pd.DataFrame, Wards]
LONE_Y = re.compile(r"(?:(?<=[BbCcDdĐđGgHhKkLlMmNnPpQqRrSsTtVvXx])|(?<=[Qq]u))[yỳýỷỹỵ](?!\w)")


@pytest.fixture(scope="module")
def country(real_data: Path) -> Country:
    units = load_units(real_data / "vietnam" / "gso_wards_2021-12-31.csv")
    return units, make_wards(units)


def flip_tones(name: str) -> str:
    """Hòa as Hoà and Hoà as Hòa."""
    for new, old in OLD_TONES.items():
        name = re.sub(rf"{new}(?!\w)", "\0", name)
        name = re.sub(rf"(?<!q){old}(?!\w)", new, name).replace("\0", old)
    return name


def swap_y(name: str) -> str:
    return LONE_Y.sub(lambda letter: letter[0].translate(Y_TO_I), name)


def match(country: Country, names: pd.Series, parents: pd.Series) -> pd.DataFrame:
    table, _ = match_keys(country[1], names, parents=parents)
    return table


@pytest.mark.parametrize(
    ("write", "n_changed", "method"),
    [
        (flip_tones, 711, "folded"),
        (swap_y, 494, "folded"),
        (pad_numbers, 167, "folded"),
        (lambda name: name.replace("'", " ’ "), 33, "folded"),
        (lambda name: name.replace("'", "´"), 33, "folded"),
        (lambda name: name.replace("Đ", "Ð").replace("đ", "ð"), 1_422, "folded"),
        (lambda name: unicodedata.normalize("NFD", name), 10_599, "name"),
        (str.upper, 10_599, "name"),
        (str.lower, 10_599, "name"),
        (lambda name: f" {name.replace(' ', '  ')}\n", 10_599, "name"),
        (shorten, 10_587, "name"),
    ],
    ids=["tone", "y", "padding", "curly", "acute", "eth", "NFD", "upper", "lower", "spaces", "types"],
)
def test_every_name_in_that_dress_lands_at_its_own_code(
    country: Country, write: Callable[[str], str], n_changed: int, method: str
) -> None:
    units, _ = country
    written = units["name"].map(write)
    changed = units[written != units["name"]]
    table = match(country, written[changed.index], changed["parent"])
    assert len(changed) == n_changed
    assert table["ward_code"].tolist() == changed["code"].tolist()
    assert set(table["method"]) == {method}


def test_every_name_lands_at_its_own_code_as_it_is(country: Country) -> None:
    units, _ = country
    table = match(country, units["name"], units["parent"])
    assert table["ward_code"].tolist() == units["code"].tolist()
    assert set(table["method"]) == {"name"}


def test_names_without_accents_match_nothing_and_are_suggested(country: Country) -> None:
    units, wards = country
    cores = units["name"].map(lambda name: strip_accents(parse_unit(name).core))
    per_district = pd.DataFrame({"parent": units["parent"], "core": cores})
    names = units["name"].map(lambda name: parse_unit(name).core)
    merged = names.groupby([units["parent"], cores]).nunique()
    assert int((merged > 1).sum()) == 25
    bare = units["name"].map(strip_accents)
    assert set(match(country, bare, units["parent"])["outcome"]) == {"unmatched"}
    confused = merged[merged > 1].index
    asked = units[pd.MultiIndex.from_frame(per_district).isin(confused)]
    found = suggest_all(
        wards, pd.DataFrame({"key": bare[asked.index], "name": "", "parent": asked["parent"]})
    )
    assert len(asked) == 50
    for code, hits in zip(asked["code"], found, strict=True):
        assert code in [hit.ward_code for hit in hits]
        assert len(hits) > 1


def test_towns_and_communes_of_one_name_in_one_district_are_told_apart(country: Country) -> None:
    units, _ = country
    cores = units["name"].map(lambda name: parse_unit(name).core)
    twins = units[pd.DataFrame({"parent": units["parent"], "core": cores}).duplicated(keep=False)]
    assert len(twins) == 40
    typed = match(country, twins["name"].map(shorten), twins["parent"])
    assert typed["ward_code"].tolist() == twins["code"].tolist()
    assert set(match(country, cores[twins.index], twins["parent"])["outcome"]) == {"ambiguous"}


def test_names_shared_by_districts_of_a_province_are_ambiguous_without_the_district(country: Country) -> None:
    units, _ = country
    province = units["parent"].str.split(", ").str[1]
    table = match(country, units["name"], province)
    joined = table["outcome"] == "joined"
    assert table["outcome"].value_counts().to_dict() == {"joined": 10_137, "ambiguous": 462}
    assert table["ward_code"][joined].tolist() == units["code"][joined].tolist()


def test_a_district_and_a_town_of_one_name_side_by_side_do_not_cross(country: Country) -> None:
    units, _ = country
    ky_anh = units[units["parent"].str.contains("Kỳ Anh")]
    swapped = ky_anh["parent"].map(
        lambda text: f"Thị xã{text[5:]}" if text.startswith("Huyện") else f"Huyện{text[6:]}"
    )
    assert len(ky_anh) == 31
    assert set(match(country, ky_anh["name"], swapped)["outcome"]) == {"unmatched"}


def test_the_whole_country_written_badly_lands_right_in_two_seconds(country: Country) -> None:
    units, wards = country
    sent = write_badly(units, np.random.default_rng(SEED))
    seconds = []
    for _ in range(3):
        forget()
        start = time.process_time()
        matched, best = match_ours(wards, sent)
        seconds.append(time.process_time() - start)
    right, misspelt = matched == sent.code, sent.is_misspelt
    assert int(misspelt.sum()) == 309
    assert right[~misspelt].all()
    left = matched.isna()
    assert int((left & (best.reindex(left.index) == sent.code)).sum()) == 286
    assert int((~left & ~right).sum()) == 1, "Tân Lân without its L is Tân Ân of the same district"
    assert min(seconds) < 2.0
