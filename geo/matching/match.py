"""Rows to wards by key. A row is joined, ambiguous or unmatched; none is dropped, none is mended.

The method tells how a row found its ward: `code`, then `name` (the letters as written, with type and
parent), `folded` (tone style, apostrophes, hyphens, padded numbers, y and i), `alias` (confirmed by a person
before). An alias never overrules the others. What is merely similar is a suggestion: see `suggest`.
"""

import re
from collections.abc import Sequence

import pandas as pd

from errors import NotComparable
from geo.findings import Finding, list_examples
from geo.frames import Wards
from geo.matching.aliases import Alias
from geo.matching.ward_index import WardIndex, join_text
from geo.reading.cells import to_code
from geo.reading.columns import is_total

MOST_REUSED_SHARE = 0.05
WESTERN_LETTER = re.compile("[\u0080-\u00ff]")
VIETNAMESE_LETTER = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")


def match_keys(
    wards: Wards,
    keys: pd.Series,
    *,
    names: pd.Series | None = None,
    parents: pd.Series | None = None,
    aliases: Sequence[Alias] = (),
    where: str = "",
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """One row per key, same index: ward_code, method, outcome, distance_m (NaN).

    names: the unit's name beside a code. parents: its district or province, or both ("Quận 3, TP. HCM").
    aliases: confirmed spellings; the later of two counts. where: for the findings.
    Raises NotComparable when over 5 % of the rows that hit a code name another unit: the codes were re-used,
    or the names cannot be read.
    """
    asked = read_asked(keys, names=names, parents=parents)
    index = WardIndex(wards, aliases)
    table = _look_up(index, asked)
    _refuse_reused(table, wards, where)
    findings = _list_leftovers(table, where)
    findings += _list_notes(table, wards, where)
    if lost := count_lost_zeros(table, index):
        findings.append(Finding("LostZeros", "error", where, "", {"n": lost}))
    if parents is not None and not index.has_parents:
        findings.append(Finding("ParentNotChecked", "warning", where, str(parents.name or "")))
    table["distance_m"] = float("nan")
    return table[["ward_code", "method", "outcome", "distance_m"]], tuple(findings)


def read_asked(
    keys: pd.Series, *, names: pd.Series | None = None, parents: pd.Series | None = None
) -> pd.DataFrame:
    """key, name, parent as matching reads them: text on the keys' index, "" where a cell is blank."""
    columns = {"key": keys, "name": names, "parent": parents}
    blank = pd.Series("", index=keys.index, dtype=object)
    texts = {
        role: blank if cells is None else to_code(cells).fillna("").astype(object)
        for role, cells in columns.items()
    }
    return pd.DataFrame(texts, index=keys.index)


def _look_up(index: WardIndex, asked: pd.DataFrame) -> pd.DataFrame:
    """The asked rows with ward_code, method, outcome and reused; each distinct row is looked up once."""
    triples = list(zip(asked["key"], asked["name"], asked["parent"], strict=True))
    hits = {triple: index.match(*triple) for triple in dict.fromkeys(triples)}
    found = [hits[triple] for triple in triples]
    return asked.assign(
        ward_code=pd.Series([hit.ward_code for hit in found], index=asked.index, dtype=object),
        method=pd.Series([hit.method for hit in found], index=asked.index, dtype=object),
        outcome=pd.Series([hit.outcome for hit in found], index=asked.index, dtype=object),
        reused=pd.Series([hit.reused for hit in found], index=asked.index, dtype=bool),
    )


def find_duplicates(asked: pd.DataFrame, ward_code: pd.Series) -> dict[str, tuple[str, ...]]:
    """Wards that a table with one row per ward tells twice under different spellings.

    asked: as read_asked gives. ward_code: on the same index, None where there is none. A table counts as
    one row per ward when most of its wards have one row; in a list of incidents spellings may vary.
    """
    joined = ward_code.notna()
    codes = ward_code[joined]
    per_ward = codes.value_counts()
    if per_ward.empty or per_ward.median() > 1:
        return {}
    is_several = codes.isin(per_ward.index[per_ward > 1]).to_numpy()
    several = asked[joined][is_several]
    spellings: dict[str, dict[str, None]] = {}
    for code, key, name in zip(codes[is_several], several["key"], several["name"], strict=True):
        spellings.setdefault(code, {})[join_text(key, name)] = None
    return {code: tuple(told) for code, told in spellings.items() if len(told) > 1}


def count_lost_zeros(table: pd.DataFrame, index: WardIndex) -> int:
    """Unmatched keys that would be codes if a spreadsheet had not eaten their leading zeros. They are
    told, never mended."""
    keys = table.loc[table["outcome"] == "unmatched", "key"]
    return sum(index.pad_code(key) is not None for key in keys)


def _refuse_reused(table: pd.DataFrame, wards: Wards, where: str) -> None:
    hit_a_code = (table["method"] == "code") | table["reused"]
    reused = table[table["reused"]]
    if len(reused) <= MOST_REUSED_SHARE * int(hit_a_code.sum()):
        return
    code, name = reused.iloc[0][["key", "name"]]
    facts = {
        "file": where,
        "n": len(reused),
        "of": int(hit_a_code.sum()),
        "ward_code": code,
        "seen": name,
        "ward_name": wards.frame.at[code, "ward_name"],
    }
    if _is_unreadable(table.loc[hit_a_code & (table["name"] != ""), ["name", "reused"]]):
        raise NotComparable("names_unreadable", **facts)
    raise NotComparable("codes_reused", **facts)


def _is_unreadable(named: pd.DataFrame) -> bool:
    """Names beside known codes look like bytes read in a wrong encoding: western accents without one
    Vietnamese letter, or several names of which none is its code's."""
    text = "".join(named["name"])
    is_western = bool(WESTERN_LETTER.search(text)) and not VIETNAMESE_LETTER.search(text)
    return is_western or (len(named) > 1 and bool(named["reused"].all()))


def _list_leftovers(table: pd.DataFrame, where: str) -> list[Finding]:
    findings = []
    left = table[table["outcome"] != "joined"]
    is_sum = (left["outcome"] == "unmatched") & (left["key"].map(is_total) | left["name"].map(is_total))
    for code, mask in (
        ("CodeNamesAnotherUnit", left["reused"]),
        ("AmbiguousKey", (left["outcome"] == "ambiguous") & ~left["reused"]),
        ("TotalsRow", is_sum),
        ("UnmatchedKey", (left["outcome"] == "unmatched") & ~is_sum),
    ):
        if mask.any():
            findings.append(Finding(code, "warning", where, _show(left[mask]), {"n": int(mask.sum())}))
    return findings


def _list_notes(table: pd.DataFrame, wards: Wards, where: str) -> list[Finding]:
    findings = []
    remembered = table[table["method"] == "alias"]
    if len(remembered):
        findings.append(Finding("AliasUsed", "info", where, _show(remembered), {"n": len(remembered)}))
    if twice := find_duplicates(table, table["ward_code"]):
        seen = list_examples(" = ".join(spellings) for spellings in twice.values())
        names = list_examples(wards.frame.at[code, "ward_name"] or code for code in twice)
        findings.append(Finding("DuplicateWard", "info", where, seen, {"n": len(twice), "wards": names}))
    return findings


def _show(rows: pd.DataFrame) -> str:
    texts = [join_text(key, name) for key, name in zip(rows["key"], rows["name"], strict=True)]
    return list_examples(text or "–" for text in texts)
