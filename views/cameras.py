"""Độ phủ camera an ninh: three steps, density, observed zone; gaps and places on this machine only."""

import datetime as dt
from dataclasses import replace

import streamlit as st

from i18n.messages import Words
from studies import cameras as study
from studies.camera_words import Bar
from studies.profile import describe_ward
from views import cache, session
from views import overview_choices as choices
from views.camera_inside import choose_inside, draw_inside, open_inside, show_inside
from views.context import Context
from views.downloads import show_downloads
from views.map_sheet import PageWords, show_page, show_sheet
from views.panels import show_formula, show_headline, show_tiles
from views.question import Asked
from views.ward_card import show_card
from views.widgets import escape, show_html, table_html

SAID = PageWords("cover.title", needs="n_cameras", nothing="cover.nothing", warning="cover.warning")
RADII, RADIUS = tuple(f"{radius_m}" for radius_m in study.RADII_M), "50"


def page(context: Context) -> None:
    radius = session.choose("ban_kinh", RADII, RADIUS)
    session.mirror(ban_kinh=None if radius == RADIUS else radius)
    show_page(context, SAID, _show, radius_m=float(radius))


def _show(asked: Asked, context: Context, top: st.delta_generator.DeltaGenerator) -> None:
    words, holdings = context.words, asked.shown.holdings
    question = asked.measured.question
    seen = cache.get_seen(
        holdings, context.store, asked.measured, context.revision, asked.shown.view, question
    )
    asked = replace(asked, measured=seen.measured)
    layer, shown = _choose(asked, context)
    with st.container():  # always there, so that the map below it is not mounted anew
        inside = open_inside(shown, asked, context)
    choice = replace(asked.choice, key=layer)
    report = study.answer(holdings, choice, seen, asked.count, words, today=dt.date.today())
    with top:
        show_headline(report.sheet.headline, words)
        show_tiles(report.sheet.tiles, words)
    spec = draw_inside(report.sheet.map, inside, words)
    selected = show_sheet(replace(report.sheet, map=spec), asked, context)
    show_downloads(report.sheet, holdings.shapes, words)
    show_inside(inside, asked, context)
    _show_steps(report, words)
    if selected:
        show_card(describe_ward(holdings, seen.measured, selected, words), words)
    session.mirror(dia_ban=selected)


def _choose(asked: Asked, context: Context) -> tuple[str, str]:
    """The row of boxes above the map: the layer, how far a camera sees, and on this machine which internal
    layer lies on it. Gives the layer and the internal one."""
    words = context.words
    layers = study.list_layers(asked.measured)
    with st.container(horizontal=True, vertical_alignment="bottom", key="db-choices"):
        layer = session.choose("lop", layers, layers[0])
        st.selectbox(
            words("overview.layer"), layers, key=session.key_of("lop"), width=240,
            format_func=lambda key: words(f"layer.{key}"),
        )  # fmt: skip
        with st.popover(words("overview.formula"), type="tertiary"):
            show_formula(layer, words)
        st.selectbox(
            words("cover.radius"), RADII, key=session.key_of("ban_kinh"), width=110,
            format_func=lambda radius: words("cover.radius_m", n=radius),
        )  # fmt: skip
        shown = choose_inside(context)
        choices.choose_version(asked.shown, words)
    session.mirror(lop=layer)
    return layer, shown


def _show_steps(report: study.Report, words: Words) -> None:
    """The three steps of the area as bars, and of every ward as a table."""
    bars = "".join(_bar_html(bar, place) for place, bar in enumerate(report.bars))
    card = f'<section class="db-card"><h3>{escape(words("cover.steps_heading"))}</h3>{bars}</section>'
    heads = [words(key) for key in ("cover.ward", "cover.n_installed", "cover.n_working", "cover.n_usable",
                                    "cover.checked_head")]  # fmt: skip
    rows = [(row.name, row.installed, row.working, row.usable, row.checked) for row in report.wards]
    table = table_html(heads, rows, title=words("cover.ward_heading"), foot=words("cover.ward_note"))
    show_html(f'<div class="db-pair">{card}{table}</div>')


def _bar_html(bar: Bar, place: int) -> str:
    parts = ((f"db-step-{place}", bar.share or 0.0), ("db-hatch", bar.unknown))
    fills = "".join(f'<i class="{kind}" style="width:{100 * share:.1f}%"></i>' for kind, share in parts)
    return (
        f'<div class="db-step"><span>{escape(bar.label)}</span><b>{escape(f"{bar.value} {bar.of}")}</b></div>'
        f'<div class="db-track db-parts">{fills}</div><p class="db-sub">{escape(bar.note)}</p>'
    )
