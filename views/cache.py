"""What is remembered between runs, shared by all sessions; the key is the store's revision and the
choice. Nothing here is changed once made.

view: which holdings are looked at: an area's id, or a place's areas carried to the last of them.
"""

import gc
from pathlib import Path

import pandas as pd
import streamlit as st

from geo.frames import Period
from geo.measure import Measured
from geo.question import Question
from layers.folium_map import STATIC, write_geometry, write_program
from store.repository import Store
from studies.carried import carry_all
from studies.example import open_with_example
from studies.holdings import Holdings, lighten, load_holdings
from studies.place import Place

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
def get_count(
    _holdings: Holdings, revision: int, view: str, period: Period, category: str | None
) -> pd.Series:
    """Incidents per ward of one period: the class limits of every layer and period rest on many of them."""
    return _holdings.count(period, category)


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
