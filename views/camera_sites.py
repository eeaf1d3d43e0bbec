"""How many further cameras, and where they could stand: a grid, the road layer, or a list handed in."""

from dataclasses import dataclass, replace

import streamlit as st

from geo.cover.candidates import Candidates
from i18n.messages import Words
from layers.naming import name_ward
from studies.intake import Received
from studies.siting import CandidateSource, load_candidates
from views import cache, session
from views.context import Context
from views.data_crs import look_with_crs
from views.data_upload import once, take
from views.question import Asked

GRID, ROADS, LIST = "grid", "roads", "list"
NUMBERS, FIRST = tuple(str(k) for k in range(1, 51)), "5"
SLOT = "sites"


@dataclass(frozen=True)
class SiteChoice:
    """candidates: None for a grid. origin: what tells them apart. within: ward codes, none for all."""

    k: int
    within: tuple[str, ...]
    origin: str
    candidates: Candidates | None


def choose_sites(asked: Asked, context: Context) -> SiteChoice | None:
    """The row of boxes of the proposed places; None until a list that was asked for is there."""
    words, shown = context.words, asked.shown
    area_id = shown.holdings.area.id
    has_roads = context.store.find_roads(area_id) is not None
    origins = (GRID, ROADS, LIST) if has_roads else (GRID, LIST)
    k = session.choose("so_camera", NUMBERS, FIRST)
    origin = session.choose("noi_dat", origins, GRID)
    columns = st.columns([14, 44, 42], vertical_alignment="bottom")
    with columns[0]:
        st.selectbox(words("inside.k"), NUMBERS, key=session.key_of("so_camera"))
    with columns[1]:
        st.segmented_control(
            words("inside.candidates"), origins, key=session.key_of("noi_dat"), required=True,
            format_func=lambda name: words(f"inside.candidates_{name}"),
        )  # fmt: skip
    with columns[2]:
        within = st.multiselect(
            words("inside.within"), list(asked.measured.frame.index), key=f"sites_within_{shown.view}",
            format_func=lambda code: name_ward(asked.measured, code, words),
            placeholder=words("inside.within_all"),
        )  # fmt: skip
    session.mirror(so_camera=None if k == FIRST else k, noi_dat=None if origin == GRID else origin)
    chosen = SiteChoice(int(k), tuple(sorted(within)), origin, None)
    if origin == ROADS:
        junctions = cache.get_junctions(context.store, context.revision, area_id)
        return replace(chosen, candidates=junctions)
    return chosen if origin == GRID else _take_list(chosen, asked, words)


def _take_list(chosen: SiteChoice, asked: Asked, words: Words) -> SiteChoice | None:
    """The list handed in, read once."""
    received = take(SLOT, words("inside.list_file"), words("inside.list_formats"), words)
    if received is None:
        return None

    def read(crs: str | None) -> SiteChoice:
        candidates = once(f"{SLOT}_look", (received.sha256, crs), lambda: _read(received, crs, asked))
        return replace(chosen, origin=f"{LIST}:{received.sha256}:{crs or ''}", candidates=candidates)

    return look_with_crs(f"{SLOT}_{received.sha256[:12]}", read, None, words)


def _read(received: Received, crs: str | None, asked: Asked) -> Candidates:
    holdings = asked.shown.holdings
    source = CandidateSource("list", received.path, crs=crs)
    radius_m = asked.measured.question.radius_m
    return load_candidates(holdings.wards, holdings.of_kind("incidents"), source, radius_m=radius_m)
