"""Wards that a text which found none may mean. A person confirms; nothing here is a match.

Without accents different places become equal (Hoa Lộc, Hòa Lộc), so even a score of 100 proves nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from geo.frames import Wards
from geo.matching.ward_index import Scopes, WardIndex, share_type
from geo.names import UnitName, bare_letters, parse_bare

Why = Literal[
    "same_name", "same_code", "lost_zeros", "no_accents", "spelling", "other_type", "other_district"
]
LEAST_SCORE = 65.0
LONGEST = 80
BATCH = 256
ACCENT_SHARE = 0.1
PARENT_SHARE = 0.25
OTHER_TYPE, OTHER_DISTRICT = 0.9, 0.8
CODE_SCORE = 95.0


@dataclass(frozen=True)
class Suggestion:
    """A ward that may be meant. score: 0-100, alike in letters, lowered where type or district differ.

    why: what the text and the ward share (the same name, the same code, a code without its zeros, letters
    without accents, most letters) or where the same letters stand under another type or district.
    """

    ward_code: str
    ward_name: str
    parent: str
    score: float
    why: Why


@dataclass(frozen=True)
class _Query:
    """place: of the row asked. letters: bare, without the type; whole: with it. inside: codes of the wards
    in the parent told, None when none is told or known. parent: its bare letters when told and not known."""

    place: int
    unit: UnitName
    letters: str
    whole: str
    digits: str
    inside: tuple[str, ...] | None
    parent: str


def suggest(
    wards: Wards, key: str, *, name: str | None = None, parent: str | None = None, most: int = 5
) -> tuple[Suggestion, ...]:
    """The likeliest wards for one text, best first; `name` is the one beside a code."""
    asked = pd.DataFrame({"key": [key], "name": [name or ""], "parent": [parent or ""]})
    return suggest_all(wards, asked, most=most)[0]


def suggest_all(wards: Wards, asked: pd.DataFrame, *, most: int = 5) -> list[tuple[Suggestion, ...]]:
    """The same for every row of `asked` (key, name, parent; "" where unknown), in its order.

    Wards that the key or name already fits come first, then equal letters without accents, then similar
    ones within the parent; the whole area is searched when the parent is unknown or has nothing alike.
    """
    return _Gazetteer(wards).suggest_all(asked, most)


class _Gazetteer:
    """The wards by their bare letters, ready for many questions."""

    def __init__(self, wards: Wards) -> None:
        self.index = WardIndex(wards)
        names = self.index.names
        self.codes = np.array(list(names), dtype=object)
        self.letters = {code: bare_letters(unit.core) for code, unit in names.items()}
        self.digits = {code: _list_digits(unit.core) for code, unit in names.items()}
        self.by_letters: dict[str, list[str]] = defaultdict(list)
        self.by_parent: dict[str, list[str]] = defaultdict(list)
        for code, letters in self.letters.items():
            self.by_parent[self.index.parents[code]].append(code)
            if letters:
                self.by_letters[letters].append(code)
        self.scopes = Scopes(self.by_parent, parse=_parse_parent)

    def suggest_all(self, asked: pd.DataFrame, most: int) -> list[tuple[Suggestion, ...]]:
        rows = list(zip(asked["key"], asked["name"], asked["parent"], strict=True))
        found = [self._list_certain(*row) for row in rows]
        open_queries = []
        for place, row in enumerate(rows):
            query = self._ask(place, *row)
            if query.letters and not any(hit.why == "same_name" for hit in found[place]):
                found[place] += self._list_equal(query)
                if not any(hit.why in ("no_accents", "other_type") for hit in found[place]):
                    open_queries.append(query)
        for place, similar in self._list_similar(open_queries, most).items():
            found[place] += similar
        return [_best(hits, most) for hits in found]

    def _ask(self, place: int, key: str, name: str, parent: str) -> _Query:
        text, told = self.index.split_scope(name or key, parent or None)
        unit = parse_bare(text)
        known = [scope for scope in told if self.index.has_parents and self.scopes.fit(scope)]
        inside: tuple[str, ...] | None = None
        if known:
            fits = frozenset.intersection(*(self.scopes.fit(scope) for scope in known))
            inside = tuple(code for own in ("", *sorted(fits)) for code in self.by_parent.get(own, ()))
        strange = [scope for scope in told if scope not in known] if self.index.has_parents else []
        return _Query(
            place,
            unit,
            bare_letters(unit.core)[:LONGEST],
            bare_letters(text)[:LONGEST],
            _list_digits(unit.core),
            inside,
            _bare_parent(", ".join(strange)),
        )

    def _list_certain(self, key: str, name: str, parent: str) -> list[Suggestion]:
        hit = self.index.match(key, name, parent)
        if hit.reused:
            return [self._make(code, CODE_SCORE * OTHER_DISTRICT, "same_code") for code in hit.candidates]
        if hit.candidates:
            return [self._make(code, 100.0, "same_name") for code in hit.candidates]
        padded = self.index.pad_code(key) if hit.ward_code is None else None
        return [self._make(padded, CODE_SCORE, "lost_zeros")] if padded else []

    def _list_equal(self, query: _Query) -> list[Suggestion]:
        whole = {query.letters, query.whole}
        return [self._judge(query, code, 100.0) for text in whole for code in self.by_letters.get(text, ())]

    def _list_similar(self, queries: Sequence[_Query], most: int) -> dict[int, list[Suggestion]]:
        """Within the parent where it is known and has something alike, else anywhere."""
        found: dict[int, list[Suggestion]] = {}
        scoped: dict[tuple[str, ...], list[_Query]] = defaultdict(list)
        for query in queries:
            if query.inside is not None:
                scoped[query.inside].append(query)
        for codes, group in scoped.items():
            found |= self._compare(group, codes, most)
        rest = [query for query in queries if not found.get(query.place)]
        return found | self._compare(rest, tuple(self.codes), most)

    def _compare(
        self, queries: Sequence[_Query], codes: tuple[str, ...], most: int
    ) -> dict[int, list[Suggestion]]:
        found: dict[int, list[Suggestion]] = {}
        for start in range(0, len(queries) if codes else 0, BATCH):
            batch = queries[start : start + BATCH]
            scores = self._score(batch, codes)
            for query, row in zip(batch, scores, strict=True):
                near = [
                    self._judge(query, codes[at], float(row[at]))
                    for at in _list_highest(row, 4 * most)
                    if self.digits[codes[at]] == query.digits
                ]
                found[query.place] = near
        return found

    def _score(self, queries: Sequence[_Query], codes: tuple[str, ...]) -> NDArray[np.uint8]:
        """A row per query, a column per ward; a text without a type is held against whole names too, for
        its type may be what is misspelt."""
        scores = _compare_letters([query.letters for query in queries], [self.letters[c] for c in codes])
        bare = [at for at, query in enumerate(queries) if not query.unit.type]
        if bare:
            names = [bare_letters(self.index.texts[code]) for code in codes]
            whole = _compare_letters([queries[at].whole for at in bare], names)
            scores[bare] = np.maximum(scores[bare], whole)
        return scores

    def _judge(self, query: _Query, code: str, letters: float) -> Suggestion:
        """One ward against the text: accents weigh a little, another type or district takes away."""
        ward = self.index.names[code]
        score = (1 - ACCENT_SHARE) * letters + ACCENT_SHARE * fuzz.ratio(query.unit.core[:LONGEST], ward.core)
        why: Why = "no_accents" if letters == 100.0 else "spelling"
        if not share_type(query.unit, ward):
            score, why = score * OTHER_TYPE, "other_type"
        if query.parent:
            alike = fuzz.ratio(query.parent, _bare_parent(self.index.parents[code]))
            score, why = (1 - PARENT_SHARE) * score + PARENT_SHARE * alike, "other_district"
        elif query.inside is not None and code not in query.inside:
            score, why = score * OTHER_DISTRICT, "other_district"
        return self._make(code, score, why)

    def _make(self, code: str, score: float, why: Why) -> Suggestion:
        return Suggestion(code, self.index.texts[code], self.index.parents[code], round(score, 1), why)


def _compare_letters(asked: Sequence[str], known: Sequence[str]) -> NDArray[np.uint8]:
    """Similarity of every text to every ward, 0-100; 0 below the least that is worth telling."""
    return process.cdist(asked, known, scorer=fuzz.ratio, score_cutoff=LEAST_SCORE, dtype=np.uint8)


def _list_highest(scores: NDArray[np.uint8], most: int) -> NDArray[np.intp]:
    """Places of the highest scores that are above nothing, in file order among equals."""
    near = np.flatnonzero(scores)
    return near[np.argsort(-scores[near].astype(int), kind="stable")[:most]]


def _list_digits(core: str) -> str:
    """Phường 12 is no misspelt Phường 13: numbers are equal or mean another ward."""
    return " ".join("".join(letter if letter.isdigit() else " " for letter in core).split())


def _parse_parent(text: str) -> UnitName:
    unit = parse_bare(text)
    return replace(unit, core=bare_letters(unit.core))


def _bare_parent(text: str) -> str:
    return " ".join(_parse_parent(part).core for part in text.split(",") if part.strip())


def _best(found: Iterable[Suggestion], most: int) -> tuple[Suggestion, ...]:
    """Each ward once, the highest score first, then by code."""
    best: dict[str, Suggestion] = {}
    for hit in sorted(found, key=lambda hit: (-hit.score, hit.ward_code)):
        best.setdefault(hit.ward_code, hit)
    return tuple(best.values())[:most]
