"""The proposal without a page: from a store to the annex and a few lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from errors import BadOption, NotFeasible
from geo.derive import Derived
from geo.frames import Period
from geo.names import fold
from geo.periods import FIRST_YEAR, LAST_YEAR
from geo.question import EVERY_CRIME, Selection
from i18n.messages import Words
from layers.naming import name_period
from planning.scenario import GroupBound, Scenario
from store.repository import Store
from studies.concentration import prepare
from studies.holdings import (
    Holdings,
    find_default,
    is_covered,
    list_categories,
    list_periods,
    load_holdings,
)
from studies.joined_file import write_whole
from studies.keeping import find_area
from studies.long_list_file import load_long_list
from studies.overview import Choice, make_question
from studies.place import list_places
from studies.scenarios import first_scenario
from studies.shortlist import LongList, Shortlist, find_stability, propose
from studies.shortlist_annex import write_shortlist
from studies.shortlist_ties import tell_limits
from studies.shortlist_words import tell_clash, write_rows


@dataclass(frozen=True)
class Wish:
    """What was asked on the command line. n None: as the page would begin. per_parent: at least so many of
    each parent, in place of the catalogue's rule; 0 none, None the catalogue's. weights: by criterion key."""

    n: int | None = None
    per_parent: int | None = None
    period: Period | None = None
    area: str | None = None
    year: int | None = None
    selection: Selection = EVERY_CRIME
    weights: Mapping[str, float] = field(default_factory=dict)


def write_annex_file(store: Store, wish: Wish, out: Path, words: Words) -> list[str]:
    """Write the annex and say what is in it. Raises BadOption, NoData, NotWritable, and NotFeasible (reason
    `told`, fact clash: the rules that cannot hold together, in words)."""
    holdings, listed = find_list(store, wish)
    scenario = make_scenario(holdings, listed, wish, words)
    try:
        found = propose(listed, scenario)
    except NotFeasible as clash:
        raise NotFeasible("told", clash=tell_clash(clash, listed, scenario, words)) from clash
    stability = find_stability(found)
    content = write_shortlist(found, stability, holdings, words)
    write_whole(out, lambda path: path.write_bytes(content))
    return [
        *describe(found, holdings, words),
        *_list_rows(found, stability, words),
        *tell_limits(found, words),
        words("shortlist_command.written", file=str(out)),
    ]


def find_list(store: Store, wish: Wish) -> tuple[Holdings, LongList]:
    """The area meant and its long list. Without a period the newest whole one of the longest kind; without an
    area the first, in its version that has the period's incidents. Raises BadOption (reasons `plan_year` a
    year that no plan is made for, or before the figures; `no_category` one that no incident on file has)."""
    if wish.area:
        candidates = [find_area(store, wish.area).id]
    else:
        place = list_places(store.list_areas(), store.list_crosswalks())[0]
        candidates = [area.id for area in reversed(place.areas)]
    held = [load_holdings(store, area_id) for area_id in candidates]
    period = wish.period or _newest(held)
    holdings = next((each for each in held if period and is_covered(each, period)), held[-1])
    _check_category(wish.selection.category, holdings)
    measured = holdings.measure(make_question(holdings, Choice("status", period, chosen=wish.selection)))
    derived: Derived = prepare(measured, "n_incidents", None)
    first = period.end.year if period else FIRST_YEAR
    year = first + 1 if wish.year is None else wish.year
    if not first <= year <= LAST_YEAR:
        raise BadOption("plan_year", value=str(year), first=str(first), last=str(LAST_YEAR))
    return holdings, load_long_list(store, derived.measured, holdings.area.id, year)


def _check_category(asked: str | None, holdings: Holdings) -> None:
    known = list_categories(holdings)
    if asked is not None and fold(asked) not in {fold(name) for name in known}:
        raise BadOption("no_category", value=asked, choices=", ".join(known) or "–")


def _newest(held: list[Holdings]) -> Period | None:
    """Of the newest whole periods of each version the longest, then the newest."""
    found = [period for each in held if (period := find_default(each, list_periods(each)))]
    return max(found, key=lambda period: (round(period.n_days / 30.4), period.end), default=None)


def make_scenario(holdings: Holdings, listed: LongList, wish: Wish, words: Words) -> Scenario:
    """Raises BadOption: `criterion` a weight of no criterion; `weights_none` not one above 0."""
    scenario = first_scenario(holdings, listed, words)
    known = {each.key for each in listed.criteria}
    for key in wish.weights:
        if key not in known:
            raise BadOption("criterion", value=key, choices=", ".join(sorted(known)))
    if wish.weights and not any(wish.weights.values()):
        raise BadOption("weights_none")
    if wish.weights:
        scenario = replace(scenario, weights=tuple(wish.weights.items()))
    if wish.per_parent is not None:
        kinds = {rule.key: rule.kind for rule in listed.catalogue.rules}
        rules = tuple(key for key in scenario.rules if kinds[key] != "at_least_per_group")
        bounds = (GroupBound("parent", least=wish.per_parent),) if wish.per_parent else ()
        scenario = replace(scenario, rules=rules, bounds=bounds)
    return replace(scenario, n=wish.n or scenario.n, year=wish.year or scenario.year)


def describe(found: Shortlist, holdings: Holdings, words: Words) -> list[str]:
    """What the list rests on."""
    period = name_period(found.measured.question.period, words)
    lines = [
        words("shortlist_command.head", place=holdings.area.title, year=str(found.scenario.year),
              period=period, n=len(found.chosen), of=len(found.table), version=holdings.area.version or "")
    ]  # fmt: skip
    if found.measured.is_illustrative:
        lines.append(words("overview.illustrative"))
    lines.append(words("shortlist.people"))
    return lines


def _list_rows(found: Shortlist, stability: pd.Series, words: Words) -> list[str]:
    rows, _ = write_rows(found, stability, words)
    return [
        words(
            "shortlist_command.row" if row.beside else "shortlist_command.row_alone",
            number=row.number, name=row.name, parent=row.parent, score=row.score,
            stability=row.stability + (" ◇" if row.is_fragile else ""), beside=row.beside,
        )
        for row in rows
    ]  # fmt: skip
