"""Wards that were found transformed, month by month: signs that incidents creep up again.

A sign asks somebody to go and look; only the committee says that a ward is complex again.
"""

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Literal, get_args

import pandas as pd

from geo.frames import Period
from geo.question import EVERY_CRIME, Selection
from i18n.messages import Words
from planning.lifecycle import state_of
from planning.programme import State
from planning.relapse import Watch, watch
from store.plan_records import KeptArea
from store.repository import Store
from studies.following import (
    Chain,
    Load,
    Told,
    Unit,
    find_home,
    find_unit,
    load_chain,
    note_sources,
    tell_exactly,
)
from studies.registers import pick_selection
from studies.watch_plan import LevelOf, Plan, find_level, make_plan
from studies.watch_words import (
    name_area,
    write_counted,
    write_course,
    write_gaps,
    write_method,
    write_unit,
)

SEED = 138
WATCHED: tuple[State, ...] = ("duy_tri", "ra_khoi_dien")
LEAST_SHARE_KNOWN = 0.5
Tell = Callable[[Period, Selection], Told | None]

WatchState = Literal["quiet", "relapse", "unknown", "divided"]
WATCH_STATES: tuple[WatchState, ...] = get_args(WatchState)


@dataclass(frozen=True)
class WatchRow:
    """One target area under watch.

    area_id: of the kept target area. months_since_exit: whole months since it was put under maintenance, of
    the of_months that it is watched; is_over: they have all gone by. periods, counts, sums: month by month,
    NaN where there is no figure. expected: incidents a month, from n_level_months of its work ("work") or of
    the days before it ("base"); limit: of the sums. state: a key, told: its words. alarm: the month of the
    first sign. n_missing: months without a figure. notes: what else a reader must know, final text.
    """

    area_id: int
    name: str
    months_since_exit: int
    of_months: int
    is_over: bool
    state: WatchState
    told: str
    periods: tuple[Period, ...] = ()
    counts: tuple[float, ...] = ()
    sums: tuple[float, ...] = ()
    expected: float = math.nan
    level_of: LevelOf = ""
    n_level_months: int = 0
    limit: float = math.nan
    alarm: Period | None = None
    n_missing: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Watched:
    """rows in the order of the areas given; notes: what holds of all of them; counted: which incidents, in
    words."""

    rows: tuple[WatchRow, ...]
    notes: tuple[str, ...]
    counted: tuple[str, ...] = ()


def watch_areas(
    store: Store,
    areas: Sequence[KeptArea],
    words: Words,
    *,
    today: dt.date,
    months: int,
    selections: Sequence[Selection] = (EVERY_CRIME,),
    seed: int = SEED,
    load: Load | None = None,
) -> Watched:
    """Every area that is under maintenance or has left the register; areas in other states are passed over.

    months: how long an area is watched (the catalogue's `watch_months`), counted from the first whole month
    after it was put under maintenance. The expected level is the mean of the whole months of its work, or,
    where fewer than three of them have figures, of its base period. Where less than half of the months gone
    by have figures and none raised a sign, the state is `unknown`. selections: see
    `registers.list_selections`; one for all months of an area. load: where holdings come from, else from the
    store.
    """
    rows, chains = list[WatchRow](), dict[int, Chain]()
    tellers, counted = dict[int, Tell](), dict[Selection, list[str]]()
    for kept in areas:
        if state_of(kept.taken) not in WATCHED:
            continue
        home = find_home(store, kept.content)
        if home is not None and home not in chains:
            chains[home] = load_chain(store, home, load)
            tellers[home] = cache(partial(tell_exactly, chains[home]))
        if home is None or not chains[home].has(kept.content.ward_code):
            rows.append(replace(_begin(kept, words, months, 0), notes=(words("watch.no_boundaries"),)))
            continue
        plan = make_plan(kept, chains[home], today=today, of_months=months)
        chosen = pick_selection(kept, chains[home], selections)
        told = {period: tellers[home](period, chosen) for period in plan.needed}
        row = _watch_one(kept, plan, chains[home], told, words, months, seed)
        rows.append(row)
        counted.setdefault(chosen, []).append(row.name)
    notes = (*write_method(words, months=months, seed=seed), *note_sources(chains.values(), words))
    return Watched(tuple(rows), notes, write_counted(counted, words))


def _watch_one(
    kept: KeptArea, plan: Plan, chain: Chain, told: Mapping[Period, Told | None], words: Words,
    of_months: int, seed: int,
) -> WatchRow:  # fmt: skip
    versions = {each.at for period in plan.needed if (each := told[period]) is not None}
    unit = find_unit(chain, kept.content.ward_code, versions)
    row = _begin(kept, words, of_months, len(plan.months))
    if unit is None:
        return replace(row, state="divided", told=words("watch.state.divided"))
    level = find_level(plan, unit, told)
    found = watch(
        _count_months(plan, unit, told), level.mean, of_months, seed=seed,
        n_level_months=level.n_months or None,
    )  # fmt: skip
    state = _find_state(found, is_divided=bool(versions - unit.parts.keys()))
    partly = [month for month in plan.months if told[month] is None and _is_begun(chain, month)]
    notes = (
        *write_course(found, level, plan.months, words, of_months=of_months, seed=seed),
        *write_gaps(found, plan, partly, words, of_months=of_months),
        *write_unit(kept.content, chain, unit, words),
    )
    return replace(
        row,
        state=state,
        told=words(f"watch.state.{state}"),
        periods=plan.months,
        counts=tuple(_count_months(plan, unit, told)),
        sums=tuple(found.sums),
        expected=level.mean,
        level_of=level.of,
        n_level_months=level.n_months,
        limit=found.limit,
        alarm=None if found.first_alarm is None else plan.months[found.first_alarm - 1],
        n_missing=found.n_missing,
        notes=notes,
    )


def _count_months(plan: Plan, unit: Unit, told: Mapping[Period, Told | None]) -> pd.Series:
    counts = [unit.count(told[month]) for month in plan.months]
    return pd.Series(counts, index=range(1, len(counts) + 1), dtype=float)


def _find_state(found: Watch, *, is_divided: bool) -> WatchState:
    if found.first_alarm is not None:
        return "relapse"
    n_known = found.months_since_exit - found.n_missing
    is_enough = n_known > 0 and n_known >= LEAST_SHARE_KNOWN * found.months_since_exit
    if is_enough and not math.isnan(found.limit):
        return "quiet"
    return "divided" if is_divided else "unknown"


def _is_begun(chain: Chain, month: Period) -> bool:
    """Whether figures reach some of the month's days."""
    spans = [holdings.span for holdings in chain.held]
    return any(span is not None and span.start <= month.end and span.end >= month.start for span in spans)


def _begin(kept: KeptArea, words: Words, of_months: int, n_gone: int) -> WatchRow:
    return WatchRow(
        area_id=kept.id,
        name=name_area(kept.content, words),
        months_since_exit=n_gone,
        of_months=of_months,
        is_over=n_gone >= of_months,
        state="unknown",
        told=words("watch.state.unknown"),
    )
