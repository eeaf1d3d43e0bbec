"""The interactive map: mounted once, restyled by one small message, answering with a ward code."""

from collections.abc import Callable

import streamlit as st
from streamlit_folium import st_folium

from layers.folium_map import RETURNED, base_map, order_hash, read_click, restyle
from layers.spec import MapSpec
from studies.holdings import Holdings
from views import cache, session
from views.context import Context

HEIGHT_PX = 600


def choose_ward(code: str | None) -> None:
    """The ward that the whole page is about."""
    session.set_choice("dia_ban", code)


def show_map(
    spec: MapSpec, holdings: Holdings, context: Context, view: str, selected: str | None,
    *, take: Callable[[str | None], None] = choose_ward,
) -> None:  # fmt: skip
    """Draw the spec. take: what a click does with the code of the ward, None beside the wards."""
    geometry, program = cache.get_addresses(holdings, context.revision, view)
    key = f"map_{view}"

    def take_click() -> None:
        take(read_click(st.session_state.get(key)))

    with st.container(key="db-map"):
        st_folium(
            base_map(spec.words, spec.extent, geometry, program),
            feature_group_to_add=restyle(spec, order_hash(holdings.shapes.ward_codes), selected=selected),
            returned_objects=RETURNED,
            key=key,
            height=HEIGHT_PX,
            use_container_width=True,
            on_change=take_click,
        )
