"""Theo dõi, đánh giá: one programme from its paper to its end. Papers set states, figures do not."""

import datetime as dt
from pathlib import Path

import streamlit as st

from briefing.annex import make_annex
from i18n.messages import Words
from layers.sheet import Sentence
from planning.programme import Programme
from store.plan_records import Kept
from studies.follow import Followed, follow, list_newest, pick_first
from studies.follow_rows import AreaRow, write_rows
from studies.follow_tiles import make_tiles
from studies.follow_words import name_programme, note_remark, write_headline, write_subtitle
from studies.kpi_report import KpiReport, count_lights
from studies.programme_book import make_book
from studies.watch import Watched
from views import cache, session
from views.context import Context
from views.downloads import XLSX_TYPE
from views.follow_area import show_area
from views.follow_kpi import show_kpis
from views.follow_map import AREA, NONE, choose_area, show_where
from views.follow_model_form import show_model_form
from views.follow_models import show_models
from views.follow_tables import show_areas, show_facts
from views.follow_watch import show_watch
from views.panels import show_tiles
from views.widgets import calm, escape, rich, show_html

STYLE = Path(__file__).with_name("follow.css")
NOTHING_WATCHED = Watched((), ())


def page(context: Context) -> None:
    words = context.words
    st.html(STYLE)
    programmes = list_newest(context.store)
    if not programmes:
        show_html(f'<div class="db-note">{escape(words("follow.none"))}</div>')
        return
    kept = _choose_programme(programmes, pick_first(context.store, programmes).content.key, words)
    today = dt.date.today()
    followed = follow(context.store, kept, today)
    report = cache.get_kpi_report(context.store, context.revision, kept.content.key, today)
    lights = count_lights(report)
    rows = write_rows(followed, lights, words)
    watched = _watch(followed, context)
    _show_title(followed, words)
    n_signs = sum(row.state == "relapse" for row in watched.rows)
    _show_headline(write_headline(followed, (n_signs, len(watched.rows)), words))
    show_tiles(make_tiles(followed, lights, words), words)
    selected = choose_area(followed)
    show_where(followed, rows, selected, context)
    if followed.areas:
        show_areas(rows, followed, selected, words)
        _pick_area(followed, rows, selected, context)
    with calm(words):
        show_kpis(kept, context)
    show_models(followed, words)
    show_model_form(context, followed.programme.place)
    if followed.areas:
        show_watch(watched, words)
        _show_remark(followed, context)
    show_facts(followed, words)
    _offer_book(report, words)


def _choose_programme(programmes: list[Kept[Programme]], first: str, words: Words) -> Kept[Programme]:
    by_key = {kept.content.key: kept for kept in programmes}
    key = session.choose("chuong_trinh", list(by_key), first)
    st.selectbox(
        words("follow.choose"), list(by_key), key=session.key_of("chuong_trinh"),
        format_func=lambda name: name_programme(by_key[name], words), label_visibility="collapsed",
    )  # fmt: skip
    session.mirror(chuong_trinh=key)
    return by_key[key]


def _show_title(followed: Followed, words: Words) -> None:
    told = followed.programme
    chip = (
        f'<span class="db-chip">{escape(words("overview.illustrative"))}</span>' if told.illustrative else ""
    )
    source = escape(told.source or words("reports.unknown"))
    show_html(
        f'<div class="db-title"><h1>{escape(told.name)}</h1>{chip}'
        f'<span class="db-sub">{escape(write_subtitle(followed, words))}</span>'
        f'<span class="db-sub">{escape(words("follow.sources"))}: {source}</span></div>'
    )


def _show_headline(sentences: tuple[Sentence, ...]) -> None:
    for column, sentence in zip(st.columns(len(sentences)), sentences, strict=True):
        with column, st.container(key=f"db-sentence-{sentence.key}"):
            show_html(f"<p>{rich(sentence.text)}</p>")


def _pick_area(followed: Followed, rows: list[AreaRow], selected: int | None, context: Context) -> None:
    words = context.words
    names = {str(row.area_id): f"{row.number}. {row.name}, {row.parent}" for row in rows}
    st.selectbox(
        words("follow.pick"), [NONE, *names], key=session.key_of(AREA), width=420,
        format_func=lambda name: names.get(name, words("follow.pick_none")),
    )  # fmt: skip
    if selected is not None:
        kept = next(kept for kept in followed.areas if kept.id == selected)
        with calm(words):
            show_area(kept, followed.kept, context)


def _watch(followed: Followed, context: Context) -> Watched:
    if followed.told.catalogue is None:
        return NOTHING_WATCHED
    return cache.get_watched(
        context.store, followed.areas, context.words, followed.told.catalogue.watch_months,
        context.revision, followed.kept.id, followed.programme.register, followed.today,
    )  # fmt: skip


def _show_remark(followed: Followed, context: Context) -> None:
    words = context.words
    with calm(words):
        found = cache.get_programme_remark(
            context.store,
            followed.areas,
            words,
            followed.programme.n_selected,
            context.revision,
            followed.kept.id,
            followed.programme.register,
        )
        notes = "".join(f'<p class="db-sub">{escape(note)}</p>' for note in note_remark(found, words))
        show_html(
            f'<section class="db-card"><h2>{escape(words("follow.remark"))}</h2>'
            f"<p>{escape(found.sentence)}</p>{notes}</section>"
        )


def _offer_book(report: KpiReport, words: Words) -> None:
    st.download_button(
        words("follow.book"), data=lambda: make_annex(make_book(report, words)),
        file_name=f"{report.told.programme.key}.xlsx", mime=XLSX_TYPE, on_click="ignore",
    )  # fmt: skip
