"""Which column of a table of old and new units holds what. A guess goes by header words alone."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from errors import MissingColumns
from geo.reading.columns import check_named, plain_header
from geo.reading.read import Table

STEMS: dict[str, tuple[str, ...]] = {
    "old_code": (
        "oldcode", "macu", "maxacu", "mapxcu", "maphuongxacu", "madvhccu", "madonvicu", "oldwardcode",
    ),
    "old_name": (
        "oldname", "tencu", "tenxacu", "tenpxcu", "tendvhccu", "donvicu", "tendonvicu", "xaphuongcu",
        "phuongxacu", "oldward", "oldwardname",
    ),
    "old_parent": ("olddistrict", "oldparent", "tenhuyencu", "quanhuyencu", "huyencu"),
    "new_code": (
        "newcode", "mamoi", "maxamoi", "mapxmoi", "maphuongxamoi", "madvhcmoi", "madonvimoi", "newwardcode",
    ),
    "new_name": (
        "newname", "tenmoi", "tenxamoi", "tenpxmoi", "tendvhcmoi", "donvimoi", "tendonvimoi", "xaphuongmoi",
        "phuongxamoi", "newward", "newwardname",
    ),
    "part": (
        "whole", "part", "toanbo", "toanbomotphan", "phan", "phannhap", "quanhe", "relation", "cachsapxep",
        "hinhthuc", "ghichu", "note",
    ),
    "weight_population": (
        "weightpopulation", "populationweight", "populationshare", "tyledanso", "tiledanso", "trongsodanso",
    ),
    "weight_area": (
        "weightarea", "areaweight", "areashare", "tyledientich", "tiledientich", "trongsodientich",
    ),
    "source": ("source", "nguon", "cancu", "nghiquyet", "vanban"),
}  # fmt: skip


@dataclass(frozen=True)
class CrosswalkColumns:
    """Where a table keeps the change; None means: guess. Without a code column the name is the key.

    part: whether the old unit went whole or in part; without it, one row means whole.
    """

    old_code: str | None = None
    old_name: str | None = None
    old_parent: str | None = None
    new_code: str | None = None
    new_name: str | None = None
    part: str | None = None
    weight_population: str | None = None
    weight_area: str | None = None
    source: str | None = None


def guess_columns(table: Table, given: CrosswalkColumns) -> CrosswalkColumns:
    """Fill the blanks by header words. Raises MissingColumns when one side has neither code nor name."""
    headers = [str(column) for column in table.frame.columns]
    check_named(headers, (getattr(given, field.name) for field in fields(given)), file=table.file)
    found = {
        role: getattr(given, role) or _find(headers, stems, _list_named(given))
        for role, stems in STEMS.items()
    }
    for side in ("old", "new"):
        if not found[f"{side}_code"] and not found[f"{side}_name"]:
            raise MissingColumns("crosswalk", file=table.file, columns=", ".join(headers) or "–")
    return replace(given, **found)


def _list_named(given: CrosswalkColumns) -> set[str]:
    return {getattr(given, field.name) for field in fields(given)} - {None}


def _find(headers: Iterable[str], stems: tuple[str, ...], taken: set[str]) -> str | None:
    plain = {plain_header(header): header for header in headers if header not in taken}
    return next((plain[stem] for stem in stems if stem in plain), None)
