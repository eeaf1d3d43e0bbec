"""A committee's list of target areas as it was typed: one row per place."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path

import pandas as pd

from geo.findings import Finding, list_examples
from geo.frames import Wards
from geo.matching.aliases import Alias
from planning.catalogue import Catalogue
from studies.areas_cells import AreaRow, Sieve, read_cells
from studies.areas_columns import find_columns
from studies.ward_list import WardList, read_ward_list

Tally = dict[str, int]
MOST_LINES = 10
OUTCOMES = ("joined", "known", "ambiguous", "unmatched", "silent", "refused")


def read_areas(
    path: Path,
    wards: Wards,
    aliases: Sequence[Alias] = (),
    *,
    catalogue: Catalogue,
    there: Collection[tuple[str, str]] = (),
    sheet: str | None = None,
    encoding: str | None = None,
) -> tuple[tuple[AreaRow, ...], tuple[Finding, ...], Tally]:
    """The areas in the file's order, one per place; the remarks; and what became of the rows.

    there: places (ward code and hamlet) that the programme has already. The tally is in rows: `given` =
    `joined` (areas; equal rows are merged) + `known` (there already, left as they are) + `ambiguous` +
    `unmatched` + `silent` (nothing but the ward, in a list with a column of states, like an untouched row of
    the template) + `refused` (a cell that cannot be read, or one place told in different ways). Raises as
    `studies.ward_list.read_ward_list`.
    """
    listed = read_ward_list(path, wards, aliases, sheet=sheet, encoding=encoding)
    columns = find_columns(listed.headers, taken=listed.taken)
    outcome = listed.matched["outcome"].astype(object)
    sieve = Sieve(listed, columns, out=outcome != "joined")
    silent = ~sieve.out & _find_silent(sieve)
    outcome, sieve.out = outcome.mask(silent, "silent"), sieve.out | silent
    rows = read_cells(sieve, catalogue, wards.version or "")
    outcome = outcome.mask(sieve.out & (outcome == "joined"), "refused")
    areas, remarks = _merge(rows, sieve, outcome, there, wards)
    return areas, (*listed.findings, *sieve.findings, *remarks), _count(outcome)


def _merge(
    rows: Sequence[AreaRow],
    sieve: Sieve,
    outcome: pd.Series,
    there: Collection[tuple[str, str]],
    wards: Wards,
) -> tuple[tuple[AreaRow, ...], list[Finding]]:
    """One area per place whose rows agree. outcome: of each row, changed here for those that become none."""
    by_place: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if not sieve.out.iloc[at]:
            by_place[row.ward_code, row.hamlet].append(at)
    areas, findings, known = [], [], []
    for place, places in by_place.items():
        told = [rows[at] for at in places]
        if len(places) > 1:
            findings.append(_tell_repeated(place, places, told, sieve.listed, wards))
        if len(set(told)) > 1:
            outcome.iloc[places] = "refused"
        elif place in there:
            outcome.iloc[places] = "known"
            known.append(_name(place, wards))
        else:
            areas.append(told[0])
    if known:
        facts: dict[str, object] = {"n": len(known)}
        findings.append(Finding("AreaKnown", "info", sieve.listed.table.file, list_examples(known), facts))
    return tuple(areas), findings


def _find_silent(sieve: Sieve) -> pd.Series:
    """Rows that name a ward and nothing more, where a column asks for the state."""
    if sieve.columns.state is None:
        return pd.Series(False, index=sieve.out.index)
    told = [role for role, column in vars(sieve.columns).items() if column is not None]
    return pd.concat([sieve.text(role) == "" for role in told], axis=1).all(axis=1)


def _tell_repeated(
    place: tuple[str, str], at: Sequence[int], told: Sequence[AreaRow], listed: WardList, wards: Wards
) -> Finding:
    lines = list_examples((listed.lines[each] for each in at), most=MOST_LINES)
    facts: dict[str, object] = {"ward": _name(place, wards), "lines": lines, "n": len(at)}
    is_same = len(set(told)) == 1
    return Finding("AreaSame" if is_same else "AreasDiffer", "info" if is_same else "error",
                   listed.table.file, facts=facts)  # fmt: skip


def _name(place: tuple[str, str], wards: Wards) -> str:
    code, hamlet = place
    name = str(wards.frame.at[code, "ward_name"]) or code
    return f"{hamlet}, {name}" if hamlet else name


def _count(outcome: pd.Series) -> Tally:
    counts = outcome.value_counts()
    tally = {"given": len(outcome), **{name: int(counts.get(name, 0)) for name in OUTCOMES}}
    if sum(tally[name] for name in OUTCOMES) != tally["given"]:
        raise AssertionError(f"rows were lost: {tally}")
    return tally
