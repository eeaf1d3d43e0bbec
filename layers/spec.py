"""A map as plain data: what both renderers draw, decided once.

A renderer reads only this module's types. It neither classifies nor translates nor rounds: every
word, colour, count and order below is final. Coordinates are degrees (EPSG:4326), longitude first.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from errors import NotAllowed

Mark = Literal[
    "zero", "ring", "half_disc", "check", "star", "cross", "two_bars", "triangle",
    "arrow_up", "arrow_down", "square", "dot", "two_dots", "three_dots", "wave",
]  # fmt: skip
MarkerKind = Literal["incident", "camera", "camera_off", "site", "gap"]
OutlineKind = Literal["target", "former", "gap", "selected"]


@dataclass(frozen=True)
class LegendEntry:
    """One class: its fill, its mark, its words and how many wards it holds.

    fill: `#RRGGBB`, or None for the hatch that means "no information".
    mark: drawn on each ward of the class and inside the swatch.
    count: wards shown in the legend's right column; a parent row counts its indented rows too.
    indent: a part of the row above ("trong đó: …").
    code: printed on the wards of the class on paper, so that a grey copy can still be read.
    """

    key: str
    words: str
    fill: str | None
    count: int
    mark: Mark | None = None
    indent: bool = False
    code: str = ""


@dataclass(frozen=True)
class CrossKey:
    """A key of two measures at once, in place of the rows of its classes.

    rows from top to bottom under row_title, columns from left to right under column_title, each a name and
    perhaps, on a second line, its limits;
    cells[row][column] is the place in `Choropleth.classes` of the class that stands there.
    """

    row_title: str
    column_title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def members(self) -> frozenset[int]:
        return frozenset(class_id for row in self.cells for class_id in row)


@dataclass(frozen=True)
class Choropleth:
    """A class for every ward.

    ward_class[i] is the place in `classes` of the ward at shapes.ward_codes[i]. `classes` stand in
    the order in which the legend shows them (high to low, then zero, then the unknown). Those of
    `cross` stand in its grid, the others in rows below it.
    """

    title: str
    subtitle: str
    ward_class: tuple[int, ...]
    classes: tuple[LegendEntry, ...]
    cross: CrossKey | None = None

    def __post_init__(self) -> None:
        if any(not 0 <= class_id < len(self.classes) for class_id in self.ward_class):
            raise ValueError("a ward has a class without a legend entry")
        counted = sum(entry.count for entry in self.classes if not entry.indent)
        if counted != len(self.ward_class):
            raise ValueError(f"the legend counts {counted} wards, the map has {len(self.ward_class)}")

    @property
    def listed(self) -> tuple[LegendEntry, ...]:
        """The classes that have a row of their own."""
        inside = self.cross.members if self.cross else frozenset()
        return tuple(entry for place, entry in enumerate(self.classes) if place not in inside)


@dataclass(frozen=True)
class Outline:
    """Wards set apart by a line, never by a fill.

    numbers: parallel to ward_codes, shown in a disc inside the ward; empty for none.
    """

    kind: OutlineKind
    words: str
    ward_codes: tuple[str, ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Label:
    """A name on the map at a point inside its area. Lower rank is placed first; a label that
    collides is dropped, never shrunk. `always` is placed even where it leaves its ward."""

    text: str
    longitude: float
    latitude: float
    kind: Literal["ward", "district"]
    rank: int
    always: bool = False


@dataclass(frozen=True)
class Marker:
    """A place on an internal map, in degrees. number: shown inside a site or gap, None for none; tip: its
    pop-up lines, final text."""

    longitude: float
    latitude: float
    tip: tuple[str, ...] = ()
    number: int | None = None


@dataclass(frozen=True)
class Markers:
    """Places of one kind with their legend row."""

    kind: MarkerKind
    words: str
    places: tuple[Marker, ...]


@dataclass(frozen=True)
class Zone:
    """What cameras see, as one area (shapely, degrees) with its legend row."""

    kind: Literal["seen", "seen_twice"]
    words: str
    area: object


@dataclass(frozen=True)
class Listing:
    """The short numbered list that stands beside the map; every cell is final text."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """One headline number with its words."""

    value: str
    words: str


@dataclass(frozen=True)
class MapSpec:
    """Everything a map says.

    title, subtitle: the paper's two title lines (what; where and when).
    tips: parallel to shapes.ward_codes; lines of the pop-up text of each ward.
    source, boundaries: the two parts of the source line; note: the band at the map's foot
    ("" for none), which an example always carries.
    extent: west, south, east, north in degrees.
    inset: extent of the enlarged centre, or None.
    """

    key: str
    title: str
    subtitle: str
    choropleth: Choropleth
    outlines: tuple[Outline, ...]
    labels: tuple[Label, ...]
    tips: tuple[tuple[str, ...], ...]
    listing: Listing | None
    figures: tuple[Figure, ...]
    source: str
    boundaries: str
    note: str
    extent: tuple[float, float, float, float]
    inset: tuple[float, float, float, float] | None
    words: "MapWords"
    markers: tuple[Markers, ...] = ()
    zones: tuple[Zone, ...] = ()

    @property
    def is_internal(self) -> bool:
        """Places are never drawn in a file that may be shared."""
        return bool(self.markers or self.zones)

    def check_may_leave(self) -> None:
        """Called by whatever makes a file. Raises NotAllowed (reason `internal_map`)."""
        if self.is_internal:
            raise NotAllowed("internal_map", title=self.title)


@dataclass(frozen=True)
class MapWords:
    """The fixed words of the furniture, in the reader's language."""

    language: str
    legend: str
    whole_area: str
    inset: str
    north: str
    kilometre: str
    metre: str
    both: str
    source: str
    boundaries: str
    exported: str
    crs: str


@dataclass(frozen=True)
class MapShapes:
    """Outlines that several maps share, in degrees.

    ward_codes: in the boundary file's order; wards: one polygon each (shapely, object array).
    parents: one polygon per district or other parent; empty when there is none.
    """

    ward_codes: tuple[str, ...]
    wards: NDArray[np.object_]
    parents: NDArray[np.object_]
