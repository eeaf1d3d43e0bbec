"""Chuyển đổi địa giới: which old units became which new ones; read, checked against outlines, kept."""

import pandas as pd
import streamlit as st

from i18n.messages import Words
from store.records import Area
from studies.intake import Received
from studies.intake_crosswalk import CrosswalkTrial, keep_crosswalk, try_crosswalk
from views import cache, session
from views.context import Context
from views.data_report_findings import show_findings
from views.data_step import heed, step
from views.data_upload import empty, once, take
from views.widgets import escape, show_html

SLOT = "crosswalk"
SENT, MENDED = "sent", "mended"
MOST_PARTS = 24


def show(context: Context) -> None:
    words = context.words
    if len(context.areas) < 2:
        show_html(f'<div class="db-note">{escape(words("crosswalk.two_needed"))}</div>')
        return
    _show_kept(context)
    with step("file", words("crosswalk.step_file")):
        st.caption(words("crosswalk.hint"))
        left, right = st.columns(2)
        titles = {area.id: area.title for area in context.areas}
        with left:
            old = _choose("old", list(titles), 0, titles, words)
        with right:
            new = _choose("new", list(titles), len(titles) - 1, titles, words)
        received = take(SLOT, words("crosswalk.upload"), words("crosswalk.formats"), words)
    if received is None:
        return
    areas = {area.id: area for area in context.areas}
    with step("check", words("crosswalk.step_check")), heed(words):
        _show_trial(received, areas[old], areas[new], context)


def _choose(name: str, ids: list[int], index: int, titles: dict[int, str], words: Words) -> int:
    chosen: int = st.selectbox(
        words(f"crosswalk.{name}"), ids, index=index, key=f"crosswalk_{name}", format_func=titles.__getitem__
    )
    return chosen


def _show_kept(context: Context) -> None:
    words, titles = context.words, {area.id: area.title for area in context.areas}
    told = [
        words(
            "crosswalk.kept_line",
            old=titles[kept.old_area_id], new=titles[kept.new_area_id], n=kept.n_rows,
            source=kept.source.name,
        )
        for kept in context.store.list_crosswalks()
        if {kept.old_area_id, kept.new_area_id} <= titles.keys()
    ]  # fmt: skip
    lines = "".join(f"<li>{escape(line)}</li>" for line in told)
    if lines:
        heading = escape(words("crosswalk.kept_heading"))
        show_html(f'<section class="db-card"><h2>{heading}</h2><ul class="db-remarks">{lines}</ul></section>')


def _show_trial(received: Received, old: Area, new: Area, context: Context) -> None:
    words = context.words
    source_box, by_box = st.columns(2)
    token = received.sha256[:12]
    source = source_box.text_input(words("crosswalk.source"), key=f"crosswalk_source_{token}").strip()
    by = by_box.text_input(words("entry.by"), key="by").strip()

    def read() -> CrosswalkTrial:
        with st.spinner(words("crosswalk.checking")):
            return try_crosswalk(context.store, received, old, new, source=source)

    trial = once(f"{SLOT}_trial", (received.sha256, old.id, new.id, source), read)
    sentence = words(
        "crosswalk.sentence", n=len(trial.crosswalk.rows), whole=trial.n_whole, divided=trial.n_divided
    )
    show_html(f'<p class="db-sentence"><b>{escape(sentence)}</b></p>')
    is_calm = all(finding.severity == "info" for finding in trial.findings)
    if is_calm:
        show_html(f'<p class="db-good">{escape(words("crosswalk.agrees"))}</p>')
    show_findings(trial.findings, words("crosswalk.remarks"), words, file=received.name)
    rows = _name_rows(trial, old, new, context)
    show_html(_divided_html(rows[~trial.crosswalk.rows["whole"].to_numpy(dtype=bool)], words))
    with st.expander(words("crosswalk.rows", n=len(rows))):
        st.dataframe(rows, hide_index=True, width="stretch")
    which: str | None = SENT
    if trial.mended is not None:
        n = len(trial.crosswalk.rows) - len(trial.mended.rows)
        which = st.radio(
            words("crosswalk.which", n=n), [SENT, MENDED], key=f"crosswalk_which_{token}",
            index=None, format_func=lambda name: words(f"crosswalk.{name}"),
        )  # fmt: skip
    if any(
        (kept.old_area_id, kept.new_area_id) == (old.id, new.id) for kept in context.store.list_crosswalks()
    ):
        st.caption(words("crosswalk.replaces"))
    if st.button(words("crosswalk.keep"), type="primary", key="keep_crosswalk", disabled=which is None):
        keep_crosswalk(context.store, trial, old, new, mended=which == MENDED, by=by)
        session.keep("done", (words("crosswalk.done", old=old.title, new=new.title), str(old.id)))
        empty(SLOT)
        st.rerun()


def _divided_html(rows: pd.DataFrame, words: Words) -> str:
    """The parts of divided units: the lines worth a look."""
    if rows.empty:
        return ""
    rows = rows.drop(columns=words("crosswalk.column_extent"))
    head = "".join(f"<th>{escape(column)}</th>" for column in rows.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in rows.head(MOST_PARTS).itertuples(index=False)
    )
    return (
        f'<h4 class="db-h4">{escape(words("crosswalk.divided"))}</h4>'
        f'<table class="db-plain db-changes"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def _name_rows(trial: CrosswalkTrial, old: Area, new: Area, context: Context) -> pd.DataFrame:
    words, rows = context.words, trial.crosswalk.rows
    names = [
        cache.get_holdings(context.store, context.revision, area.id).wards.frame["ward_name"]
        for area in (old, new)
    ]
    part = rows["whole"].map({True: words("crosswalk.whole"), False: words("crosswalk.part")})
    shown = pd.DataFrame(
        {
            "old": rows["old_code"] + " " + rows["old_code"].map(names[0]).fillna(""),
            "new": rows["new_code"] + " " + rows["new_code"].map(names[1]).fillna(""),
            "extent": part,
        }
    )
    for name in ("weight_population", "weight_area"):
        shown[name] = rows[name].map(
            lambda share: f"{words.number(100 * share, decimals=1)} %", na_action="ignore"
        )
    return shown.fillna("–").rename(
        columns={name: words(f"crosswalk.column_{name}") for name in shown.columns}
    )
