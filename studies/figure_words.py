"""Reported figures in a reader's words: "trên 8.200", "hàng chục lượt", and what is not known said so.

A figure keeps the level, period and source it was reported with. Nothing is added up; the only numbers worked
out here are shares of a part in its whole, and they say from which two.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from i18n.messages import Words
from planning.model_shares import list_shares
from planning.models import CrimeModel
from planning.papers import Figure

COUNTS = ("n_units", "n_members", "n_premises")
QUALIFIED = {">=": "more", "<=": "less", "~": "about"}


@dataclass(frozen=True)
class FigureRow:
    """One figure as final text. owner: the programme or the model. value: the number alone, None where only
    words or nothing are told. adding: "" where nothing is said against it. is_computed: a share worked out
    here, not reported."""

    owner: str
    level: str
    place: str
    measure: str
    shown: str
    value: float | None
    unit: str
    period: str
    source: str
    adding: str = ""
    note: str = ""
    is_computed: bool = False


def write_value(figure: Figure, words: Words) -> str:
    """The quantity without its unit, as it was reported."""
    if figure.qualifier == "text":
        return figure.text
    if figure.value is None:
        return words("reports.unknown")
    number = words.plain(float(figure.value))
    kind = QUALIFIED.get(figure.qualifier)
    return words(f"reports.qualifier.{kind}", value=number) if kind else number


def write_quantity(row: FigureRow) -> str:
    """With its unit, where a number is told."""
    return f"{row.shown} {row.unit}".strip() if row.value is not None else row.shown


def write_period(figure: Figure, words: Words) -> str:
    """The days it is of, the source's own words for them, or that none are told."""
    if figure.start and figure.end:
        return words("reports.period_days", start=figure.start, end=figure.end)
    if figure.start:
        return words("reports.period_from", start=figure.start)
    if figure.end:
        return words("reports.period_to", end=figure.end)
    if figure.as_of:
        return words("reports.as_of", day=figure.as_of)
    if figure.period:
        return figure.period
    return words("reports.stated_on", day=figure.stated_on) if figure.stated_on else words("reports.unknown")


def list_rows(figures: Sequence[Figure], models: Iterable[CrimeModel], words: Words) -> list[FigureRow]:
    """A programme's own figures, then each model's, shares after the figures they rest on."""
    own = words("reports.own")
    rows = [_as_row(figure, own, words) for figure in figures] + _list_shares(figures, own, words)
    for model in models:
        rows += list_model_rows(model, words)
    return rows


def list_model_rows(model: CrimeModel, words: Words) -> list[FigureRow]:
    """What the model counts of itself, then its results; without any, one row that says so."""
    figures = (*_count(model, words), *model.figures)
    rows = [_as_row(figure, model.name, words, model.note) for figure in figures]
    if not rows:
        level = words(f"reports.level.{model.level}") if model.level else ""
        unknown = words("reports.unknown")
        period = model.as_of or unknown
        rows = [
            FigureRow(
                model.name, level, model.place, "", unknown, None, "", period, model.source, note=model.note
            )
        ]
    return rows + _list_shares(model.figures, model.name, words)


def _count(model: CrimeModel, words: Words) -> Iterable[Figure]:
    for name in COUNTS:
        value: float | None = getattr(model, name)
        if value is not None:
            is_kind = name == "n_units" and model.kind
            yield Figure(
                key=name,
                measure=words(f"reports.count.{name}"),
                value=value,
                unit=model.kind if is_kind else words(f"reports.count_unit.{name}"),
                level=model.level,
                place=model.place,
                source=model.source,
                period=model.as_of,
            )


def _as_row(figure: Figure, owner: str, words: Words, owner_note: str = "") -> FigureRow:
    is_number = figure.value is not None and figure.qualifier != "text"
    return FigureRow(
        owner=owner,
        level=words(f"reports.level.{figure.level}") if figure.level else "",
        place=figure.place,
        measure=figure.measure,
        shown=write_value(figure, words),
        value=figure.value if is_number else None,
        unit=figure.unit,
        period=write_period(figure, words),
        source=figure.source,
        adding=words("reports.no_add", group=figure.overlaps) if figure.overlaps else "",
        note="; ".join(note for note in (figure.note, owner_note) if note),
    )


def _list_shares(figures: Sequence[Figure], owner: str, words: Words) -> list[FigureRow]:
    return [
        FigureRow(
            owner=owner,
            level=words(f"reports.level.{part.level}") if part.level else "",
            place=part.place,
            measure=words("reports.share", part=part.measure),
            shown=words.number(percent, decimals=1),
            value=percent,
            unit="%",
            period=write_period(part, words),
            source=part.source,
            note=words("reports.computed", part=write_value(part, words), whole=write_value(whole, words)),
            is_computed=True,
        )
        for part, whole, percent in list_shares(figures)
        if math.isfinite(percent)
    ]
