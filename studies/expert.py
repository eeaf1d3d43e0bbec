"""The analyst's second look, folded away from leaders' pages: likeness of neighbours, inequality, small
numbers beside steadied ones, and what changed beyond like wards."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from errors import NoData, NotComparable
from geo import indicators as ind
from geo.cluster_search import pick_values, weigh_neighbours
from geo.derive import Derived, derive
from geo.measure import Measured
from geo.stats.autocorrelation import global_moran
from geo.stats.comparison import choose_comparison, displacement_ring
from geo.stats.concentration import gini, share_if_equal
from geo.stats.evaluation import WDD, displacement_difference
from geo.stats.regression_to_mean import expected_fall_pct
from geo.stats.small_numbers import funnel_curve
from i18n.messages import Words
from layers.naming import name_with_type, write_value
from studies.change_words import write_evaluation
from studies.concentration_words import compare_with_chance
from studies.ranking import qualify_value

SURE_P = 0.05
DISTINCT = 0.001


@dataclass(frozen=True)
class Funnel:
    """points: index ward_code; name, population, rate (per 10,000), position. limits: `funnel_curve`, per
    10,000. mean_per_10k: of the whole area."""

    points: pd.DataFrame
    limits: pd.DataFrame
    mean_per_10k: float


@dataclass(frozen=True)
class SmoothRow:
    """A ward's rate as it is, and steadied by the area and by its neighbours; final text."""

    name: str
    n: str
    population: str
    raw: str
    steadied: str
    steadied_locally: str


@dataclass(frozen=True)
class Evaluation:
    """What is known of treated wards beside like ones. sentence: the remark in words; notes: how it was
    made. comparison, ring: ward codes."""

    difference: WDD
    sentence: str
    comparison: tuple[str, ...]
    ring: tuple[str, ...]
    notes: tuple[str, ...]


def write_moran(derived: Derived, words: Words) -> str:
    """Whether wards resemble their neighbours over the whole area, both sides looked at. Raises NoData,
    TooFewWards."""
    values, _ = pick_values(derived.measured, derived.chance.basis if derived.chance else None)
    moran = global_moran(values, weigh_neighbours(derived.measured.frame).by_row())
    p = 2 * moran.p_random_one_sided
    if math.isnan(p):
        return words("expert.moran_unknown")
    key = "none" if p > SURE_P else "alike" if moran.i > moran.expected else "unlike"
    return words(
        f"expert.moran_{key}",
        i=words.signed(moran.i, decimals=2),
        p=words.number(p, decimals=3) if p >= DISTINCT else words("expert.below", p=words.plain(DISTINCT)),
        n=moran.n,
    )


def write_gini(measured: Measured, words: Words) -> str:
    """How unequally incidents are spread, beside what chance and equality would give."""
    n = measured.frame["n_incidents"].dropna()
    fifth = math.ceil(len(n) / ind.TOP_SHARE)
    chance = compare_with_chance(n, fifth)
    if chance is None:
        return words("headline.none") + words("headline.stop")
    held = n.sort_values(ascending=False).iloc[:fifth].sum() / n.sum()
    return words(
        "expert.gini",
        gini=words.number(gini(n), decimals=2),
        fifth=fifth,
        held=words.number(100 * held),
        chance=words.number(100 * chance.expected),
        equal=words.number(100 * share_if_equal(fifth, len(n))),
    )


def make_funnel(measured: Measured, words: Words) -> Funnel:
    """Rates against residents, with the limits that chance keeps to. Raises NoData without residents."""
    frame = derive(measured, ["funnel_position"]).measured.frame
    known = frame[frame["funnel_position"].notna()]
    if known.empty:
        raise NoData("lacks_population", key="funnel_position")
    mean = float(known["n_incidents"].sum() / known["population"].sum())
    points = pd.DataFrame(
        {
            "name": [_name(frame, code, words) for code in known.index],
            "population": known["population"],
            "rate": ind.rate(known["n_incidents"], known["population"], per=ind.PER_10K),
            "position": known["funnel_position"],
        }
    )
    limits = funnel_curve(known["population"], mean, per=ind.PER_10K)
    return Funnel(points, limits, mean * ind.PER_10K)


def list_smooth(measured: Measured, words: Words) -> list[SmoothRow]:
    """Every ward with a rate, the highest raw rate first; estimates are marked, and a ward with many visitors
    has no steadied rate. Raises NoData without residents."""
    keys = ["incidents_per_10k_eb", "incidents_per_10k_eb_local"]
    frame = derive(measured, keys).measured.frame
    ordered = frame[frame["incidents_per_10k"].notna()].sort_values(
        "incidents_per_10k", ascending=False, kind="stable"
    )

    def write(row: pd.Series, key: str) -> str:
        return qualify_value(row, key, write_value(key, row[key], words), words)

    return [
        SmoothRow(
            _name(frame, str(code), words),
            write(row, "n_incidents"),
            words.number(row["population"]),
            *(write(row, key) for key in ("incidents_per_10k", *keys)),
        )
        for code, row in ordered.iterrows()
    ]


def evaluate(measured: Measured, treated: Sequence[str], words: Words) -> Evaluation:
    """The chosen wards before and after, against wards like them that do not border them.

    Before and after are the two periods of the question; comparison wards are chosen on the period before.
    Raises NotComparable (reason `no_previous`), NoData (reason `treated`: a chosen ward lacks a figure),
    TooFewWards.
    """
    if "n_incidents_previous" not in measured.frame:
        raise NotComparable("no_previous")
    frame = _keep_compared(measured.frame, treated, words)
    weights = weigh_neighbours(frame)
    base = frame.assign(n_incidents=frame["n_incidents_previous"])
    comparison = choose_comparison(base, treated, weights)
    ring = displacement_ring(treated, weights)
    period, previous = measured.question.period, measured.question.previous
    now, before = frame["n_incidents"], frame["n_incidents_previous"]
    difference = displacement_difference(
        before[list(treated)],
        now[list(treated)],
        before[list(comparison)],
        now[list(comparison)],
        days_before=float(previous.n_days) if previous else 1.0,
        days_after=float(period.n_days) if period else 1.0,
    )
    fall = expected_fall_pct(before, len(treated))
    notes = [
        words("expert.before_after", **_tell_counts(frame, treated, words)),
        words("expert.comparison", names=_list_names(frame, comparison, words),
              **_tell_counts(frame, comparison, words)),
        words("expert.ring", names=_list_names(frame, ring, words), **_tell_counts(frame, ring, words))
        if ring else words("expert.no_ring"),
    ]  # fmt: skip
    if not math.isnan(fall):
        notes.append(words("expert.fall", pct=words.number(fall)))
    return Evaluation(difference, write_evaluation(difference, words), comparison, ring, tuple(notes))


def _keep_compared(frame: gpd.GeoDataFrame, treated: Sequence[str], words: Words) -> gpd.GeoDataFrame:
    """The wards of which a change may be told: both counts known, neither a share that was estimated."""
    known = frame[frame["n_incidents_difference"].notna()]
    full = known.index[known["population"] > 0]
    if lacking := [code for code in treated if code not in full]:
        raise NoData("treated", names=_list_names(frame, lacking, words))
    return known


def _tell_counts(frame: pd.DataFrame, codes: Sequence[str], words: Words) -> dict[str, object]:
    counts = frame.loc[list(codes), ["n_incidents_previous", "n_incidents"]].sum()
    return {"before": words.number(counts.iloc[0]), "after": words.number(counts.iloc[1])}


def _name(frame: pd.DataFrame, code: str, words: Words) -> str:
    return name_with_type(str(frame.at[code, "ward_name"]) or code, words)


def _list_names(frame: pd.DataFrame, codes: Sequence[str], words: Words) -> str:
    return ", ".join(_name(frame, code, words) for code in codes)
