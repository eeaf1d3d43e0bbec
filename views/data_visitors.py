"""Địa bàn đông khách vãng lai: wards where residents are the wrong denominator, each with its reason."""

import streamlit as st

from i18n.messages import Words
from store.records import Area, VisitorWard
from studies.holdings import Holdings
from studies.intake_boundaries import read_day
from views import cache, session
from views.context import Context
from views.data_areas import choose_area
from views.data_names import name_ward
from views.data_step import heed, step
from views.widgets import escape, show_html


def show_visitors(context: Context) -> None:
    words = context.words
    with step("visitors", words("extras.visitors_heading")):
        st.caption(words("extras.visitors_hint"))
        area = choose_area("area_visitors", words("extras.area"), context)
        with heed(words):
            _ask(area, context)


def _ask(area: Area, context: Context) -> None:
    words = context.words
    holdings = cache.get_holdings(context.store, context.revision, area.id)
    held = {each.ward_code: each for each in context.store.list_visitor_wards(area.id)}
    _show_held(list(held.values()), holdings, words)
    codes = list(holdings.wards.frame.index)
    chosen = st.multiselect(
        words("extras.visitors_choose"), codes, default=[code for code in codes if code in held],
        key=f"visitors_{area.id}_{context.revision}", placeholder=words("extras.visitors_choose_hint"),
        format_func=lambda code: name_ward(holdings.wards, code, words),
    )  # fmt: skip
    left, middle, right = st.columns([50, 20, 30])
    reason = left.text_input(
        words("extras.visitors_reason"),
        key="visitors_reason",
        placeholder=words("extras.visitors_reason_hint"),
    ).strip()
    typed = middle.text_input(
        words("extras.visitors_since"), key="visitors_since", placeholder=words("data.bounds.day_hint")
    )
    by = right.text_input(words("entry.by"), key="by_visitors").strip()
    since = read_day(typed)
    fresh = [code for code in chosen if code not in held]
    is_told = not fresh or bool(reason and since)
    asked = st.button(
        words("extras.visitors_keep"), key="keep_visitors", disabled=set(chosen) == set(held) or not is_told
    )
    if not is_told:
        st.caption(words("extras.visitors_need"))
    elif asked:
        wards = [held[code] for code in chosen if code in held]
        wards += [VisitorWard(code, reason, since) for code in fresh if since]
        context.store.keep_visitor_wards(area.id, wards, by=by)
        session.keep("done", (words("extras.visitors_kept", n=len(wards)), ""))
        st.rerun()


def _show_held(held: list[VisitorWard], holdings: Holdings, words: Words) -> None:
    if not held:
        show_html(f'<p class="db-sub">{escape(words("extras.visitors_none"))}</p>')
        return
    heads = ("ward", "reason", "since", "set_by")
    head = "".join(f"<th>{escape(words(f'extras.{name}'))}</th>" for name in heads)
    body = ""
    for each in held:
        cells = (
            name_ward(holdings.wards, each.ward_code, words),
            each.reason,
            words.date(each.since),
            each.by or "–",
        )
        body += "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    show_html(
        f'<table class="db-plain db-changes"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )
