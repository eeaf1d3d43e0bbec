"""Địa bàn đang có: the boundary sets on file and the tables joined to them."""

import streamlit as st

from i18n.messages import Words
from store.records import Area, Dataset
from studies.report import write_balance, write_findings
from views import session
from views.context import Context
from views.data_revisions import show_revisions
from views.data_step import heed
from views.widgets import escape, show_html


def show(context: Context) -> None:
    words = context.words
    if not context.areas:
        show_html(f'<div class="db-note">{escape(words("data.areas.none"))}</div>')
        return
    show_html(_areas_html(context.areas, words))
    area = context.areas[0]
    if len(context.areas) > 1:
        area = choose_area("area_shown", words("data.areas.files_of"), context)
    datasets = context.store.list_datasets(area.id)
    if not datasets:
        show_html(f'<p class="db-sub">{escape(words("data.areas.no_files"))}</p>')
    for dataset in datasets:
        _show_dataset(dataset, area, context)


def choose_area(name: str, label: str, context: Context) -> Area:
    """A select box of the areas; the one that was kept last in this session comes first."""
    areas = {str(area.id): area for area in context.areas}
    latest = str(session.recall("latest_area", context.areas[0].id))
    session.choose(name, list(areas), latest if latest in areas else str(context.areas[0].id))
    chosen = st.selectbox(
        label, list(areas), key=session.key_of(name), format_func=lambda key: areas[key].title, width=480
    )
    return areas[chosen]


def _areas_html(areas: tuple[Area, ...], words: Words) -> str:
    heads = ("name", "wards", "version", "source", "added")
    head = "".join(f"<th>{escape(words(f'data.areas.{name}'))}</th>" for name in heads)
    body = "".join(_area_row(area, words) for area in areas)
    return (
        f'<section class="db-card db-areas"><h2>{escape(words("data.areas.heading"))}</h2>'
        f'<table class="db-plain"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></section>'
    )


def _area_row(area: Area, words: Words) -> str:
    marks = [name for name in ("illustrative", "schematic") if getattr(area.source, name)]
    chips = "".join(f' <span class="db-chip">{escape(words(f"data.{name}"))}</span>' for name in marks)
    cells = (
        ("name", f"<b>{escape(area.title)}</b>{chips}"),
        ("wards", words.number(area.n_wards)),
        ("version", escape(area.version or words("data.unknown"))),
        ("source", escape(area.source.name or words("data.unknown"))),
        ("added", words.date(area.added_at)),
    )
    return (
        "<tr>"
        + "".join(
            f'<td data-label="{escape(words(f"data.areas.{name}"))}">{cell}</td>' for name, cell in cells
        )
        + "</tr>"
    )


def _show_dataset(dataset: Dataset, area: Area, context: Context) -> None:
    words = context.words
    with st.container(border=True, key=f"step_dataset_{dataset.id}"):
        left, right = st.columns([86, 14], vertical_alignment="top")
        with left:
            show_html(_dataset_html(dataset, words))
            if dataset.findings:
                with st.expander(words("data.areas.remarks", n=len(dataset.findings))):
                    lines = "".join(
                        f"<li>{escape(line)}</li>" for line in write_findings(dataset.findings, words)
                    )
                    show_html(f'<ul class="db-remarks">{lines}</ul>')
            show_revisions(dataset, area, context)
        if not context.is_local:
            return
        if session.recall("removing") == dataset.id:
            _confirm(dataset, context)
        else:
            right.button(
                words("data.areas.remove"), key=f"remove_{dataset.id}", width="stretch",
                on_click=session.keep, args=("removing", dataset.id),
            )  # fmt: skip


def _dataset_html(dataset: Dataset, words: Words) -> str:
    facts = []
    if dataset.period_start and dataset.period_end:
        start, end = words.date(dataset.period_start), words.date(dataset.period_end)
        facts.append(words("data.areas.period", start=start, end=end))
    if dataset.complete:
        facts.append(words("data.areas.complete"))
    facts.append(words("data.areas.added_on", date=words.date(dataset.added_at)))
    balance = write_balance(dataset.tally["n"], words, unit=words(f"balance.unit_{dataset.kind}"))
    chip = (
        f' <span class="db-chip">{escape(words("data.illustrative"))}</span>'
        if dataset.source.illustrative
        else ""
    )
    return (
        f'<div class="db-file"><span class="db-kind">{escape(_kind(dataset, words))}</span>'
        f" <b>{escape(dataset.file_name)}</b>{chip}</div>"
        f'<div class="db-sub">{escape(dataset.source.name)} · {escape("; ".join(facts))}</div>'
        f'<div class="db-balance">{escape(balance)}</div>'
    )


def _kind(dataset: Dataset, words: Words) -> str:
    return words(f"kind.{dataset.kind}").capitalize()


def _confirm(dataset: Dataset, context: Context) -> None:
    """Ask before a file leaves the map."""
    words = context.words
    show_html(f'<div class="db-note">{escape(words("data.areas.confirm"))}</div>')
    yes, no, _ = st.columns([24, 20, 56])
    no.button(words("data.areas.remove_no"), key=f"stay_{dataset.id}", width="stretch",
              on_click=session.forget, args=("removing",))  # fmt: skip
    if yes.button(words("data.areas.remove_yes"), key=f"leave_{dataset.id}", type="primary", width="stretch"):
        session.forget("removing")
        with heed(words):
            context.store.remove_dataset(dataset.id)
            session.keep("done", (words("data.areas.removed", file=dataset.file_name), ""))
            st.rerun()
