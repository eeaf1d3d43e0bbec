"""Installed, working, of use: each counted where it is told."""

import datetime as dt

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.cover.steps import COLUMNS, Steps, three_steps
from geo.frames import Joined
from tests.geo.cover.eyes import NAN

INDEX = pd.Index(["A", "B", "C"], name="ward_code")
TODAY = dt.date(2026, 3, 31)


def make_joined(*, by_place: bool, **columns: list[object]) -> Joined:
    rows = pd.DataFrame(columns)
    rows["row"] = np.arange(len(rows))
    if "outcome" not in rows:
        rows["outcome"] = "joined"
    if "n" not in rows:
        rows["n"] = 1.0
    rows["checked_on"] = pd.to_datetime(columns.get("checked_on", [None] * len(rows))).astype(
        "datetime64[us]"
    )
    return Joined("cameras", rows, by_place=by_place)


def count(*files: Joined, stored_days: float = 30) -> Steps:
    return three_steps(files, INDEX, stored_days=stored_days, today=TODAY)


POINTS = make_joined(
    by_place=True,
    ward_code=["A", "A", "A", "B", None],
    outcome=["joined", "joined", "joined", "joined", "outside"],
    n_working=[1.0, 1.0, 0.0, NAN, 1.0],
    n_connected=[0.0, NAN, 1.0, NAN, 1.0],
    n_live=[0.0, NAN, NAN, NAN, 1.0],
    stored_days=[29.0, 30.0, 90.0, NAN, 90.0],
    checked_on=["2026-03-01", "2026-03-21", None, None, "2020-01-01"],
)


def test_points_are_counted_camera_by_camera() -> None:
    steps = count(POINTS)
    expected = pd.DataFrame(
        {
            "n_installed": [3.0, 1.0, 0.0],
            "n_working": [2.0, NAN, 0.0],
            "n_unknown": [0.0, 1.0, 0.0],
            "n_live": [0.0, NAN, 0.0],
            "n_stored": [2.0, NAN, 0.0],
            "n_connected": [1.0, NAN, 0.0],
            "n_usable": [1.0, NAN, 0.0],
            "n_use_unknown": [0.0, 1.0, 0.0],
            "newest_check": pd.to_datetime(["2026-03-21", None, None]).astype("datetime64[us]"),
            "oldest_check": pd.to_datetime(["2026-03-01", None, None]).astype("datetime64[us]"),
            "check_age_days": [20.0, NAN, NAN],
            "n_checked": [2.0, 0.0, 0.0],
        },
        index=INDEX,
    )
    pd.testing.assert_frame_equal(steps.wards, expected)


def test_the_whole_area_is_counted_like_one_ward() -> None:
    area = count(POINTS).area
    assert area[["n_installed", "n_working", "n_unknown", "n_stored", "n_usable"]].tolist() == [4, 2, 1, 2, 1]
    assert area["check_age_days"] == 20


def test_how_many_days_are_long_enough_is_for_the_asker_to_say() -> None:
    assert count(POINTS, stored_days=29).wards.loc["A", ["n_stored", "n_usable"]].tolist() == [3, 2]
    assert count(POINTS, stored_days=60).wards.loc["A", "n_usable"] == 0


def test_a_table_of_sums_comes_before_points_and_wards_it_does_not_list_are_unknown() -> None:
    table = make_joined(
        by_place=False,
        ward_code=["A", "B"],
        n=[100.0, 20.0],
        n_working=[80.0, NAN],
        n_live=[10.0, 5.0],
        n_stored=[50.0, NAN],
        n_connected=[90.0, NAN],
    )
    wards = count(table, POINTS).wards
    assert wards.loc["A", list(COLUMNS[:7])].tolist() == [100, 80, 0, 10, 50, 90, 80]
    assert wards.loc["B", ["n_installed", "n_unknown", "n_live", "n_usable"]].tolist() == [20, 20, 5, 5]
    assert wards.loc["B", "n_use_unknown"] == 0
    assert wards.loc["C", list(COLUMNS[:7])].isna().all()
    assert wards.loc["C", "n_checked"] == 0


def test_files_that_tell_neither_watching_nor_storing_nor_connection_leave_use_unknown() -> None:
    plain = make_joined(by_place=True, ward_code=["A"], n_working=[1.0])
    steps = count(plain)
    assert steps.wards.loc["A", ["n_installed", "n_working"]].tolist() == [1, 1]
    assert steps.wards[["n_live", "n_stored", "n_connected", "n_usable"]].isna().all(axis=None)
    assert steps.wards["n_use_unknown"].tolist() == [1, 0, 0]
    assert steps.wards.loc["B", ["n_installed", "n_working", "n_unknown"]].tolist() == [0, 0, 0]


def test_without_files_nothing_is_known() -> None:
    steps = count()
    assert steps.wards.drop(columns="n_checked").isna().all(axis=None)
    assert steps.area.isna().all()


told = st.sampled_from([0.0, 1.0, NAN])


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ABC"), told, told, told, told), min_size=1, max_size=20))
def test_each_step_is_no_longer_than_the_one_before(
    rows: list[tuple[str, float, float, float, float]],
) -> None:
    names = ("ward_code", "n_working", "n_live", "n_stored", "n_connected")
    steps = count(
        make_joined(by_place=True, **dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
    )
    wards = steps.wards[list(COLUMNS[:7])].fillna(0.0)
    assert (wards["n_working"] + wards["n_unknown"] <= wards["n_installed"]).all()
    assert (wards["n_usable"] <= wards["n_working"] + wards["n_unknown"]).all()
    assert (wards["n_usable"] + steps.wards["n_use_unknown"] <= wards["n_installed"]).all()
    for name in ("n_installed", "n_working", "n_unknown", "n_usable"):
        assert wards[name].sum() == np.nan_to_num(steps.area[name])
