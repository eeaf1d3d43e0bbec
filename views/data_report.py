"""The join report of a trial, and the choice to keep or to drop it."""

import streamlit as st

from briefing.table import to_csv, to_xlsx
from geo.matching.aliases import Alias
from i18n.messages import Words
from store.records import Area, Dataset
from studies.intake import Trial, find_beside, keep_trial, should_replace
from studies.intake_report import (
    BalanceRow,
    count_left_over,
    describe_content,
    list_balance,
    list_left_over,
    list_used,
    write_sentence,
)
from studies.replacing import list_shortened
from views import cache, session
from views.context import Context
from views.data_doctor import show_doctor, take_repaired
from views.data_doctor_bench import clear
from views.data_names import name_column
from views.data_report_findings import show_findings
from views.data_step import heed, step
from views.data_upload import empty
from views.widgets import escape, show_html

SLOT = "tables"
MOST_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_report(first: Trial, area: Area, context: Context) -> None:
    """given = joined + left over, what it rests on, what was left over, and how to mend that."""
    words = context.words
    trial, aliases = take_repaired(first)
    with step("report", words("data.report.heading")):
        n_left = count_left_over(trial)
        verdict = words("data.report.some_left", n=n_left) if n_left else words("data.report.all_joined")
        sentence = write_sentence(trial, words)
        show_html(
            f'<p class="db-sentence"><b>{escape(sentence[:1].upper() + sentence[1:])}</b>.</p>'
            f'<p class="{"db-sub" if n_left else "db-good"}">{escape(verdict)}</p>'
        )
        left, right = st.columns(2, gap="medium")
        with left:
            show_html(_balance_html(list_balance(trial, words), trial, words))
        with right:
            show_html(_content_html(trial, area, words))
        file = trial.proposal.received.name
        show_findings(trial.findings, words("data.report.remarks"), words, file=file)
        if n_left:
            _show_left_over(trial, words)
    with heed(words):
        show_doctor(first, cache.get_holdings(context.store, context.revision, area.id).wards, words)
    with step("keep", words("data.keep.heading")):
        _show_choice(trial, aliases, area, context)


def _balance_html(rows: list[BalanceRow], trial: Trial, words: Words) -> str:
    has_n = any(row.n is not None for row in rows)
    unit = words(f"data.unit.{trial.joined.kind}")
    head = [words("data.report.what"), words("data.report.rows"), *([unit] if has_n else [])]
    body = ""
    for row in rows:
        style = "db-part" if row.part else "db-zero" if not row.rows else f"db-{row.key}"
        numbers = [words.number(row.rows), *([words.number(row.n or 0.0)] if has_n else [])]
        cells = "".join(f'<td class="db-num">{number}</td>' for number in numbers)
        body += f'<tr class="{style}"><td>{escape(row.words)}</td>{cells}</tr>'
    heads = "".join(
        f'<th class="{"db-num" if place else ""}">{escape(text)}</th>' for place, text in enumerate(head)
    )
    return (
        f'<table class="db-plain db-tally"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
        f'<p class="db-sub">{escape(words("data.report.check"))}.</p>'
    )


def _content_html(trial: Trial, area: Area, words: Words) -> str:
    content = "".join(f"<li>{escape(line)}</li>" for line in describe_content(trial, area.n_wards, words))
    used = ""
    for role, column, guessed in list_used(trial.proposal, trial.settled.columns, words):
        mark = f' <span class="db-muted">{escape(words("data.report.guessed"))}</span>' if guessed else ""
        named = escape(name_column(column, words))
        used += f"<tr><td>{escape(role)}</td><td><b>{named}</b>{mark}</td></tr>"
    return (
        f'<h4 class="db-h4">{escape(words("data.report.content"))}</h4><ul class="db-remarks">{content}</ul>'
        f'<h4 class="db-h4">{escape(words("data.report.used"))}</h4>'
        f'<table class="db-plain db-used"><tbody>{used}</tbody></table>'
    )


def _show_left_over(trial: Trial, words: Words) -> None:
    table = list_left_over(trial, words)
    show_html(f'<h4 class="db-h4">{escape(words("data.report.left_over"))}</h4>')
    with st.expander(words("data.report.each", n=len(table)), expanded=trial.joined.by_place):
        st.dataframe(table.head(MOST_SHOWN), hide_index=True, width="stretch")
        if len(table) > MOST_SHOWN:
            st.caption(words("data.report.shown", n=MOST_SHOWN, of=len(table)))
    name = words("data.report.file_name")
    with st.container(horizontal=True):
        st.download_button(
            words("data.report.xlsx"), to_xlsx(table, title=words("data.report.sheet_name")),
            f"{name}.xlsx", XLSX, on_click="ignore",
        )  # fmt: skip
        st.download_button(
            words("data.report.csv"), to_csv(table), f"{name}.csv", "text/csv", on_click="ignore"
        )


def _show_choice(trial: Trial, aliases: tuple[Alias, ...], area: Area, context: Context) -> None:
    words, file = context.words, trial.proposal.received.name
    beside = find_beside(context.store, area.id, trial)
    replace = False
    if beside.other_form and trial.joined.kind in ("incidents", "cameras"):
        key = "data.keep.points_beside" if trial.joined.by_place else "data.keep.table_beside"
        show_html(f'<p class="db-sub">{escape(words(key, files=_name_files(beside.other_form)))}</p>')
    if beside.alike:
        show_html(f"<p>{escape(words('data.keep.beside', files=_name_files(beside.alike)))}</p>")
        options = ["replace", "add"]
        how = st.radio(
            words("data.keep.how"), options, key=f"how_{trial.proposal.received.sha256[:12]}_{area.id}",
            index=0 if should_replace(trial, beside) else 1, horizontal=True,
            format_func=lambda name: words(f"data.keep.{name}"),
        )  # fmt: skip
        replace = how == "replace"
        lost = list_shortened(trial, beside) if replace else ()
        if lost:
            show_html(f'<div class="db-note">{escape(_write_lost(lost, words))}</div>')
    remember = bool(aliases) and st.checkbox(
        words("doctor.remember_n", n=len(aliases)), value=True, key=f"remember_{area.id}",
        help=words("doctor.remember_help"),
    )  # fmt: skip
    by = st.text_input(words("entry.by"), key="by", width=480).strip()
    row = st.container(horizontal=True)
    is_kept = row.button(words("data.keep.keep"), type="primary", key="keep_trial")
    if row.button(words("data.keep.drop"), key="drop_trial"):
        clear()
        session.keep("done", (words("data.keep.dropped", file=file), ""))
        empty(SLOT)
        st.rerun()
    if is_kept:
        with heed(words):
            with st.spinner(words("data.keeping")):
                keep_trial(
                    context.store,
                    area.id,
                    trial,
                    replace=replace,
                    by=by,
                    remember=aliases if remember else (),
                )
            kept = words("data.keep.kept", file=file, balance=write_sentence(trial, words))
            session.keep("done", (kept, str(area.id)))
            session.set_choice("bo", str(area.id))
            clear()
            empty(SLOT)
            st.rerun()


def _write_lost(lost: tuple[Dataset, ...], words: Words) -> str:
    spans = [
        words("data.keep.span", file=dataset.file_name, start=dataset.period_start, end=dataset.period_end)
        for dataset in lost
    ]
    return words("data.keep.lost", spans="; ".join(spans))


def _name_files(datasets: tuple[Dataset, ...]) -> str:
    return ", ".join(dataset.file_name for dataset in datasets)
