"""An estimate says so wherever it is written, and nothing is compared or summed that cannot be."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geo.frames import Joined, Period, Wards
from geo.question import EVERY_CRIME, Question
from i18n.messages import load_words
from layers.naming import write_tips
from layers.shapes import make_shapes
from store.records import Area
from studies.carried import CarriedHoldings, carry_all, carry_holdings
from studies.headline import make_tiles, write_headline
from studies.holdings import Holdings
from studies.overview import make_table
from studies.profile import describe_ward, list_months
from tests.mau import CODES, make_wards, middle
from tests.mau_2025 import NEW_CODES, NEW_VERSION, make_crosswalk, make_joined, make_new_wards

WORDS = load_words("vi")
Y2022 = Period(dt.date(2022, 1, 1), dt.date(2022, 12, 31))
WINTERS = [Period(dt.date(year, 1, 1), dt.date(year, 2, 28)) for year in (2022, 2021)]


def hold(wards: Wards, *facts: Joined, key: str = "mau") -> Holdings:
    area = Area(1, key, "Mẫu", wards.version, len(wards.frame), wards.source, "", dt.datetime(2024, 1, 1))
    return Holdings(area, wards, make_shapes(wards), facts, ())


def make_months(codes: tuple[str, ...], n: float, *, year: int = 2022, version: str = "mau-2022") -> Joined:
    """The same count in every ward in January and February, all thefts."""
    starts = pd.to_datetime([f"{year}-01-01", f"{year}-02-01"]).repeat(len(codes))
    days = {"start": starts, "end": starts + pd.offsets.MonthEnd(), "category": "Trộm cắp"}
    return make_joined([*codes] * 2, [n] * 2 * len(codes), version=version, **days)


def without_residents(wards: Wards) -> Wards:
    return replace(wards, frame=wards.frame.assign(population=np.nan))


def carry_one(*facts: Joined) -> CarriedHoldings:
    later = hold(without_residents(make_new_wards()), key="moi")
    return carry_holdings(hold(make_wards(), *facts), later, make_crosswalk())


def test_a_third_version_keeps_the_estimates_of_the_second() -> None:
    third = make_new_wards(version="mau-2026")
    renamed = make_crosswalk([(code, code, True, 1.0, 1.0) for code in NEW_CODES])
    onward = replace(renamed, old_version=NEW_VERSION, new_version="mau-2026")
    held = [hold(make_wards(), make_months(CODES, 5.0)), hold(make_new_wards()), hold(third)]
    frame = carry_all(held, [make_crosswalk(), onward]).measure(Question(Y2022)).frame
    assert frame["n_incidents"].to_dict() == {"00001": 20.0, "00003": 22.0, "00005": 18.0}
    assert frame["estimated"].to_dict() == {"00001": False, "00003": True, "00005": True}


def test_a_third_version_knows_which_parts_the_first_did_not_send() -> None:
    third = make_new_wards(version="mau-2026")
    renamed = make_crosswalk([(code, code, True, 1.0, 1.0) for code in NEW_CODES])
    onward = replace(renamed, old_version=NEW_VERSION, new_version="mau-2026")
    held = [hold(make_wards(), make_months(CODES[1:], 5.0)), hold(make_new_wards()), hold(third)]
    frame = carry_all(held, [make_crosswalk(), onward]).measure(Question(Y2022)).frame
    assert frame["missing_parts"].to_dict() == {"00001": "Phường Hòa Bình", "00003": "", "00005": ""}


def test_the_card_of_an_estimated_ward_marks_its_rate_its_months_and_its_categories() -> None:
    held = carry_one(make_months(CODES, 5.0), make_joined(CODES, [1000.0] * 6, kind="population"))
    card = describe_ward(held, held.measure(Question(Y2022)), "00005", WORDS)
    assert [tile.value for tile in card.tiles[:2]] == ["≈ 18", "≈ 100,0"]
    assert [(month.n, month.estimated) for month in card.months[:2]] == [(9.0, True), (9.0, True)]
    assert [(row.now, row.estimated) for row in card.categories] == [(18.0, True)]
    whole = describe_ward(held, held.measure(Question(Y2022)), "00001", WORDS)
    assert [tile.value for tile in whole.tiles[:2]] == ["20", "100,0"]
    assert not whole.months[0].estimated


def test_categories_are_not_compared_where_the_ward_is_not() -> None:
    held = carry_one(make_months(CODES, 5.0), make_months(CODES, 4.0, year=2021))
    assert describe_ward(held, held.measure(Question(Y2022)), "00001", WORDS).categories[0].change == ""
    measured = held.measure(Question(*WINTERS))
    assert measured.frame["n_incidents_difference"].to_dict()["00001"] == 4.0
    changes = {code: describe_ward(held, measured, code, WORDS).categories[0] for code in NEW_CODES}
    assert (changes["00001"].before, changes["00001"].change) == (16.0, "+4")
    assert (changes["00005"].before, changes["00005"].change) == (None, "")


def test_cameras_and_rates_with_a_share_in_them_are_marked_and_exact_ones_are_not() -> None:
    cameras = make_joined(CODES, [10.0] * 6, kind="cameras", n_working=[5.0] * 6)
    held = carry_one(make_months(CODES, 5.0), cameras)
    measured = held.measure(Question(Y2022))
    tips = dict(zip(NEW_CODES, write_tips(measured, "n_cameras", WORDS), strict=True))
    assert "Ước tính: có phần của xã, phường cũ bị chia" in tips["00005"]
    card = {code: describe_ward(held, measured, code, WORDS) for code in NEW_CODES}
    assert [card[code].cameras[0][1] for code in ("00001", "00005")] == ["20", "≈ 18"]
    assert [card[code].tiles[-1].value for code in ("00001", "00005")] == ["20", "≈ 18"]
    certainty = make_table(measured, WORDS)["Độ chắc chắn"].tolist()
    assert [bool(text) for text in certainty] == [False, True, True]


def test_residents_of_the_later_boundaries_are_not_replaced_by_carried_ones() -> None:
    earlier = hold(make_wards(), make_joined(CODES, [100.0] * 6, kind="population"))
    held = carry_holdings(earlier, hold(make_new_wards()), make_crosswalk())
    assert held.measure(Question()).frame["population"].tolist() == [3_000.0, 26_000.0, 13_000.0]


def test_residents_without_a_part_are_unknown_not_few() -> None:
    held = carry_one(make_months(CODES, 5.0), make_joined(CODES[1:], [1000.0] * 5, kind="population"))
    frame = held.measure(Question(Y2022)).frame
    assert frame["population"].isna().to_dict() == {"00001": True, "00003": False, "00005": False}
    assert frame["incidents_per_10k"].isna().to_dict() == {"00001": True, "00003": False, "00005": False}


def test_shares_that_add_up_to_a_whole_are_not_cut_to_one_less() -> None:
    shares = [0.06, 0.57, 0.37]
    assert sum(shares) < 1.0
    measured = hold(make_wards(), make_months(CODES[:3], 0.0)).measure(Question(Y2022))
    measured.frame["n_incidents"] = [*shares, 0.0, 0.0, 0.0]
    assert "**1 vụ**" in write_headline(measured, "year", None, WORDS)[0].text


def test_a_tile_says_when_only_some_wards_are_compared() -> None:
    now, before = make_months(CODES, 5.0), make_months(CODES[:4], 4.0, year=2021)
    held = hold(make_wards(), now, before)
    tile = make_tiles(held.measure(Question(*WINTERS)), "year", None, WORDS)[0]
    assert (tile.value, tile.beside) == ("60", "▲ 8 vụ")
    assert "4 địa bàn" in tile.sentence


@pytest.mark.parametrize(("last", "shown"), [("2022-02", [1.0, 0.0]), ("2022-12", [1.0, 0.0] + [None] * 10)])
def test_months_that_no_point_file_reaches_are_unknown_not_zero(last: str, shown: list[float | None]) -> None:
    days = pd.to_datetime(["2022-01-05", "2022-02-07"])
    longitude, latitude = zip(*(middle(code) for code in ("00001", "00002")), strict=True)
    points = make_joined(
        ["00001", "00002"], [1.0, 1.0], start=days, end=days, category="Trộm cắp",
        longitude=longitude, latitude=latitude,
    )  # fmt: skip
    held = hold(make_wards(), replace(points, by_place=True))
    end = (pd.Period(last, "M").to_timestamp() + pd.offsets.MonthEnd()).date()
    months = list_months(held, "00001", EVERY_CRIME, Period(dt.date(2022, 1, 1), end))
    assert [month.n for month in months] == shown
