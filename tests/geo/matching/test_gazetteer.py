"""The list of official units: whole, with centres where they are known, and small enough to ship."""

import pandas as pd
import pytest

from geo.matching.gazetteer import PATH, known_names, load_gazetteer


def test_the_list_holds_the_country_of_2021_and_the_can_tho_of_2025() -> None:
    units = load_gazetteer()
    assert units.columns.tolist() == [
        "code", "name", "district", "province", "longitude", "latitude", "unit_set"
    ]  # fmt: skip
    assert units["unit_set"].value_counts().to_dict() == {"2021-12-31": 10_599, "2025-07-01": 103}
    assert not units.duplicated(["unit_set", "code"]).any()
    assert units["code"].str.fullmatch(r"\d{5}").all()
    assert PATH.stat().st_size < 500_000


def test_a_re_used_code_stands_for_another_unit_in_the_other_set() -> None:
    units = load_gazetteer().set_index(["unit_set", "code"])["name"]
    assert units["2021-12-31", "31120"] == "Phường An Hòa"
    assert units["2025-07-01", "31120"] == "Phường Cái Khế"
    assert units["2021-12-31", "00004"] == "Phường Trúc Bạch"


def test_centres_lie_in_viet_nam_and_ten_are_unknown() -> None:
    units = load_gazetteer()
    assert units["longitude"].isna().sum() == units["latitude"].isna().sum() == 10
    assert units["longitude"].dropna().between(102.1, 117.9).all()
    assert units["latitude"].dropna().between(6, 23.5).all()
    an_binh = units[(units["code"] == "31150") & (units["unit_set"] == "2025-07-01")].iloc[0]
    assert (an_binh["longitude"], an_binh["latitude"]) == pytest.approx((105.7182, 10.0044), abs=1e-9)


def test_names_are_written_with_single_spaces() -> None:
    units = load_gazetteer()
    names = pd.concat([units["name"], units["district"], units["province"]])
    assert (names == names.str.split().str.join(" ")).all()


def test_known_names_are_folded_and_stand_without_their_type() -> None:
    names = known_names()
    assert {"cái khế", "ninh kiều", "cần thơ", "hòa lộc", "1"} <= names
    assert not {"phường cái khế", "Cái Khế", "hoà lộc", "an hồ", ""} & names


def test_the_list_cannot_be_changed_by_who_reads_it() -> None:
    units = load_gazetteer()
    units["name"] = "x"
    assert load_gazetteer()["name"].iloc[0] == "Phường Phúc Xá"
