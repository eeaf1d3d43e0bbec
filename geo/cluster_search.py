"""What clusters are sought in, among whom, and how chance is weighed.

Where it misleads: a cluster is of *reported* incidents, per resident where residents are known, and a city
with few incidents shows none. Cameras never enter it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

from errors import NoData, TooFewWards, UnknownIndicator
from geo import indicators as ind
from geo.boundaries.topology import SNAP_M
from geo.measure import Measured
from geo.stats import clusters, neighbours
from geo.stats.small_numbers import hide_visitor_wards
from geo.stats.weights import Weights, restrict

SEED = 138
N_PERMUTATIONS = clusters.N_DRAWS
FALSE_DISCOVERIES = 0.05
FEWEST_WARDS = 8
BASES = {
    "incidents_per_10k": ("population", float(ind.PER_10K)),
    "incidents_per_km2": ("area_km2", 1.0),
    "n_incidents": ("", 1.0),
}
CLUSTERED = ("gi_star_z", "gi_star_cluster", "local_moran_i", "local_moran_cluster")


@dataclass(frozen=True)
class Chance:
    """What cluster columns rest on.

    basis: key of BASES. is_reported: incidents told as discovered are left out; n_untold: those that stay in
    although nothing tells how they became known. n_wards: wards with a value; visited: codes of wards left
    out because visitors are many; islands: of those without a neighbour that has a value.
    """

    basis: str
    is_reported: bool
    n_untold: float
    n_wards: int
    visited: tuple[str, ...] = ()
    islands: tuple[str, ...] = ()
    seed: int = SEED
    n_permutations: int = N_PERMUTATIONS
    false_discoveries: float = FALSE_DISCOVERIES


def choose_basis(measured: Measured) -> str:
    """Residents where every ward with incident figures has some, else plain counts."""
    frame = measured.frame
    has_residents = bool((frame["population"] > 0)[frame["n_incidents"].notna()].all())
    return "incidents_per_10k" if has_residents else "n_incidents"


def check_basis(basis: str | None) -> None:
    """Raises UnknownIndicator (reason `basis`)."""
    if basis is not None and basis not in BASES:
        raise UnknownIndicator("basis", key=basis, keys=", ".join(BASES))


def pick_values(measured: Measured, basis: str | None) -> tuple[pd.Series, Chance]:
    """Values per ward that clusters are sought in, NaN for none; and how they were made.

    basis: key of BASES, None for `choose_basis`. Raises UnknownIndicator, and NoData (reason
    `only_discovered`) where discovered incidents alone were chosen.
    """
    check_basis(basis)
    basis = basis or choose_basis(measured)
    n, is_reported, n_untold = _leave_out_discovered(measured)
    values = relate(n, basis, measured)
    left_out = n.index[n.notna() & n.index.isin(list(measured.visitor_wards))]
    visited = tuple(map(str, left_out)) if BASES[basis][0] == "population" else ()
    return values, Chance(basis, is_reported, n_untold, int(values.notna().sum()), visited)


def relate(n: pd.Series, basis: str, measured: Measured) -> pd.Series:
    """Counts per resident, per area, or as they are. Where visitors are many, none is told per resident."""
    column, per = BASES[basis]
    if not column:
        return n
    known = measured.frame[column]
    if column == "population":
        known = hide_visitor_wards(known, measured.visitor_wards)
    return ind.rate(n, known, per=per)


def subtract(n: pd.Series, discovered: pd.Series) -> pd.Series:
    """Incidents but for those told as discovered: where none is told, all stay."""
    return (n - discovered.fillna(0.0)).clip(lower=0.0)


def _leave_out_discovered(measured: Measured) -> tuple[pd.Series, bool, float]:
    """Counts, whether discovered ones were told and left out, and how many are told neither way.

    What nobody tells stays in: a file of discovered incidents beside one that tells nothing must not turn
    the whole city into zeros.
    """
    frame, known_by = measured.frame, measured.question.chosen.known_by
    if known_by == "discovered":
        raise NoData("only_discovered")
    n = frame["n_incidents"]
    if known_by == "reported":
        return n, True, 0.0
    if "n_incidents_discovered" not in frame or frame["n_incidents_discovered"].isna().all():
        return n, False, float(n.sum())
    kept = subtract(n, frame["n_incidents_discovered"])
    untold = kept - frame["n_incidents_reported"].fillna(0.0)
    return kept, True, max(float(untold.sum()), 0.0)


def weigh_neighbours(frame: gpd.GeoDataFrame) -> Weights:
    """Queen contiguity of the wards, borders drawn up to a metre apart counting as shared."""
    return neighbours.contiguity(frame.geometry, frame.index, tolerance_m=SNAP_M)


def seek_clusters(
    frame: gpd.GeoDataFrame, values: pd.Series, chance: Chance, keys: Sequence[str]
) -> tuple[pd.DataFrame, Chance]:
    """The cluster columns asked for (of CLUSTERED) and what they rest on, islands named. Raises
    TooFewWards."""
    if chance.n_wards < FEWEST_WARDS:
        raise TooFewWards("clusters", n=chance.n_wards, needed=FEWEST_WARDS)
    weights = weigh_neighbours(frame)
    ways = {"gi_star": clusters.find_gi_clusters, "local_moran": clusters.find_moran_clusters}
    found = [
        find(values, weights, seed=chance.seed, n=chance.n_permutations, q=chance.false_discoveries)
        for name, find in ways.items()
        if any(key.startswith(name) for key in keys)
    ]
    islands = restrict(weights, values.notna()).islands
    return pd.concat(found, axis=1)[list(keys)], replace(chance, islands=islands)
