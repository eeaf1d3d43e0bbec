"""A table of old and new units -> Crosswalk. A code counts only when the name beside it, where there is one,
means the same unit: codes were re-used, and so were names.

Single bad rows are left out and told. What cannot be true of any change of boundaries is refused.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from errors import BrokenCrosswalk
from geo.findings import Finding, list_examples
from geo.frames import Source, Wards
from geo.matching.match import match_keys
from geo.names import fold, strip_accents
from geo.reading.cells import to_coordinate
from geo.reading.read import Table
from geo.versions.crosswalk import Crosswalk
from geo.versions.crosswalk_columns import CrosswalkColumns, guess_columns

__all__ = ["CrosswalkColumns", "read_crosswalk"]

WHOLE_WORDS = {"1", "1.0", "x", "co", "true", "yes", "full", "whole", "entire", "giu nguyen"}
PART_WORDS = {"0", "0.0", "khong", "false", "no", "part", "partial"}
WHOLE_PHRASES = ("toan bo", "nguyen trang", "giu nguyen", "nguyen ven", "khong sap xep")
PART_PHRASES = ("mot phan", "phan con lai", "1 phan")


def read_crosswalk(
    table: Table,
    columns: CrosswalkColumns | None = None,
    *,
    old: Wards,
    new: Wards,
    source: Source | None = None,
) -> tuple[Crosswalk, tuple[Finding, ...]]:
    """Rows of places in neither version are left out (a table of the whole country serves one city). A
    weight stays as it was told; `check_crosswalk` looks at sums, totals and outlines.

    Raises MissingColumns, NotComparable, and BrokenCrosswalk: `version` a version has no id or both are
    one; `names` a name beside a code is another unit's; `pair_twice` told twice and differently;
    `whole_several` undivided, yet in several new units; `weight` no share; `empty` no row is of these places.
    """
    if not old.version or not new.version or old.version == new.version:
        raise BrokenCrosswalk("version", file=table.file, old=old.version or "?", new=new.version or "?")
    used = guess_columns(table, columns or CrosswalkColumns())
    findings = [*table.findings]
    rows = pd.DataFrame(
        {
            "old_code": _match(table, old, (used.old_code, used.old_name, used.old_parent), findings),
            "new_code": _match(table, new, (used.new_code, used.new_name, None), findings),
            "whole": _read_parts(table, used.part, findings),
            "weight_population": _read_weights(table, used.weight_population, findings),
            "weight_area": _read_weights(table, used.weight_area, findings),
        },
        index=table.frame.index,
    )
    n_told = rows.groupby("old_code")["old_code"].transform("size")
    lost = rows.loc[rows["new_code"].isna() & (n_told > 1), "old_code"].dropna().unique()
    rows = _leave_out(rows, table, used, findings)
    rows = _drop_repeats(rows, table.file, findings)
    rows = _settle_parts(rows, lost, table.file)
    told = source or Source(name=_list_sources(table, used.source), file=table.file)
    return Crosswalk(rows, old.version, new.version, told), tuple(findings)


def _match(
    table: Table, wards: Wards, columns: tuple[str | None, str | None, str | None], findings: list[Finding]
) -> pd.Series:
    """The unit's code in that version, None where the row means none of them."""
    code, name, parent = (table.frame[column] if column else None for column in columns)
    key = code if code is not None else name
    assert key is not None
    beside = name if code is not None else None
    matched, remarks = match_keys(wards, key, names=beside, parents=parent, where=table.file)
    for remark in remarks:
        if remark.code == "CodeNamesAnotherUnit":
            raise BrokenCrosswalk(
                "names", file=table.file, seen=remark.seen, version=wards.version, **remark.facts
            )
    findings += [remark for remark in remarks if remark.code == "LostZeros"]
    return matched["ward_code"]


def _read_parts(table: Table, column: str | None, findings: list[Finding]) -> pd.Series:
    """True whole, False in part, None where the cell does not say."""
    if column is None:
        return pd.Series(None, index=table.frame.index, dtype=object)
    cells = table.frame[column].astype(object)
    parts = cells.map(lambda cell: _read_part(str(cell)), na_action="ignore").astype(object)
    parts = parts.where(parts.notna(), None)
    unclear = parts.isna() & cells.notna() & (cells.astype(str).str.strip() != "")
    if unclear.any():
        facts: dict[str, object] = {"n": int(unclear.sum())}
        where = f"{table.file}:{column}"
        findings.append(
            Finding("CrosswalkPartUnclear", "warning", where, list_examples(cells[unclear]), facts)
        )
    return parts


def _read_part(text: str) -> bool | None:
    plain = strip_accents(fold(text))
    says_part = plain in PART_WORDS or any(phrase in plain for phrase in PART_PHRASES)
    says_whole = plain in WHOLE_WORDS or any(phrase in plain for phrase in WHOLE_PHRASES)
    return says_whole if says_part != says_whole else None


def _read_weights(table: Table, column: str | None, findings: list[Finding]) -> pd.Series:
    """Shares 0-1. A column with a number above 1, or with a percent sign, holds percents."""
    if column is None:
        return pd.Series(np.nan, index=table.frame.index)
    cells = table.frame[column].astype(object)
    signed = cells.map(lambda cell: isinstance(cell, str) and "%" in cell).astype(bool)
    bare = cells.map(lambda cell: cell.replace("%", "") if isinstance(cell, str) else cell)
    numbers, bad = to_coordinate(bare)
    where = f"{table.file}:{column}"
    if bad.any():
        facts: dict[str, object] = {"n": int(bad.sum())}
        findings.append(Finding("NotANumber", "warning", where, list_examples(cells[bad]), facts))
    in_percent = signed | bool((numbers[~signed] > 1).any())
    shares = numbers.where(~in_percent, numbers / 100)
    impossible = (shares < 0) | (shares > 1)
    if impossible.any():
        raise BrokenCrosswalk("weight", file=table.file, column=column, seen=list_examples(cells[impossible]))
    if in_percent.any():
        findings.append(Finding("CrosswalkPercent", "info", where))
    return shares.astype(float)


def _leave_out(
    rows: pd.DataFrame, table: Table, used: CrosswalkColumns, findings: list[Finding]
) -> pd.DataFrame:
    """Only rows whose units are known on both sides; the others are counted by what they lack."""
    no_old, no_new = rows["old_code"].isna(), rows["new_code"].isna()
    old, new = used.old_code or used.old_name, used.new_code or used.new_name
    for code, severity, lost, column in (
        ("CrosswalkOtherPlaces", "info", no_old & no_new, old),
        ("CrosswalkOldUnknown", "warning", no_old & ~no_new, old),
        ("CrosswalkNewUnknown", "error", no_new & ~no_old, new),
    ):
        if lost.any():
            seen = list_examples(table.frame.loc[lost, column].fillna("–"))
            facts: dict[str, object] = {"n": int(lost.sum())}
            findings.append(Finding(code, severity, table.file, seen, facts))  # type: ignore[arg-type]
    kept = rows[~no_old & ~no_new]
    if kept.empty:
        raise BrokenCrosswalk("empty", file=table.file, n=len(rows))
    return kept


def _drop_repeats(rows: pd.DataFrame, file: str, findings: list[Finding]) -> pd.DataFrame:
    pair = ["old_code", "new_code"]
    distinct = rows.drop_duplicates()
    twice = distinct[distinct.duplicated(pair, keep=False)]
    if len(twice):
        raise BrokenCrosswalk("pair_twice", file=file, seen=_list_pairs(twice))
    if len(distinct) < len(rows):
        facts: dict[str, object] = {"n": len(rows) - len(distinct)}
        seen = _list_pairs(rows[rows.duplicated()])
        findings.append(Finding("CrosswalkRowTwice", "warning", file, seen, facts))
    return distinct


def _settle_parts(rows: pd.DataFrame, lost: Iterable[object], file: str) -> pd.DataFrame:
    """Where no word tells, one new unit means whole, unless another part of the old one was left out (lost).
    A whole unit's weights are 1 whatever was measured."""
    n_new = rows.groupby("old_code")["new_code"].transform("size")
    is_alone = (n_new == 1) & ~rows["old_code"].isin(list(lost))
    whole = rows["whole"].where(rows["whole"].notna(), is_alone).astype(bool)
    torn = rows[whole & (n_new > 1)]
    if len(torn):
        raise BrokenCrosswalk("whole_several", file=file, seen=list_examples(torn["old_code"]), n=len(torn))
    weights = {
        name: rows[name].mask(whole, 1.0).astype(float) for name in ("weight_population", "weight_area")
    }
    return rows.assign(whole=whole, **weights).reset_index(drop=True)


def _list_pairs(rows: pd.DataFrame) -> str:
    return list_examples(rows["old_code"] + " → " + rows["new_code"])


def _list_sources(table: Table, column: str | None) -> str:
    return list_examples(table.frame[column].dropna(), most=3) if column else ""
