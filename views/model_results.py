"""Kết quả của mô hình: one reported result with its days, its paper, and how sure its number is."""

import datetime as dt

import streamlit as st

from i18n.messages import Words
from planning.models import CrimeModel
from planning.papers import QUALIFIERS, Figure
from studies.model_editing import OTHER, RESULTS, TypedResult, make_figure, put_result
from studies.model_words import write_result
from views import session
from views.context import Context
from views.follow_steps import DAYS, FIRST_DAY
from views.model_typing import NEW, ModelTyping, write_model


def ask_result(typing: ModelTyping, context: Context) -> None:
    """Choose a result of the model or begin a new one. Raises BadOption for one that cannot be."""
    if typing.base is None:
        return
    words, model = context.words, typing.base.content
    places = [NEW, *map(str, range(len(model.figures)))]
    chosen: str = st.selectbox(
        words("model_form.result"), places, key=typing.key("result"), width=640,
        format_func=lambda key: _name(key, model, words),
    )  # fmt: skip
    place = int(chosen) if chosen else None
    begun = model.figures[place] if place is not None else _begin(model)
    with st.form(typing.key(f"result_form_{chosen}"), border=False):
        typed = _ask(begun, f"{typing.key('result')}_{chosen}", words)
        by = st.text_input(
            words("model_form.by"), session.recall("user_name", ""), key=typing.key(f"result_by_{chosen}")
        ).strip()
        with st.container(horizontal=True):
            is_saved = st.form_submit_button(words("model_form.save_result"), type="primary")
            is_removed = place is not None and st.form_submit_button(words("model_form.remove_result"))
    if is_saved:
        figure = make_figure(typed, model, begun if place is not None else None)
        said = words("model_form.saved_result", measure=figure.measure)
        write_model(typing, put_result(model, place, figure), by, said, context)
    elif is_removed:
        said = words("model_form.removed_result", measure=begun.measure)
        write_model(typing, put_result(model, place, None), by, said, context)


def _begin(model: CrimeModel) -> Figure:
    return Figure(OTHER, "", None, "", source=model.source, period=model.as_of)


def _name(key: str, model: CrimeModel, words: Words) -> str:
    return write_result(model.figures[int(key)], words) if key else words("model_form.new_result")


def _ask(figure: Figure, key: str, words: Words) -> TypedResult:
    def field(name: str) -> str:
        return words(f"model_form.field.{name}")

    left, right = st.columns([2, 3])
    kinds = dict.fromkeys((OTHER, *RESULTS, figure.key))
    kind = left.selectbox(
        field("key"), list(kinds), list(kinds).index(figure.key), key=f"{key}_kind",
        format_func=lambda name: _name_kind(name, figure, words),
    )  # fmt: skip
    measure = right.text_input(field("measure"), figure.measure, key=f"{key}_measure")
    first, second, third, fourth = st.columns(4)
    qualifier = first.selectbox(
        field("qualifier"), QUALIFIERS, QUALIFIERS.index(figure.qualifier), key=f"{key}_qualifier",
        format_func=lambda sign: words(f"model_form.qualifier.{sign}"),
    )  # fmt: skip
    value = second.number_input(field("value"), 0.0, None, figure.value, format="%g", key=f"{key}_value")
    unit = third.text_input(field("unit"), figure.unit, key=f"{key}_unit")
    text = fourth.text_input(
        field("text"), figure.text, key=f"{key}_text", help=words("model_form.help.text")
    )
    first, second, third = st.columns(3)
    start, end = (_ask_day(column, name, figure, key, words)
                  for name, column in (("start", first), ("end", second)))  # fmt: skip
    period = third.text_input(
        field("period"), figure.period, key=f"{key}_period", help=words("model_form.help.period")
    )
    left, right = st.columns([3, 2])
    source = left.text_input(field("source"), figure.source, key=f"{key}_source")
    overlaps = right.text_input(
        field("overlaps"), figure.overlaps, key=f"{key}_overlaps", help=words("model_form.help.overlaps")
    )
    return TypedResult(kind, measure, value, qualifier, text, unit, start, end, period, source, overlaps)


def _ask_day(
    column: st.delta_generator.DeltaGenerator, name: str, figure: Figure, key: str, words: Words
) -> dt.date | None:
    day: dt.date | None = column.date_input(
        words(f"model_form.field.{name}"), getattr(figure, name), min_value=FIRST_DAY, format=DAYS,
        key=f"{key}_{name}",
    )  # fmt: skip
    return day


def _name_kind(name: str, figure: Figure, words: Words) -> str:
    if name in RESULTS:
        return words(f"model_form.result_kind.{name}")
    return words("model_form.other_kind") if name == OTHER else figure.measure
