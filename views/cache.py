"""What is remembered between runs, shared by all sessions; the key is the store's revision and the
choice. Nothing here is changed once made.

view: which holdings are looked at: an area's id, or a place's areas carried to the last of them.
"""

import datetime as dt
import gc
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo.cover.candidates import Candidates
from geo.cover.siting import Siting
from geo.derive import Derived
from geo.frames import Period
from geo.measure import Measured
from geo.question import Question, Selection
from i18n.messages import Words
from layers.folium_map import STATIC, write_geometry, write_program
from planning.scenario import Scenario
from store.plan_records import KeptArea
from store.repository import Store
from studies.camera_places import Unseen, find_unseen
from studies.cameras import Seen, see
from studies.carried import carry_all
from studies.concentration import prepare
from studies.example import open_with_example
from studies.holdings import Holdings, lighten, load_holdings
from studies.judging import ProgrammeRemark, judge_programme
from studies.kpi_report import KpiReport, assess_programme
from studies.long_list_file import load_long_list
from studies.patterns import Patterns, find_patterns
from studies.place import Place
from studies.reference import Count
from studies.registers import list_selections
from studies.shortlist import LongList, Shortlist, find_stability, propose
from studies.siting import plan_sites, take_junctions
from studies.watch import Watched, watch_areas

SITING_SECONDS = 20.0
GEOMETRY_FOLDER = Path(__file__).parent.parent / "static" / "geo"


@st.cache_resource(show_spinner=False)
def get_store(url: str, boundaries_folder: Path) -> Store:
    """The one store of this process; a new one is given the bundled example."""
    return open_with_example(url, boundaries_folder)


@st.cache_resource(show_spinner=False, max_entries=6)
def get_holdings(_store: Store, revision: int, area_id: int) -> Holdings:
    """Everything of one area as of a revision."""
    holdings = load_holdings(_store, area_id)
    _freeze()
    return holdings


@st.cache_resource(show_spinner=False, max_entries=3)
def get_carried(_store: Store, revision: int, _place: Place, area_ids: tuple[int, ...]) -> Holdings:
    """Everything of a place on the boundaries in force, as of a revision."""
    held = [get_holdings(_store, revision, area_id) for area_id in area_ids]
    steps = [_store.load_crosswalk(kept.id) for kept in _place.crosswalks]
    return carry_all(held, steps)


@st.cache_resource(show_spinner=False, max_entries=64)
def get_measured(_holdings: Holdings, revision: int, view: str, question: Question) -> Measured:
    """One question answered as of a revision."""
    return _holdings.measure(question)


@st.cache_resource(show_spinner=False, max_entries=1024)
def get_count(_holdings: Holdings, revision: int, view: str, period: Period, chosen: Selection) -> pd.Series:
    """Incidents per ward of one period: the class limits of every layer and period rest on many of them."""
    return _holdings.count(period, chosen)


@st.cache_resource(show_spinner=False, max_entries=64)
def get_derived(
    _measured: Measured, revision: int, view: str, question: Question, key: str, basis: str | None
) -> Derived:
    """What the measures of a question say of clusters, and of one further layer."""
    return prepare(_measured, key, basis)


@st.cache_resource(show_spinner=False, max_entries=16)
def get_patterns(
    _holdings: Holdings, _derived: Derived, _count: Count, revision: int, view: str, question: Question,
    basis: str | None,
) -> Patterns:  # fmt: skip
    """How the clusters of a question came to be."""
    assert _derived.chance is not None, "patterns are asked of clusters"
    return find_patterns(_holdings, _derived.measured, _derived.chance, question.chosen, _count)


@st.cache_resource(show_spinner=False, max_entries=4)
def get_roads(_store: Store, revision: int, area_id: int) -> gpd.GeoDataFrame | None:
    """The road layer of an area, lines in degrees; None where there is none."""
    return _store.load_roads(area_id)


@st.cache_resource(show_spinner=False, max_entries=16)
def get_seen(
    _holdings: Holdings, _store: Store, _measured: Measured, revision: int, view: str, question: Question
) -> Seen:
    """The measures of a question with what cameras see of each ward."""
    return see(_holdings, _measured, get_roads(_store, revision, _holdings.area.id))


@st.cache_resource(show_spinner=False, max_entries=8)
def get_unseen(
    _holdings: Holdings, _measured: Measured, revision: int, view: str, question: Question
) -> Unseen:
    """Which placed incidents of a question no working camera sees."""
    return find_unseen(_holdings, _measured)


@st.cache_resource(show_spinner=False, max_entries=4)
def get_junctions(_store: Store, revision: int, area_id: int) -> Candidates:
    """The junctions of an area's road layer, which is there. Raises NoData (siting_junctions)."""
    roads = get_roads(_store, revision, area_id)
    assert roads is not None, "junctions are asked of roads"
    return take_junctions(roads)


@st.cache_resource(show_spinner=False, max_entries=16)
def get_siting(
    _holdings: Holdings,
    _candidates: Candidates | None,
    revision: int,
    view: str,
    question: Question,
    k: int,
    within: tuple[str, ...],
    origin: str,
) -> Siting:
    """Where k further cameras would reach most of a question's unseen incidents, in the wards named or in
    all. origin: what tells the candidates apart; without candidates a grid."""
    return plan_sites(
        _holdings.wards, _holdings.of_kind("incidents"), _holdings.of_kind("cameras"), question.period,
        question.chosen, k=k, radius_m=question.radius_m, time_limit_s=SITING_SECONDS,
        candidates=_candidates, within=within,
    )  # fmt: skip


@st.cache_resource(show_spinner=False, max_entries=8)
def get_long_list(
    _store: Store, _measured: Measured, revision: int, view: str, question: Question, area_id: int, year: int,
    register: str,
) -> LongList:  # fmt: skip
    """What stands on file for choosing the areas of a year on one register."""
    return load_long_list(_store, _measured, area_id, year, register=register)


@st.cache_resource(show_spinner=False, max_entries=64)
def get_shortlist(
    _listed: LongList, revision: int, view: str, question: Question, scenario: Scenario
) -> Shortlist:
    """What a scenario proposes."""
    return propose(_listed, scenario)


@st.cache_resource(show_spinner=False, max_entries=64)
def get_stability(
    _found: Shortlist, revision: int, view: str, question: Question, scenario: Scenario
) -> pd.Series:
    """How firmly each ward stands on the list."""
    return find_stability(_found)


@st.cache_resource(show_spinner=False, max_entries=16)
def get_watched(
    _store: Store, _areas: Sequence[KeptArea], _words: Words, months: int, revision: int, programme_id: int,
    register: str, today: dt.date,
) -> Watched:  # fmt: skip
    """The areas of a programme that are watched after their transformation."""
    load = partial(get_holdings, _store, revision)
    return watch_areas(
        _store, _areas, _words, today=today, months=months, selections=list_selections(register), load=load
    )


@st.cache_resource(show_spinner=False, max_entries=16)
def get_kpi_report(
    _store: Store, revision: int, key: str, today: dt.date, years: tuple[int, int] | None = None
) -> KpiReport:
    """Every target of a programme, and what is known of it. years: of the areas that passed."""
    load = partial(get_holdings, _store, revision)
    return assess_programme(_store, key, today, years=years, load=load)


@st.cache_resource(show_spinner=False, max_entries=16)
def get_programme_remark(
    _store: Store, _areas: Sequence[KeptArea], _words: Words, n_selected: int | None, revision: int,
    programme_id: int, register: str,
) -> ProgrammeRemark:  # fmt: skip
    """What the counts say of a programme's areas beside their comparison wards."""
    load = partial(get_holdings, _store, revision)
    return judge_programme(
        _store, _areas, _words, n_selected=n_selected, selections=list_selections(register), load=load
    )


@st.cache_resource(show_spinner=False, max_entries=12)
def get_addresses(_holdings: Holdings, revision: int, view: str) -> tuple[str, str]:
    """Addresses of the ward outlines and of the map's program, written once for the browser."""
    geometry = write_geometry(lighten(_holdings.shapes), GEOMETRY_FOLDER)
    program = write_program(GEOMETRY_FOLDER, fonts=f"{STATIC}vendor/fonts")
    return f"{STATIC}geo/{geometry}", f"{STATIC}geo/{program}"


def _freeze() -> None:
    """Streamlit collects garbage after every run; what lives for good is set aside from that."""
    gc.collect()
    gc.freeze()
