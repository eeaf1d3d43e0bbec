"""A hand-typed list of models: one row per model and result, as a unit would send it.

A row without a model's name goes on with the model above it, as merged cells leave it. What rows of one model
say of the model itself must agree, else none of it is taken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from errors import BadOption, MissingColumns, TooLarge
from geo.findings import Finding, list_examples
from geo.frames import Wards
from geo.matching.aliases import Alias
from geo.matching.match import match_keys
from geo.names import fold
from geo.reading.read import Table, list_layers, read_table
from planning.models import CrimeModel
from planning.papers import Figure
from studies.model_columns import find_columns
from studies.model_editing import COUNTS, check_model, make_key
from studies.models_cells import read_cells

Tally = dict[str, int]
OWN = (
    "name",
    "place",
    "level",
    "kind",
    *COUNTS,
    "effective",
    "assessed_by",
    "assessed_on",
    "started",
    "as_of",
)
MOST_LINES = 10
MOST_ROWS = 20_000
OUTCOMES = ("joined", "silent", "refused")
TOLD = (*OWN, "ward_code", "measure", "value", "text", "unit", "start", "end", "source", "note")
FIGURE = ("measure", "value", "qualifier", "text", "unit", "start", "end", "overlaps", "source")


@dataclass
class _Group:
    """Rows of one model, in the file's order."""

    lines: list[int] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)


def read_models(
    path: Path,
    wards: Wards | None = None,
    aliases: Sequence[Alias] = (),
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    decimal_mark: str | None = None,
) -> tuple[tuple[CrimeModel, ...], tuple[Finding, ...], Tally]:
    """The models in the file's order, each with its results; the remarks; and what became of the rows.

    wards: what a column of wards is matched with; without them it is left aside, with a finding. The tally is
    in rows: `given` = `joined` + `silent` (tells nothing) + `refused` (no model above it, a
    person named, rows that disagree, a model that cannot be). Raises what reading a table raises,
    MissingColumns (reason `models`), TooLarge (`models`), SeveralChoices (`thousands`) and NotComparable.
    """
    sheets = list_layers(path)
    table = read_table(path, sheet=sheet or (sheets[0] if len(sheets) > 1 else None), encoding=encoding)
    if len(table.frame) > MOST_ROWS:
        raise TooLarge("models", file=table.file, n_rows=len(table.frame), limit=MOST_ROWS)
    headers = [str(column) for column in table.frame.columns]
    columns = find_columns(headers)
    if not {"name", "place"} <= columns.keys():
        raise MissingColumns("models", file=table.file, columns=", ".join(headers) or "–")
    findings = [*table.findings]
    read = read_cells(table, columns, findings, decimal_mark=decimal_mark)
    read["ward_code"] = _match(table, columns.get("ward"), wards, aliases, findings)
    groups, tally = _gather(read, table, findings)
    models = []
    for group in groups:
        model = _make(group, table.file, wards, findings)
        tally["refused" if model is None else "joined"] += len(group.rows)
        models += [model] if model else []
    if sum(tally[name] for name in OUTCOMES) != tally["given"]:
        raise AssertionError(f"rows were lost: {tally}")
    return tuple(models), tuple(findings), tally


def _match(
    table: Table, column: str | None, wards: Wards | None, aliases: Sequence[Alias], findings: list[Finding]
) -> pd.Series:
    """Ward codes, "" where none is told or found."""
    blank = pd.Series("", index=table.frame.index, dtype=object)
    if column is None:
        return blank
    told = table.frame[column].notna() & (table.frame[column].astype(str).str.strip() != "")
    if not told.any():
        return blank
    if wards is None:
        findings.append(Finding("WardsNotAsked", "warning", f"{table.file}:{column}"))
        return blank
    matched, remarks = match_keys(wards, table.frame.loc[told, column], aliases=aliases, where=table.file)
    findings += remarks
    codes = matched["ward_code"].where(matched["outcome"] == "joined", "")
    return codes.astype(object).reindex(table.frame.index, fill_value="").fillna("")


def _gather(read: pd.DataFrame, table: Table, findings: list[Finding]) -> tuple[list[_Group], Tally]:
    """Rows by model; and those that no model has."""
    tally = {"given": len(read), **dict.fromkeys(OUTCOMES, 0)}
    groups: dict[tuple[str, ...], _Group] = {}
    above: _Group | None = None
    orphans: list[int] = []
    lines = table.lines or range(1, len(read) + 1)
    names = [str(name) for name in read]
    for line, cells in zip(lines, read.itertuples(index=False), strict=True):
        row = dict(zip(names, cells, strict=True))
        if row["is_personal"]:
            tally["refused"] += 1
            above = None
        elif row["name"]:
            key = (fold(row["name"]), fold(row["place"]), row["ward_code"])
            above = groups.setdefault(key, _Group())
            above.lines.append(int(line))
            above.rows.append(row)
        elif not _list_told(row[name] for name in TOLD):
            tally["silent"] += 1
        elif above is None:
            tally["refused"] += 1
            orphans.append(int(line))
        else:
            above.lines.append(int(line))
            above.rows.append(row)
    if orphans:
        facts: dict[str, object] = {"n": len(orphans), "lines": list_examples(orphans)}
        findings.append(Finding("ResultWithoutModel", "warning", table.file, "", facts))
    return list(groups.values()), tally


def _make(group: _Group, file: str, wards: Wards | None, findings: list[Finding]) -> CrimeModel | None:
    """The model of some rows; None where they disagree or say what cannot be, with a finding."""
    told = {name: _list_told(row[name] for row in group.rows) for name in (*OWN, "ward_code")}
    facts: dict[str, object] = {
        "model": group.rows[0]["name"],
        "lines": list_examples(group.lines, most=MOST_LINES),
    }
    at_odds = [name for name, values in told.items() if len(values) > 1 and name not in ("name", "place")]
    source = next((row["source"] for row in group.rows if row["source"]), "")
    results = _list_results(group.rows, source)
    if at_odds or results is None:
        seen = list_examples(value for name in at_odds for value in told[name])
        findings.append(Finding("ModelRowsDiffer", "error", file, seen or "–", facts))
        return None
    own = {name: values[0] for name, values in told.items() if values}
    note = "; ".join(_list_told(row["note"] for row in group.rows if not row["measure"]))
    version = (wards.version or "") if wards is not None and own.get("ward_code") else ""
    model = CrimeModel(**{"place": "", "level": "", **own}, version=version, source=source, note=note)
    figures = tuple(_make_figure(row, model) for row in results)
    model = CrimeModel(**{**vars(model), "figures": figures})
    try:
        check_model(model)
    except BadOption as error:
        findings.append(Finding("ModelRefused", "error", file, "", facts | {"why": error.reason}))
        return None
    return model


def _list_told(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(value for value in values if value is not None and value != ""))


def _list_results(rows: Sequence[dict[str, Any]], source: str) -> list[dict[str, Any]] | None:
    """Rows with a result, a repeated one once; None where one result is told with two quantities."""
    results: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        if not row["measure"]:
            continue
        key = (fold(row["measure"]), row["start"], row["end"], row["source"] or source)
        known = results.setdefault(key, row)
        if any(known[name] != row[name] for name in FIGURE if name not in ("measure", "source")):
            return None
    return list(results.values())


def _make_figure(row: dict[str, Any], model: CrimeModel) -> Figure:
    told = {name: row[name] for name in FIGURE if name != "source"}
    return Figure(
        key=make_key(row["measure"]),
        **told,
        level=model.level,
        place=model.place,
        source=row["source"] or model.source,
        period="" if row["start"] or row["end"] else model.as_of,
        note=row["note"],
    )
