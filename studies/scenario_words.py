"""What two ways of choosing say differently, in the planner's words."""

from collections.abc import Iterable

import pandas as pd

from i18n.messages import Words
from layers.naming import name_with_type
from planning.scenario import Departure, GroupBound, Scenario
from studies.shortlist import LongList
from studies.shortlist_words import name_criterion

COMPARED = (
    "name", "n", "weights", "rules", "bounds", "exceptions", "budget", "cost_each", "note", "chosen",
    "is_locked", "approval",
)  # fmt: skip


def name_ward(table: pd.DataFrame, code: str, words: Words) -> str:
    """`P. An Bình, Q. Ninh Kiều`; the code where the long list has no such ward."""
    if code not in table.index:
        return code
    row = table.loc[code]
    name = name_with_type(str(row["ward_name"]) or code, words)
    parent = name_with_type(str(row["parent"]), words)
    return f"{name}, {parent}" if parent else name


def write_differences(
    one: Scenario, other: Scenario, listed: LongList, words: Words
) -> list[tuple[str, str, str]]:
    """A row for each part that differs: what it is, the one's, the other's."""
    return [
        (
            words(f"scenario.field_{part}"),
            _write(part, one, listed, words),
            _write(part, other, listed, words),
        )
        for part in COMPARED
        if getattr(one, part) != getattr(other, part)
    ]


def _write(part: str, scenario: Scenario, listed: LongList, words: Words) -> str:
    if part == "weights":
        columns = {each.key: each.column for each in listed.catalogue.criteria}
        texts: Iterable[str] = (
            f"{name_criterion(key, columns.get(key, ''), words)} {words.plain(weight)}"
            for key, weight in scenario.weights
            if weight > 0
        )
    elif part == "rules":
        names = {each.key: each.name for each in listed.catalogue.rules}
        texts = (names.get(key, key) for key in scenario.rules)
    elif part == "bounds":
        texts = (_write_bound(each, words) for each in scenario.bounds)
    elif part == "exceptions":
        texts = (_write_departure(each, listed, words) for each in scenario.exceptions)
    elif part == "chosen":
        texts = (name_ward(listed.table, code, words) for code in scenario.chosen)
    elif part == "is_locked":
        texts = (words("scenario.yes" if scenario.is_locked else "scenario.no"),)
    elif part == "approval":
        papers = [scenario.approval.document] if scenario.approval else []
        texts = (paper.number or paper.title for paper in papers)
    else:
        value = getattr(scenario, part)
        texts = () if value in (None, "") else (words.plain(value),)
    return "; ".join(texts) or words("scenario.none")


def _write_bound(bound: GroupBound, words: Words) -> str:
    known = words.has(f"selection.bound_{bound.column}")
    column = words(f"selection.bound_{bound.column}") if known else bound.column
    parts = [f"{words('selection.least').lower()} {bound.least}"] if bound.least is not None else []
    parts += [f"{words('selection.most').lower()} {bound.most}"] if bound.most is not None else []
    return f"{column}, {bound.value or words('selection.each')}: {', '.join(parts)}"


def _write_departure(departure: Departure, listed: LongList, words: Words) -> str:
    names = {each.key: each.name for each in listed.catalogue.rules}
    kind = words(f"selection.{departure.kind}", rule=names.get(departure.rule, departure.rule))
    return f"{kind}: {name_ward(listed.table, departure.ward_code, words)} ({departure.reason})"
