"""Wards by code and by name, scoped by their district or province.

Codes were re-used in Việt Nam on 1/7/2025 for other, larger units, so a code counts only when the name
beside it, where there is one, means the same unit. Names are compared folded but with their accents:
Đông Tiến and Đồng Tiến are two places.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from geo.frames import Method, Outcome, Wards
from geo.matching.aliases import Alias
from geo.names import UnitName, bare_letters, fold, join_y_and_i, parse_unit, parse_whole, trim_name


@dataclass(frozen=True)
class KeyMatch:
    """Where one key led: a ward code or None, how, and what became of the row.

    reused: the code is known but the name beside it is another unit's. candidates: the wards that an
    ambiguous key fits.
    """

    ward_code: str | None
    method: Method
    outcome: Outcome
    reused: bool = False
    candidates: tuple[str, ...] = ()


UNMATCHED = KeyMatch(None, "none", "unmatched")


def join_text(key: str | None, name: str | None) -> str:
    """What a row says of its unit: the code and the name beside it, or the one it has."""
    return " ".join(part for part in (key, name) if part)


class Scopes:
    """Which parents of wards a written parent may mean.

    A parent is one unit or several ("Huyện Châu Thành, Tỉnh Long An"); the one that tells fewer must be
    part of the other. Types count where both tell one: huyện and thị xã Kỳ Anh lie side by side.
    """

    def __init__(self, parents: Iterable[str], *, parse: Callable[[str], UnitName]) -> None:
        self.parse = parse
        self.units = {parent: self._split(parent) for parent in dict.fromkeys(parents) if parent}
        self.by_core: dict[str, set[str]] = defaultdict(set)
        for parent, units in self.units.items():
            for unit in units:
                self.by_core[unit.core].add(parent)
        self._known: dict[str, frozenset[str]] = {}

    def fit(self, written: str) -> frozenset[str]:
        """The parents that fit; none when the text names no parent of these wards."""
        if written not in self._known:
            asked = self._split(written)
            near = set(self.by_core.get(asked[0].core, ())) if asked else set()
            for unit in asked[1:]:
                near |= {p for p in self.by_core.get(unit.core, ()) if len(self.units[p]) < len(asked)}
            self._known[written] = frozenset(p for p in near if _is_part(asked, self.units[p]))
        return self._known[written]

    def _split(self, text: str) -> tuple[UnitName, ...]:
        return tuple(self.parse(part) for part in text.split(",") if part.strip())


def _is_part(one: Sequence[UnitName], other: Sequence[UnitName]) -> bool:
    few, many = sorted((one, other), key=len)
    return all(any(unit.core == known.core and share_type(unit, known) for known in many) for unit in few)


def share_type(one: UnitName, other: UnitName) -> bool:
    """Of one type, or one of them does not tell it."""
    return not one.type or not other.type or one.type == other.type


def _parse_parent(text: str) -> UnitName:
    unit = parse_unit(text)
    return replace(unit, core=join_y_and_i(unit.core))


class WardIndex:
    """The wards of one boundary version, ready to be looked up."""

    def __init__(self, wards: Wards, aliases: Sequence[Alias] = ()) -> None:
        frame = wards.frame
        codes = [str(code) for code in frame.index.tolist()]
        self.texts = dict(zip(codes, map(str, frame["ward_name"].tolist()), strict=True))
        self.names = {code: parse_unit(name) for code, name in self.texts.items()}
        self.parents = dict(zip(codes, map(str, frame["parent"].tolist()), strict=True))
        self.scopes = Scopes(self.parents.values(), parse=_parse_parent)
        self.has_parents = bool(self.scopes.units)
        self.by_core: dict[str, list[str]] = defaultdict(list)
        self.by_sound: dict[str, list[str]] = defaultdict(list)
        for code, name in self.names.items():
            if name.core:
                self.by_core[name.core].append(code)
                self.by_sound[join_y_and_i(name.core)].append(code)
        self.code_lengths = {len(code) for code in self.names if code.isdigit()}
        known = {*self.names, ""}
        self.aliases = {
            (alias.key, alias.parent): alias.ward_code for alias in aliases if alias.ward_code in known
        }

    def match(self, key: str | None, name: str | None, parent: str | None) -> KeyMatch:
        """By code, by name within the parent, then by a confirmed alias; a name beside a key must agree."""
        hit = self._match_written(key, name, parent)
        if hit.ward_code is not None or not self.aliases:
            return hit
        remembered = self._recall(join_text(key, name), parent)
        return KeyMatch(remembered, "alias", "joined") if remembered else hit

    def _match_written(self, key: str | None, name: str | None, parent: str | None) -> KeyMatch:
        if not key:
            return self._match_name(name, parent) if name else UNMATCHED
        if key in self.names:
            if name and self.names[key].core and not means_same(parse_unit(name), self.names[key]):
                return KeyMatch(None, "none", "ambiguous", reused=True, candidates=(key,))
            return KeyMatch(key, "code", "joined")
        hit = self._match_name(key, parent)
        if name and hit.ward_code and not means_same(parse_unit(name), self.names[hit.ward_code]):
            return UNMATCHED
        return hit

    def _match_name(self, text: str, parent: str | None) -> KeyMatch:
        """How tone marks are placed may choose between wards of one district, never between districts."""
        written, scopes = self.split_scope(text, parent)
        for found in self._list_fitting(written):
            inside = [code for code in found if self.is_inside(code, scopes)]
            if not inside:
                continue
            plain = trim_name(written)
            exact = [code for code in inside if trim_name(self.texts[code]) == plain]
            is_one_place = len({self.parents[code] for code in inside}) == 1
            chosen = exact if exact and is_one_place else inside
            if len(chosen) == 1:
                return KeyMatch(chosen[0], "name" if exact else "folded", "joined")
            return KeyMatch(None, "none", "ambiguous", candidates=tuple(chosen))
        return UNMATCHED

    def split_scope(self, text: str, parent: str | None) -> tuple[str, tuple[str, ...]]:
        """ "P. An Bình, Quận Ninh Kiều" is a name and a parent; every parent that is told must fit."""
        told = (parent,) if parent else ()
        if "," not in text or parse_unit(text).core in self.by_core:
            return text, told
        first, _, rest = text.partition(",")
        return first, (*told, rest) if rest.strip() else told

    def _list_fitting(self, written: str) -> Iterable[list[str]]:
        """Wards of that name and type: as folded, then with y as i, then with the whole text as the name."""
        unit, whole = parse_unit(written), parse_whole(written)
        yield [c for c in self.by_core.get(unit.core, ()) if share_type(unit, self.names[c])]
        sound = self.by_sound.get(join_y_and_i(unit.core), ())
        yield [c for c in sound if share_type(unit, self.names[c])]
        if whole.core != unit.core:
            yield self.by_core.get(whole.core, [])

    def is_inside(self, code: str, scopes: Iterable[str]) -> bool:
        """Whether the ward lies in every parent told, as far as its own is known."""
        own = self.parents[code]
        return not own or all(own in self.scopes.fit(scope) for scope in scopes)

    def pad_code(self, key: str) -> str | None:
        """The code that the key would be if a spreadsheet had not eaten its leading zeros."""
        padded = (key.zfill(length) for length in sorted(self.code_lengths)) if key.isdigit() else ()
        return next((code for code in padded if code in self.names), None)

    def _recall(self, text: str, parent: str | None) -> str | None:
        """A spelling confirmed under this parent, else one confirmed under any whose ward lies in it."""
        key = fold(text)
        code = self.aliases.get((key, fold(parent or "")))
        if code is None and parent:
            code = self.aliases.get((key, ""))
            return code if code and self.is_inside(code, (parent,)) else None
        return code or None


def means_same(row: UnitName, ward: UnitName) -> bool:
    """Whether a name beside a code may be that ward: type (when both have one) and letters agree.

    Accents, spaces and y/i are let pass here: the code speaks too, and official lists differ in them.
    """
    return share_type(row, ward) and bare_letters(row.core) == bare_letters(ward.core)
