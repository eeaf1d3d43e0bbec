"""What the overview shows: the place and its boundary version, the period, the comparison, the layer.

Everything that is chosen stands in the address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from geo.measure import Measured
from geo.periods import CALENDARS, Calendar
from geo.question import EVERY_CRIME, Question, Selection
from i18n.messages import Words
from layers.naming import name_ward
from studies import overview as study
from studies.holdings import Holdings, find_calendar, list_categories, list_groups, list_periods
from studies.overview import Choice
from studies.place import (
    DatedPeriod,
    Place,
    find_default,
    find_place,
    list_places,
    merge_periods,
    pick_area,
)
from views import cache, session
from views.context import Context

EVERY = "all"
GROUP_MARK = "nhom:"
OWN = "own"
VERSIONS = (OWN, "current")


@dataclass(frozen=True)
class Shown:
    """What is looked at. view: its name for caches and widgets. is_carried: counts of older boundaries stand
    on those in force. spans: they had to."""

    place: Place
    holdings: Holdings
    view: str
    period: DatedPeriod | None
    is_carried: bool = False
    spans: bool = False


def choose_place(context: Context) -> Place:
    """The place asked for in the address, or in a box where there are several."""
    words = context.words
    places = list_places(context.areas, context.store.list_crosswalks())
    titles = {str(place.areas[0].id): place.areas[0].title for place in places}
    ids = {str(area.id) for place in places for area in place.areas}
    asked = session.choose("bo", [*ids], str(context.areas[0].id))
    place = find_place(places, asked)
    session.set_choice("bo", str(place.areas[0].id))
    if len(titles) > 1:
        st.selectbox(
            words("overview.area"), list(titles), key=session.key_of("bo"), format_func=titles.__getitem__,
            label_visibility="collapsed", width=420,
        )  # fmt: skip
    session.mirror(bo=str(place.areas[0].id) if len(places) > 1 else None)
    return place


def choose_period(place: Place, context: Context) -> Shown:
    """The boxes of period and boundaries; what both together show."""
    words = context.words
    held = [cache.get_holdings(context.store, context.revision, area.id) for area in place.areas]
    calendar = _read_calendar(held)
    merged = merge_periods([list_periods(each, calendar) for each in held], held)
    periods = {study.address_period(dated.period): dated for dated in merged}
    default = find_default(merged)
    options = [*periods, EVERY]
    first = study.address_period(default.period) if default else EVERY
    session.choose("ky", options, first)
    text = st.selectbox(
        words("overview.period"), options, key=session.key_of("ky"),
        format_func=lambda text: _name_period(periods.get(text), words),
    )  # fmt: skip
    session.mirror(ky=text)
    return _show(place, held, periods.get(text), context)


def _read_calendar(held: Sequence[Holdings]) -> Calendar:
    """The chosen calendar; at first that of the newest figures."""
    with_facts = [each for each in held if each.of_kind("incidents")]
    first = find_calendar(with_facts[-1]) if with_facts else "civil"
    chosen = session.choose("lich", CALENDARS, first)
    session.mirror(lich=None if chosen == first else chosen)
    return "police" if chosen == "police" else "civil"


def choose_calendar(words: Words) -> None:
    """What a month, a quarter and a year are."""
    st.segmented_control(
        words("overview.calendar"), CALENDARS, key=session.key_of("lich"), required=True,
        format_func=lambda name: words(f"overview.calendar_{name}"), label_visibility="collapsed",
    )  # fmt: skip


def _name_period(dated: DatedPeriod | None, words: Words) -> str:
    name = study.title_period(dated.period if dated else None, words)
    return name if dated is None or dated.is_whole else words("overview.partial", period=name)


def _show(place: Place, held: Sequence[Holdings], dated: DatedPeriod | None, context: Context) -> Shown:
    in_force = len(held) > 1 and session.choose("dia_gioi", VERSIONS, OWN) != OWN
    picked = pick_area(held, dated, in_force=in_force)
    if picked is not None:
        return Shown(place, held[picked], str(place.areas[picked].id), dated)
    ids = tuple(area.id for area in place.areas)
    carried = cache.get_carried(context.store, context.revision, place, ids)
    view = "-".join(map(str, ids))
    return Shown(place, carried, view, dated, is_carried=True, spans=not in_force)


def choose_boundaries(shown: Shown, words: Words) -> None:
    """The switch between the boundaries of the figures' time and those in force."""
    if len(shown.place.areas) < 2:
        return
    chosen = session.choose("dia_gioi", VERSIONS, OWN)
    st.segmented_control(
        words("version.label"), VERSIONS, key=session.key_of("dia_gioi"), required=True,
        format_func=lambda name: words(f"version.{name}"), disabled=shown.spans,
        help=words("version.spans") if shown.spans else None, label_visibility="collapsed",
    )  # fmt: skip
    session.mirror(dia_gioi=None if chosen == OWN else chosen)


def choose_comparison(shown: Shown, words: Words) -> str:
    session.choose("so_voi", ["year", "before"], "year")
    compare = st.selectbox(
        words("overview.compare"), ["year", "before"], key=session.key_of("so_voi"),
        format_func=lambda text: words(f"compare.{text}"), disabled=shown.period is None,
    )  # fmt: skip
    session.mirror(so_voi=compare)
    return compare


def choose_incidents(shown: Shown, words: Words) -> Selection:
    """Every crime, a group or a category: groups first, with their incidents of the period."""
    period = shown.period.period if shown.period else None
    groups = {f"{GROUP_MARK}{group}": n for group, n in list_groups(shown.holdings, period).items()}
    options = [EVERY, *groups, *list_categories(shown.holdings)]
    session.choose("loai", options, EVERY)
    chosen = st.selectbox(
        words("overview.category"), options, key=session.key_of("loai"),
        format_func=lambda text: _name_incidents(text, groups, words),
    )  # fmt: skip
    session.mirror(loai=None if chosen == EVERY else chosen)
    if chosen == EVERY:
        return EVERY_CRIME
    if chosen in groups:
        return Selection(group=chosen.removeprefix(GROUP_MARK))
    return Selection(category=chosen)


def _name_incidents(text: str, groups: Mapping[str, float], words: Words) -> str:
    if text == EVERY:
        return words("group_name.every")
    if text not in groups:
        return text
    name = words(f"group_name.{text.removeprefix(GROUP_MARK)}")
    return words("overview.incident_group", name=name, n=round(groups[text]))


def find_ward(measured: Measured, words: Words) -> None:
    """The box that looks a ward up by name."""
    session.chosen_ward(measured.frame.index)
    st.selectbox(
        words("overview.find"), list(measured.frame.index), key=session.key_of("dia_ban"), index=None,
        format_func=lambda code: name_ward(measured, code, words), placeholder=words("overview.find_hint"),
    )  # fmt: skip


def choose_layer(measured: Measured, words: Words) -> str:
    layers = study.list_layers(measured) or ["n_incidents"]
    default = next((layer for layer in ("status", "old_in_programme") if layer in layers), layers[0])
    layer = choose_one("lop", layers, default, words("overview.layer"), words)
    session.mirror(lop=layer)
    if layer != "cameras":
        session.mirror(camera=None)
        return layer
    keys = study.list_camera_keys(measured)
    key = choose_one("camera", keys, keys[0], words("overview.camera_measure"), words)
    session.mirror(camera=key)
    return key


def choose_one(name: str, options: Sequence[str], default: str, label: str, words: Words) -> str:
    """One of a few layers, side by side."""
    session.choose(name, options, default)
    chosen = st.segmented_control(
        label, options, key=session.key_of(name), required=True,
        format_func=lambda text: words(f"layer.{text}"), label_visibility="collapsed",
    )  # fmt: skip
    return chosen or default


def make_choice(shown: Shown, compare: str, chosen: Selection) -> Choice:
    period = shown.period.period if shown.period else None
    return Choice("status", period, compare, chosen)


def make_question(shown: Shown, choice: Choice) -> Question:
    return study.make_question(shown.holdings, choice)


def choose_version(shown: Shown, words: Words) -> None:
    """The two switches that say on whose boundaries and in which months the figures stand."""
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        choose_boundaries(shown, words)
        choose_calendar(words)
