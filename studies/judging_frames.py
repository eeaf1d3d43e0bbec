"""The counts that a remark rests on: the area, its frozen comparison wards and its ring, before and after."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from geo.cluster_search import weigh_neighbours
from geo.frames import Period
from geo.question import Selection
from geo.stats.comparison import displacement_ring
from store.plan_records import KeptArea
from studies.following import Chain, Told, Unit, find_unit, tell
from studies.registers import pick_selection
from studies.windows import Phase, find_windows

Refusal = Literal["no_boundaries", "no_days", "no_figures", "divided"]


@dataclass(frozen=True)
class Sides:
    """treated, comparison, ring: index unit code on version `at` (a place in the chain), columns before,
    after (NaN no figure). A comparison ward that was divided stays, without figures, under `code@version`:
    its code alone may mean another unit by now. names: by unit. merged: names of comparison wards that lie
    in one unit now. asked: the days that were set, (before, after); counted: those that were counted.
    city_before: every ward before, None where another version tells it. chosen: which incidents.
    """

    chain: Chain
    at: int
    treated: pd.DataFrame
    comparison: pd.DataFrame
    ring: pd.DataFrame
    names: Mapping[str, str]
    merged: tuple[str, ...]
    asked: tuple[Period, Period]
    counted: tuple[Period, Period]
    city_before: pd.Series | None
    chosen: Selection

    @property
    def overlap(self) -> tuple[str, ...]:
        """Units that are treated and comparison at once."""
        return tuple(map(str, self.treated.index[self.treated.index.isin(self.comparison.index)]))


def gather(
    kept: KeptArea, chain: Chain, beside: Sequence[KeptArea], selections: Sequence[Selection]
) -> Sides | Refusal:
    """Counts of the base period and of the days of work, by the selection that the area's targets are counted
    by. beside: the programme's other areas on the same boundaries; none of them is in the ring."""
    if not chain.has(kept.content.ward_code):
        return "no_boundaries"
    windows = find_windows(kept)
    if len(windows) < len(get_args(Phase)):
        return "no_days"
    asked = (windows["before"], windows["after"])
    chosen = pick_selection(kept, chain, selections)
    before, after = (tell(chain, period, chosen) for period in asked)
    if before is None or after is None:
        return "no_figures"
    versions = (before.at, after.at)
    treated = find_unit(chain, kept.content.ward_code, versions)
    if treated is None:
        return "divided"
    frozen = {code: find_unit(chain, code, versions) for code in kept.content.comparison}
    others = {each.content.ward_code for each in beside} - {kept.content.ward_code}
    near = _find_ring(chain, kept.content.ward_code, {*others, *frozen})
    barred = {treated.code, *(unit.code for unit in frozen.values() if unit)}
    barred |= {unit.code for code in others if (unit := find_unit(chain, code, versions))}
    ring = [unit for code in near if (unit := find_unit(chain, code, versions)) and unit.code not in barred]
    told = (before, after)
    lost = {f"{code}@{kept.content.version}": code for code, unit in frozen.items() if unit is None}
    return Sides(
        chain=chain,
        at=treated.at,
        treated=_count([treated], told),
        comparison=pd.concat([_count([unit for unit in frozen.values() if unit], told), _lack(lost)]),
        ring=_count(ring, told),
        names=_name_wards(chain, treated.at) | {key: _name(chain, code) for key, code in lost.items()},
        merged=_list_merged(frozen, chain),
        asked=asked,
        counted=(before.period, after.period),
        city_before=before.counts if before.at == chain.at else None,
        chosen=chosen,
    )


def _find_ring(chain: Chain, code: str, barred: Collection[str]) -> tuple[str, ...]:
    frame = chain.held[chain.at].wards.frame
    ring = displacement_ring([code], weigh_neighbours(frame))
    return tuple(near for near in ring if near not in barred)


def _count(units: Iterable[Unit], told: tuple[Told, Told]) -> pd.DataFrame:
    return _frame({unit.code: [unit.count(each) for each in told] for unit in units})


def _lack(codes: Iterable[str]) -> pd.DataFrame:
    return _frame({code: [math.nan, math.nan] for code in codes})


def _frame(rows: dict[str, list[float]]) -> pd.DataFrame:
    return pd.DataFrame.from_dict(rows, orient="index", columns=["before", "after"], dtype=float)


def _list_merged(frozen: dict[str, Unit | None], chain: Chain) -> tuple[str, ...]:
    codes = [unit.code for unit in frozen.values() if unit]
    return tuple(_name(chain, code) for code, unit in frozen.items() if unit and codes.count(unit.code) > 1)


def _name_wards(chain: Chain, at: int) -> dict[str, str]:
    names = chain.held[at].wards.frame["ward_name"]
    return {str(code): str(name) or str(code) for code, name in names.items()}


def _name(chain: Chain, code: str) -> str:
    """On the version asked about; the code where it has no name there."""
    return _name_wards(chain, chain.at).get(code, code)
