"""How clusters came to be: the same search in each of the last periods, newest last."""

from dataclasses import dataclass, replace

import pandas as pd

from errors import TooFewPeriods
from geo.cluster_search import Chance, relate, subtract, weigh_neighbours
from geo.frames import Period
from geo.measure import Measured
from geo.periods import recognise
from geo.question import Selection
from geo.stats.clusters import find_gi_clusters
from geo.stats.emerging import LEAST_PERIODS, classify_patterns
from geo.stats.trend import mann_kendall
from studies.holdings import Holdings, find_calendar, is_covered, list_periods
from studies.reference import Count

MOST_PERIODS = 16
SCORE_DECIMALS = 9


@dataclass(frozen=True)
class Patterns:
    """column: one of emerging.PATTERNS per ward, None unknown. periods: newest last."""

    column: pd.Series
    periods: tuple[Period, ...]


def find_patterns(
    holdings: Holdings, measured: Measured, chance: Chance, chosen: Selection, count: Count
) -> Patterns:
    """The pattern of each ward over the last periods up to the one shown.

    Periods are of the longest kind of which the data cover ten. Clusters are those that `derive` would find
    in each, with the residents of today. Raises TooFewPeriods, TooFewWards.
    """
    periods = pick_periods(holdings, measured.question.period)
    weights = weigh_neighbours(measured.frame)
    scores, classes = {}, {}
    for period in periods:
        n = count(period, chosen)
        if chance.is_reported and chosen.known_by is None:
            n = subtract(n, count(period, replace(chosen, known_by="discovered")))
        values = relate(n, chance.basis, measured)
        found = find_gi_clusters(
            values, weights, seed=chance.seed, n=chance.n_permutations, q=chance.false_discoveries
        )
        scores[period.start], classes[period.start] = found["gi_star_z"], found["gi_star_cluster"]
    marks = pd.DataFrame(classes).replace("island", "none")
    # Scores that never change have no trend; as floats they may differ in the last digit.
    trend = mann_kendall(pd.DataFrame(scores).round(SCORE_DECIMALS))["z"].fillna(0.0)
    return Patterns(classify_patterns(marks, trend), tuple(periods))


def pick_periods(holdings: Holdings, shown: Period | None) -> list[Period]:
    """Up to sixteen periods, oldest first, none later than the one shown. Raises TooFewPeriods."""
    known = recognise(shown) if shown else None
    calendar = known[0] if known else find_calendar(holdings)
    covered: dict[str, list[Period]] = {}
    for period in list_periods(holdings, calendar):
        found = recognise(period)
        if found and is_covered(holdings, period) and (shown is None or period.end <= shown.end):
            covered.setdefault(found[1].unit, []).append(period)
    enough = [periods for periods in covered.values() if len(periods) >= LEAST_PERIODS]
    if not enough:
        most = max((len(periods) for periods in covered.values()), default=0)
        raise TooFewPeriods("patterns", n=most, least=LEAST_PERIODS)
    return enough[0][:MOST_PERIODS][::-1]
