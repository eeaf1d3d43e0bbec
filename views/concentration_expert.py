"""Phân tích chuyên sâu: one tool at a time, worked out only when it is chosen."""

from collections.abc import Callable

import streamlit as st

from geo.cluster_search import BASES
from geo.derive import Derived
from geo.measure import Measured
from i18n.messages import Words
from layers.atlas import TARGET_STATUS
from layers.naming import name_ward, write_value
from studies import expert
from studies.concentration import EXPERT_LAYERS
from studies.concentration_words import write_search
from views import cache, chart_words, session
from views.context import Context
from views.question import Asked
from views.widgets import calm, escape, show_html, table_html

NONE = "none"
TOOLS = ("moran", "gini", "funnel", "smooth", "patterns", "evaluate")


def show_expert(asked: Asked, derived: Derived, basis: str, context: Context) -> None:
    """The fold. What is chosen in it stands in the address, so that a link opens it again."""
    words = context.words
    tool = session.choose("cong_cu", [NONE, *TOOLS], NONE)
    further = session.choose("chuyen_sau", [NONE, *EXPERT_LAYERS], NONE)
    with st.expander(words("expert.heading"), expanded=(tool, further) != (NONE, NONE)):
        show_html(f'<p class="db-sub">{escape(words("expert.note"))}</p>')
        columns = st.columns(3)
        with columns[0]:
            _choose("cong_cu", [NONE, *TOOLS], "expert.tool", "expert.tool_", words)
        with columns[1]:
            _choose("chuyen_sau", [NONE, *EXPERT_LAYERS], "expert.map", "layer.", words)
        with columns[2]:
            _choose("tim_theo", list(BASES), "concentration.basis", "indicator.", words, end=".name")
        if further in derived.refusals:
            show_html(f"<p>{escape(words.error(derived.refusals[further]))}</p>")
        with calm(words):
            _show_tool(tool, asked, derived, basis, context)
    session.mirror(cong_cu=None if tool == NONE else tool)


def _choose(name: str, options: list[str], label: str, stem: str, words: Words, *, end: str = "") -> None:
    st.selectbox(
        words(label), options, key=session.key_of(name),
        format_func=lambda key: words("expert.map_none" if key == NONE else f"{stem}{key}{end}"),
    )  # fmt: skip


def _show_tool(tool: str, asked: Asked, derived: Derived, basis: str, context: Context) -> None:
    words, measured = context.words, derived.measured
    say: dict[str, Callable[[], str]] = {
        "moran": lambda: expert.write_moran(derived, words),
        "gini": lambda: expert.write_gini(measured, words),
    }
    if tool in say:
        show_html(f"<p>{escape(say[tool]())}</p>")
    elif tool == "funnel":
        chart_words.show_funnel(expert.make_funnel(measured, words), words)
        _note("expert.funnel_note", words)
    elif tool == "smooth":
        _show_smooth(measured, words)
    elif tool == "patterns":
        _show_patterns(asked, derived, basis, context)
    elif tool == "evaluate":
        _show_evaluation(measured, words)


def _note(key: str, words: Words, **facts: object) -> None:
    show_html(f'<p class="db-sub">{escape(words(key, **facts))}</p>')


def _show_smooth(measured: Measured, words: Words) -> None:
    names = ("ward", "n", "population", "raw", "global", "local")
    rows = [
        (row.name, row.n, row.population, row.raw, row.steadied, row.steadied_locally)
        for row in expert.list_smooth(measured, words)
    ]
    heads = [words(f"expert.smooth_{name}") for name in names]
    show_html(table_html(heads, rows, foot=words("expert.smooth_note")))


def _show_patterns(asked: Asked, derived: Derived, basis: str, context: Context) -> None:
    words = context.words
    if derived.chance is None:
        show_html(f"<p>{escape(write_search(derived, words))}</p>")
        return
    found = cache.get_patterns(
        asked.shown.holdings,
        derived,
        asked.count,
        context.revision,
        asked.shown.view,
        asked.measured.question,
        basis,
    )
    named = found.column[found.column.notna() & (found.column != "none")]
    lines = [
        f"<p><b>{escape(write_value('emerging_pattern', pattern, words))}:</b> "
        f"{escape('; '.join(name_ward(derived.measured, str(code), words) for code in codes.index))}</p>"
        for pattern, codes in named.groupby(named)
    ]
    show_html("".join(lines) or f"<p>{escape(words('expert.patterns_none'))}</p>")
    first, last = found.periods[0], found.periods[-1]
    _note("expert.patterns_note", words, n=len(found.periods), start=first.start, end=last.end)


def _show_evaluation(measured: Measured, words: Words) -> None:
    frame = measured.frame
    _note("expert.evaluate_note", words)
    targets = list(frame.index[frame["status"] == TARGET_STATUS]) if "status" in frame else []
    treated = st.multiselect(
        words("expert.evaluate_wards"), list(frame.index), default=targets,
        format_func=lambda code: name_ward(measured, code, words),
    )  # fmt: skip
    if not treated or "n_incidents_previous" not in frame:
        _note("expert.evaluate_needs", words)
        return
    found = expert.evaluate(measured, treated, words)
    show_html(f"<p><b>{escape(found.sentence)}</b></p>" + "".join(f"<p>{escape(n)}</p>" for n in found.notes))
