"""The map of a programme's areas; a click chooses an area."""

import streamlit as st

from errors import NoData
from i18n.messages import Words
from studies.follow import Followed
from studies.follow_map import AreaMap, draw_areas, pick_home
from studies.follow_rows import AreaRow
from studies.holdings import Holdings
from views import cache, session
from views.context import Context
from views.downloads import show_map_downloads
from views.follow_tables import show_dues
from views.map_legend import show_legend
from views.ward_map import show_map
from views.widgets import escape, show_html

AREA = "dia_ban_ct"
NONE = ""


def choose_area(followed: Followed) -> int | None:
    """The chosen area's id, of this session or of the address."""
    ids = [str(kept.id) for kept in followed.areas]
    chosen = session.choose(AREA, [NONE, *ids], NONE)
    session.mirror(**{AREA: chosen})
    return int(chosen) if chosen else None


def show_where(followed: Followed, rows: list[AreaRow], selected: int | None, context: Context) -> None:
    """The map beside what is due; without boundaries a calm line, and the calendar over the whole width."""
    words = context.words
    found = _draw(followed, rows, context)
    if isinstance(found, str):
        if found:
            show_html(f'<div class="db-note">{escape(found)}</div>')
        if followed.areas:
            show_dues(followed, words, alone=True)
        return
    holdings, drawn = found
    left, right = st.columns([63, 37], gap="small")
    with left:
        _show_map(drawn, holdings, selected, context)
        show_legend(drawn.spec, words)
    with right:
        show_dues(followed, words)
    show_map_downloads(drawn.spec, drawn.table, drawn.caption, holdings.shapes, words)
    if drawn.notes:
        show_html("".join(f'<p class="db-balance">{escape(line)}</p>' for line in drawn.notes))


def _draw(followed: Followed, rows: list[AreaRow], context: Context) -> tuple[Holdings, AreaMap] | str:
    """The map, or why there is none ("" where the programme names no area)."""
    words = context.words
    if not followed.areas:
        return ""
    home = pick_home(context.store, followed.areas)
    if home is None:
        return _say_no_map(followed, words)
    holdings = cache.get_holdings(context.store, context.revision, home)
    try:
        return holdings, draw_areas(context.store, followed, holdings, rows, words)
    except NoData:
        return words("follow.no_state")


def _say_no_map(followed: Followed, words: Words) -> str:
    versions = sorted({kept.content.version for kept in followed.areas if kept.content.version})
    return words("follow.no_map", version=", ".join(versions) or words("reports.unknown"))


def _show_map(drawn: AreaMap, holdings: Holdings, selected: int | None, context: Context) -> None:
    code = next((code for code, area_id in drawn.area_of.items() if area_id == selected), None)

    def take(clicked: str | None) -> None:
        area_id = drawn.area_of.get(clicked) if clicked else None
        session.set_choice(AREA, NONE if area_id is None else str(area_id))

    show_map(drawn.spec, holdings, context, str(holdings.area.id), code, take=take)
