"""Dữ liệu: what is on file, new boundaries, new tables. Nothing is kept before the join report is read."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from views import (
    data_areas,
    data_boundaries,
    data_crosswalk,
    data_entry,
    data_extras,
    data_programme,
    data_table,
    session,
)
from views.context import Context
from views.data_upload import drop
from views.widgets import escape, show_html

STYLE = Path(__file__).with_name("data.css")
SECTIONS: dict[str, Callable[[Context], None]] = {
    "areas": data_areas.show,
    "boundaries": data_boundaries.show,
    "tables": data_table.show,
    "entry": data_entry.show,
    "crosswalk": data_crosswalk.show,
    "extras": data_extras.show,
    "programme": data_programme.show,
}


def page(context: Context) -> None:
    words = context.words
    st.html(STYLE)
    show_html(
        f'<div class="db-title"><h1>{escape(words("data.title"))}</h1>'
        f'<span class="db-sub">{escape(words("data.subtitle"))}</span></div>'
    )
    if not context.is_local:
        show_html(f'<div class="db-note">{escape(words("data.not_local"))}</div>')
        data_areas.show(context)
        return
    section = _choose_section(context)
    for name in SECTIONS:
        if name != section:
            drop(name)
    for slot in data_extras.SLOTS if section != "extras" else ():
        drop(slot)
    _show_done(section, context)
    SECTIONS[section](context)


def _choose_section(context: Context) -> str:
    words = context.words
    section = session.choose("muc", list(SECTIONS), "areas")
    st.segmented_control(
        words("data.section.label"), list(SECTIONS), key=session.key_of("muc"), required=True,
        format_func=lambda name: words(f"data.section.{name}"), label_visibility="collapsed",
    )  # fmt: skip
    session.mirror(muc=section)
    return section


def _show_done(section: str, context: Context) -> None:
    """What the last step did, said once, and what may come next."""
    words = context.words
    done: tuple[str, str] | None = session.recall("done")
    if done is None:
        return
    session.forget("done")
    text, area_id = done
    link = ""
    if area_id:
        to_overview = escape(words("data.to_overview"))
        link = f' <a href="./?bo={escape(area_id)}" target="_self">{to_overview}</a>'
    show_html(f'<div class="db-done" role="status">{escape(text)}{link}</div>')
    if area_id and section == "boundaries":
        st.button(words("data.bounds.next"), on_click=session.set_choice, args=("muc", "tables"))
