"""What is remembered between runs, shared by all sessions; the key is the store's revision and the
choice. Nothing here is changed once made."""

import gc
from pathlib import Path

import pandas as pd
import streamlit as st

from geo.frames import Period
from geo.measure import Measured, Question
from layers.folium_map import STATIC, write_geometry, write_program
from store.opening import open_store
from store.repository import Store
from studies.example import keep_example
from studies.holdings import Holdings, lighten, load_holdings

GEOMETRY_FOLDER = Path(__file__).parent.parent / "static" / "geo"


@st.cache_resource(show_spinner=False)
def get_store(url: str, boundaries_folder: Path) -> Store:
    """The one store of this process; a new one is given the bundled example."""
    store = open_store(url)
    if not store.list_areas():
        keep_example(store, boundaries_folder)
    return store


@st.cache_resource(show_spinner=False, max_entries=6)
def get_holdings(_store: Store, revision: int, area_id: int) -> Holdings:
    """Everything of one area as of a revision."""
    holdings = load_holdings(_store, area_id)
    _freeze()
    return holdings


@st.cache_resource(show_spinner=False, max_entries=64)
def get_measured(_holdings: Holdings, revision: int, area_id: int, question: Question) -> Measured:
    """One question answered as of a revision."""
    return _holdings.measure(question)


@st.cache_resource(show_spinner=False, max_entries=1024)
def get_count(
    _holdings: Holdings, revision: int, area_id: int, period: Period, category: str | None
) -> pd.Series:
    """Incidents per ward of one period: the class limits of every layer and period rest on many of them."""
    return _holdings.count(period, category)


@st.cache_resource(show_spinner=False, max_entries=12)
def get_addresses(_holdings: Holdings, revision: int, area_id: int) -> tuple[str, str]:
    """Addresses of the ward outlines and of the map's program, written once for the browser."""
    geometry = write_geometry(lighten(_holdings.shapes), GEOMETRY_FOLDER)
    program = write_program(GEOMETRY_FOLDER, fonts=f"{STATIC}vendor/fonts")
    return f"{STATIC}geo/{geometry}", f"{STATIC}geo/{program}"


def _freeze() -> None:
    """Streamlit collects garbage after every run; what lives for good is set aside from that."""
    gc.collect()
    gc.freeze()
