"""Models and reported figures in words: each number with unit, qualifier, period and paper, none added up.

Counters of one model may count one event twice. The only numbers worked out are shares of a part in its
whole, and they say from which two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from i18n.messages import Words
from planning.models import CrimeModel
from planning.papers import Figure
from studies.figure_words import list_rows, write_quantity, write_value

SIZES = ("n_units", "n_members", "n_premises")


@dataclass(frozen=True)
class Line:
    """One figure: what is counted, how many with unit and qualifier, of when. is_computed: a share that is
    worked out here."""

    measure: str
    shown: str
    period: str
    note: str = ""
    is_computed: bool = False


@dataclass(frozen=True)
class ModelRow:
    """One model, or the programme's own figures (name ""). size: groups, members, premises; "" not told.
    adding: which figures may not be added. source: its place (from 1) among the sources; None not told."""

    name: str
    level: str
    place: str
    size: str
    lines: tuple[Line, ...]
    adding: tuple[str, ...]
    judged: str
    note: str
    source: int | None
    is_illustrative: bool = False


@dataclass(frozen=True)
class Models:
    """own: the programme's own figures by who reported them. sources: papers, in the order they are cited."""

    own: tuple[ModelRow, ...]
    rows: tuple[ModelRow, ...]
    sources: tuple[str, ...]


def write_models(figures: Sequence[Figure], models: Sequence[CrimeModel], words: Words) -> Models:
    """Models in the order they were kept; the programme's own figures by paper and place."""
    cited = dict.fromkeys(figure.source for figure in figures if figure.source)
    cited |= dict.fromkeys(model.source for model in models if model.source)
    places = {source: number for number, source in enumerate(cited, start=1)}
    groups = dict.fromkeys((figure.source, figure.level, figure.place) for figure in figures)
    own = [
        _write_own(
            [each for each in figures if (each.source, each.level, each.place) == group], places, words
        )
        for group in groups
    ]
    return Models(tuple(own), tuple(_write_model(model, places, words) for model in models), tuple(cited))


def _write_own(figures: Sequence[Figure], places: Mapping[str, int], words: Words) -> ModelRow:
    first = figures[0]
    return ModelRow(
        name="",
        level=words(f"reports.level.{first.level}") if first.level else "",
        place=first.place,
        size="",
        lines=_write_lines(figures, words),
        adding=_write_adding(figures, words),
        judged="",
        note="",
        source=places.get(first.source),
    )


def _write_model(model: CrimeModel, places: Mapping[str, int], words: Words) -> ModelRow:
    return ModelRow(
        name=model.name,
        level=words(f"reports.level.{model.level}") if model.level else "",
        place=model.place,
        size=_write_size(model, words),
        lines=_write_lines(model.figures, words),
        adding=_write_adding(model.figures, words),
        judged=_write_judged(model, words),
        note="; ".join(
            part for part in (model.as_of and words("follow.of", when=model.as_of), model.note) if part
        ),
        source=places.get(model.source),
        is_illustrative=model.illustrative,
    )


def _write_lines(figures: Sequence[Figure], words: Words) -> tuple[Line, ...]:
    return tuple(
        Line(row.measure, write_quantity(row), row.period, row.note, row.is_computed)
        for row in list_rows(figures, (), words)
    )


def _write_size(model: CrimeModel, words: Words) -> str:
    """`93 nhóm, 2.790 thành viên`."""
    parts = []
    for name in SIZES:
        value: float | None = getattr(model, name)
        if value is not None:
            unit = model.kind if name == "n_units" and model.kind else words(f"follow.size.{name}")
            parts.append(f"{words.plain(float(value))} {unit}")
    return ", ".join(parts)


def _write_adding(figures: Sequence[Figure], words: Words) -> tuple[str, ...]:
    """`Không cộng 28, 21 và 76: có thể trùng`, for each word that several figures share."""
    lines = []
    for shared in dict.fromkeys(figure.overlaps for figure in figures if figure.overlaps):
        values = [write_value(figure, words) for figure in figures if figure.overlaps == shared]
        if len(values) > 1:
            first = ", ".join(values[:-1])
            lines.append(words("follow.no_add", first=first, last=values[-1], group=shared))
    return tuple(lines)


def _write_judged(model: CrimeModel, words: Words) -> str:
    """Whether somebody found that it works well, who and when; "" nobody said."""
    if model.effective is None:
        return ""
    told = words("follow.effective" if model.effective else "follow.not_effective")
    by = ", ".join(
        part
        for part in (model.assessed_by, words.date(model.assessed_on) if model.assessed_on else "")
        if part
    )
    return f"{told} ({by})" if by else told
