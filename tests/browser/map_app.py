"""A dashboard of one map, served by the tests: four layers, a click, and what Python made of it."""

import os
from pathlib import Path

import streamlit as st
from streamlit_folium import st_folium

from layers.folium_map import (
    RETURNED,
    STATIC,
    base_map,
    order_hash,
    read_click,
    restyle,
    write_geometry,
    write_program,
)
from tests.browser.wavy_city import both_map, make_city, places_map, rate_map, status_map

KEY = "map"
FOLDER = Path(__file__).parent / "static" / "geo"
MAPS = {"rate": rate_map, "status": status_map, "both": both_map, "places": places_map}

st.set_page_config(layout="wide")
shapes = make_city(int(os.environ.get("N_WARDS", "83")))


def choose() -> None:
    st.session_state["chosen"] = read_click(st.session_state[KEY])
    st.session_state["n_clicks"] = st.session_state.get("n_clicks", 0) + 1


layer = st.radio("Lớp", list(MAPS), horizontal=True)
chosen = st.session_state.get("chosen")
spec = MAPS[layer](shapes)
st_folium(
    base_map(
        spec.words,
        spec.extent,
        f"{STATIC}geo/{write_geometry(shapes, FOLDER)}",
        f"{STATIC}geo/{write_program(FOLDER, fonts=f'{STATIC}vendor/fonts')}",
    ),
    feature_group_to_add=restyle(spec, order_hash(shapes.ward_codes), selected=chosen),
    returned_objects=RETURNED,
    key=KEY,
    height=600,
    use_container_width=True,
    on_change=choose,
)
st.text(f"chosen={chosen} clicks={st.session_state.get('n_clicks', 0)}")
