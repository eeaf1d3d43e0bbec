"""Rows to wards by key. A row is joined, ambiguous or unmatched; none is dropped, none is mended.

Codes were re-used in Vietnam on 1/7/2025 for other, larger units, so a code counts only when the name
beside it, where there is one, means the same unit. Names are compared folded but with their accents:
Đông Tiến and Đồng Tiến are two places.
"""

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from errors import NotComparable
from geo.cells import to_code
from geo.columns import is_total
from geo.findings import Finding, list_examples
from geo.frames import Method, Outcome, Wards
from geo.names import UnitName, fold, parse_unit, strip_accents

MOST_REUSED_SHARE = 0.05


@dataclass(frozen=True)
class KeyMatch:
    """Where one key led: a ward code or None, how, and what became of the row."""

    ward_code: str | None
    method: Method
    outcome: Outcome
    reused: bool = False


UNMATCHED = KeyMatch(None, "none", "unmatched")
AMBIGUOUS = KeyMatch(None, "none", "ambiguous")


class WardIndex:
    """Wards by code and by folded name, scoped by parent."""

    def __init__(self, wards: Wards) -> None:
        frame = wards.frame
        self.names = {code: parse_unit(name) for code, name in frame["ward_name"].items()}
        self.parents = {code: parse_unit(parent).core for code, parent in frame["parent"].items()}
        self.has_parents = any(self.parents.values())
        self.by_core: dict[str, list[str]] = defaultdict(list)
        for code, name in self.names.items():
            if name.core:
                self.by_core[name.core].append(str(code))

    def match(self, key: str | None, name: str | None, parent: str | None) -> KeyMatch:
        """Try the key as a code, then as a name within its parent; a name beside it must agree."""
        if not key:
            return self._match_name(name, parent) if name else UNMATCHED
        if key in self.names:
            if name and self.names[key].core and not means_same(parse_unit(name), self.names[key]):
                return KeyMatch(None, "none", "ambiguous", reused=True)
            return KeyMatch(key, "code", "joined")
        hit = self._match_name(key, parent)
        if name and hit.ward_code and not means_same(parse_unit(name), self.names[hit.ward_code]):
            return UNMATCHED
        return hit

    def _match_name(self, key: str, parent: str | None) -> KeyMatch:
        unit, scope = parse_unit(key), parent
        if unit.core not in self.by_core and "," in key:
            first, _, rest = key.partition(",")
            unit, scope = parse_unit(first), parent or rest.split(",")[0]
        found = self.by_core.get(unit.core, [])
        if unit.type:
            found = [code for code in found if self.names[code].type in ("", unit.type)]
        if scope and self.has_parents:
            scope_core = parse_unit(scope).core
            found = [code for code in found if self.parents[code] in ("", scope_core)]
        if len(found) == 1:
            return KeyMatch(found[0], "name", "joined")
        return AMBIGUOUS if found else UNMATCHED


def means_same(row: UnitName, ward: UnitName) -> bool:
    """Whether a name beside a code may be that ward: type (when both have one) and letters agree.

    Accents, spaces and y/i are let pass here: the code speaks too, and official lists differ in them.
    """
    if row.type and ward.type and row.type != ward.type:
        return False
    return _letters(row.core) == _letters(ward.core)


def _letters(core: str) -> str:
    return strip_accents(fold(core)).replace(" ", "").replace("'", "").replace("y", "i")


def match_keys(
    wards: Wards,
    keys: pd.Series,
    *,
    names: pd.Series | None = None,
    parents: pd.Series | None = None,
    where: str = "",
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """One row per key, same index: ward_code, method, outcome, distance_m (NaN).

    names: the unit's name beside a code. parents: its district or province. where: for the findings.
    Raises NotComparable when over 5 % of the rows that hit a code name another unit.
    """
    asked = pd.DataFrame({"key": to_code(keys)})
    asked["name"] = _as_text(names, keys)
    asked["parent"] = _as_text(parents, keys)
    index = WardIndex(wards)
    distinct = asked.drop_duplicates().astype(object)
    distinct = distinct.where(distinct.notna(), None)
    hits = [index.match(*row) for row in distinct.itertuples(index=False, name=None)]
    found = distinct.assign(
        ward_code=pd.Series([hit.ward_code for hit in hits], index=distinct.index, dtype=object),
        method=[hit.method for hit in hits],
        outcome=[hit.outcome for hit in hits],
        reused=[hit.reused for hit in hits],
    )
    blank = {"key": "", "name": "", "parent": ""}
    table = asked.fillna(blank).merge(found.fillna(blank), how="left", on=["key", "name", "parent"])
    table.index = keys.index
    _refuse_reused(table, wards, where)
    findings = _list_leftovers(table, where)
    if lost := count_lost_zeros(table, index):
        findings.append(Finding("LostZeros", "error", where, "", {"n": lost}))
    if parents is not None and not index.has_parents:
        findings.append(Finding("ParentNotChecked", "warning", where, str(parents.name or "")))
    table["ward_code"] = table["ward_code"].astype(object).where(table["ward_code"].notna(), None)
    table["distance_m"] = float("nan")
    return table[["ward_code", "method", "outcome", "distance_m"]], tuple(findings)


def count_lost_zeros(table: pd.DataFrame, index: WardIndex) -> int:
    """Unmatched keys that would be codes if a spreadsheet had not eaten their leading zeros. They are
    told, never mended."""
    known = {str(code) for code in index.names}
    lengths = {len(code) for code in known if code.isdigit()}
    keys = table.loc[table["outcome"] == "unmatched", "key"]
    return sum(any(key.isdigit() and key.zfill(length) in known for length in lengths) for key in keys)


def _as_text(column: pd.Series | None, like: pd.Series) -> pd.Series:
    if column is None:
        return pd.Series(None, index=like.index, dtype=object)
    return to_code(column)


def _refuse_reused(table: pd.DataFrame, wards: Wards, where: str) -> None:
    by_code = int(((table["method"] == "code") | table["reused"]).sum())
    reused = table[table["reused"]]
    if len(reused) > MOST_REUSED_SHARE * by_code:
        code, name = reused.iloc[0][["key", "name"]]
        raise NotComparable(
            "codes_reused",
            file=where,
            n=len(reused),
            of=by_code,
            ward_code=code,
            seen=name,
            ward_name=wards.frame.at[code, "ward_name"],
        )


def _list_leftovers(table: pd.DataFrame, where: str) -> list[Finding]:
    findings = []
    shown = table["key"].where(table["name"] == "", table["key"] + " " + table["name"])
    is_sum = (table["outcome"] == "unmatched") & (table["key"].map(is_total) | table["name"].map(is_total))
    for code, mask in (
        ("CodeNamesAnotherUnit", table["reused"]),
        ("AmbiguousKey", (table["outcome"] == "ambiguous") & ~table["reused"]),
        ("TotalsRow", is_sum),
        ("UnmatchedKey", (table["outcome"] == "unmatched") & ~is_sum),
    ):
        if mask.any():
            seen = list_examples(shown[mask].str.strip().replace("", "–"))
            findings.append(Finding(code, "warning", where, seen, {"n": int(mask.sum())}))
    return findings
