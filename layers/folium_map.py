"""MapSpec to an interactive map without tiles and without a network.

The base map is the same for every layer, so streamlit-folium mounts it once; each rerun hands over one
small message that repaints it in place. A page does this on every run:

    program = write_program(static / "geo", fonts="/app/static/vendor/fonts")     # once per process
    geometry = write_geometry(shapes, static / "geo")                             # once per boundaries
    st_folium(
        base_map(spec.words, spec.extent, f"{STATIC}geo/{geometry}", f"{STATIC}geo/{program}"),
        feature_group_to_add=restyle(spec, order_hash(shapes.ward_codes), selected=chosen_code),
        returned_objects=RETURNED, key="map", height=600, use_container_width=True,
        on_change=lambda: choose(read_click(st.session_state["map"])),
    )

Both must be fresh objects on each run: st_folium changes what it is given. A click on a ward, also a
second one on the same ward, runs `on_change` with its code; a click beside the wards with None.
"""

from collections.abc import Iterator, Mapping

import folium
from branca.element import Element, MacroElement
from folium.template import Template

from layers.map_page import standalone_html
from layers.screen_geometry import order_hash, write_geometry
from layers.screen_message import encode, furniture_words, map_message
from layers.screen_program import write_program
from layers.spec import MapSpec, MapWords

__all__ = [
    "RETURNED",
    "STATIC",
    "base_map",
    "external_links",
    "order_hash",
    "read_click",
    "restyle",
    "standalone_html",
    "write_geometry",
    "write_program",
]

STATIC = "/app/static/"
CLICKED = "last_object_clicked_tooltip"
RETURNED = (CLICKED,)


class OfflineMap(folium.Map):
    """A folium map whose every script and style comes from this server."""

    def __init__(self, extent: tuple[float, float, float, float], program: str) -> None:
        west, south, east, north = extent
        super().__init__(
            location=[(south + north) / 2, (west + east) / 2],
            tiles=None,
            prefer_canvas=True,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0.25,
            zoom_delta=0.75,
            scroll_wheel_zoom=False,
        )
        self.default_js = [("leaflet", f"{STATIC}vendor/leaflet/leaflet.js"), ("ward_layer", program)]
        self.default_css = [("leaflet_css", f"{STATIC}vendor/leaflet/leaflet.css")]


class WardLayer(MacroElement):
    """Mounts the wards on the map. Its text changes only with the geometry, the words or the program."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.__diaban.mount({{ this._parent.get_name() }}, {{ this.options }});"
        "{% endmacro %}"
    )

    def __init__(self, options: Mapping[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "WardLayer"
        self.options = encode(options)


class Restyle(MacroElement):
    """Hands one message to the mounted wards, and keeps st_folium's list of past groups from growing."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.feature_group = []; window.__diaban.apply({{ this.message }});"
        "{% endmacro %}"
    )

    def __init__(self, message: Mapping[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Restyle"
        self.message = encode(message)


def base_map(
    words: MapWords, extent: tuple[float, float, float, float], geometry: str, program: str
) -> OfflineMap:
    """The constant part. geometry, program: addresses of the two written files under /app/static/.

    Raises ValueError when anything would be fetched from elsewhere.
    """
    base = OfflineMap(extent, program)
    base.add_child(WardLayer(mount_options(words, extent, geometry, program)))
    if foreign := [*external_links(base), *(link for link in [geometry] if not _is_local(link))]:
        raise ValueError(f"the map would leave this machine: {foreign}")
    return base


def mount_options(
    words: MapWords, extent: tuple[float, float, float, float], geometry: str, program: str
) -> dict[str, object]:
    """streamlit-folium strips `_<letters and digits>` before it compares scripts, so the hashes in the
    two file names alone would not remount the map; `versions` repeats them where they count."""
    return {
        "extent": list(extent),
        "geometry": geometry,
        "versions": f"{geometry} {program}".replace("_", " "),
        "words": furniture_words(words),
    }


def restyle(spec: MapSpec, order: str, *, selected: str | None = None) -> folium.FeatureGroup:
    """The changing part, fresh for every run. order: `order_hash` of the shapes' codes."""
    group = folium.FeatureGroup(name=spec.key)
    group.add_child(Restyle(map_message(spec, order, selected=selected)))
    return group


def read_click(result: Mapping[str, object] | None) -> str | None:
    """The clicked ward's code from what st_folium returned; None when no ward was hit.

    The text is `<moment>:<code>`: the moment makes a second click on the same ward a new answer.
    """
    answer = (result or {}).get(CLICKED)
    return str(answer).partition(":")[2] or None if answer else None


def external_links(element: Element) -> list[str]:
    """Addresses of scripts and styles anywhere in the tree that are not under /app/static/."""
    return [link for link in _links(element) if not _is_local(link)]


def _links(element: Element) -> Iterator[str]:
    for attribute in ("default_js", "default_css"):
        yield from (link for _, link in getattr(element, attribute, []))
    for child in element._children.values():
        yield from _links(child)


def _is_local(link: str) -> bool:
    return link.startswith(STATIC) and ".." not in link
