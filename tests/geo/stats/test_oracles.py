"""Published values of Getis-Ord and Moran statistics, each within its tolerance.

The list stands in the real data (stats/expected.json); empirical Bayes and excess risk are proved with the
small numbers.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.stats.autocorrelation import Moran, global_moran
from geo.stats.clusters import gi, gi_star
from geo.stats.neighbours import distance_band
from geo.stats.weights import Weights, make_weights
from tests.geo.stats.peers import from_pysal, read_example

ROW = 119
SMALL_NUMBERS = {"sids2_EB5", "sids2_excess_risk5"}
GI = [f"getisord_Gi_{distance}" for distance in (30, 60, 90, 120, 150)]
GI_STAR = ["getisord_Gistar_30", "getisord_Gistar_30_book"]
MORAN = ["sids2_moran_SIDR74", "stl_moran_HR8893", "sids2_moran_rate"]
COLUMBUS = ["columbus_moran_W", "columbus_moran_B"]

pytestmark = pytest.mark.real_data


def read_entry(real_data: Path, entry_id: str) -> tuple[list[float], float]:
    """The published numbers and how far from them an answer may lie."""
    entries = json.loads((real_data / "stats" / "expected.json").read_text(encoding="utf-8"))
    entry = next(entry for entry in entries if entry["id"] == entry_id)
    return np.atleast_1d(entry["expected"]).tolist(), entry["tolerance"]


def test_every_entry_of_the_list_is_proved(real_data: Path) -> None:
    entries = json.loads((real_data / "stats" / "expected.json").read_text(encoding="utf-8"))
    assert {entry["id"] for entry in entries} == {*GI, *GI_STAR, *MORAN, *COLUMBUS, *SMALL_NUMBERS}


def read_getis_ord(real_data: Path, distance_m: float) -> tuple[pd.Series, Weights]:
    table = pd.read_csv(real_data / "stats" / "data" / "getisord_go_xyz.csv")
    codes = pd.Index([f"{place:03d}" for place in table.index])
    weights = distance_band(table["x"].to_numpy(), table["y"].to_numpy(), codes, distance_m)
    return table["val"].set_axis(codes), weights


@pytest.mark.parametrize("entry_id", GI)
def test_gi_is_as_published(entry_id: str, real_data: Path) -> None:
    values, weights = read_getis_ord(real_data, float(entry_id.rsplit("_", 1)[1]))
    expected, tolerance = read_entry(real_data, entry_id)
    assert gi(values, weights).iloc[ROW] == pytest.approx(expected[0], abs=tolerance)


@pytest.mark.parametrize(("entry_id", "ddof"), [(GI_STAR[0], 0), (GI_STAR[1], 1)])
def test_gi_star_is_as_published_with_either_variance(entry_id: str, ddof: int, real_data: Path) -> None:
    values, weights = read_getis_ord(real_data, 30)
    expected, tolerance = read_entry(real_data, entry_id)
    assert gi_star(values, weights, ddof=ddof).iloc[ROW] == pytest.approx(expected[0], abs=tolerance)


def standardise_rates(n: pd.Series, at_risk: pd.Series) -> pd.Series:
    """Assunção & Reis (1999): rates less the mean, over the spread that chance gives each."""
    rate, mean = n / at_risk, n.sum() / at_risk.sum()
    between = (at_risk * (rate - mean) ** 2).sum() / at_risk.sum() - mean / at_risk.mean()
    variance = between + mean / at_risk
    return (rate - mean) / variance.where(variance >= 0, mean / at_risk) ** 0.5


def measure_example(entry_id: str) -> Moran:
    if entry_id.startswith("stl"):
        reference, table = read_example("stl", "stl_hom.dbf")
        values = table["HR8893"]
    else:
        reference, table = read_example("sids2", "sids2.dbf")
        rates = standardise_rates(table["SID79"], table["BIR79"])
        values = rates if entry_id.endswith("rate") else table["SIDR74"]
    weights = from_pysal(reference).by_row()
    return global_moran(values.astype(float).set_axis(weights.codes), weights)


@pytest.mark.parametrize("entry_id", MORAN)
def test_moran_and_its_one_sided_p_are_as_published(entry_id: str, real_data: Path) -> None:
    moran = measure_example(entry_id)
    expected, tolerance = read_entry(real_data, entry_id)
    assert [moran.i, moran.p_normal_one_sided] == pytest.approx(expected, abs=tolerance)


@pytest.mark.parametrize("entry_id", COLUMBUS)
def test_moran_of_columbus_and_its_moments_are_as_published(entry_id: str, real_data: Path) -> None:
    table = pd.read_csv(real_data / "stats" / "data" / "columbus_oldcol.csv")
    near = [np.array(text.split(), dtype=np.int64) - 1 for text in table["COL_nb"].astype(str)]
    rows = np.repeat(np.arange(len(near)), [len(places) for places in near])
    codes = pd.Index([f"{place:02d}" for place in table.index])
    weights = make_weights(rows, np.concatenate(near), codes, rule="queen")
    is_by_row = entry_id.endswith("W")
    moran = global_moran(table["CRIME"].set_axis(codes), weights.by_row() if is_by_row else weights)
    expected, tolerance = read_entry(real_data, entry_id)
    full = [moran.i, moran.expected, moran.variance_random, moran.variance_normal]
    found = full if is_by_row else [moran.i, moran.variance_random]
    assert found == pytest.approx(expected, abs=tolerance)
