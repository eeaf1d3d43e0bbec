"""Đường phố: an area's road layer, read, told in kilometres, then kept in place of the earlier one."""

import streamlit as st

from store.records import Area, KeptRoads
from studies.intake import Received
from studies.intake_boundaries import read_day
from studies.intake_roads import RoadsTrial, keep_roads, try_roads
from views import session
from views.context import Context
from views.data_areas import choose_area
from views.data_crs import look_with_crs
from views.data_report_findings import show_findings
from views.data_step import heed, step
from views.data_upload import empty, once, take
from views.widgets import escape, show_html

SLOT = "roads"


def show_roads(context: Context) -> None:
    words = context.words
    with step(SLOT, words("extras.roads_heading")):
        st.caption(words("extras.roads_hint"))
        area = choose_area("area_roads", words("extras.area"), context)
        held = context.store.find_roads(area.id)
        show_html(f'<p class="db-sub">{escape(_say_held(held, context))}</p>')
        received = take(SLOT, words("extras.roads_upload"), words("extras.roads_formats"), words)
        if received is not None:
            with heed(words):
                _show_trial(received, area, held, context)


def _say_held(held: KeptRoads | None, context: Context) -> str:
    words = context.words
    if held is None:
        return words("extras.roads_none")
    told = words(
        "extras.roads_stands", n=held.n_lines, source=held.source.name, date=words.date(held.added_at)
    )
    if held.source.as_of:
        told += f" {words('extras.roads_as_of', day=held.source.as_of)}"
    return told + (f" {words('extras.by_line', by=held.by)}" if held.by else "")


def _show_trial(received: Received, area: Area, held: KeptRoads | None, context: Context) -> None:
    words, token = context.words, received.sha256[:12]

    def read(crs: str | None) -> RoadsTrial:
        def read_once() -> RoadsTrial:
            with st.spinner(words("extras.roads_reading")):
                return try_roads(context.store, area.id, received, crs=crs)

        return once(f"{SLOT}_trial", (received.sha256, area.id, crs), read_once)

    trial = look_with_crs(f"roads_{token}", read, None, words)
    if trial is None:
        return
    n_lines, km = len(trial.roads.frame), words.number(trial.length_km, decimals=1)
    share = words.number(trial.inside_pct, decimals=0)
    told = words("extras.roads_read", n=n_lines, km=km, share=share)
    show_html(f'<p class="db-sentence"><b>{escape(told)}</b></p>')
    show_findings(trial.findings, words("extras.remarks"), words, file=received.name)
    left, middle, right = st.columns([50, 20, 30])
    source = left.text_input(words("extras.roads_source"), key=f"roads_source_{token}").strip()
    typed = middle.text_input(
        words("extras.roads_day"), key=f"roads_day_{token}", placeholder=words("data.bounds.day_hint")
    )
    by = right.text_input(words("entry.by"), key="by_roads").strip()
    day = read_day(typed)
    if held is not None:
        st.caption(words("extras.roads_replaces"))
    asked = st.button(words("extras.roads_keep"), type="primary", key="keep_roads", disabled=not source)
    if not source:
        st.caption(words("extras.roads_need"))
    elif asked:
        as_of = words.date(day) if day else ""
        is_new = keep_roads(context.store, area.id, trial, source=source, as_of=as_of, by=by)
        done = words("extras.roads_kept", n=n_lines, km=km, area=area.title)
        session.keep("done", (done if is_new else words("extras.same"), ""))
        empty(SLOT)
        st.rerun()
