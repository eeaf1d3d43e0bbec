"""Where a further camera could stand: road junctions, the middles of a grid, or a list that somebody made.

A grid knows nothing of streets and posts, and a junction of a layer that is not noded is not found: a site is
a place to go and look at, not a decision.
"""

from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from errors import BadOption, MissingColumns
from geo.boundaries.placing import guess_looks, settle_crs
from geo.cover.demand import find_near
from geo.crs import DEGREES, parse_crs, points_to_degrees, split_swapped
from geo.findings import Finding
from geo.reading.cells import to_coordinate
from geo.reading.columns import check_named, find_column
from geo.reading.read import Table
from geo.rows.fact_cells import note_bad, read_text

Floats = NDArray[np.float64]
Origin = Literal["roads", "grid", "list"]
MOST_CELLS = 3_000_000
JUNCTION_DEGREE = 3


@dataclass(frozen=True)
class Candidates:
    """frame: RangeIndex; longitude, latitude (degrees, finite), name ("" for none). origin: how they were
    found; step_m: of a grid, else NaN; file: where they come from ("" for a grid)."""

    frame: pd.DataFrame
    origin: Origin
    step_m: float = float("nan")
    file: str = ""
    findings: tuple[Finding, ...] = ()


def junctions(lines: NDArray[np.object_], *, crossings: bool = False) -> Floats:
    """(n, 2) places, on the lines' own plane, that at least three ways leave; sorted.

    A way is a neighbouring vertex, so a road drawn twice or cut in two at a bend makes no junction, and a
    road that ends at a vertex of another does. Vertices are the same only when their coordinates are equal to
    the last bit. crossings: also where two lines cross without a common vertex; there a bridge counts as a
    junction.
    """
    vertices, owners = shapely.get_coordinates(lines, return_index=True)
    if not len(vertices):
        return np.empty((0, 2))
    places, node = np.unique(vertices, axis=0, return_inverse=True)
    node = node.ravel()
    is_step = (owners[1:] == owners[:-1]) & (node[1:] != node[:-1])
    one, other = node[:-1][is_step], node[1:][is_step]
    ways = np.unique(np.column_stack([np.concatenate([one, other]), np.concatenate([other, one])]), axis=0)
    found = places[np.bincount(ways[:, 0], minlength=len(places)) >= JUNCTION_DEGREE]
    if crossings:
        found = np.concatenate([found, _find_crossings(lines, places)])
    return np.unique(found, axis=0)


def _find_crossings(lines: NDArray[np.object_], vertices: Floats) -> Floats:
    """Points inside two lines at once that are a vertex of neither."""
    one, other = shapely.STRtree(lines).query(lines, predicate="intersects")
    first = one < other
    shared = shapely.intersection(lines[one[first]], lines[other[first]])
    parts = shapely.get_parts(shared)
    points = shapely.get_coordinates(parts[shapely.get_type_id(parts) == shapely.GeometryType.POINT])
    known = {tuple(place) for place in vertices.tolist()}
    fresh = [place for place in points.tolist() if tuple(place) not in known]
    return np.array(fresh, dtype=float).reshape(-1, 2)


def grid(
    wards: gpd.GeoDataFrame, step_m: float, *, near: Floats | None = None, radius_m: float = np.inf
) -> Floats:
    """(n, 2) middles of square cells of that side that lie in a ward or on its edge, on the wards' plane in
    metres, from south to north and west to east.

    near: (m, 2) places; then only middles within the radius of one of them, which is all that a camera of
    that radius could use. Cells are counted from the plane's origin, so the same wards give the same grid.
    Raises BadOption (grid_step; site_radius; grid_cells when there would be more than MOST_CELLS).
    """
    if not (np.isfinite(step_m) and step_m > 0):
        raise BadOption("grid_step", value=step_m)
    shapes = wards.geometry.to_numpy()
    parts = shapely.get_parts(shapes)
    if near is not None:
        if not np.isfinite(radius_m):
            raise BadOption("site_radius", value=radius_m)
        middles = _list_near(near, step_m, radius_m)
        points = np.asarray(shapely.points(middles), dtype=object)
        inside = shapely.STRtree(points).query(parts, predicate="intersects")[1]
        return np.asarray(middles[np.unique(inside)])
    _limit_cells(int(shapely.area(shapes).sum() / step_m**2), step_m)
    shapely.prepare(parts)
    cells = np.concatenate([np.empty((0, 2)), *(_list_cells(part, step_m) for part in parts)])
    return (np.unique(cells, axis=0)[:, ::-1] + 0.5) * step_m


def _limit_cells(n_cells: int, step_m: float) -> None:
    if n_cells > MOST_CELLS:
        raise BadOption("grid_cells", value=step_m, n=n_cells, most=MOST_CELLS)


def _list_cells(shape: shapely.Geometry, step_m: float) -> Floats:
    """(row, column) of the cells whose middle lies in the shape or on its edge."""
    west, south, east, north = shapely.bounds(shape)
    columns = np.arange(np.floor(west / step_m), np.ceil(east / step_m))
    rows = np.arange(np.floor(south / step_m), np.ceil(north / step_m))
    row, column = (numbers.ravel() for numbers in np.meshgrid(rows, columns, indexing="ij"))
    inside = shapely.intersects_xy(shape, (column + 0.5) * step_m, (row + 0.5) * step_m)
    return np.column_stack([row[inside], column[inside]])


def _list_near(places: Floats, step_m: float, radius_m: float) -> Floats:
    """Middles of all cells within the radius of a place, sorted as `grid` sorts them."""
    own = np.unique(np.floor(places[:, ::-1] / step_m), axis=0)
    reach = np.ceil(radius_m / step_m) + 1
    _limit_cells(int(len(own) * (2 * reach + 1) ** 2), step_m)
    steps = np.arange(-reach, reach + 1)
    around = np.stack(np.meshgrid(steps, steps, indexing="ij"), axis=-1).reshape(-1, 2)
    cells = np.unique((own[:, np.newaxis] + around).reshape(-1, 2), axis=0)
    middles = (cells[:, ::-1] + 0.5) * step_m
    return np.asarray(middles[find_near(middles, places, radius_m)])


def from_plane(
    places: Floats,
    crs: pyproj.CRS,
    origin: Origin,
    *,
    step_m: float = float("nan"),
    file: str = "",
    findings: tuple[Finding, ...] = (),
) -> Candidates:
    """Places on a plane from `metric_crs` as candidates without names."""
    back = pyproj.Transformer.from_crs(crs, DEGREES, always_xy=True)
    longitude, latitude = back.transform(places[:, 0], places[:, 1]) if len(places) else ([], [])
    frame = pd.DataFrame({"longitude": longitude, "latitude": latitude, "name": ""}).astype(
        {"longitude": float, "latitude": float, "name": object}
    )
    return Candidates(frame, origin, step_m, file, findings)


def from_table(
    table: Table,
    *,
    longitude: str | None = None,
    latitude: str | None = None,
    name: str | None = None,
    crs: str | None = None,
) -> Candidates:
    """A list of places, in file order: two columns of coordinates (guessed by their headers), a name where
    there is one. crs: of the columns of a table, degrees when None; a point layer brings its own.

    Rows without a place are left out with a finding. Raises MissingColumns (named, places), and UnknownCrs
    where nobody named a system and no row of a table can be degrees.
    """
    names = list(table.frame.columns)
    check_named(names, (longitude, latitude, name), file=table.file)
    longitude = "longitude" if table.points else longitude or find_column(names, "longitude")
    latitude = "latitude" if table.points else latitude or find_column(names, "latitude")
    if longitude is None or latitude is None:
        raise MissingColumns("places", file=table.file, columns=", ".join(names) or "–")
    name = name or find_column(names, "name", taken=[longitude, latitude])
    findings = list(table.findings)
    numbers = []
    for column in (longitude, latitude):
        values, bad = to_coordinate(table.frame[column])
        note_bad(table.frame[column], bad, f"{table.file}:{column}", findings)
        numbers.append(values.to_numpy(dtype=float))
    x, y = numbers
    located = np.isfinite(x) & np.isfinite(y) & ~((x == 0) & (y == 0))
    asked, is_swapped = ("", False) if table.points else split_swapped(crs or "")
    if not (asked or table.points):
        _refuse_no_degrees(np.column_stack([x, y])[located], table.file)
    east, north = points_to_degrees(*((y, x) if is_swapped else (x, y)), parse_crs(asked or DEGREES))
    placed = located & np.isfinite(east) & np.isfinite(north)
    if not placed.all():
        findings.append(Finding("CandidatesNowhere", "warning", table.file, "", {"n": int((~placed).sum())}))
    said = read_text(table.frame, name).fillna("")
    frame = pd.DataFrame({"longitude": east, "latitude": north, "name": said})[placed]
    return Candidates(frame.reset_index(drop=True), "list", file=table.file, findings=tuple(findings))


def _refuse_no_degrees(places: Floats, file: str) -> None:
    """Refuse metres, and latitude before longitude; a few rows far off condemn no list."""
    if not len(places) or (np.abs(places) <= (180, 90)).all(axis=1).any():
        return
    bounds = np.concatenate([places.min(axis=0), places.max(axis=0)])
    is_degrees = guess_looks(tuple(bounds.tolist())) == "degrees"
    settle_crs(parse_crs(DEGREES) if is_degrees else None, None, places, file)
