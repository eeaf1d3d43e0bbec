"""The join doctor: what a table's keys became, what the left-over ones may mean, and the table joined anew.

Nothing is mended by itself: a choice comes from a person. The rows and counts given are the same before and
after every repair; a repair moves them between left over and joined, no more.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from errors import BadOption
from geo.findings import Finding, list_examples
from geo.frames import Wards
from geo.matching.aliases import Alias
from geo.matching.leftovers import ChoiceKey, LeftOver, Reason
from geo.matching.match import find_duplicates
from geo.matching.suggest import Suggestion, suggest_all
from studies.intake import Trial, try_table
from studies.told_rows import ROLES, has_counts, list_told

Class = Literal[
    "given", "matched", "remembered", "duplicate", "suggested", "ambiguous", "unmatched", "left_out"
]
CLASS_OF: dict[Reason, Class] = {
    "suggested": "suggested",
    "lost_zeros": "suggested",
    "ambiguous": "ambiguous",
    "other_unit": "ambiguous",
    "unmatched": "unmatched",
    "totals": "unmatched",
    "blank": "unmatched",
    "left_out": "left_out",
}
LEFT: tuple[Class, ...] = ("suggested", "ambiguous", "unmatched", "left_out")
Choices = Mapping[ChoiceKey, str | None]


@dataclass(frozen=True)
class ClassCount:
    """One line of the reconciliation. n is None where rows are what is counted. part: thereof of matched."""

    key: Class
    n_rows: int
    n: float | None
    part: bool = False


@dataclass(frozen=True)
class Matched:
    """A ward and the spellings that led to it. choices: what they are filed under, to choose again."""

    ward_code: str
    ward_name: str
    spellings: tuple[str, ...]
    lines: tuple[int, ...]
    choices: tuple[ChoiceKey, ...]


@dataclass(frozen=True)
class Diagnosis:
    """classes: given = matched + suggested + ambiguous + unmatched + left_out, in rows and in counts.
    left_over: one per spelling, in the file's order. duplicates: wards told twice, spelt differently, in a
    table with one row per ward. remembered: wards that an earlier confirmation led to."""

    classes: tuple[ClassCount, ...]
    left_over: tuple[LeftOver, ...]
    duplicates: tuple[Matched, ...]
    remembered: tuple[Matched, ...]


@dataclass(frozen=True)
class Repair:
    """A table joined anew. aliases: those to remember. left_out: spellings that a person left without a
    ward. before, after: rows by outcome, with `given` among them; n_before, n_after: the same in counts."""

    trial: Trial
    aliases: tuple[Alias, ...]
    left_out: tuple[ChoiceKey, ...]
    before: dict[str, int]
    after: dict[str, int]
    n_before: dict[str, float]
    n_after: dict[str, float]


def diagnose(wards: Wards, trial: Trial, *, left_out: Collection[ChoiceKey] = (), most: int = 5) -> Diagnosis:
    """What became of every row, and what the spellings without a ward may mean (`most` wards each).

    Rows that look for their ward by coordinates have no spelling: they are counted, not listed.
    """
    told = list_told(trial)
    left_over = _list_left_over(wards, told, left_out, most)
    twice = find_duplicates(told[list(ROLES)], told["ward_code"])
    duplicates = [_describe(wards, told[told["ward_code"] == code]) for code in twice]
    by_alias = told[told["method"] == "alias"].groupby("ward_code", sort=False)
    remembered = [_describe(wards, rows) for _, rows in by_alias]
    classes = _count_classes(told, left_over, twice, counts_n=has_counts(trial))
    return Diagnosis(classes, left_over, tuple(duplicates), tuple(remembered))


def _list_left_over(
    wards: Wards, told: pd.DataFrame, left_out: Collection[ChoiceKey], most: int
) -> tuple[LeftOver, ...]:
    open_rows = told[told["outcome"].isin(("unmatched", "ambiguous"))]
    groups = [rows for _, rows in open_rows.groupby(["text_key", "parent_key"], sort=False)]
    heads = open_rows.drop_duplicates(["text_key", "parent_key"])
    found = []
    for rows, likely in zip(groups, suggest_all(wards, heads, most=most), strict=True):
        head = rows.iloc[0]
        n = float(rows["n"].sum()) if rows["n"].notna().any() else None
        left = LeftOver(
            head["key"],
            head["name"],
            head["parent"],
            _find_reason(wards, head, likely, left_out),
            tuple(rows.index.tolist()),
            tuple(rows["line"].tolist()),
            n,
            likely if head["can_be_fixed"] else (),
        )
        found.append(left)
    return tuple(found)


def _find_reason(
    wards: Wards, head: pd.Series, likely: Sequence[Suggestion], left_out: Collection[ChoiceKey]
) -> Reason:
    if not head["can_be_fixed"]:
        return "totals" if head["text"] else "blank"
    if (head["text_key"], head["parent_key"]) in left_out:
        return "left_out"
    if head["outcome"] == "ambiguous":
        return "other_unit" if head["name"] and head["key"] in wards.frame.index else "ambiguous"
    if any(hit.why == "lost_zeros" for hit in likely):
        return "lost_zeros"
    return "suggested" if likely else "unmatched"


def _describe(wards: Wards, rows: pd.DataFrame) -> Matched:
    code = str(rows["ward_code"].iloc[0])
    return Matched(
        code,
        str(wards.frame.at[code, "ward_name"]),
        tuple(dict.fromkeys(rows["text"])),
        tuple(rows["line"].tolist()),
        tuple(dict.fromkeys(zip(rows["text_key"], rows["parent_key"], strict=True))),
    )


def _count_classes(
    told: pd.DataFrame, left_over: Sequence[LeftOver], twice: Collection[str], *, counts_n: bool
) -> tuple[ClassCount, ...]:
    """Every class in a fixed order, zeros included; together they are what was given, asserted."""
    became = pd.Series("unmatched", index=told.index, dtype=object)
    became[told["outcome"] == "joined"] = "matched"
    for left in left_over:
        became[list(left.rows)] = CLASS_OF[left.reason]

    def count(key: Class, mask: pd.Series, *, part: bool = False) -> ClassCount:
        return ClassCount(key, int(mask.sum()), float(told.loc[mask, "n"].sum()) if counts_n else None, part)

    whole = [count(key, became == key) for key in ("matched", *LEFT)]
    assert sum(line.n_rows for line in whole) == len(told), "rows were lost"
    parts = [
        count("remembered", told["method"] == "alias", part=True),
        count("duplicate", told["ward_code"].isin(list(twice)), part=True),
    ]
    return (count("given", became.notna()), whole[0], *parts, *whole[1:])


def apply_choices(wards: Wards, trial: Trial, choices: Choices) -> Repair:
    """The table joined anew with what a person chose: a ward code, or None to leave the spelling out.

    choices: filed under `LeftOver.choice`, or under a remembered spelling's, which None forgets. Give all
    choices at once, to the trial before them. Raises BadOption for a spelling that is not open and for a
    ward code that these boundaries do not have.
    """
    told = list_told(trial)
    filed = list(zip(told["text_key"], told["parent_key"], strict=True))
    is_open = ((told["outcome"] != "joined") | (told["method"] == "alias")) & told["can_be_fixed"]
    known = {pair for pair, is_one in zip(filed, is_open, strict=True) if is_one}
    for (text, parent), code in choices.items():
        if (text, parent) not in known:
            raise BadOption("spelling", value=text, parent=parent)
        if code is not None and code not in wards.frame.index:
            raise BadOption("ward_code", value=code)
    new = tuple(Alias(text, code, parent) for (text, parent), code in choices.items() if code is not None)
    left_out = tuple(choice for choice, code in choices.items() if code is None)
    stops = (Alias(text, "", parent) for text, parent in left_out)
    aliases = (*trial.aliases, *new, *stops)
    again = try_table(wards, trial.proposal, trial.settled, aliases=aliases, must_match=False)
    before, after = trial.joined, again.joined
    assert before.tally_rows()["given"] == after.tally_rows()["given"], "rows were lost"
    if left_out:
        texts = [text for text, pair in zip(told["text"], filed, strict=True) if pair in left_out]
        note = Finding(
            "LeftOutByChoice", "info", trial.proposal.table.file, list_examples(texts), {"n": len(texts)}
        )
        again = replace(again, findings=(*again.findings, note))
    return Repair(
        again, new, left_out, before.tally_rows(), after.tally_rows(), before.tally(), after.tally()
    )
