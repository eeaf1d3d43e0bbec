"""Ways of choosing: the first one, copies, and what sets two apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from errors import BadOption, Key
from geo.measure import Measured
from i18n.messages import Words
from layers.naming import label_period
from planning.scenario import Scenario
from store.plan_records import Kept
from studies.holdings import Holdings
from studies.person_guard import names_person
from studies.shortlist import LongList, Shortlist
from studies.shortlist_words import name_criterion

FEW, MANY = 3, 40
FIRST_N = 10


def first_scenario(holdings: Holdings, listed: LongList, words: Words) -> Scenario:
    """A start for the planner: the catalogue's weights and rules, as many areas as the list of the year
    before, else one for each district. Raises BadOption (reason `no_period`) without dated figures."""
    period = listed.measured.question.period
    if period is None:
        raise BadOption("no_period")
    parents = [name for name in listed.table["parent"].unique() if name]
    n = len(listed.register.listed) or (len(parents) if FEW <= len(parents) <= MANY else FIRST_N)
    return Scenario(
        name=words("scenario.first"),
        year=period.end.year + 1,
        register=listed.register.key,
        area_id=holdings.area.id,
        base_start=period.start,
        base_end=period.end,
        n=min(n, len(listed.table)),
        weights=tuple((each.key, each.weight) for each in listed.criteria),
        rules=tuple(rule.key for rule in listed.catalogue.rules if rule.is_on),
        group=listed.measured.question.chosen.group or "",
        category=listed.measured.question.chosen.category or "",
    )


def check_texts(scenario: Scenario, by: str) -> None:
    """Raises BadOption (reason `names_person`, fact field) where something typed names a person."""
    typed = [("scenario.name", scenario.name), ("scenario.note", scenario.note), ("scenario.by", by)]
    typed += [("refused.exception", departure.reason) for departure in scenario.exceptions]
    for key, text in typed:
        if names_person(text):
            raise BadOption("names_person", field=Key(*key.split(".")))


def copy_scenario(kept: Kept[Scenario], name: str) -> Scenario:
    """A further way of choosing that begins like another one. Of an approved one it is its next version."""
    scenario = kept.content
    is_approved = scenario.approval is not None
    return replace(
        scenario,
        name=name,
        is_locked=False,
        approval=None,
        copied_from=kept.id,
        version=scenario.version + 1 if is_approved else 1,
        reopens=kept.id if is_approved else None,
    )


def is_of(scenario: Scenario, holdings: Holdings, measured: Measured, register: str) -> bool:
    """Whether it speaks of these boundaries, days and incidents, and of this register."""
    period, chosen = measured.question.period, measured.question.chosen
    return (
        period is not None
        and (scenario.group, scenario.category) == (chosen.group or "", chosen.category or "")
        and (scenario.area_id, scenario.register) == (holdings.area.id, register)
        and (scenario.base_start, scenario.base_end) == (period.start, period.end)
    )


@dataclass(frozen=True)
class Compared:
    """Scenarios side by side. heads: their names; rows: final text, the first cell says what."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def compare_scenarios(found: Sequence[Shortlist], words: Words) -> Compared:
    """Numbers, weights, coverage and wards of each; a ward that not all choose is told in its own row."""
    heads = tuple(each.scenario.name for each in found)
    rows = [
        (words("scenario.n"), *(words.number(len(each.chosen)) for each in found)),
        (words("scenario.base"), *(_name_base(each, words) for each in found)),
    ]
    for column, key in (("n_incidents", "covered_incidents"), ("population", "covered_population"),
                        ("camera_gap_points", "covered_gap")):  # fmt: skip
        if all(column in each.covered for each in found):
            cells = (words("shortlist.share", pct=words.number(each.covered[column])) for each in found)
            rows.append((words(f"scenario.{key}"), *cells))
    keys = dict.fromkeys(each.key for one in found for each in one.criteria)
    for key in keys:
        weights = (words.number(each.scored.weights.get(key, 0.0)) for each in found)
        rows.append((words("scenario.weight", name=_name(found, key, words)), *weights))
    codes = dict.fromkeys(code for each in found for code in each.chosen)
    for code in codes:
        places = [each.chosen.index(code) + 1 if code in each.chosen else 0 for each in found]
        ward = next(str(each.table.at[code, "ward_name"]) for each in found if code in each.chosen)
        rows.append((ward, *(words("scenario.place", n=n) if n else words("scenario.out") for n in places)))
    return Compared(heads, tuple(rows))


def _name(found: Sequence[Shortlist], key: str, words: Words) -> str:
    column = next(each.column for one in found for each in one.criteria if each.key == key)
    return name_criterion(key, column, words)


def _name_base(found: Shortlist, words: Words) -> str:
    period = found.measured.question.period
    return label_period(period, words) if period else words("atlas.period_unknown")
