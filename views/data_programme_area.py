"""The boxes of one target area: where it is, why, whose, since when, and how far it has come."""

import datetime as dt

import streamlit as st

from i18n.messages import Words
from planning.catalogue import Catalogue
from planning.lifecycle import GRADED_STATES
from planning.papers import Document
from planning.programme import STATES, Programme, State, TargetArea
from planning.taken_over import Listed
from store.plan_records import Kept
from studies.intake_areas import Area as Taken
from studies.intake_areas import check_typed, make_area
from views import cache, session
from views.context import Context
from views.data_names import name_ward
from views.data_programme_boxes import ask_day

TYPED = ""


def ask_area(programme: Kept[Programme], catalogue: Catalogue, context: Context) -> Taken | None:
    """The area with the steps that are told; None until its ward is. Raises as `check_typed`."""
    words = context.words
    place = _ask_place(context)
    if place is None:
        return None
    ward_code, ward_name, parent, version, area_id = place
    left, right = st.columns(2)
    hamlet = left.text_input(_word("hamlet", words), key=_key("hamlet")).strip()
    responsible = right.text_input(_word("responsible", words), key=_key("responsible")).strip()
    types = {each.key: each.name for each in catalogue.types}
    reasons = {each.key: each.name for each in catalogue.reasons}
    chosen_types = left.multiselect(
        _word("types", words), list(types), key=_key("types"), format_func=types.__getitem__,
        placeholder=words("programme_entry.choose"),
    )  # fmt: skip
    chosen_reasons = right.multiselect(
        _word("reasons", words), list(reasons), key=_key("reasons"), accept_new_options=True,
        format_func=lambda key: reasons.get(key, key), placeholder=words("programme_entry.choose"),
    )  # fmt: skip
    start = ask_day(left, _word("start", words), None, _key("start"))
    end = ask_day(right, _word("end", words), None, _key("end"))
    area = TargetArea(
        ward_code, ward_name, parent, version, area_id, hamlet, tuple(chosen_types), tuple(chosen_reasons),
        responsible, start=start, end=end, source=words("programme_entry.of_hand"),
    )  # fmt: skip
    listed = _ask_state(start, catalogue, words)
    check_typed(area, listed)
    return make_area(area, listed, programme.content, catalogue, words, today=dt.date.today())[0]


def _word(name: str, words: Words) -> str:
    return words(f"programme_entry.area.{name}")


def _key(name: str) -> str:
    """Boxes begin anew after each area that was kept."""
    return f"programme_area_{session.recall('programme_area_turn', 0)}_{name}"


def _ask_place(context: Context) -> tuple[str, str, str, str, int | None] | None:
    """Code, name, district, version and boundaries of the ward: chosen, or typed where none are kept."""
    words, by_id = context.words, {str(each.id): each for each in context.areas}
    picked = TYPED
    if by_id:
        picked = st.selectbox(
            words("programme_entry.boundaries"), [*by_id, TYPED], key="programme_area_boundaries",
            format_func=lambda key: by_id[key].title if key else words("programme_entry.no_boundaries"),
        )  # fmt: skip
    if not picked:
        names = ("ward_code", "ward_name", "parent", "version")
        texts = [
            column.text_input(_word(name, words), key=_key(name)).strip()
            for name, column in zip(names, st.columns(len(names)), strict=True)
        ]
        return (texts[0], texts[1], texts[2], texts[3], None) if any(texts) else None
    area = by_id[picked]
    wards = cache.get_holdings(context.store, context.revision, area.id).wards
    code = st.selectbox(
        _word("ward", words), list(wards.frame.index), index=None, key=_key(f"ward_{area.id}"),
        placeholder=words("programme_entry.choose"), format_func=lambda code: name_ward(wards, code, words),
    )  # fmt: skip
    if code is None:
        return None
    ward = wards.frame.loc[code]
    return str(code), str(ward["ward_name"]), str(ward["parent"]), wards.version or "", area.id


def _ask_state(start: dt.date | None, catalogue: Catalogue, words: Words) -> Listed:
    left, right = st.columns(2)
    state: State = left.selectbox(
        _word("state", words), STATES, STATES.index("duoc_lua_chon"), key=_key("state"),
        format_func=lambda key: words(f"state.{key}"),
    )  # fmt: skip
    on = ask_day(right, _word("state_on", words), None, _key("state_on"))
    if state not in GRADED_STATES:
        return Listed(state, on, start)
    grades = {each.key: each.name for each in catalogue.grades if each.state == state}
    grade = left.selectbox(
        _word("grade", words), list(grades), None, key=_key("grade"), format_func=grades.__getitem__,
        placeholder=words("programme_entry.choose"),
    )  # fmt: skip
    number = right.text_input(_word("number", words), key=_key("number")).strip()
    issued_by = left.text_input(_word("issued_by", words), key=_key("issued_by")).strip()
    issued_on = ask_day(right, _word("issued_on", words), None, _key("issued_on"))
    return Listed(state, on, start, grade or "", Document("", number, issued_by, issued_on))
