"""Thêm, sửa mô hình: one model typed by hand, then its results one by one."""

from typing import Any

import streamlit as st

from geo.frames import Wards
from i18n.messages import Words
from planning.models import CrimeModel
from planning.papers import LEVELS, Level
from store.plan_records import Kept
from studies.model_editing import COUNTS, list_models
from studies.model_words import JUDGEMENTS, name_effective, name_model
from views import cache, session
from views.context import Context
from views.data_names import name_ward
from views.follow_steps import DAYS, FIRST_DAY
from views.model_results import ask_result
from views.model_typing import BY, NEW, ModelTyping, restart, show_conflict, show_said, take_up, write_model
from views.widgets import calm, escape, show_html

MOST = 1_000_000_000


def show_model_form(context: Context, place: str = "") -> None:
    """Models of a place (of every place where none is named), to be added to and changed. Nothing on an
    address that others reach."""
    if not context.is_local:
        return
    words = context.words
    with st.expander(words("model_form.heading"), key="db-model-form"):
        st.caption(words("model_form.hint"))
        show_said()
        show_conflict(context)
        kept = _choose(list_models(context.store, place), words)
        typing = take_up(kept)
        if kept is not None and typing.base is not None and typing.base.revision != kept.revision:
            typing = _offer_reload(typing, kept, words)
        with calm(words):
            _ask_model(typing, place, context)
        if typing.base is not None:
            with calm(words):
                ask_result(typing, context)


def _choose(models: list[Kept[CrimeModel]], words: Words) -> Kept[CrimeModel] | None:
    by_id = {str(each.id): each for each in models}
    chosen, turn = session.recall("model_chosen", NEW), session.recall("model_turn", 0)
    options = [NEW, *by_id]
    picked: str = st.selectbox(
        words("model_form.which"), options, index=options.index(chosen) if chosen in by_id else 0,
        key=f"model_pick_{turn}", width=640,
        format_func=lambda key: name_model(by_id[key].content, words) if key else words("model_form.new"),
    )  # fmt: skip
    session.keep("model_chosen", picked)
    return by_id.get(picked)


def _offer_reload(typing: ModelTyping, kept: Kept[CrimeModel], words: Words) -> ModelTyping:
    """Somebody kept a newer version while this form was open."""
    told = words("model_form.stale", revision=kept.revision, by=kept.by or words("model_form.someone"),
                 day=kept.at.astimezone().date())  # fmt: skip
    show_html(f'<div class="db-note">{escape(told)}</div>')
    return restart(kept) if st.button(words("model_form.reload"), key=typing.key("reload")) else typing


def _ask_model(typing: ModelTyping, place: str, context: Context) -> None:
    words = context.words
    model = typing.base.content if typing.base else CrimeModel("", "", place)
    wards = _choose_wards(model, typing, context)
    with st.form(typing.key("form"), border=False):
        typed = _ask_texts(model, typing, words)
        typed |= _ask_ward(model, wards, typing, words)
        for name, column in zip(COUNTS, st.columns(3), strict=True):
            typed[name] = column.number_input(
                words(f"model_form.field.{name}"), 0.0, float(MOST), getattr(model, name), 1.0, format="%.0f",
                key=typing.key(name),
            )  # fmt: skip
        typed |= _ask_judgement(model, typing, words)
        by = st.text_input(
            words("model_form.by"), session.recall("user_name", ""), key=typing.key(BY)
        ).strip()
        if st.form_submit_button(words("model_form.save"), type="primary"):
            changed = CrimeModel(**{**vars(model), **typed})
            write_model(typing, changed, by, words("model_form.saved", name=changed.name), context)


def _ask_texts(model: CrimeModel, typing: ModelTyping, words: Words) -> dict[str, Any]:
    left, right = st.columns(2)
    typed: dict[str, Any] = {}
    for name, column in (("name", left), ("kind", right), ("place", left)):
        typed[name] = column.text_input(
            words(f"model_form.field.{name}"), getattr(model, name), key=typing.key(name),
            help=words(f"model_form.help.{name}"),
        ).strip()  # fmt: skip
    levels: tuple[Level, ...] = LEVELS
    typed["level"] = right.selectbox(
        words("model_form.field.level"), levels, levels.index(model.level), key=typing.key("level"),
        format_func=lambda level: words(f"reports.level.{level}") if level else words("model_form.none"),
    )  # fmt: skip
    for name, column in (("source", left), ("as_of", right), ("note", left)):
        typed[name] = column.text_input(
            words(f"model_form.field.{name}"), getattr(model, name), key=typing.key(name),
            help=words(f"model_form.help.{name}"),
        ).strip()  # fmt: skip
    typed["started"] = right.date_input(
        words("model_form.field.started"), model.started, min_value=FIRST_DAY, format=DAYS,
        key=typing.key("started"),
    )  # fmt: skip
    return typed


def _choose_wards(model: CrimeModel, typing: ModelTyping, context: Context) -> Wards | None:
    """The boundaries that the model's ward is one of; None leaves the ward as it is."""
    words = context.words
    areas = {str(area.id): area for area in context.areas if area.version}
    of_model = [key for key, area in areas.items() if model.ward_code and area.version == model.version]
    options = [NEW, *areas]
    chosen: str = st.selectbox(
        words("model_form.area"), options, index=options.index(of_model[0]) if of_model else 0,
        key=typing.key("area"), width=480, help=words("model_form.help.area"),
        format_func=lambda key: areas[key].title if key else _say_ward(model, words),
    )  # fmt: skip
    return cache.get_holdings(context.store, context.revision, areas[chosen].id).wards if chosen else None


def _say_ward(model: CrimeModel, words: Words) -> str:
    if not model.ward_code:
        return words("model_form.no_ward")
    return words("model_form.same_ward", ward=model.ward_code, version=model.version)


def _ask_ward(model: CrimeModel, wards: Wards | None, typing: ModelTyping, words: Words) -> dict[str, Any]:
    if wards is None:
        return {}
    codes = [NEW, *map(str, wards.frame.index)]
    held = model.ward_code if model.version == wards.version else NEW
    code: str = st.selectbox(
        words("model_form.field.ward_code"), codes, index=codes.index(held) if held in codes else 0,
        key=typing.key(f"ward_{wards.version}"),
        format_func=lambda code: name_ward(wards, code, words) if code else words("model_form.no_ward"),
    )  # fmt: skip
    return {"ward_code": code, "version": wards.version or "" if code else ""}


def _ask_judgement(model: CrimeModel, typing: ModelTyping, words: Words) -> dict[str, Any]:
    """Whether it works well, who says so and when: all three or none."""
    left, middle, right = st.columns(3)
    held = name_effective(model.effective)
    effective: str = left.selectbox(
        words("model_form.field.effective"), list(JUDGEMENTS), list(JUDGEMENTS).index(held),
        key=typing.key("effective"), format_func=lambda key: words(f"model_form.effective.{key}"),
    )  # fmt: skip
    by: str = middle.text_input(
        words("model_form.field.assessed_by"), model.assessed_by, key=typing.key("assessed_by"),
        help=words("model_form.help.assessed_by"),
    )  # fmt: skip
    on = right.date_input(
        words("model_form.field.assessed_on"), model.assessed_on, min_value=FIRST_DAY, format=DAYS,
        key=typing.key("assessed_on"),
    )  # fmt: skip
    return {"effective": JUDGEMENTS[effective], "assessed_by": by.strip(), "assessed_on": on}
