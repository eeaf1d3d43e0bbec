"""Which column of a hand-typed list of proposals holds what, by its header alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.names import fold
from geo.reading.columns import plain_header

STEMS: dict[str, tuple[str, ...]] = {
    "proposed": ("codexuat", "dexuat", "dexuatluachon", "isproposed", "proposed"),
    "unit": ("donvidexuat", "coquandexuat", "noidexuat", "donvidenghi", "proposedby", "donvi", "unit"),
    "reason": ("lydo", "lydodexuat", "lydoluachon", "lydodenghi", "reason", "reasons"),
    "types": ("loai", "loaidiaban", "phanloai", "loaihinh", "areatype", "areatypes", "type", "types"),
    "cost": ("kinhphi", "dutoankinhphi", "dukienkinhphi", "dutoan", "cost", "budget"),
    "recognised_on": (
        "ngaynamcongnhan", "ngaycongnhan", "namcongnhan", "congnhannongthonmoi", "congnhanntm", "ngaycongbo",
        "namdatchuan", "ngaydatchuan", "recognisedon", "recognizedon", "recognised", "recognized",
    ),
    "area_label": ("cum", "cumdiaban", "tencum", "cumthidua", "khuvuc", "group", "cluster", "arealabel"),
}  # fmt: skip
BEGINS = {"cost", "recognised_on"}
MILLIONS = {"tỷ": 1_000.0, "ty": 1_000.0, "tỉ": 1_000.0, "bn": 1_000.0, "billion": 1_000.0, "triệu": 1.0,
            "trieu": 1.0, "tr": 1.0, "million": 1.0, "nghìn": 1e-3, "nghin": 1e-3, "ngàn": 1e-3, "ngan": 1e-3,
            "thousand": 1e-3}  # fmt: skip
IN_BRACKETS = re.compile(r"\([^)]*\)")
SCALE = rf"({'|'.join(MILLIONS)})"
MONEY = re.compile(rf"\b{SCALE}\s*(?:đồng|dong|vnđ|vnd|đ|d)\)?$|\({SCALE}\)$|\b(?:đồng|vnđ|vnd|đ)\)?$")


@dataclass(frozen=True)
class ProposalColumns:
    """A column for each role, None where the list has none. in_millions: what one unit of the cost column is
    in million đồng, None where its header does not say."""

    proposed: str | None = None
    unit: str | None = None
    reason: str | None = None
    types: str | None = None
    cost: str | None = None
    recognised_on: str | None = None
    area_label: str | None = None
    in_millions: float | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """Every column that has a role."""
        named = (self.proposed, self.unit, self.reason, self.types, self.cost, self.recognised_on)
        return tuple(column for column in (*named, self.area_label) if column is not None)


def find_columns(headers: Sequence[str], *, taken: Sequence[str | None]) -> ProposalColumns:
    """The columns by their headers; those of the ward (`taken`) are left alone."""
    found: dict[str, str] = {}
    for role in STEMS:
        column = _find(role, [each for each in headers if each not in taken and each not in found.values()])
        if column is not None:
            found[role] = column
    cost = found.get("cost")
    return ProposalColumns(**found, in_millions=read_money_unit(cost) if cost else None)


def _find(role: str, headers: Sequence[str]) -> str | None:
    """What stands in brackets explains a header and is no part of its name."""
    plain = {header: plain_header(IN_BRACKETS.sub("", header)) for header in headers}
    for stem in STEMS[role]:
        for header, text in plain.items():
            if text == stem or (role in BEGINS and text.startswith(stem)):
                return header
    return None


def read_money_unit(header: str) -> float | None:
    """`Kinh phí (tỷ đồng)` is 1,000 million; None where the header ends in no unit of money."""
    found = MONEY.search(fold(header.replace("_", " ")))
    if found is None:
        return None
    scale = found[1] or found[2]
    return MILLIONS[scale] if scale else 1e-6
