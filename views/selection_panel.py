"""Weights, number of areas, hard rules, bounds and exceptions: the left column of the selection."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from i18n.messages import Words
from planning.catalogue import Rule
from planning.scenario import Departure, GroupBound, Scenario
from planning.score import normalise
from studies.scenario_words import name_ward
from studies.shortlist import LongList
from studies.shortlist_words import name_criterion
from views.data_names import as_label
from views.selection_state import Work
from views.widgets import escape, show_html

BOUND_COLUMNS = ("parent", "area_label", "type")
EACH = ""


def choose_scenario(work: Work, listed: LongList, words: Words) -> Scenario:
    """Draw the column and read it; of one that is closed the widgets only show. An exception without its
    reason is not applied, and says so."""
    is_closed = work.base.is_locked or work.base.approval is not None
    scenario = replace(
        work.base,
        weights=_choose_weights(work, listed, words, is_closed),
        n=_choose_n(work, listed, words, is_closed),
        rules=_choose_rules(work, listed, words, is_closed),
    )
    with st.expander(words("selection.exceptions"), expanded=bool(work.base.exceptions)):
        exceptions = _choose_exceptions(work, listed, words, is_closed)
    with st.expander(words("selection.more"), expanded=bool(work.base.bounds or work.base.budget)):
        bounds = _choose_bounds(work, listed, words, is_closed)
        budget, cost = _choose_budget(work, words, is_closed)
    if is_closed:
        return work.base
    return replace(scenario, exceptions=exceptions, bounds=bounds, budget=budget, cost_each=cost)


def _choose_weights(
    work: Work, listed: LongList, words: Words, is_closed: bool
) -> tuple[tuple[str, float], ...]:
    begun = dict(work.base.weights)
    show_html(f"<h3>{escape(words('selection.weights'))}</h3>")
    weights = {}
    for criterion in listed.criteria:
        name = name_criterion(criterion.key, criterion.column, words)
        weights[criterion.key] = float(
            st.slider(
                as_label(name), 0, 100, round(begun.get(criterion.key, 0.0)), 5,
                key=work.key(f"weight_{criterion.key}"), disabled=is_closed, help=_help(criterion.key, words),
            )
        )  # fmt: skip
    if sum(weights.values()) > 0:
        shares = normalise(weights)
        text = ", ".join(
            f"{name_criterion(each.key, each.column, words).lower()} {words.number(shares[each.key])}"
            for each in listed.criteria
            if shares[each.key] > 0
        )
        show_html(f'<p class="db-sub">{escape(words("selection.normalised", shares=text))}</p>')
    else:
        show_html(f'<p class="db-sub">{escape(words("selection.no_weight"))}</p>')
    if listed.lacking:
        names = ", ".join(
            words(f"criterion.{key}") if words.has(f"criterion.{key}") else key for key in listed.lacking
        )
        show_html(f'<p class="db-sub">{escape(words("selection.lacking", names=names))}</p>')
    return tuple(weights.items())


def _help(key: str, words: Words) -> str | None:
    return words(f"criterion_help.{key}") if words.has(f"criterion_help.{key}") else None


def _choose_n(work: Work, listed: LongList, words: Words, is_closed: bool) -> int:
    most = max(2, len(listed.table))
    return int(
        st.slider(
            words("selection.n"), 1, most, min(work.base.n, most), key=work.key("n"), disabled=is_closed,
            help=words("selection.n_help"),
        )
    )  # fmt: skip


def _choose_rules(work: Work, listed: LongList, words: Words, is_closed: bool) -> tuple[str, ...]:
    show_html(f"<h3>{escape(words('selection.rules'))}</h3>")
    return tuple(
        rule.key
        for rule in listed.catalogue.rules
        if st.checkbox(
            as_label(rule.name), rule.key in work.base.rules, key=work.key(f"rule_{rule.key}"),
            disabled=is_closed, help=_rule_help(rule, words),
        )
    )  # fmt: skip


def _rule_help(rule: Rule, words: Words) -> str | None:
    return words("selection.rule_source", source=as_label(rule.source)) if rule.source else None


def _choose_exceptions(work: Work, listed: LongList, words: Words, is_closed: bool) -> tuple[Departure, ...]:
    """Wards that must be in, must not, or that a rule does not bind; each with its written reason."""
    show_html(f'<p class="db-sub">{escape(words("selection.exceptions_note"))}</p>')
    found = [
        *_choose_wards("include", "", work, listed, words, is_closed),
        *_choose_wards("exclude", "", work, listed, words, is_closed),
    ]
    for rule in listed.catalogue.rules:
        if rule.kind != "at_least_per_group":
            found += _choose_wards("override", rule.key, work, listed, words, is_closed)
    return tuple(found)


def _choose_wards(
    kind: str, rule: str, work: Work, listed: LongList, words: Words, is_closed: bool
) -> list[Departure]:
    begun = {each.ward_code: each for each in work.base.exceptions if (each.kind, each.rule) == (kind, rule)}
    names = {each.key: each.name for each in listed.catalogue.rules}
    label = words(f"selection.{kind}", rule=as_label(names.get(rule, "")))
    key = work.key(f"{kind}_{rule}")
    chosen = st.multiselect(
        label, list(listed.table.index), [code for code in begun if code in listed.table.index], key=key,
        format_func=lambda code: name_ward(listed.table, code, words), disabled=is_closed,
        placeholder=words("selection.add_ward"),
    )  # fmt: skip
    departures = []
    for code in chosen:
        name = name_ward(listed.table, code, words)
        reason = st.text_input(
            words("selection.reason", name=as_label(name)), begun[code].reason if code in begun else "",
            key=f"{key}_{code}", disabled=is_closed, placeholder=words("selection.reason_hint"),
        )  # fmt: skip
        if reason.strip():
            departures.append(Departure(code, kind, reason.strip(), rule))
        else:
            show_html(f'<p class="db-sub">{escape(words("selection.reason_missing", name=name))}</p>')
    return departures


def _choose_bounds(work: Work, listed: LongList, words: Words, is_closed: bool) -> tuple[GroupBound, ...]:
    """At least and at most for groups of wards: for each of a column, for single ones, or for both."""
    bounds = []
    for column in BOUND_COLUMNS:
        groups = list_groups(listed.table, column)
        if not groups:
            continue
        begun = {each.value: each for each in work.base.bounds if each.column == column}
        chosen = st.multiselect(
            words(f"selection.bound_{column}"), [EACH, *groups],
            [value for value in begun if value in (EACH, *groups)],
            key=work.key(f"bound_{column}"), disabled=is_closed, placeholder=words("selection.add_group"),
            format_func=lambda name: name or words("selection.each"),
        )  # fmt: skip
        for value in chosen:
            bound = begun.get(value, GroupBound(column, value))
            least, most = _choose_span(bound, work, words, is_closed, len(listed.table))
            if least is not None or most is not None:
                bounds.append(GroupBound(column, value, least, most))
    return tuple(bounds)


def _choose_span(
    bound: GroupBound, work: Work, words: Words, is_closed: bool, n_wards: int
) -> tuple[int | None, int | None]:
    name = as_label(bound.value) or words("selection.each")
    left, right = st.columns(2, vertical_alignment="bottom")
    least, most = (
        box.number_input(
            words("selection.span", name=name, bound=words(f"selection.{side}").lower()), 0, n_wards, begun,
            key=work.key(f"{side}_{bound.column}_{bound.value}"), disabled=is_closed,
        )
        for box, side, begun in ((left, "least", bound.least), (right, "most", bound.most))
    )  # fmt: skip
    return least, most


def list_groups(table: pd.DataFrame, column: str) -> list[str]:
    """The groups of a column, a ward of several types being in each of them."""
    values = table[column].explode() if column == "type" else table[column]
    return sorted({str(value) for value in values.dropna() if value})


def _choose_budget(work: Work, words: Words, is_closed: bool) -> tuple[float | None, float | None]:
    left, right = st.columns(2, vertical_alignment="bottom")
    budget = left.number_input(
        words("selection.budget"), 0.0, None, work.base.budget, 50.0, key=work.key("budget"),
        disabled=is_closed, help=words("selection.budget_help"), format="%g",
    )  # fmt: skip
    cost = right.number_input(
        words("selection.cost_each"), 0.0, None, work.base.cost_each, 10.0, key=work.key("cost_each"),
        disabled=is_closed, help=words("selection.cost_help"), format="%g",
    )  # fmt: skip
    return budget, cost
