"""Counts carried to later boundaries: exact sums of whole wards, told estimates of divided ones, no loss."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import BrokenCrosswalk, NotComparable
from geo.counting import count_by_ward
from geo.findings import Finding
from geo.frames import Joined
from geo.question import EVERY_CRIME
from geo.versions.carry import carry, count_status, find_whole
from tests.mau import CODES, make_wards, middle
from tests.mau_2025 import (
    NEW_CODES,
    NEW_VERSION,
    PARTS,
    box,
    make_crosswalk,
    make_joined,
    make_new_wards,
)

NAN = float("nan")
NO_PEOPLE = [(*part[:3], part[3] if part[2] else NAN, part[4]) for part in PARTS]
NO_WEIGHT = [(*part[:4], NAN) if part[2] else (*part[:3], NAN, NAN) for part in PARTS]
WHOLE_ONLY = [*PARTS[:4], ("00005", "00003", True, 1.0, 1.0), PARTS[6]]


def sum_by_ward(joined: Joined) -> dict[str, float]:
    sums = count_by_ward(pd.Index(NEW_CODES), [joined], None, EVERY_CRIME).dropna()
    return {str(code): float(n) for code, n in sums.items()}


def list_codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_whole_wards_are_summed_and_a_divided_one_goes_by_its_residents() -> None:
    joined = make_joined([*CODES, None], [1, 2, 3, 4, 10, 6, 7])
    carried, findings = carry(joined, make_crosswalk(), make_new_wards())
    assert sum_by_ward(carried) == {"00001": 3.0, "00003": 3 + 6 + 2.0, "00005": 4 + 8.0}
    assert carried.version == NEW_VERSION
    expected = pd.DataFrame(
        {
            "row": [0, 1, 2, 3, 4, 4, 5, 6],
            "ward_code": ["00001", "00001", "00003", "00005", "00005", "00003", "00003", None],
            "method": ["whole"] * 4 + ["estimated"] * 2 + ["whole", "none"],
            "outcome": ["joined"] * 7 + ["unmatched"],
            "n": [1.0, 2, 3, 4, 8, 2, 6, 7],
        },
        dtype=object,
    )
    pd.testing.assert_frame_equal(carried.rows[list(expected)], expected, check_dtype=False)
    assert findings == (
        Finding("CarriedByPopulation", "warning", "vu.csv", "00005 → Xã Thạnh Lộc + Phường Năm", {"n": 1}),
    )
    assert list(carried.rows.columns) == list(joined.rows.columns)


def test_area_stands_in_where_residents_are_unknown_and_may_be_asked_for() -> None:
    joined = make_joined(["00005"], [10])
    for parts, by in ((NO_PEOPLE, "population"), (list(PARTS), "area")):
        carried, findings = carry(joined, make_crosswalk(parts), make_new_wards(), by=by)
        assert sum_by_ward(carried) == {"00003": 5.0, "00005": 5.0}
        assert list_codes(findings)[0] == "CarriedByArea"


def test_tallies_balance_after_carrying() -> None:
    carried, _ = carry(
        make_joined([*CODES, None], [1, 2, 3, 4, 10, 6, 7]), make_crosswalk(), make_new_wards()
    )
    assert carried.tally() == {
        "given": 33.0, "joined": 26.0, "ambiguous": 0.0, "unmatched": 7.0, "outside": 0.0, "no_location": 0.0
    }  # fmt: skip
    assert carried.tally_rows()["given"] == 7


def test_working_cameras_are_divided_as_cameras_are_and_unknown_stays_unknown() -> None:
    joined = make_joined(
        ["00005", "00004"],
        [10, 4],
        kind="cameras",
        n_working=[5.0, NAN],
        n_connected=[NAN, 1.0],
        qualifier=">=",
    )
    carried, _ = carry(joined, make_crosswalk(), make_new_wards())
    expected = pd.DataFrame(
        {
            "ward_code": ["00005", "00003", "00005"],
            "n": [8.0, 2.0, 4.0],
            "n_working": [4.0, 1.0, NAN],
            "n_connected": [NAN, NAN, 1.0],
            "qualifier": [">="] * 3,
        }
    )
    pd.testing.assert_frame_equal(carried.rows[list(expected)], expected, check_dtype=False)


def test_residents_are_carried_as_counts_are() -> None:
    residents = make_wards().frame["population"]
    joined = make_joined(list(residents.index), residents.tolist(), kind="population")
    carried, _ = carry(joined, make_crosswalk(), make_new_wards())
    assert sum_by_ward(carried) == make_new_wards().frame["population"].to_dict()


def test_points_are_placed_anew_and_are_no_estimate() -> None:
    """00005 is divided at its middle; one point lies just east of it. A point outside stays outside, though
    the later boundaries might reach it."""
    east, north = middle("00005")
    rows = make_joined(["00005", "00005", "00001", None], [1, 1, 1, 1]).rows.assign(
        longitude=[east + 0.001, east - 0.001, middle("00001")[0], 104.999],
        latitude=[north, north, middle("00001")[1], 10.005],
        method=["within", "within", "within", "none"],
        outcome=["joined", "joined", "joined", "outside"],
    )
    joined = replace(make_joined([], []), rows=rows, by_place=True)
    wider = make_new_wards()
    wider.frame.loc["00001", "geometry"] = box(-1, 0, 2, 1)
    carried, findings = carry(joined, make_crosswalk(NO_WEIGHT), wider)
    assert carried.rows["ward_code"].tolist() == ["00003", "00005", "00001", None]
    assert carried.rows["method"].tolist() == ["within", "within", "within", "none"]
    assert carried.rows["outcome"].tolist() == ["joined", "joined", "joined", "outside"]
    assert findings == (Finding("CarriedByPlace", "info", "vu.csv", "", {"n": 3}),)


def test_a_point_that_the_new_wards_do_not_reach_is_counted_outside() -> None:
    east, north = middle("00006")
    rows = make_joined(["00006"], [1]).rows.assign(longitude=east, latitude=north)
    joined = replace(make_joined([], []), rows=rows, by_place=True)
    smaller = make_new_wards()
    smaller.frame.loc["00003", "geometry"] = box(2, 0, 3, 1)
    carried, findings = carry(joined, make_crosswalk(), smaller)
    assert carried.tally()["outside"] == 1.0
    assert list_codes(findings) == ["CarriedByPlace", "CarriedOutside"]


def test_a_ward_given_to_the_nearest_may_be_again() -> None:
    rows = make_joined(["00001"], [1]).rows.assign(
        longitude=104.9995, latitude=10.005, method="nearest", distance_m=54.8
    )
    joined = replace(make_joined([], []), rows=rows, by_place=True)
    carried, _ = carry(joined, make_crosswalk(), make_new_wards())
    assert carried.rows[["ward_code", "method"]].to_numpy().tolist() == [["00001", "nearest"]]


def test_new_wards_with_a_silent_part_are_named() -> None:
    _, findings = carry(
        make_joined(["00001", "00003", "00006"], [1, 1, 1]), make_crosswalk(), make_new_wards()
    )
    told = {finding.code: finding for finding in findings}
    assert told["CarriedPartsSilent"].seen == "Phường Hòa Bình, Phường Năm"
    days = {"start": pd.Timestamp("2022-01-05"), "end": pd.Timestamp("2022-01-05")}
    single = make_joined(["00001", "00003", "00006"], [1, 1, 1], **days)
    assert list_codes(carry(single, make_crosswalk(), make_new_wards())[1]) == []


@pytest.mark.parametrize(
    ("version", "new_version", "reason"),
    [
        (None, NEW_VERSION, "version"),
        ("mau-1999", NEW_VERSION, "version"),
        ("mau-2022", "mau-2030", "version"),
        ("mau-2022", None, "version"),
        (NEW_VERSION, NEW_VERSION, "backwards"),
        ("mau-2022", "mau-2022", "backwards"),
    ],
)
def test_only_facts_of_the_old_version_go_to_the_new_one(
    version: str | None, new_version: str | None, reason: str
) -> None:
    joined = make_joined(["00001"], [1], version=version)
    with pytest.raises(NotComparable) as refusal:
        carry(joined, make_crosswalk(), make_new_wards(version=new_version))
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (NO_WEIGHT, "no_weight"),
        (PARTS[:4], "missing"),
        ([*PARTS[:5], ("00005", "00003", False, 0.1, 0.5)], "weights"),
    ],
)
def test_a_ward_that_the_crosswalk_cannot_lead_on_is_refused(parts: list[tuple], reason: str) -> None:
    with pytest.raises(BrokenCrosswalk) as refusal:
        carry(make_joined(["00001", "00005"], [1, 1]), make_crosswalk(parts), make_new_wards())
    assert (refusal.value.reason, refusal.value.facts["seen"]) == (reason, "00005")
    carried, _ = carry(make_joined(["00001"], [1]), make_crosswalk(parts), make_new_wards())
    assert sum_by_ward(carried) == {"00001": 1.0}


def test_a_status_is_not_carried_but_counted_among_the_old_parts() -> None:
    joined = make_joined(
        list(CODES),
        [1] * 6,
        kind="status",
        year=2022.0,
        status=["dang_chuyen_hoa", "khong_thuoc_dien", "duy_tri", "khong_thuoc_dien", "tot", None],
    )
    with pytest.raises(NotComparable) as refusal:
        carry(joined, make_crosswalk(), make_new_wards())
    assert refusal.value.reason == "status"
    names = make_wards().frame["ward_name"]
    expected = pd.DataFrame(
        {
            "n_old_units": [2, 3, 2],
            "n_old_in_programme": [1, 2, 1],
            "n_old_unknown": [0, 1, 0],
            "old_names": ["Phường Một", "Xã Tân Thới, Phường 5", "Phường 5"],
        },
        index=pd.Index(NEW_CODES, name="new_code"),
    )
    counted = count_status([joined], make_crosswalk(), year=2022, names=names)
    pd.testing.assert_frame_equal(counted, expected, check_dtype=False)
    without_names = count_status([joined], make_crosswalk())
    assert without_names["old_names"].tolist() == ["00001", "00003, 00005", "00005"]
    assert count_status([joined], make_crosswalk(), year=2021)["n_old_unknown"].tolist() == [2, 3, 2]
    assert count_status([], make_crosswalk()).empty
    with pytest.raises(NotComparable):
        count_status([replace(joined, version=NEW_VERSION)], make_crosswalk())


def test_only_units_of_whole_wards_can_be_compared_across_versions() -> None:
    assert find_whole(make_crosswalk()).to_dict() == {"00001": True, "00003": False, "00005": False}


@st.composite
def crosswalks(draw: st.DrawFn) -> list[tuple[str, str, bool, float, float]]:
    """Every old ward whole, or divided among two or three new ones by weights summing to 1."""
    parts = []
    for code in CODES:
        new = draw(st.lists(st.sampled_from(NEW_CODES), min_size=1, max_size=3, unique=True))
        shares = draw(st.lists(st.integers(1, 99), min_size=len(new), max_size=len(new)))
        has_people = draw(st.booleans())
        for place, share in zip(new, shares, strict=True):
            weight = 1.0 if len(new) == 1 else share / sum(shares)
            parts.append((code, place, len(new) == 1, weight if has_people or len(new) == 1 else NAN, weight))
    return parts


ROWS = st.lists(
    st.tuples(st.sampled_from([*CODES, None]), st.integers(0, 5_000) | st.just(NAN)), min_size=1, max_size=40
)


@settings(max_examples=80, deadline=None)
@given(parts=crosswalks(), rows=ROWS)
def test_carried_totals_are_kept_whatever_the_weights(
    parts: list[tuple[str, str, bool, float, float]], rows: list[tuple[str | None, float]]
) -> None:
    joined = make_joined(*zip(*rows, strict=True))
    carried, _ = carry(joined, make_crosswalk(parts), make_new_wards())
    before, after = joined.tally(), carried.tally()
    assert after == pytest.approx(before)
    assert carried.tally_rows() == joined.tally_rows()
    left = joined.rows["outcome"] != "joined"
    kept = carried.rows[carried.rows["outcome"] != "joined"].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, joined.rows[left].reset_index(drop=True), check_dtype=False)


@settings(max_examples=80, deadline=None)
@given(rows=ROWS)
def test_carrying_whole_wards_is_summing_them(rows: list[tuple[str | None, float]]) -> None:
    joined = make_joined(*zip(*rows, strict=True))
    carried, _ = carry(joined, make_crosswalk(WHOLE_ONLY), make_new_wards())
    into = {old: new for old, new, *_ in WHOLE_ONLY}
    expected = joined.rows.groupby(joined.rows["ward_code"].map(into))["n"].sum(min_count=1)
    found = count_by_ward(pd.Index(NEW_CODES), [carried], None, EVERY_CRIME)
    np.testing.assert_array_equal(found, expected.reindex(NEW_CODES))
    assert set(carried.rows["method"]) <= {"whole", "none"}
