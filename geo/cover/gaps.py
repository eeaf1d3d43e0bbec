"""Where incidents crowd that no working camera sees.

Single linkage: a chain of incidents, each within link_m of the next, is one gap, so a long street can be one.
The list is for looking, not for blaming: it follows what was reported and located.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from errors import BadOption

LINK_M = 100.0
FEWEST = 3


@dataclass(frozen=True)
class Gaps:
    """table: one row per gap, the most incidents first: number (from 1), n_incidents, n_places, easting,
    northing (mean of the incidents, metres), radius_m (to the farthest of them), ward_code (the ward of most
    of them, None when none has one).

    Sums of n: n_given = n_seen + n_in_gaps + n_single (unseen, in no gap). n_left_out: rows without
    coordinates or without n, which are asked nothing.
    """

    table: pd.DataFrame
    n_given: float
    n_seen: float
    n_in_gaps: float
    n_single: float
    n_left_out: int


def find_gaps(
    incidents: pd.DataFrame, is_seen: NDArray[np.bool_], *, link_m: float = LINK_M, fewest: float = FEWEST
) -> Gaps:
    """Clusters of at least `fewest` unseen incidents, each within link_m (included) of another.

    incidents: easting, northing (metres), n, ward_code (None of no ward); is_seen in their order. Ties are
    ranked from west to east. Raises BadOption (reason `link`) for a distance that is not positive.
    """
    if not (np.isfinite(link_m) and link_m > 0):
        raise BadOption("link", value=link_m)
    usable = np.isfinite(incidents[["easting", "northing", "n"]].to_numpy(dtype=float)).all(axis=1)
    unseen = incidents[usable & ~is_seen]
    gap = unseen.assign(gap=_link(unseen[["easting", "northing"]].to_numpy(dtype=float), link_m))
    gap = gap[gap.groupby("gap")["n"].transform("sum") >= fewest]
    rows = [_describe(members) for _, members in gap.groupby("gap")]
    columns = ["n_incidents", "n_places", "easting", "northing", "radius_m", "ward_code"]
    table = pd.DataFrame(rows, columns=columns)
    table = table.sort_values(
        ["n_incidents", "easting", "northing"], ascending=[False, True, True], ignore_index=True
    )
    table.insert(0, "number", np.arange(1, len(table) + 1))
    n = incidents["n"].astype(float)
    gaps = Gaps(
        table,
        n_given=float(n[usable].sum()),
        n_seen=float(n[usable & is_seen].sum()),
        n_in_gaps=float(table["n_incidents"].sum()),
        n_single=float(unseen["n"].sum() - gap["n"].sum()),
        n_left_out=int((~usable).sum()),
    )
    told = gaps.n_seen + gaps.n_in_gaps + gaps.n_single
    if abs(gaps.n_given - told) > 1e-6 * max(1.0, gaps.n_given):
        raise AssertionError(f"incidents were lost: given {gaps.n_given}, accounted {told}")
    return gaps


def _link(places: NDArray[np.float64], link_m: float) -> NDArray[np.int64]:
    """The component of each place; coincident places are linked once."""
    spots, spot_of = np.unique(places, axis=0, return_inverse=True)
    if not len(spots):
        return np.empty(0, dtype=np.int64)
    pairs = cKDTree(spots).query_pairs(np.nextafter(link_m, np.inf), output_type="ndarray")
    links = sparse.coo_array((np.ones(len(pairs)), pairs.T), shape=(len(spots), len(spots)))
    components = connected_components(links, directed=False)[1]
    return np.asarray(components[spot_of.ravel()], dtype=np.int64)


def _describe(members: pd.DataFrame) -> tuple[object, ...]:
    n = members["n"].to_numpy(dtype=float)
    places = members[["easting", "northing"]].to_numpy(dtype=float)
    centre = np.average(places, axis=0, weights=n)
    by_ward = members.groupby("ward_code")["n"].sum()
    radius_m = float(np.hypot(*(places - centre).T).max())
    ward = by_ward.idxmax() if len(by_ward) else None
    return float(n.sum()), len(np.unique(places, axis=0)), float(centre[0]), float(centre[1]), radius_m, ward
