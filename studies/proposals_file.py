"""Units' own proposals as they were typed: one row per ward, cells in the words of a clerk.

A row may be there only to tell a type, a cost or a recognition: then its column "đề xuất" says no. What
cannot be read is told and left unknown; a ward that is told twice in different ways is left out until
somebody settles it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from geo.findings import Finding, list_examples
from geo.frames import Wards
from geo.matching.aliases import Alias
from geo.reading.read import Table
from planning.catalogue import Named
from planning.scenario import Proposal
from studies.proposals_cells import find_silent, read_cells
from studies.proposals_columns import find_columns
from studies.ward_list import read_ward_list

Tally = dict[str, int]
MOST_LINES = 10
OUTCOMES = ("joined", "ambiguous", "unmatched", "silent", "refused")
NAMES = tuple(field.name for field in fields(Proposal))


@dataclass(frozen=True)
class _Told:
    """One row that found its ward. line: of the file."""

    line: int
    proposal: Proposal


def read_proposals(
    path: Path,
    wards: Wards,
    aliases: Sequence[Alias] = (),
    *,
    types: Sequence[Named] = (),
    sheet: str | None = None,
    encoding: str | None = None,
    decimal_mark: str | None = None,
) -> tuple[tuple[Proposal, ...], tuple[Finding, ...], Tally]:
    """The proposals in the file's order, one per ward; the remarks; and what became of the rows.

    aliases: confirmed spellings. types: the catalogue's types of areas; one is named by its name, its key or
    the number in either. The tally is in rows: `given` = `joined` (proposals; equal rows are merged) +
    `ambiguous` + `unmatched` + `silent` (empty beside a column "đề xuất", like an untouched row of the
    template) + `refused` (one ward told in different ways). Raises what reading a table raises,
    MissingColumns, SeveralChoices (`thousands`, unless the decimal mark is told), NotComparable, and
    NothingMatched.
    """
    listed = read_ward_list(path, wards, aliases, sheet=sheet, encoding=encoding)
    table, matched, findings = listed.table, listed.matched, [*listed.findings]
    columns = find_columns(listed.headers, taken=listed.taken)
    others = [each for each in listed.headers if each not in listed.taken]
    if others and not columns.told:
        findings.append(Finding("NoProposalColumns", "warning", table.file, list_examples(others)))
    silent = find_silent(table, columns) & (matched["outcome"] == "joined")
    outcome = matched["outcome"].mask(silent, "silent")
    read = read_cells(table, columns, types, findings, decimal_mark=decimal_mark)
    read["ward_code"] = matched["ward_code"]
    read["line"] = listed.lines
    proposals, refused = _merge(read[outcome == "joined"], wards, table.file, findings)
    outcome = outcome.mask(matched["ward_code"].isin(refused) & (outcome == "joined"), "refused")
    return proposals, tuple(findings), _count(outcome, table)


def _count(outcome: pd.Series, table: Table) -> Tally:
    counts = outcome.value_counts()
    tally = {"given": len(table.frame), **{name: int(counts.get(name, 0)) for name in OUTCOMES}}
    if sum(tally[name] for name in OUTCOMES) != tally["given"]:
        raise AssertionError(f"rows were lost: {tally}")
    return tally


def _merge(
    rows: pd.DataFrame, wards: Wards, file: str, findings: list[Finding]
) -> tuple[tuple[Proposal, ...], set[str]]:
    """One proposal per ward whose rows agree; and the wards whose rows do not."""
    by_ward: dict[str, list[_Told]] = defaultdict(list)
    for row in rows.to_dict("records"):
        by_ward[str(row["ward_code"])].append(_Told(int(row["line"]), _as_proposal(row)))
    refused = {code for code, told in by_ward.items() if len({each.proposal for each in told}) > 1}
    for code, told in by_ward.items():
        if len(told) == 1:
            continue
        name = str(wards.frame.at[code, "ward_name"]) or code
        lines = list_examples((each.line for each in told), most=MOST_LINES)
        facts: dict[str, object] = {"ward": name, "lines": lines, "n": len(told)}
        if code in refused:
            findings.append(Finding("ProposalsDiffer", "error", file, _show_differing(told), facts))
        else:
            findings.append(Finding("ProposalRepeated", "info", file, name, facts))
    kept = tuple(told[0].proposal for code, told in by_ward.items() if code not in refused)
    return kept, refused


def _as_proposal(row: dict[object, object]) -> Proposal:
    return Proposal(**{name: row[name] for name in NAMES})  # type: ignore[arg-type]


def _show_differing(told: Sequence[_Told]) -> str:
    """What each row says where they disagree: `4: Công an xã | 7: UBND xã`."""
    at_odds = [name for name in NAMES if len({getattr(each.proposal, name) for each in told}) > 1]
    shown = [
        f"{each.line}: " + ", ".join(_show(getattr(each.proposal, name)) for name in at_odds)
        for each in told[:MOST_LINES]
    ]
    return " | ".join([*shown, *(["…"] if len(told) > MOST_LINES else [])])


def _show(value: object) -> str:
    if isinstance(value, bool):
        return "+" if value else "−"
    if isinstance(value, tuple):
        return ", ".join(value) or "–"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return str(value).removesuffix(".0").replace(".", ",")
    return str(value or "–")
