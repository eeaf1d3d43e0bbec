"""Khoảng trống và vị trí đề xuất: maps with places, on the machine that runs the program and nowhere else."""

from dataclasses import dataclass

import streamlit as st

from briefing.table import to_xlsx
from geo.cover.siting import Siting
from i18n.messages import Words
from layers.spec import MapSpec
from studies import camera_lists as lists
from studies.camera_places import Unseen, add_gaps, add_sites
from views import cache, chart_words, session
from views.camera_sites import choose_sites
from views.context import Context
from views.downloads import XLSX_TYPE
from views.question import Asked
from views.widgets import calm, escape, rich, show_html, table_html

NONE, GAPS, SITES = "none", "gaps", "sites"


@dataclass(frozen=True)
class Inside:
    """What the internal layer rests on. siting: None where the gaps are shown."""

    unseen: Unseen
    siting: Siting | None = None


def choose_inside(context: Context) -> str:
    """Which internal layer lies on the map; on a shared address none is offered."""
    words = context.words
    if not context.is_local:
        return NONE
    shown = session.choose("noi_bo", (NONE, GAPS, SITES), NONE)
    st.segmented_control(
        words("inside.show"), (NONE, GAPS, SITES), key=session.key_of("noi_bo"), required=True,
        format_func=lambda name: words(f"inside.show_{name}"),
    )  # fmt: skip
    session.mirror(noi_bo=None if shown == NONE else shown)
    return shown


def open_inside(shown: str, asked: Asked, context: Context) -> Inside | None:
    """What was chosen, worked out; None where nothing was, or where a calm message says why it cannot be."""
    question, view = asked.measured.question, asked.shown.view
    if shown == NONE:
        return None
    with calm(context.words):
        choice = choose_sites(asked, context) if shown == SITES else None
        if shown == SITES and choice is None:
            return None
        holdings = asked.shown.holdings
        unseen = cache.get_unseen(holdings, asked.measured, context.revision, view, question)
        if choice is None:
            return Inside(unseen)
        with st.spinner(context.words("inside.finding"), show_time=False):
            siting = cache.get_siting(
                holdings, choice.candidates, context.revision, view, question, choice.k, choice.within,
                choice.origin,
            )  # fmt: skip
        return Inside(unseen, siting)
    return None


def draw_inside(spec: MapSpec, inside: Inside | None, words: Words) -> MapSpec:
    """The page's map with the chosen internal layer on it."""
    if inside is None:
        return spec
    if inside.siting is None:
        return add_gaps(spec, inside.unseen, words)
    return add_sites(spec, inside.unseen, inside.siting, words)


def show_inside(inside: Inside | None, asked: Asked, context: Context) -> None:
    """The list behind the internal layer; on a shared address, why there is none."""
    words = context.words
    if not context.is_local:
        show_html(f'<p class="db-sub">{escape(words("inside.shared"))}</p>')
    if inside is None:
        return
    show_html(f'<h3 class="db-inside">{escape(words("inside.heading"))}</h3>'
              f'<p class="db-sub">{escape(words("inside.note"))}</p>')  # fmt: skip
    if inside.siting is None:
        _show_gaps(inside.unseen, asked, words)
    else:
        _show_sites(inside.siting, asked, words)


def _show_gaps(unseen: Unseen, asked: Asked, words: Words) -> None:
    show_html("".join(f"<p>{escape(line)}</p>" for line in lists.write_sums(unseen, words)))
    heads = [words(f"inside.gap_{name}") for name in ("number", "ward", "n", "radius")]
    rows = [
        (row.number, row.ward, row.n, row.radius) for row in lists.list_gaps(asked.measured, unseen, words)
    ]
    title, note = words("inside.gap_heading"), lists.write_gap_note(words)
    show_html(table_html(heads, rows, title=title, foot=note, texts=(1,)))


def _show_sites(siting: Siting, asked: Asked, words: Words) -> None:
    reached, *remarks = lists.write_result(siting, words)
    notes = "".join(f'<p class="db-sub">{escape(line)}</p>' for line in remarks)
    show_html(f"<p>{rich(reached)}</p>{notes}")
    heads = [words(f"inside.site_{name}") for name in ("number", "ward", "name", "gain", "total")]
    rows = [
        (row.number, row.ward, row.name, row.gain, row.total)
        for row in lists.list_sites(asked.measured, siting, words)
    ]
    note = words("inside.site_note", radius=words.number(siting.radius_m))
    left, right = st.columns([55, 45], gap="small")
    with left:
        show_html(table_html(heads, rows, title=words("inside.site_heading"), foot=note, texts=(1, 2)))
    with right, st.container(border=True, key="db-chart-returns"):
        show_html(f"<h3>{escape(words('inside.curve_heading'))}</h3>")
        chart_words.show_returns(siting.curve, words)
        show_html(f'<p class="db-sub">{escape(words("inside.curve_note"))}</p>')
    st.download_button(
        words("inside.download"),
        data=lambda: to_xlsx(
            lists.make_site_table(asked.measured, siting, words),
            title="sites",
            notes=lists.describe_sites(asked.measured, siting, words),
        ),
        file_name="vi-tri-de-xuat.xlsx", mime=XLSX_TYPE, on_click="ignore",
    )  # fmt: skip
