"""Where the next cameras would reach most of the incidents that none sees now.

The answer rests on past incidents that were reported and located, on discs of one radius without walls or
trees, and on the candidates given. It says where to look first; it promises no fall in incidents, for being
seen is no result of prevention.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from errors import BadOption, NoData
from geo.cover.candidates import Candidates
from geo.cover.choosing import TIME_LIMIT_S, Choice, Method, choose, choose_greedily
from geo.cover.demand import Demand, gather_demand
from geo.cover.reach_sets import ReachSets, find_reach_sets
from geo.crs import metric_crs, points_to_metres
from geo.findings import Finding
from geo.frames import Joined, Period, Wards
from geo.join import place_points
from geo.question import Selection

SITE_COLUMNS = ("number", "longitude", "latitude", "name", "ward_code", "gain", "cumulative")
MOST_SITES = 1_000


@dataclass(frozen=True)
class CandidateTally:
    """given = outside + idle + merged + dominated + used, asserted. outside: in no ward (of those asked).
    idle: reach no unseen incident. merged: reach the same incidents as a nearer one. dominated: reach a part
    of what another reaches."""

    given: int
    outside: int
    idle: int
    merged: int
    dominated: int
    used: int

    def __post_init__(self) -> None:
        accounted = self.outside + self.idle + self.merged + self.dominated + self.used
        if self.given != accounted:
            raise AssertionError(f"candidates were lost: given {self.given}, accounted {accounted}")


@dataclass(frozen=True)
class Siting:
    """sites: one row per proposed place, the one that adds most first: number (from 1), longitude, latitude
    (degrees), name ("" none), ward_code, gain (incidents that it adds to those before it), cumulative. The
    last cumulative is n_covered, asserted. Fewer than k rows: no further place reaches anything more.

    n_located: located incidents asked for; n_demand: those that no working camera sees; n_reachable: those of
    them that any candidate reaches. bound: no k candidates cover more than that. method: "optimal" (proven),
    "within_gap" (solver stopped early) or "greedy"; gap_pct: how much more the best k could cover at most, in
    percent of n_covered, 0.0 when optimal.
    curve: k = 1 … the k asked, n_covered, share (of n_demand, 0 to 1), method: "greedy" for what the greedy
    order covers, which is a lower bound; the last row is the answer above.
    """

    sites: pd.DataFrame
    k: int
    radius_m: float
    n_located: float
    n_demand: float
    n_reachable: float
    n_covered: float
    bound: float
    gap_pct: float
    method: Method
    curve: pd.DataFrame
    candidates: CandidateTally
    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        if not np.isclose(self.sites["gain"].sum(), self.n_covered):
            raise AssertionError(f"gains add up to {self.sites['gain'].sum()}, not to {self.n_covered}")


def find_sites(
    wards: Wards,
    incidents: Sequence[Joined],
    cameras: Sequence[Joined],
    period: Period | None,
    selection: Selection,
    candidates: Candidates,
    *,
    k: int,
    radius_m: float,
    within: Collection[str] = (),
    time_limit_s: float = TIME_LIMIT_S,
    gap: float = 0.0,
) -> Siting:
    """The k candidates inside the wards that together reach most unseen incidents.

    Working cameras stay where they are. within: ward codes; then only sites and incidents of these wards
    count. gap: relative, at which the solver may stop. Raises BadOption (sites, sites_most, site_radius,
    site_wards, site_time), NoData (siting_incidents, siting_all_seen, siting_camera_places,
    siting_candidates, siting_reach).
    """
    _check(wards, k, radius_m, within, time_limit_s)
    west, south, east, north = wards.frame.total_bounds
    crs = metric_crs((west, south, east, north))
    demand = gather_demand(incidents, cameras, period, selection, crs, radius_m=radius_m, within=within)
    inside = _keep_inside(wards, candidates, within)
    places = points_to_metres(inside["longitude"].to_numpy(), inside["latitude"].to_numpy(), crs)
    sets = find_reach_sets(np.column_stack(places), demand.places, demand.n, radius_m)
    tally = CandidateTally(
        given=len(candidates.frame),
        outside=len(candidates.frame) - len(inside),
        idle=sets.n_idle,
        merged=sets.n_merged,
        dominated=sets.n_dominated,
        used=len(sets.candidate),
    )
    if tally.given and not len(inside):
        raise NoData("siting_candidates", n=tally.given)
    if not tally.used:
        raise NoData("siting_reach", n=len(inside), demand=demand.n_unseen, radius_m=radius_m)
    choice = choose(sets, k, time_limit_s=time_limit_s, gap=gap)
    return Siting(
        sites=_list_sites(inside, sets, choice),
        k=k,
        radius_m=radius_m,
        n_located=demand.n_given,
        n_demand=demand.n_unseen,
        n_reachable=sets.n_reachable,
        n_covered=choice.covered,
        bound=choice.bound,
        gap_pct=choice.gap_pct,
        method=choice.method,
        curve=_draw_curve(sets, choice, k, demand.n_unseen),
        candidates=tally,
        findings=(*candidates.findings, *demand.findings, *_tell(tally, sets, demand, choice, k, candidates)),
    )


def _check(wards: Wards, k: int, radius_m: float, within: Collection[str], time_limit_s: float) -> None:
    if k < 1:
        raise BadOption("sites", value=k)
    if k > MOST_SITES:
        raise BadOption("sites_most", value=k, most=MOST_SITES)
    if not (np.isfinite(radius_m) and radius_m > 0):
        raise BadOption("site_radius", value=radius_m)
    if not time_limit_s >= 0:
        raise BadOption("site_time", value=time_limit_s)
    if unknown := sorted(set(within) - set(wards.frame.index)):
        raise BadOption("site_wards", value=", ".join(unknown))


def _keep_inside(wards: Wards, candidates: Candidates, within: Collection[str]) -> pd.DataFrame:
    """Candidates in a ward (of `within`, where it names any) with its code, in the order given."""
    frame = candidates.frame
    placed = place_points(wards, frame["longitude"].to_numpy(), frame["latitude"].to_numpy())
    codes = placed["ward_code"]
    kept = (codes.isin(list(within)) if within else codes.notna()).to_numpy()
    return frame.assign(ward_code=codes.to_numpy())[kept].reset_index(drop=True)


def _list_sites(inside: pd.DataFrame, sets: ReachSets, choice: Choice) -> pd.DataFrame:
    sites = inside.loc[sets.candidate[choice.rows]].reset_index(drop=True)
    sites.insert(0, "number", np.arange(1, len(sites) + 1))
    return sites.assign(gain=choice.gain, cumulative=np.cumsum(choice.gain))[list(SITE_COLUMNS)]


def _draw_curve(sets: ReachSets, choice: Choice, k: int, n_demand: float) -> pd.DataFrame:
    gains = np.zeros(k)
    greedy = choose_greedily(sets, k).gain
    gains[: len(greedy)] = greedy
    covered = np.cumsum(gains)
    covered[-1] = choice.covered
    methods = np.array(["greedy"] * (k - 1) + [choice.method], dtype=object)
    return pd.DataFrame(
        {"k": np.arange(1, k + 1), "n_covered": covered, "share": covered / n_demand, "method": methods}
    )


def _tell(
    tally: CandidateTally, sets: ReachSets, demand: Demand, choice: Choice, k: int, candidates: Candidates
) -> list[Finding]:
    """What the reader should know of the candidates and of what stays out of reach."""
    where = candidates.file
    told = []
    if tally.outside:
        facts: dict[str, object] = {"n": tally.outside, "of": tally.given}
        told.append(Finding("CandidatesOutside", "warning", where, facts=facts))
    if tally.idle and candidates.origin == "list":
        told.append(Finding("CandidatesIdle", "info", where, facts={"n": tally.idle, "of": tally.given}))
    if (beyond := demand.n_unseen - sets.n_reachable) > 0:
        facts = {"n": beyond, "of": demand.n_unseen}
        told.append(Finding("BeyondCandidates", "warning", where, facts=facts))
    if len(choice.rows) < k:
        told.append(Finding("FewerSites", "info", where, facts={"n": len(choice.rows), "k": k}))
    return told
