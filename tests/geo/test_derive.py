"""What counts say once chance and neighbours are weighed. Expected values fit in the head: see grid_city."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from errors import AppError, NoData, TooFewWards, UnknownIndicator
from geo.cluster_search import pick_values
from geo.derive import NEEDS, derive
from geo.frames import Joined, Wards
from geo.measure import Measured, measure
from geo.question import Question, Selection
from tests.grid_city import BUSY, CODES, FOUND, busy_corner, make_counts, make_grid, year
from tests.mau import CODES as SIX
from tests.mau import make_wards

NOW = year(2022)
GI = ["gi_star_z", "gi_star_cluster"]
KEYS = ["gi_star_cluster", "funnel_position", "incidents_per_10k_eb"]


def measure_now(*facts: Joined, wards: Wards | None = None, chosen: Selection | None = None) -> Measured:
    return measure(wards or make_grid(), facts, Question(NOW, chosen=chosen or Selection()))


def of(counts: Mapping[str, float], **told: str) -> Joined:
    return make_counts({NOW: counts}, **told)


def find_high(measured: Measured, **options: object) -> list[str]:
    frame = derive(measured, GI, **options).measured.frame  # type: ignore[arg-type]
    return list(frame.index[frame["gi_star_cluster"] == "high"])


def test_wards_whose_neighbours_are_all_busy_are_a_cluster_and_its_edge_is_not() -> None:
    derived = derive(measure_now(of(busy_corner())), [*GI, "local_moran_cluster", "local_moran_i"])
    frame, chance = derived.measured.frame, derived.chance
    assert frame["gi_star_cluster"].value_counts().to_dict() == {"none": 33, "high": 3}
    assert list(frame.index[frame["local_moran_cluster"] == "high_high"]) == FOUND
    # mean 9.75, variance (9·20.25² + 27·6.75²)/36 = 136.69; 9·20.25/√(136.69·9·27/35)
    assert frame.at["r11", "gi_star_z"] == pytest.approx(5.916, abs=1e-3)
    # (n − 1)·d·lag/Σd² with d = lag = 20.25 in rates as in counts
    assert frame.at["r11", "local_moran_i"] == pytest.approx(35 * 20.25**2 / (36 * 136.6875))
    assert chance is not None
    assert (chance.basis, chance.is_reported, chance.n_wards, chance.islands) == (
        "incidents_per_10k", False, 36, (),
    )  # fmt: skip
    assert (chance.seed, chance.n_permutations, chance.false_discoveries) == (138, 9_999, 0.05)


def test_with_few_draws_no_small_cluster_can_be_named() -> None:
    measured = measure_now(of(busy_corner()))
    assert find_high(measured, n_permutations=999) == FOUND
    # The smallest two-sided p of 99 draws is 0.02; three of thirty-six wards need 0.05·3/36 = 0.004.
    assert find_high(measured, n_permutations=99) == []


def test_rates_are_asked_where_residents_are_known_so_a_crowded_corner_is_no_cluster() -> None:
    wards = make_grid()
    wards.frame.loc[list(BUSY), "population"] = 10_000.0
    measured = measure_now(of(busy_corner()), wards=wards)
    assert find_high(measured) == []
    assert find_high(measured, basis="n_incidents") == FOUND


@pytest.mark.parametrize(("silent", "basis"), [("r55", "incidents_per_10k"), ("", "n_incidents")])
def test_one_ward_with_incidents_and_without_residents_turns_to_counts(silent: str, basis: str) -> None:
    wards = make_grid()
    wards.frame.loc["r55", "population"] = np.nan
    counts = {code: n for code, n in busy_corner().items() if code != silent}
    values, chance = pick_values(measure_now(of(counts), wards=wards), None)
    assert chance.basis == basis
    assert values.isna().sum() == (1 if silent else 0)


def test_where_visitors_are_many_nothing_is_sought_or_judged_per_resident() -> None:
    measured = replace(measure_now(of(busy_corner())), visitor_wards=frozenset({"r00", "r55"}))
    values, chance = pick_values(measured, None)
    assert list(values.index[values.isna()]) == ["r00", "r55"]
    assert (chance.visited, chance.n_wards) == (("r00", "r55"), 34)
    frame = derive(measured, KEYS).measured.frame
    assert frame.loc[["r00", "r55"], KEYS].isna().all(axis=None)
    assert frame.drop(index=["r00", "r55"])[KEYS].notna().all(axis=None)
    counts, counted = pick_values(measured, "n_incidents")
    assert counts.notna().all()
    assert counted.visited == ()


def test_discovered_incidents_make_no_cluster_beside_a_file_that_tells_nothing() -> None:
    raids = {code: 500.0 if code in ("r44", "r45", "r54", "r55") else 0.0 for code in CODES}
    measured = measure_now(of(busy_corner()), of(raids, known_by="discovered"))
    assert measured.frame["n_incidents"].sum() == 351 + 2_000
    values, chance = pick_values(measured, "n_incidents")
    assert values.to_dict() == busy_corner()
    assert (chance.is_reported, chance.n_untold) == (True, 351.0)
    assert find_high(measured) == FOUND


def test_where_all_is_told_the_reported_ones_are_what_is_sought_in() -> None:
    told = of(busy_corner(), known_by="reported")
    measured = measure_now(told, of(dict.fromkeys(CODES, 7.0), known_by="discovered"))
    values, chance = pick_values(measured, "n_incidents")
    assert values.to_dict() == busy_corner()
    assert (chance.is_reported, chance.n_untold) == (True, 0.0)


def test_choosing_reported_incidents_says_so_and_discovered_ones_alone_are_refused() -> None:
    facts = of(busy_corner(), known_by="reported"), of(busy_corner(), known_by="discovered")
    reported = measure_now(*facts, chosen=Selection(known_by="reported"))
    assert pick_values(reported, "n_incidents")[0].to_dict() == busy_corner()
    assert pick_values(reported, None)[1].is_reported
    with pytest.raises(NoData) as refused:
        derive(measure_now(*facts, chosen=Selection(known_by="discovered")), GI)
    assert refused.value.reason == "only_discovered"


@pytest.mark.parametrize("n", [0.0, 4.0])
def test_where_every_ward_is_alike_there_is_no_cluster(n: float) -> None:
    frame = derive(measure_now(of(dict.fromkeys(CODES, n))), [*GI, "local_moran_cluster"]).measured.frame
    assert set(frame["gi_star_cluster"]) == set(frame["local_moran_cluster"]) == {"none"}
    assert frame["gi_star_z"].isna().all()


def test_a_ward_without_neighbours_is_named_and_one_without_figures_stays_unknown() -> None:
    counts = {code: n for code, n in busy_corner().items() if code != "r50"}
    derived = derive(measure_now(of(counts), wards=make_grid(apart=["r55"])), GI)
    frame, chance = derived.measured.frame, derived.chance
    assert frame["gi_star_cluster"].to_dict() == {
        code: "island" if code == "r55" else None if code == "r50" else "high" if code in FOUND else "none"
        for code in CODES
    }
    assert frame.index[frame["gi_star_z"].isna()].to_list() == ["r50", "r55"]
    assert chance is not None
    assert (chance.islands, chance.n_wards) == (("r55",), 35)


def test_six_wards_are_too_few_to_look_for_clusters() -> None:
    counts = make_counts({NOW: dict.fromkeys(SIX, 5.0)})
    with pytest.raises(TooFewWards) as refused:
        derive(measure(make_wards(), [replace(counts, version=None)], Question(NOW)), GI)
    assert refused.value.facts == {"n": 6, "needed": 8}


@pytest.mark.parametrize(
    ("key", "error", "reason"),
    [
        ("incidents_per_10k_eb", NoData, "lacks_population"),
        ("funnel_position", NoData, "lacks_population"),
        ("incidents_ratio_low", NoData, "lacks_n_incidents_difference"),
        ("incidents_and_cameras", NoData, "lacks_cameras_per_km2"),
        ("years_in_top_fifth", NoData, "history"),
        ("clearance_pct", UnknownIndicator, "derived"),
        ("emerging_pattern", UnknownIndicator, "derived"),
    ],
)
def test_what_cannot_be_made_is_refused_by_what_it_lacks(
    key: str, error: type[AppError], reason: str
) -> None:
    with pytest.raises(error) as refused:
        derive(measure_now(of(busy_corner()), wards=make_grid(residents=np.nan)), [key])
    assert (refused.value.reason, refused.value.facts["key"]) == (reason, key)


def test_an_unknown_basis_is_refused_whatever_is_asked() -> None:
    with pytest.raises(UnknownIndicator, match="basis"):
        derive(measure_now(of(busy_corner())), ["n_incidents"], basis="cameras_per_km2")


def test_columns_that_are_there_are_kept_but_clusters_follow_the_basis_named() -> None:
    held = measure_now(of(busy_corner()))
    held = replace(held, frame=held.frame.assign(gi_star_cluster="low", funnel_position="below"))
    kept = derive(held, ["gi_star_cluster", "funnel_position"])
    assert set(kept.measured.frame["gi_star_cluster"]) == {"low"}
    assert kept.chance is None
    named = derive(held, ["gi_star_cluster", "funnel_position"], basis="n_incidents")
    assert set(named.measured.frame["funnel_position"]) == {"below"}
    assert list(named.measured.frame.index[named.measured.frame["gi_star_cluster"] == "high"]) == FOUND
    assert named.chance is not None
    assert named.chance.basis == "n_incidents"


def test_the_ratio_is_per_day_and_its_interval_is_exact() -> None:
    before = {"r00": 5.0, "r01": 0.0, "r02": 4.0, "r03": 0.0}
    now = {"r00": 10.0, "r01": 3.0, "r03": 0.0}
    facts = make_counts({year(2021): before, NOW: now})
    measured = measure(make_grid(), [facts], Question(NOW, year(2021)))
    keys = ["incidents_ratio", "incidents_ratio_low", "incidents_ratio_high"]
    frame = derive(measured, keys).measured.frame
    low, high = frame.loc["r00", keys[1:]]
    assert stats.binom.sf(9, 15, low / (1 + low)) == pytest.approx(0.025)
    assert stats.binom.cdf(10, 15, high / (1 + high)) == pytest.approx(0.025)
    # 10 of 15 is p in 0.3838..0.8818, so p/(1 − p); 3 of 3 is p from 0.025^⅓ = 0.2924, without an upper end
    expected = [[2.0, 0.6229, 7.4573], [np.nan, 0.4132, np.nan], [np.nan] * 3, [np.nan] * 3]
    np.testing.assert_allclose(frame.loc[["r00", "r01", "r02", "r03"], keys], expected, atol=1e-4)


def test_no_ratio_is_told_where_no_difference_is() -> None:
    facts = make_counts({year(2021): {"r00": 5.0, "r01": 5.0}, NOW: {"r00": 10.0, "r01": 10.0}})
    measured = measure(make_grid(), [facts], Question(NOW, year(2021)))
    estimated = measured.frame["n_incidents_difference"].mask(measured.frame.index == "r01")
    measured = replace(measured, frame=measured.frame.assign(n_incidents_difference=estimated))
    frame = derive(measured, ["incidents_ratio", "incidents_ratio_low"]).measured.frame
    assert frame.loc["r00", "incidents_ratio"] == 2.0
    assert frame.loc["r01", ["incidents_ratio", "incidents_ratio_low"]].isna().all()


def test_small_numbers_are_judged_against_the_mean_of_the_whole_city() -> None:
    counts = {code: 40.0 if code == "r00" else 10.0 for code in CODES}
    keys = ["incidents_per_10k_eb", "incidents_per_10k_eb_local", "funnel_position"]
    frame = derive(measure_now(of(counts)), keys).measured.frame
    assert frame["funnel_position"].value_counts().to_dict() == {"within": 35, "far_above": 1}
    # m = 390/36 = 10.83; Σ(r − m)²/36 = 24.31; A = 24.31 − 10.83 = 13.47; 10.83 + 13.47/24.31·29.17
    assert frame.at["r00", "incidents_per_10k_eb"] == pytest.approx(270.0, abs=0.5)
    # r55 and its three neighbours are alike: nothing varies there, so the mean of the four stands
    assert frame.at["r55", "incidents_per_10k_eb_local"] == pytest.approx(100.0)


def test_years_in_the_top_fifth_come_with_the_counts_where_there_are_two_or_more() -> None:
    years = {year(2021): dict.fromkeys(CODES, 1.0) | {"r00": 9.0}, NOW: busy_corner()}
    frame = measure(make_grid(), [make_counts(years)], Question(NOW)).frame
    # 2021: eight wards make a fifth, and all but r00 are level; 2022: the eighth of 36 has thirty
    expected = {code: 2.0 if code in BUSY else 1.0 for code in CODES}
    assert frame["years_in_top_fifth"].to_dict() == expected
    assert "years_in_top_fifth" not in measure_now(of(busy_corner())).frame


@settings(max_examples=20, deadline=None)
@given(
    counts=st.lists(st.integers(0, 40) | st.just(-1), min_size=36, max_size=36),
    part=st.sampled_from([0.25, 1.0, 3.0]),
)
def test_clusters_do_not_depend_on_the_unit_nor_touch_what_is_there(counts: list[int], part: float) -> None:
    """Counts carried from other boundaries hold parts of ones; -1 stands for a ward without figures."""
    known = {code: float(n) for code, n in zip(CODES, counts, strict=True) if n >= 0}
    whole = measure_now(of(known | {"r00": 1.0, "r55": 2.0, **dict.fromkeys(CODES[10:18], 3.0)}))
    scaled = replace(whole, frame=whole.frame.assign(n_incidents=whole.frame["n_incidents"] * part))
    keys = [key for key, needs in NEEDS.items() if needs == ("n_incidents",)]
    found = derive(whole, keys, n_permutations=99, basis="n_incidents").measured.frame
    other = derive(scaled, keys, n_permutations=99, basis="n_incidents").measured.frame
    pd.testing.assert_frame_equal(found[keys], other[keys])
    pd.testing.assert_frame_equal(found[whole.frame.columns], whole.frame)
    assert found["gi_star_cluster"].isna().equals(whole.frame["n_incidents"].isna())
