"""One ward through the boundary versions that its figures were counted on.

A code means nothing without its version: a ward is followed through the store's crosswalks to the version
that the figures need, with every old unit that it is made of. A unit that was divided is not guessed.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from errors import NoData
from geo.counting import covers, find_straddlers, pick_counted
from geo.frames import Period
from geo.periods import Calendar, tile
from geo.question import Selection
from geo.versions.crosswalk import Crosswalk
from i18n.messages import Words
from planning.programme import TargetArea
from store.repository import Store
from studies.holdings import Holdings, find_calendar, load_holdings
from studies.place import list_places
from studies.reporting import count_missing

Load = Callable[[int], Holdings]


@dataclass(frozen=True)
class Chain:
    """One territory on one boundary version after another, the oldest first. steps[i] leads from held[i] to
    held[i + 1]. at: the place in held of the version that is asked about."""

    held: tuple[Holdings, ...]
    steps: tuple[Crosswalk, ...]
    at: int

    def has(self, code: str) -> bool:
        """Whether there is such a ward on the version asked about."""
        return code in self.held[self.at].wards.frame.index


@dataclass(frozen=True)
class Told:
    """What is known of a period: counts per ward of version `at` (a place in Chain.held), over its days."""

    at: int
    period: Period
    counts: pd.Series


@dataclass(frozen=True)
class Unit:
    """A ward as it is counted. code: its own, on version `at`; parts: by version, the codes that make it up
    there; a version on which it would have to be guessed is not among them."""

    code: str
    at: int
    parts: Mapping[int, tuple[str, ...]]

    def count(self, told: Told | None) -> float:
        """Its incidents of a period; NaN where the period or any of its parts is not told."""
        if told is None or told.at not in self.parts:
            return float("nan")
        return float(told.counts.reindex(self.parts[told.at]).sum(skipna=False))


def find_home(store: Store, area: TargetArea) -> int | None:
    """The store's boundaries on which the area's ward stands: those it names, else the only ones of its
    version that have the ward; None where there are none or several."""
    if area.area_id is not None:
        return area.area_id
    fitting = [each.id for each in store.list_areas() if each.version == area.version]
    having = [each for each in fitting if area.ward_code in store.load_wards(each).frame.index]
    return having[0] if len(having) == 1 else None


def load_chain(store: Store, area_id: int, load: Load | None = None) -> Chain:
    """The territory of an area on every version that crosswalks connect. load: where holdings come from,
    else from the store. Raises NoData (reason `area`)."""
    places = list_places(store.list_areas(), store.list_crosswalks())
    place = next((place for place in places if area_id in {area.id for area in place.areas}), None)
    if place is None:
        raise NoData("area", area=area_id)
    held = tuple((load or (lambda one: load_holdings(store, one)))(area.id) for area in place.areas)
    steps = tuple(store.load_crosswalk(kept.id) for kept in place.crosswalks)
    return Chain(held, steps, [area.id for area in place.areas].index(area_id))


def find_unit(chain: Chain, code: str, versions: Iterable[int]) -> Unit | None:
    """The unit that a ward of version `chain.at` is part of, as it can be counted on these versions: the ward
    itself where none is later, else the later ward that took it in whole. None where it was divided, or where
    a crosswalk does not list it."""
    newest = max([chain.at, *versions])
    for crosswalk in chain.steps[chain.at : newest]:
        rows = crosswalk.rows[crosswalk.rows["old_code"] == code]
        if len(rows) != 1 or not rows["whole"].all():
            return None
        code = str(rows["new_code"].iloc[0])
    parts: dict[int, tuple[str, ...]] = {newest: (code,)}
    for at in range(newest - 1, -1, -1):
        rows = chain.steps[at].rows
        mine = rows[rows["new_code"].isin(parts[at + 1])]
        if mine.empty or not mine["whole"].all():
            break
        parts[at] = tuple(mine["old_code"].astype(str))
    return Unit(code, newest, parts)


def tell_exactly(chain: Chain, period: Period, chosen: Selection) -> Told | None:
    """Counts of exactly these days, on the ward's own version where its figures reach them, else on the
    nearest earlier one, else on the nearest later one; None where no version's do."""
    order = [chain.at, *range(chain.at - 1, -1, -1), *range(chain.at + 1, len(chain.held))]
    for at in order:
        holdings = chain.held[at]
        incidents = holdings.of_kind("incidents")
        if not covers(incidents, period, chosen):
            continue
        counts, counted = holdings.count(period, chosen), pick_counted(incidents, period, chosen)
        if not any(find_straddlers(fact, period).any() for fact in counted):
            # A sum of fewer months than others sent would look like a fall.
            silent = [count_missing(fact, counts.index, period) for fact in counted]
            return Told(at, period, counts.mask(np.any([n > 0 for n in silent], axis=0)))
    return None


def tell(chain: Chain, period: Period, chosen: Selection) -> Told | None:
    """Counts of these days, or of the whole months within them where reports by months do not cut there."""
    told = tell_exactly(chain, period, chosen)
    if told is not None:
        return told
    months = list_months(chain, period.start, period.end)
    whole = Period(months[0].start, months[-1].end) if months else period
    return tell_exactly(chain, whole, chosen) if whole != period else None


def list_months(chain: Chain, first: dt.date, last: dt.date) -> list[Period]:
    """Months that lie wholly within these days, in the calendar that the figures are dated by."""
    months = tile(first, last, "month", find_calendar_of(chain))
    return [month for month in months if month.start >= first and month.end <= last]


def find_calendar_of(chain: Chain) -> Calendar:
    """That of the version's own figures, else of the newest version that has any."""
    for holdings in (chain.held[chain.at], *reversed(chain.held)):
        if holdings.of_kind("incidents"):
            return find_calendar(holdings)
    return "civil"


def name_parts(chain: Chain, unit: Unit) -> tuple[str, ...]:
    """Names, on the version asked about, of the wards that the unit took in; empty where it is just one."""
    codes = unit.parts.get(chain.at, ())
    names = chain.held[chain.at].wards.frame["ward_name"]
    return tuple(str(names.get(code, code)) or code for code in codes) if len(codes) > 1 else ()


def name_unit(chain: Chain, unit: Unit) -> str:
    """The unit's name on its own version; its code where it has none."""
    return str(chain.held[unit.at].wards.frame["ward_name"].get(unit.code, "")) or unit.code


def note_sources(chains: Iterable[Chain], words: Words) -> tuple[str, ...]:
    """That figures are made up, where any of them are."""
    held = [holdings for chain in chains for holdings in chain.held]
    made_up = any(fact.source.illustrative for each in held for fact in each.of_kind("incidents"))
    return (words("atlas.illustrative"),) if made_up else ()
