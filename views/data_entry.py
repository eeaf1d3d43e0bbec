"""Nhập số của một phường, xã: one figure typed by hand, beside what is on file for it."""

from dataclasses import replace

import streamlit as st

from geo.frames import STATUSES, Kind
from geo.reading.cells import parse_period
from i18n.messages import Words
from store.records import Area
from studies.entry import Standing, Typed, keep_typed, look_up
from studies.holdings import Holdings, list_categories
from studies.intake import KINDS
from views import cache, session
from views.context import Context
from views.data_areas import choose_area
from views.data_names import name_ward
from views.data_step import heed, step
from views.widgets import escape, show_html

FIRST_YEAR, LAST_YEAR = 1990, 2100


def show(context: Context) -> None:
    words = context.words
    if not context.areas:
        show_html(f'<div class="db-note">{escape(words("data.table.no_area"))}</div>')
        return
    with step("entry", words("entry.heading")):
        st.caption(words("entry.hint"))
        area = choose_area("area_typed", words("entry.area"), context)
        with heed(words):
            _ask(area, context)


def _ask(area: Area, context: Context) -> None:
    words = context.words
    holdings = cache.get_holdings(context.store, context.revision, area.id)
    left, right = st.columns(2)
    ward = left.selectbox(
        words("entry.ward"), list(holdings.wards.frame.index), index=None, key=f"typed_ward_{area.id}",
        placeholder=words("entry.ward_hint"), format_func=lambda code: name_ward(holdings.wards, code, words),
    )  # fmt: skip
    kind: Kind = right.selectbox(
        words("entry.kind"), KINDS, key="typed_kind", format_func=lambda name: words(f"data.kind.{name}")
    )
    if ward is None:
        return
    figure = st.container()
    source_box, by_box = st.columns(2)
    source = source_box.text_input(words("entry.source"), key="typed_source").strip()
    by = by_box.text_input(words("entry.by"), key="by").strip()
    with figure:
        typed = _ask_figure(ward, kind, list_categories(holdings), words)
    if typed is None:
        st.button(words("entry.keep"), disabled=True, key="cannot_keep_typed")
        st.caption(words(f"entry.need_{kind}"))
        return
    _show_keep(replace(typed, source=source), holdings, by, context)


def _show_keep(typed: Typed, holdings: Holdings, by: str, context: Context) -> None:
    """What stands and what will stand, and the button between them."""
    words, area = context.words, holdings.area
    standing = look_up(context.store, area.id, typed)
    before, after = _say_standing(standing, typed, words), _say(typed, words)
    is_same = before == after and standing.n_working == typed.n_working
    key = "entry.same" if is_same else "entry.change" if before else "entry.new"
    name = name_ward(holdings.wards, typed.ward_code, words)
    text = words(key, what="; ".join([name, *_tell(typed, words)]), before=before, after=after)
    show_html(f'<p class="db-sentence" role="status"><b>{escape(text)}</b></p>')
    if st.button(words("entry.keep"), type="primary", key="keep_typed", disabled=is_same):
        keep_typed(context.store, area.id, holdings.wards, typed, by=by)
        done = words("entry.kept", ward=name, before=before or words("entry.none"), after=after)
        session.keep("done", (done, str(area.id)))
        st.rerun()
    file = standing.dataset.file_name if standing.dataset else ""
    if not is_same:
        told = words("entry.revises", file=file) if file else words("entry.starts")
        show_html(f'<p class="db-sub">{escape(told)}</p>')


def _ask_figure(ward: str, kind: Kind, categories: list[str], words: Words) -> Typed | None:
    """The boxes of the kind; None while something needed is missing. Raises BadOption for a period."""
    left, middle, right = st.columns(3)
    if kind == "status":
        year = left.number_input(
            words("entry.year"), FIRST_YEAR, LAST_YEAR, value=None, step=1, key="typed_year"
        )
        status = middle.selectbox(
            words("entry.status"), STATUSES, index=None, key="typed_status",
            placeholder=words("data.choose_hint"), format_func=lambda name: words(f"status_name.{name}"),
        )  # fmt: skip
        return Typed(kind, ward, year=year, status=status) if year and status else None
    if kind == "incidents":
        period = left.text_input(
            words("entry.period"), key="typed_period", placeholder=words("entry.period_hint")
        ).strip()
        category = middle.selectbox(
            words("entry.category"), categories, index=None, key="typed_category", accept_new_options=True,
            placeholder=words("entry.category_none"),
        )  # fmt: skip
        n = right.number_input(words("entry.n_incidents"), 0, value=None, step=1, key="typed_n")
        if n is None or not period:
            return None
        return Typed(kind, ward, n=n, period=parse_period(period), category=category or None)
    n = left.number_input(words(f"entry.n_{kind}"), 0, value=None, step=1, key="typed_n")
    working = None
    if kind == "cameras":
        working = middle.number_input(words("entry.working"), 0, value=None, step=1, key="typed_working")
    return None if n is None else Typed(kind, ward, n=n, n_working=working)


def _tell(typed: Typed, words: Words) -> list[str]:
    """The days and the category, or the year, that a figure is of."""
    if typed.period:
        days = words("entry.days", start=typed.period.start, end=typed.period.end)
        return [days, *([typed.category] if typed.category else [])]
    return [words("entry.of_year", year=str(typed.year))] if typed.year else []


def _say(typed: Typed, words: Words) -> str:
    return words(f"status_name.{typed.status}") if typed.status else words.number(typed.n)


def _say_standing(standing: Standing, typed: Typed, words: Words) -> str:
    """ "" where nothing is on file."""
    if typed.kind == "status":
        return words(f"status_name.{standing.status}") if standing.status else ""
    return "" if standing.n is None else words.number(standing.n)
