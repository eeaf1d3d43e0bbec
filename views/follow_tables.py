"""Tables of the page "Theo dõi, đánh giá": its areas, its calendar, its papers."""

from collections.abc import Iterable, Sequence

from i18n.messages import Words
from studies.follow import Followed
from studies.follow_dues import DueRow, list_dues
from studies.follow_rows import AreaRow, find_silent
from studies.follow_words import write_facts
from views.follow_rows import row_html
from views.ward_card import status_chip
from views.widgets import escape, show_html

Cell = tuple[str, str]


def show_areas(rows: Sequence[AreaRow], followed: Followed, selected: int | None, words: Words) -> None:
    """Every named area; a column of which nothing is known is told in one line below instead."""
    silent = find_silent(rows)
    columns = [
        column
        for column in ("types", "reasons", "responsible", "days", "state", "targets", "next_due")
        if column not in silent
    ]
    heads = [words(f"follow.head.{name}") for name in ("number", "name", *columns)]
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(_area_row(row, columns, heads, row.area_id == selected, words) for row in rows)
    if followed.told.n_unknown:
        others = words("follow.others_row", n=followed.told.n_unknown)
        body += f'<tr><td></td><td colspan="{len(heads) - 1}">{escape(others)}</td></tr>'
    notes = [words("follow.reviewed")]
    if silent:
        names = ", ".join(words(f"follow.head.{name}").lower() for name in silent)
        notes.insert(0, words("follow.silent", columns=names))
    show_html(
        f'<section class="db-card db-follow db-list"><h2>{escape(words("follow.table"))}</h2>'
        f'<table class="db-plain"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        f"{_lines(notes)}</section>"
    )


def _area_row(row: AreaRow, columns: Sequence[str], heads: Sequence[str], chosen: bool, words: Words) -> str:
    under = "".join(_under(text) for text in (row.since, row.graded, row.early, row.beside))
    unknown = f'<span class="db-muted">{escape(words("reports.unknown"))}</span>'
    shown = {"state": status_chip(row.status, row.state) + under}
    cells = [escape(row.number), f"<b>{escape(row.name)}</b>{_under(row.parent)}"]
    cells += [shown.get(column) or escape(getattr(row, column)) or unknown for column in columns]
    return row_html(heads, cells, n_names=2, chosen=chosen)


def show_dues(followed: Followed, words: Words, *, alone: bool = False) -> None:
    """Late first, then near, then without a day; what comes later or is done is folded away. alone: not
    beside a map, whose height it would take."""
    shown, folded = list_dues(followed, words)
    body = _due_table(shown, words) if shown else ""
    if not followed.dues:
        body = f"<p>{escape(words('follow.due_none'))}</p>"
    elif not shown:
        body = f"<p>{escape(words('follow.due_quiet'))}</p>"
    fold = ""
    if folded:
        title = escape(words("follow.due_folded", n=len(folded)))
        fold = f'<details class="db-notes"><summary>{title}</summary>{_due_table(folded, words)}</details>'
    notes = [words("follow.due_note")] if any(row.state == "late" for row in shown) else []
    notes += [words("due_state.undated")] if any(row.state == "undated" for row in shown) else []
    kind = "db-dues db-alone" if alone else "db-dues"
    show_html(
        f'<section class="db-card {kind}"><h2>{escape(words("follow.due_table"))}</h2>'
        f'<div class="db-scroll" tabindex="0">{body}{fold}</div>{_lines(notes)}</section>'
    )


def _due_table(rows: Iterable[DueRow], words: Words) -> str:
    lines = "".join(
        f"<tr><td><b>{escape(row.name)}</b>{_under(row.areas)}</td>"
        f'<td class="db-num">{escape(row.on)}{_under(row.told, f"db-due-{row.state}")}</td></tr>'
        for row in rows
    )
    heads = (words("follow.head.due"), words("follow.head.on"))
    head = f'<th>{escape(heads[0])}</th><th class="db-num">{escape(heads[1])}</th>'
    return f'<table class="db-plain"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'


def show_facts(followed: Followed, words: Words) -> None:
    """Paper, days, measures, meetings, source; what is not told is said."""
    facts = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in write_facts(followed, words)
    )
    show_html(
        f'<section class="db-card db-facts"><h2>{escape(words("follow.facts"))}</h2>'
        f"<dl>{facts}</dl></section>"
    )


def _under(text: str, kind: str = "") -> str:
    """A smaller line below; nothing for ""."""
    return f'<span class="db-under {kind}">{escape(text)}</span>' if text else ""


def _lines(texts: Iterable[str]) -> str:
    return "".join(f'<p class="db-sub">{escape(text)}</p>' for text in texts)
