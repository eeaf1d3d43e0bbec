"""A programme's targets as a workbook: a sheet per level, then whatever else is told of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.annex import Annex, AnnexTable, make_annex
from i18n.messages import Words

HEADS = (
    "scope", "target", "promised", "value", "light", "needed", "remark", "missing", "basis", "source",
)  # fmt: skip


@dataclass(frozen=True)
class KpiSheet:
    """rows: final text. heads: as many as a row has cells; none for the usual ones (HEADS)."""

    name: str
    title: str
    rows: Sequence[Sequence[str]]
    notes: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


def make_kpi_book(
    sheets: Sequence[KpiSheet],
    words: Words,
    *,
    title: str,
    subtitle: str,
    document: str = "",
    source: str = "",
    boundary_version: str = "",
    is_illustrative: bool = False,
) -> bytes:
    """The workbook. ValueError without a sheet, and for rows not as long as their heads."""
    usual = tuple(words(f"kpi_report.head.{head}") for head in HEADS)
    tables = tuple(
        AnnexTable(
            title=sheet.title,
            heads=sheet.heads or usual,
            rows=tuple(tuple(row) for row in sheet.rows),
            notes=sheet.notes,
            sheet=sheet.name,
        )
        for sheet in sheets
    )
    annex = Annex(
        title=title,
        subtitle=subtitle,
        document=document,
        notes=(),
        tables=tables,
        source=source,
        boundary_version=boundary_version,
        is_illustrative=is_illustrative,
        language=words.language,
    )
    return make_annex(annex)
