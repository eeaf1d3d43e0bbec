"""Do the wards of a file fit together: what was repaired, where they overlap or gape, listed and on a map."""

from collections.abc import Sequence

import streamlit as st
from streamlit_folium import st_folium

from geo.boundaries.topology import Coverage
from i18n.messages import Words
from layers.folium_map import RETURNED, STATIC, base_map, order_hash, restyle, write_geometry, write_program
from layers.topology_map import Sketch, draw_places
from layers.topology_places import Place, list_places, make_listing, write_area
from studies.intake_boundaries import BoundaryTrial
from views.cache import GEOMETRY_FOLDER
from views.map_legend import show_legend
from views.widgets import escape, show_html

HEIGHT_PX = 420
WHOLE = 0
# A country at once is neither quick nor clear; then only close views are offered.
MOST_SKETCHED = 400
MOST_REPAIRED = 12


def show_coverage(trial: BoundaryTrial, words: Words) -> None:
    """One calm sentence where everything fits, else the list and the map."""
    coverage = trial.coverage
    places = list_places(coverage, trial.wards, words)
    show_html(f'<h4 class="db-h4">{escape(words("topology.heading"))}</h4>')
    show_html(f'<p class="{"db-sub" if places else "db-good"}">{escape(_summarise(coverage, words))}</p>')
    _show_repairs(trial, words)
    if not places:
        return
    listing = make_listing(places, words)
    show_html(_table_html(listing.columns, listing.rows, kind="db-places", n_numeric=1))
    n_all = coverage.n_places + len(coverage.slivers)
    if n_all > len(places):
        st.caption(words("topology.listed", n=len(places), of=n_all))
    _show_map(trial, places, words)


def _summarise(coverage: Coverage, words: Words) -> str:
    if not coverage.n_places and coverage.slivers.empty:
        return words("topology.unmeasured" if coverage.n_unmeasured else "topology.fits")
    counts = {"overlaps": coverage.overlaps, "gaps": coverage.gaps, "slivers": coverage.slivers}
    found = [words(f"topology.{name}", n=len(rows)) for name, rows in counts.items() if len(rows)]
    return words("topology.found", places="; ".join(found))


def _show_repairs(trial: BoundaryTrial, words: Words) -> None:
    """What repairing did to the area of each broken outline."""
    names = trial.wards.frame["ward_name"]
    for finding in trial.findings:
        wards = finding.facts.get("wards")
        if finding.code != "InvalidGeometry" or not isinstance(wards, Sequence):
            continue
        columns = [words(f"topology.{name}") for name in ("repaired", "reason", "before", "after")]
        rows = [
            (
                f"{code} {names.get(code, '')}",
                words(f"topology.fault.{reason}"),
                write_area(before, words),
                write_area(after, words),
            )
            for code, reason, before, after in wards[:MOST_REPAIRED]
        ]
        show_html(_table_html(columns, rows, kind="db-repairs", n_numeric=2))
        if len(wards) > MOST_REPAIRED:
            st.caption(words("topology.repaired_listed", n=MOST_REPAIRED, of=len(wards)))


def _table_html(columns: Sequence[str], rows: Sequence[Sequence[str]], *, kind: str, n_numeric: int) -> str:
    """n_numeric: how many columns at the right hold numbers."""

    def cell(tag: str, place: int, text: str) -> str:
        style = ' class="db-num"' if place >= len(columns) - n_numeric else ""
        return f"<{tag}{style}>{escape(text)}</{tag}>"

    head = "".join(cell("th", place, text) for place, text in enumerate(columns))
    body = "".join(
        f"<tr>{''.join(cell('td', place, text) for place, text in enumerate(row))}</tr>" for row in rows
    )
    return f'<table class="db-plain {kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _show_map(trial: BoundaryTrial, places: tuple[Place, ...], words: Words) -> None:
    is_small = len(trial.wards.frame) <= MOST_SKETCHED
    names = {
        place.number: words("topology.place", number=place.number, between=place.between) for place in places
    }
    options = [*([WHOLE] if is_small else []), *names]
    number = st.selectbox(
        words("topology.look"), options, key=f"coverage_{trial.key}", width=480,
        format_func=lambda number: names.get(number, words("topology.whole")),
    )  # fmt: skip
    sketch = draw_places(trial.wards, places, words, focus=number or None)
    with st.container(key="db-coverage-map"):
        _show_sketch(sketch, f"coverage_map_{trial.key}")
    show_legend(sketch.spec, words)


def _show_sketch(sketch: Sketch, key: str) -> None:
    spec, shapes = sketch.spec, sketch.shapes
    geometry = write_geometry(shapes, GEOMETRY_FOLDER)
    program = write_program(GEOMETRY_FOLDER, fonts=f"{STATIC}vendor/fonts")
    st_folium(
        base_map(spec.words, spec.extent, f"{STATIC}geo/{geometry}", f"{STATIC}geo/{program}"),
        feature_group_to_add=restyle(spec, order_hash(shapes.ward_codes), selected=None),
        returned_objects=RETURNED,
        key=key,
        height=HEIGHT_PX,
        use_container_width=True,
    )
