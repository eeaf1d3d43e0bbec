"""A programme's targets on the page: a table per level, how each was counted, and the workbook."""

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from i18n.messages import Words
from planning.programme import Programme
from planning.targets import LIGHTS, Light
from store.plan_records import Kept, KeptArea
from studies.figure_words import write_quantity
from studies.kpi_cohort import Years
from studies.kpi_file import make_book
from studies.kpi_lines import KpiText, LevelTable, list_reported, write_levels
from studies.kpi_notes import list_fates
from studies.kpi_report import KpiReport
from views import cache
from views.context import Context
from views.downloads import XLSX_TYPE
from views.follow_labelled import labelled_table, plain_rows
from views.ward_card import status_chip
from views.widgets import escape, show_html

LOOKS: dict[Light, str] = {
    "met": "chuyen_hoa_thanh_cong",
    "not_met": "chua_dat",
    "not_applicable": "khong_thuoc_dien",
    "unknown": "",
}
HEADS = ("target", "value", "light", "remark")
FATE_HEADS = ("name", "passed_on", "fate", "why", "told_on")


def show_kpis(programme: Kept[Programme], context: Context) -> None:
    """The card: areas folded one by one, the programme, those that passed, what papers report."""
    words = context.words
    report = _assess(programme, None, context)
    with st.container(border=True, key="db-kpis"):
        title = escape(words("kpi_report.heading"))
        show_html(f'<div class="db-title"><h2>{title}</h2>{_chip(report, words)}</div>')
        levels = write_levels(report, words)
        if levels:
            show_html(f'<p class="db-sub">{escape(words("kpi_report.no_grade"))}</p>')
        for level in levels:
            if level.level == "cohort":
                report, level = _ask_years(report, level, programme, context)
            show_html(_level_html(level, words))
            if level.level == "cohort":
                _show_fates(report, words)
        if not levels:
            show_html(f"<p>{escape(words('kpi_report.none'))}</p>")
        _show_reported(report, words)
        st.download_button(
            words("kpi_report.download"), data=lambda: make_book(report, words),
            file_name=words("kpi_report.file", code=programme.content.key), mime=XLSX_TYPE, on_click="ignore",
        )  # fmt: skip


def show_area_targets(kept: KeptArea, programme: Kept[Programme], context: Context) -> None:
    """The targets of one area alone; nothing where the programme has none of that level."""
    words = context.words
    report = _assess(programme, None, context)
    rows = [
        row
        for level in write_levels(report, words)
        for row in level.rows
        if level.level == "area" and row.area_id == kept.id
    ]
    if rows:
        title = escape(words("area_card.targets"))
        show_html(
            f'<div class="db-follow db-kpis"><h3 class="db-inside">{title}</h3>{_table(rows, words)}'
            f'<p class="db-sub">{escape(words("kpi_report.no_grade"))}</p></div>'
        )


def _assess(programme: Kept[Programme], years: Years | None, context: Context) -> KpiReport:
    today = dt.date.today()
    return cache.get_kpi_report(context.store, context.revision, programme.content.key, today, years)


def _chip(report: KpiReport, words: Words) -> str:
    if not report.is_illustrative:
        return ""
    return f'<span class="db-chip">{escape(words("overview.illustrative"))}</span>'


def _ask_years(
    report: KpiReport, level: LevelTable, programme: Kept[Programme], context: Context
) -> tuple[KpiReport, LevelTable]:
    """In which years the areas passed that are followed; the programme's own choice at first."""
    words, passed = context.words, report.passed
    assert passed is not None, "a cohort target has a cohort"
    own = (passed.first.year, passed.last.year)
    options = list(range(min(own[0], 2015), max(report.today.year, own[1]) + 1))
    with st.container(horizontal=True, key="db-kpi-years"):
        chosen = [
            st.selectbox(
                words(f"kpi_report.{name}"), options, index=options.index(year), width=160,
                key=f"kpi_{name}_{programme.id}",
            )
            for name, year in zip(("first_year", "last_year"), own, strict=True)
        ]  # fmt: skip
    years = (min(chosen), max(chosen))
    if years == own:
        return report, level
    other = _assess(programme, years, context)
    return other, next(each for each in write_levels(other, words) if each.level == "cohort")


def _level_html(level: LevelTable, words: Words) -> str:
    notes = "".join(f'<p class="db-sub">{escape(note)}</p>' for note in level.notes)
    if level.level == "area":
        body = "".join(_fold(name, rows, words) for name, rows in level.list_areas())
    else:
        body = _table(level.rows, words)
    return f'<div class="db-follow db-kpis"><h3>{escape(level.title)}</h3>{body}{notes}</div>'


def _fold(name: str, rows: list[KpiText], words: Words) -> str:
    """One area in a line: how many of its targets stand under which light."""
    counts = {light: sum(row.light == light for row in rows) for light in LIGHTS}
    told = "; ".join(
        words("kpi_report.light_of", n=n, light=words(f"kpi.light.{light}"))
        for light, n in counts.items()
        if n
    )
    line = words("kpi_report.lights_of", name=name, told=told)
    return f'<details class="db-notes"><summary>{escape(line)}</summary>{_table(rows, words)}</details>'


def _table(rows: Sequence[KpiText], words: Words) -> str:
    heads = [words(f"kpi_report.head.{head}") for head in HEADS]
    return (
        f'<div class="db-targets">{labelled_table(heads, [_write_cells(row, words) for row in rows])}</div>'
    )


def _write_cells(text: KpiText, words: Words) -> tuple[str, ...]:
    row = text.row
    needed = words("kpi_report.needed", what=row.needed) if row.needed else ""
    missing = words("kpi_report.missing", what=row.missing) if row.missing else ""
    return (
        f"<b>{escape(row.name)}</b>{_under(row.promised)}",
        f"{escape(row.value)}{_under(needed)}",
        status_chip(LOOKS[text.light], row.light),
        f"{escape(text.remark)}{_under(missing)}{_basis(text, words)}",
    )


def _under(text: str) -> str:
    return f'<span class="db-under">{escape(text)}</span>' if text else ""


def _basis(text: KpiText, words: Words) -> str:
    """Which figures it rests on, folded."""
    lines = [*text.basis, words("kpi_report.source", source=text.source) if text.source else ""]
    told = "".join(_under(line) for line in lines)
    return f'<details class="db-trace"><summary>{escape(words("kpi_report.basis"))}</summary>{told}</details>'


def _show_fates(report: KpiReport, words: Words) -> None:
    rows = list_fates(report.passed, words) if report.passed is not None else []
    if rows:
        heads = [words(f"kpi_report.fate.{head}") for head in FATE_HEADS]
        cells = plain_rows([getattr(row, head) for head in FATE_HEADS] for row in rows)
        title = escape(words("kpi_report.title.fates"))
        show_html(f'<div class="db-follow db-kpis"><h3>{title}</h3>{labelled_table(heads, cells)}</div>')


def _show_reported(report: KpiReport, words: Words) -> None:
    """Results told for the whole, without names: they are shown, and counted nowhere."""
    rows = list_reported(report, words)
    if not rows:
        return
    lines = "".join(
        f"<li>{escape(row.measure)}: <b>{escape(write_quantity(row))}</b> ({escape(row.period)})"
        f"{_under('; '.join(part for part in (row.note, row.source) if part))}</li>"
        for row in rows
    )
    title = escape(words("kpi_report.reported_heading"))
    show_html(f'<div class="db-kpis"><h3>{title}</h3><ul class="db-figures">{lines}</ul></div>')
