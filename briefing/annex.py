"""An annex to a decision as a workbook: one table per sheet, ready to print on A4 and to recompute.

Numbers stay numbers; how they are separated is the business of the machine that shows them. Text stays text,
whatever it begins with: only a `Formula`, which our own code alone makes, is reckoned.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from briefing.annex_sheet import Frame, fill_sheet
from briefing.annex_table import AnnexTable, Cell, Formula
from i18n.messages import Words, load_words

__all__ = ["Annex", "AnnexTable", "Cell", "Formula", "make_annex", "name_sheets", "write_annex"]

UNSAFE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LONGEST_NAME = 31
RESERVED = "history"


@dataclass(frozen=True)
class Annex:
    """document: the line that names the decision it belongs to. notes: on every sheet. source,
    boundary_version: said on every sheet, as unknown where "". is_illustrative: every sheet and every printed
    page says so. signature: free lines, the last is the post that signs."""

    title: str
    subtitle: str
    document: str
    notes: tuple[str, ...]
    tables: tuple[AnnexTable, ...]
    source: str = ""
    boundary_version: str = ""
    is_illustrative: bool = False
    signature: tuple[str, ...] = ()
    language: str = "vi"


def write_annex(annex: Annex, path: Path) -> None:
    """Write the workbook. Raises OSError where the file cannot be written, ValueError for an annex without
    tables."""
    path.write_bytes(make_annex(annex))


def make_annex(annex: Annex) -> bytes:
    """The workbook's bytes."""
    if not annex.tables:
        raise ValueError("an annex has a table")
    book = Workbook()
    book.remove(book.worksheets[0])
    frame = _make_frame(annex, load_words(annex.language))
    for name, table in zip(name_sheets(annex.tables), annex.tables, strict=True):
        fill_sheet(book.create_sheet(name), table, frame)
    book.properties.title, book.properties.creator = annex.title, ""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _make_frame(annex: Annex, words: Words) -> Frame:
    unknown = words("annex.unknown")
    source = words("annex.source", source=annex.source or unknown)
    version = words("annex.version", version=annex.boundary_version or unknown)
    return Frame(
        above=tuple(line for line in (annex.title, annex.subtitle, annex.document) if line),
        below=(*annex.notes, words("annex.dash"), source, version),
        mark=words("annex.illustrative") if annex.is_illustrative else "",
        document=annex.document,
        page=words("annex.page"),
        signature=annex.signature,
    )


def name_sheets(tables: Sequence[AnnexTable]) -> list[str]:
    """Names that every spreadsheet program takes: at most 31 letters, none forbidden, no two alike."""
    names: list[str] = []
    for place, table in enumerate(tables, start=1):
        plain = (
            " ".join(UNSAFE.sub(" ", table.sheet or table.title).split()).strip("' ")[:LONGEST_NAME].strip()
        )
        name = str(place) if not plain or plain.lower() == RESERVED else plain
        n = 1
        while name.lower() in (known.lower() for known in names):
            n += 1
            ending = f" ({n})"
            name = plain[: LONGEST_NAME - len(ending)] + ending
        names.append(name)
    return names
