"""A map of the places where wards lie over each other or leave ground to nobody.

The places are drawn like wards of their own, above the wards, so both renderers show them as they are.
"""

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.frames import Wards
from i18n.messages import Words
from layers import palettes
from layers.shapes import Plane, extent, label_points
from layers.spec import Choropleth, Label, LegendEntry, MapShapes, MapSpec, Outline
from layers.topology_places import Place, make_listing
from layers.words import map_words

MOST_LABELLED = 60
# A close view: so many widths around the widest spot, no closer than the screen can show.
WIDTHS_SHOWN, SIDES_SHOWN, CLOSEST_M = 30.0, 0.7, 150.0
FILLS = {"overlap": palettes.CHANGE["tang_nhieu"], "gap": palettes.CHANGE["giam_nhieu"]}
KINDS = ("overlap", "gap")


@dataclass(frozen=True)
class Sketch:
    """A map of the places and the shapes it is drawn with."""

    spec: MapSpec
    shapes: MapShapes


def draw_places(wards: Wards, places: tuple[Place, ...], words: Words, *, focus: int | None) -> Sketch:
    """The whole area, or closely the place of that number with what lies around it."""
    pieces = gpd.GeoSeries([place.geometry for place in places], crs=wards.frame.crs)
    outlines, shown = wards.frame.geometry.to_numpy(), pieces.to_numpy()
    if focus is not None:
        window = _frame_place(places[focus - 1])
        outlines, shown = _clip(outlines, window), _clip(shown, window)
    ward_at, piece_at = (np.flatnonzero(~shapely.is_empty(shapes)) for shapes in (outlines, shown))
    drawing = _Drawing(
        wards.frame["ward_name"].iloc[ward_at], tuple(places[int(at)] for at in piece_at), words
    )
    shapes = MapShapes(
        ward_codes=drawing.codes,
        wards=np.concatenate([outlines[ward_at], shown[piece_at]]),
        parents=np.array([], dtype=object),
    )
    source = wards.source.name or wards.source.file
    spec = MapSpec(
        key="coverage",
        title=words("topology.title"),
        subtitle=wards.title,
        choropleth=drawing.choropleth,
        outlines=(Outline("target", words("topology.numbered"), drawing.piece_codes, drawing.numbers),),
        labels=drawing.place_labels(shapes),
        tips=drawing.tips,
        listing=make_listing(places, words),
        figures=(),
        source=source,
        boundaries=words("topology.boundaries", n=len(ward_at)),
        note="",
        extent=extent(shapes),
        inset=None,
        words=map_words(words),
    )
    return Sketch(spec, shapes)


@dataclass(frozen=True)
class _Drawing:
    """Words and classes of what is shown: wards first, the places above them."""

    names: pd.Series
    places: tuple[Place, ...]
    words: Words

    @cached_property
    def piece_codes(self) -> tuple[str, ...]:
        return tuple(place.code for place in self.places)

    @property
    def codes(self) -> tuple[str, ...]:
        return (*(str(code) for code in self.names.index), *self.piece_codes)

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(place.number for place in self.places)

    @property
    def choropleth(self) -> Choropleth:
        kinds = [place.kind for place in self.places]
        classes = [
            LegendEntry(kind, self.words(f"topology.{kind}"), FILLS[kind], kinds.count(kind))
            for kind in KINDS
        ]
        ward = LegendEntry("ward", self.words("topology.ward"), palettes.OUT_OF_SCOPE, len(self.names))
        ward_class = (*([len(KINDS)] * len(self.names)), *(KINDS.index(kind) for kind in kinds))
        return Choropleth(self.words("topology.title"), "", ward_class, (*classes, ward))

    @property
    def tips(self) -> tuple[tuple[str, ...], ...]:
        of_wards = [(str(name) or str(code),) for code, name in self.names.items()]
        return (*of_wards, *((place.words, place.between, place.area) for place in self.places))

    def place_labels(self, shapes: MapShapes) -> tuple[Label, ...]:
        """Names of the wards that are concerned, then of the larger others."""
        n_wards = len(self.names)
        longitude, latitude, radius = label_points(shapes)
        concerned = {code for place in self.places for code in place.codes}
        order = sorted(
            range(n_wards), key=lambda at: (str(self.names.index[at]) not in concerned, -float(radius[at]))
        )
        return tuple(
            Label(
                str(self.names.iloc[at]) or str(self.names.index[at]),
                float(longitude[at]), float(latitude[at]), "ward", rank,
            )
            for rank, at in enumerate(order[:MOST_LABELLED])
        )  # fmt: skip


def _frame_place(place: Place) -> shapely.Polygon:
    """A square window in degrees around the widest spot of the place."""
    piece = np.array([place.geometry], dtype=object)
    west, south, east, north = shapely.total_bounds(piece)
    plane = Plane((west, south, east, north))
    metres = plane.to_metres(piece)[0]
    west, south, east, north = metres.bounds
    longest = max(east - west, north - south)
    half = max(CLOSEST_M, min(SIDES_SHOWN * longest, WIDTHS_SHOWN * place.width_m))
    x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(metres, max(place.width_m / 20, 0.1)))[0]
    if half >= SIDES_SHOWN * longest:
        x, y = (west + east) / 2, (south + north) / 2
    square = np.array([shapely.box(x - half, y - half, x + half, y + half)], dtype=object)
    window: shapely.Polygon = plane.to_degrees(square)[0]
    return window


def _clip(shapes: NDArray[np.object_], window: shapely.Polygon) -> NDArray[np.object_]:
    """The ground of each shape inside the window; empty where it has none."""
    clipped = np.full(len(shapes), shapely.MultiPolygon(), dtype=object)
    near = np.flatnonzero(shapely.intersects(shapes, window))
    for at, part in zip(near, shapely.intersection(shapes[near], window), strict=True):
        grounds = [piece for piece in shapely.get_parts(part) if shapely.get_dimensions(piece) == 2]
        clipped[at] = shapely.multipolygons(grounds)
    return clipped
