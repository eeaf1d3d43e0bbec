"""Rates as a city publishes them, and as a pencil finds them on the six wards."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.indicators import PER_10K, rate
from tests.mau import CODES, RESIDENTS, make_wards

PER_100K = 100_000
KINDS = ("AutoTheft", "BreakAndEnter", "Robbery", "TheftOver", "Homicide", "Shooting")


@pytest.fixture(scope="module")
def toronto(real_data: Path) -> pd.DataFrame:
    """The published table with its slips of spelling mended: `RobberyRate_2015`, `Shootings_Rate2015`."""
    table = pd.read_csv(real_data / "cities/toronto/published_neighbourhood_crime_rates_2014_2020.csv")
    mended = table.columns.str.replace("Shootings_", "Shooting_").str.replace("Rate_", "_Rate")
    return table.set_axis(mended, axis=1)


def find_difference(table: pd.DataFrame, kind: str, year: int, population: pd.Series) -> pd.Series:
    published = table[f"{kind}_Rate{year}"]
    return (rate(table[f"{kind}_{year}"], population, per=PER_100K) - published).abs()


def find_residents(table: pd.DataFrame, year: int) -> pd.Series:
    return (table[f"Assault_{year}"] / table[f"Assault_Rate{year}"] * PER_100K).round()


@pytest.mark.real_data
@pytest.mark.parametrize("kind", ["Assault", *KINDS])
def test_torontos_rates_of_2020_are_per_100_000_of_the_projected_population(
    kind: str, toronto: pd.DataFrame
) -> None:
    population = toronto["F2020_Population_Projection"].astype(float)
    assert len(population) == 140
    assert find_difference(toronto, kind, 2020, population).max() <= 5e-4


@pytest.mark.real_data
@pytest.mark.parametrize("year", range(2014, 2020))
def test_torontos_earlier_rates_share_one_whole_population_a_year(year: int, toronto: pd.DataFrame) -> None:
    """The residents of those years are not published: assaults tell them, the other kinds prove them. The
    homicides of 2018 are left to the next test."""
    people = find_residents(toronto, year)
    for kind in KINDS:
        if (kind, year) != ("Homicide", 2018):
            assert find_difference(toronto, kind, year, people).max() <= 5e-4


@pytest.mark.real_data
def test_torontos_homicides_of_2018_contradict_their_own_rates(toronto: pd.DataFrame) -> None:
    """97 are counted, the rates are of 79: a slip of the publisher, not of the formula."""
    people = find_residents(toronto, 2018)
    assert toronto["Homicide_2018"].sum() == 97
    assert (toronto["Homicide_Rate2018"] * people / PER_100K).sum() == pytest.approx(79, abs=1e-4)
    assert (find_difference(toronto, "Homicide", 2018, people) > 5e-4).sum() == 71


def test_rates_of_the_six_wards_by_hand() -> None:
    frame = make_wards().frame
    n = pd.Series([1, 3, 0, 7, 12, np.nan], index=frame.index, dtype=float)
    per_10k = rate(n, frame["population"], per=PER_10K)
    by_hand = [1 / 1_000 * 10_000, 3 / 2_000 * 10_000, 0.0, 7 / 5_000 * 10_000, 12 / 10_000 * 10_000, np.nan]
    np.testing.assert_allclose(per_10k, by_hand)
    assert per_10k.index.tolist() == list(CODES)
    # 0.01° of latitude 10° N is 1,105.9 m, of longitude 1,096.4 m: a ward has 1.2125 km²
    np.testing.assert_allclose(rate(n, frame["area_km2"]), n / 1.2125, rtol=1e-3)
    nobody = frame["population"].where(frame["population"] != RESIDENTS[0], 0)
    assert np.isnan(rate(n, nobody).iloc[0])
