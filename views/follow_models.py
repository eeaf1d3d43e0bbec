"""Models and reported figures: one line per model, every number with unit and period, and no total."""

from collections.abc import Sequence

from i18n.messages import Words
from studies.follow import Followed
from studies.follow_models import Line, ModelRow, Models, write_models
from views.follow_rows import row_html
from views.widgets import escape, show_html


def show_models(followed: Followed, words: Words) -> None:
    """The programme's own figures, then the models of its place, then the papers they stand in."""
    found = write_models(followed.programme.figures, followed.told.models, words)
    if found.own:
        parts = "".join(_own(row, words) for row in found.own)
        _card(words("follow.figures"), parts, found if not found.rows else None, words)
    if found.rows:
        _card(words("follow.models"), _table(found.rows, words), found, words)
    else:
        none = f"<p>{escape(words('follow.models_none', place=followed.programme.place))}</p>"
        _card(words("follow.models"), none, None, words)


def _card(title: str, body: str, cited: Models | None, words: Words) -> None:
    """cited: what the foot cites, None no foot."""
    foot = ""
    if cited is not None:
        papers = "".join(f"<li>{escape(source)}</li>" for source in cited.sources)
        foot = (
            f'<p class="db-sub">{escape(words("follow.models_note"))}</p>'
            f'<p class="db-sub">{escape(words("follow.sources"))}:</p><ol class="db-sources">{papers}</ol>'
        )
    show_html(f'<section class="db-card db-follow db-models"><h2>{escape(title)}</h2>{body}{foot}</section>')


def _own(row: ModelRow, words: Words) -> str:
    where = ", ".join(part for part in (row.place, row.level) if part)
    return (
        f'<p class="db-where"><b>{escape(where)}</b> {_cite(row.source, words)}</p>'
        f"{_lines(row.lines, row.adding)}"
    )


def _table(rows: Sequence[ModelRow], words: Words) -> str:
    told = [row for row in rows if row.size or row.lines or row.judged]
    table = _told(told, words) if told else ""
    return table + _untold([row for row in rows if row not in told], words)


def _untold(rows: Sequence[ModelRow], words: Words) -> str:
    """Models that are only named."""
    if not rows:
        return ""
    items = "".join(
        f"<li><b>{escape(row.name)}</b>{_chip(row, words)} {_cite(row.source, words)}"
        f' <span class="db-sub">{escape(_where(row))}</span></li>'
        for row in rows
    )
    title = escape(words("follow.models_untold", n=len(rows)))
    return f'<p class="db-where">{title}</p><ul class="db-figures">{items}</ul>'


def _told(rows: Sequence[ModelRow], words: Words) -> str:
    has_judged = any(row.judged for row in rows)
    columns = ["model", "size", "results", *(["judged"] if has_judged else [])]
    heads = [words(f"follow.head.{column}") for column in columns]
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(_row(row, heads, has_judged, words) for row in rows)
    note = "" if has_judged else f'<p class="db-sub">{escape(words("follow.not_judged"))}</p>'
    table = f'<table class="db-plain"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return table + note


def _row(row: ModelRow, heads: Sequence[str], has_judged: bool, words: Words) -> str:
    unknown = f'<span class="db-muted">{escape(words("reports.unknown"))}</span>'
    cells = [
        f"<b>{escape(row.name)}</b>{_chip(row, words)} {_cite(row.source, words)}"
        f'<span class="db-under">{escape(_where(row))}</span>',
        escape(row.size) or unknown,
        _lines(row.lines, row.adding) or unknown,
    ]
    if has_judged:
        cells.append(
            escape(row.judged) or f'<span class="db-muted">{escape(words("follow.not_judged_one"))}</span>'
        )
    return row_html(heads, cells)


def _chip(row: ModelRow, words: Words) -> str:
    if not row.is_illustrative:
        return ""
    return f' <span class="db-chip">{escape(words("overview.illustrative"))}</span>'


def _where(row: ModelRow) -> str:
    return "; ".join(part for part in (row.place, row.level, row.note) if part)


def _lines(lines: Sequence[Line], adding: Sequence[str]) -> str:
    items = "".join(
        f"<li{_computed(line)}>{escape(line.measure)}: <b>{escape(line.shown)}</b>"
        f' <span class="db-sub">{escape(_beside(line))}</span></li>'
        for line in lines
    )
    warnings = "".join(f'<p class="db-no-add">{escape(text)}</p>' for text in adding)
    return f'<ul class="db-figures">{items}</ul>{warnings}' if items else ""


def _computed(line: Line) -> str:
    return ' class="db-computed"' if line.is_computed else ""


def _beside(line: Line) -> str:
    return "; ".join(part for part in (line.period, line.note) if part)


def _cite(number: int | None, words: Words) -> str:
    if number is None:
        return ""
    told = words("follow.cite", n=number)
    return f'<sup class="db-cite" title="{escape(told)}">[{number}]</sup>'
