"""The revisions of one file: what stood before a correction, and which figures are settled."""

import datetime as dt
from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from briefing.table import to_xlsx
from geo.frames import OUTCOMES
from i18n.messages import Words
from layers.naming import name_with_type
from store.records import Area, Dataset
from studies.report import write_balance
from studies.revisions import list_changes, write_rows
from views import cache, session
from views.context import Context
from views.data_step import heed
from views.widgets import escape, show_html

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_CHANGES = 30


def show_revisions(dataset: Dataset, area: Area, context: Context) -> None:
    """A drawer under the file: every revision with its day, its sum, and its rows to take away."""
    words, store = context.words, context.store
    revisions = store.list_revisions(dataset.id)
    with st.expander(words("revision.heading", n=len(revisions))):
        for revision in revisions:
            _show_revision(revision, context)
        if len(revisions) > 1:
            changes = list_changes(store.load_dataset(revisions[1].id), store.load_dataset(revisions[0].id))
            names = cache.get_holdings(store, context.revision, area.id).wards.frame["ward_name"]
            _show_changes(changes, names, words)


def _show_revision(revision: Dataset, context: Context) -> None:
    words = context.words
    left, right = st.columns([60, 40], vertical_alignment="center")
    with left:
        show_html(_revision_html(revision, words))
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        st.download_button(
            words("revision.rows"), data=partial(_rows, revision, context),
            file_name=f"{revision.file_name}-{revision.revision}.xlsx", mime=XLSX, on_click="ignore",
            key=f"rows_{revision.id}",
        )  # fmt: skip
        key = "revision.unsettle" if revision.settled else "revision.settle"
        if context.is_local and st.button(words(key), key=f"settle_{revision.id}"):
            _settle(revision, context)


def _settle(revision: Dataset, context: Context) -> None:
    words, key = context.words, "revision.unsettled_done" if revision.settled else "revision.settled_done"
    with heed(words):
        context.store.settle(revision.id, settled=not revision.settled)
        session.keep("done", (words(key, n=revision.revision, file=revision.file_name), ""))
        st.rerun()


def _revision_html(revision: Dataset, words: Words) -> str:
    marks = [("db-settled", "revision.settled")] if revision.settled else []
    marks += [("db-used-now", "revision.in_use")] if revision.active else []
    chips = "".join(f' <span class="db-tag {style}">{escape(words(key))}</span>' for style, key in marks)
    who = words("revision.by", by=revision.by) if revision.by else ""
    when = words("revision.line", n=revision.revision, date=words.date(revision.added_at))
    balance = write_balance(revision.tally["n"], words, unit=words(f"balance.unit_{revision.kind}"))
    return (
        f'<div class="db-file"><b>{escape(when)}</b>{chips} <span class="db-sub">{escape(who)}</span></div>'
        f'<div class="db-balance">{escape(balance)}</div>'
    )


def _rows(revision: Dataset, context: Context) -> bytes:
    words = context.words
    table = write_rows(context.store.load_dataset(revision.id), words)
    return to_xlsx(table, title=words("revision.sheet", n=revision.revision))


def _show_changes(changes: pd.DataFrame, names: pd.Series, words: Words) -> None:
    if changes.empty:
        st.caption(words("revision.same"))
        return
    heads = ("place", "when", "category", "before", "after")
    head = "".join(f"<th{_style(name)}>{escape(words(f'revision.{name}'))}</th>" for name in heads)
    body = ""
    for row in changes.head(MOST_CHANGES).to_dict("records"):
        cells = _tell({str(name): str(cell) for name, cell in row.items()}, names, words)
        body += "<tr>" + "".join(f"<td{_style(name)}>{escape(cells[name])}</td>" for name in heads) + "</tr>"
    show_html(
        f'<h4 class="db-h4">{escape(words("revision.changes", n=len(changes)))}</h4>'
        f'<table class="db-plain db-changes"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )
    if len(changes) > MOST_CHANGES:
        st.caption(words("revision.more", n=len(changes) - MOST_CHANGES))


def _style(name: str) -> str:
    return ' class="db-num"' if name in ("before", "after") else ""


def _tell(row: Mapping[str, str], names: pd.Series, words: Words) -> dict[str, str]:
    """One changed line in the reader's words."""
    code = row["ward_code"]
    place = words(f"data.outcome.{code}") if code in OUTCOMES else str(names.get(code, "")) or code
    what = [row.get("category", "")]
    if row.get("measure", "occurred") not in ("", "occurred"):
        what.append(words(f"measure.{row['measure']}"))
    return {
        "place": name_with_type(place, words),
        "when": _tell_days(row, words),
        "category": ", ".join(part for part in what if part) or "–",
        "before": _tell_value(row["before"], words),
        "after": _tell_value(row["after"], words),
    }


def _tell_days(row: Mapping[str, str], words: Words) -> str:
    if row.get("start") and row.get("end"):
        start, end = dt.date.fromisoformat(row["start"]), dt.date.fromisoformat(row["end"])
        return words("entry.days", start=start, end=end)
    return row.get("year", "") or "–"


def _tell_value(value: str, words: Words) -> str:
    """A count, or the name of a status."""
    if not value:
        return words("revision.nothing")
    key = f"status_name.{value}"
    return words(key) if words.has(key) else words.plain(float(value))
