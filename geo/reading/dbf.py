"""Numbers of a .dbf that were written with a decimal comma, which GDAL cuts off: 68,5 would become 68."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

FIELD_BYTES, HEADER_BYTES = 32, 32
END_OF_FIELDS = 0x0D
COMMA, POINT = ord(","), ord(".")


@dataclass(frozen=True)
class _Field:
    name: str
    start: int
    width: int
    is_number: bool
    decimals_at: int


def mend_commas(dbf: Path) -> list[str]:
    """Writes points for commas in number fields of a private copy; names of the columns concerned. A file
    whose header is odd is left as it is."""
    content = bytearray(dbf.read_bytes())
    n_rows, first, width = (int.from_bytes(content[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
    n_rows = min(n_rows, (len(content) - first) // width) if width else 0
    if n_rows <= 0 or first <= HEADER_BYTES:
        return []
    rows = np.frombuffer(content, np.uint8, n_rows * width, first).reshape(n_rows, width)
    mended = []
    for field in _list_fields(content, first):
        cells = rows[:, field.start : field.start + field.width]
        is_comma = cells == COMMA
        if field.is_number and is_comma.any():
            cells[is_comma] = POINT
            content[field.decimals_at] = max(1, content[field.decimals_at])
            mended.append(field.name)
    if mended:
        dbf.write_bytes(content)
    return mended


def _list_fields(content: bytearray, first: int) -> list[_Field]:
    fields, start = [], 1
    for place in range(HEADER_BYTES, first - FIELD_BYTES + 1, FIELD_BYTES):
        if content[place] == END_OF_FIELDS:
            break
        name = bytes(content[place : place + 11]).split(b"\0")[0].decode("ascii", "replace")
        kind, width = chr(content[place + 11]), content[place + 16]
        # Long texts keep the upper byte of their width where numbers keep their decimals.
        width += 256 * content[place + 17] if kind == "C" else 0
        fields.append(_Field(name, start, width, kind in "NF", place + 17))
        start += width
    return fields
