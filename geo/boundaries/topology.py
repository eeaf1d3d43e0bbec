"""Do ward outlines tile their area? Where two of them lie over each other, and where nobody's ground is left.

A gap is a hole in all wards together; one that opens to the outside looks like a coast and is not seen.
A gap may also be true: a lake or a camp that belongs to no ward. An enclave is no gap, for a ward fills it.
Pairs are added up: ground that three wards claim counts for each of its three pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.crs import DEGREES, to_metres

Shapes = NDArray[np.object_]
Places = NDArray[np.int64]

# Two digitisings of one border differ by about this much: they fit.
SNAP_M = 1.0
# Thinner than this and many times longer than wide: a border drawn twice, no piece of ground.
SLIVER_WIDTH_M = 5.0
SLIVER_RATIO = 10.0
# What rounding leaves between a hole and the ward around it.
TOUCH_M = 0.01
# Pairs of neighbouring boxes; the whole country has some 60 thousand, a file of copies has millions.
MOST_PAIRS = 300_000
CHUNK = 256

OVERLAP_COLUMNS = ["code_a", "code_b", "area_m2", "width_m", "geometry"]
GAP_COLUMNS = ["codes", "area_m2", "width_m", "geometry"]
SLIVER_COLUMNS = ["kind", "codes", "area_m2", "width_m", "length_m", "geometry"]


@dataclass(frozen=True)
class Coverage:
    """How well the wards of one file tile their area; frames are in degrees, the largest area first.

    overlaps: code_a, code_b (file order), area_m2, width_m (of the widest part), geometry; a row a pair.
    gaps: codes (tuple, the wards around), area_m2, width_m, geometry.
    slivers: kind ("overlap" or "gap"), codes, area_m2, width_m, length_m, geometry.
    n_parts, n_holes: per ward, of its outline. n_fitting, fitting_m2: pieces nowhere wider than SNAP_M,
    counted and not listed. n_unmeasured: wards whose pairs were too many to be measured.
    """

    overlaps: gpd.GeoDataFrame
    gaps: gpd.GeoDataFrame
    slivers: gpd.GeoDataFrame
    n_parts: pd.Series
    n_holes: pd.Series
    n_fitting: int = 0
    fitting_m2: float = 0.0
    n_unmeasured: int = 0

    @property
    def n_places(self) -> int:
        return len(self.overlaps) + len(self.gaps)


def check_coverage(frame: gpd.GeoDataFrame) -> Coverage:
    """frame: index ward_code, valid (Multi)Polygons in degrees. An exact tiling costs almost nothing."""
    codes = frame.index.to_numpy()
    metres = to_metres(frame[["geometry"]])
    shapes = metres.geometry.to_numpy()
    is_tiling = bool(shapely.coverage_is_valid(shapes))
    n_unmeasured = 0
    pieces = [_no_pieces()]
    if not is_tiling:
        pairs, n_unmeasured = _find_pairs(shapes)
        pieces.append(_measure_overlaps(shapes, pairs, codes))
    pieces.append(_measure_gaps(shapes, codes, is_tiling=is_tiling))
    found = pd.concat(pieces, ignore_index=True)
    thin = found["width_m"] < SNAP_M
    narrow = found["width_m"] < SLIVER_WIDTH_M
    is_sliver = ~thin & narrow & (found["length_m"] >= SLIVER_RATIO * found["width_m"])
    solid = found[~thin & ~is_sliver]
    n_parts, n_holes = _count_parts(shapes)

    def in_degrees(rows: pd.DataFrame, columns: list[str]) -> gpd.GeoDataFrame:
        placed = gpd.GeoDataFrame(rows, geometry="geometry", crs=metres.crs)
        largest = placed.sort_values("area_m2", ascending=False, kind="stable").reset_index(drop=True)
        return largest.to_crs(DEGREES)[columns]

    return Coverage(
        overlaps=in_degrees(_join_pairs(solid[solid["kind"] == "overlap"]), OVERLAP_COLUMNS),
        gaps=in_degrees(solid[solid["kind"] == "gap"], GAP_COLUMNS),
        slivers=in_degrees(found[is_sliver], SLIVER_COLUMNS),
        n_parts=pd.Series(n_parts, index=frame.index),
        n_holes=pd.Series(n_holes, index=frame.index),
        n_fitting=int(thin.sum()),
        fitting_m2=float(found.loc[thin, "area_m2"].sum()),
        n_unmeasured=n_unmeasured,
    )


def _find_pairs(shapes: Shapes) -> tuple[Places, int]:
    """Rows of (first, second) whose boxes meet, one of them with an edge that fits no neighbour.

    Wards beyond MOST_PAIRS are given as the second answer.
    """
    faulty = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
    tree = shapely.STRtree(shapes)
    found, n_found = [np.empty((0, 2), dtype=np.int64)], 0
    for start in range(0, len(faulty), CHUNK):
        chunk = faulty[start : start + CHUNK]
        asked, met = tree.query(shapes[chunk])
        n_found += len(met)
        if n_found > MOST_PAIRS:
            return np.unique(np.concatenate(found), axis=0), len(faulty) - start
        pairs = np.sort(np.column_stack((chunk[asked], met)), axis=1)
        found.append(pairs[pairs[:, 0] != pairs[:, 1]])
    return np.unique(np.concatenate(found), axis=0), 0


def _measure_overlaps(shapes: Shapes, pairs: Places, codes: Shapes) -> pd.DataFrame:
    common, owner = shapely.get_parts(
        shapely.intersection(shapes[pairs[:, 0]], shapes[pairs[:, 1]]), return_index=True
    )
    is_ground = shapely.area(common) > 0
    both = [(str(codes[a]), str(codes[b])) for a, b in pairs[owner[is_ground]]]
    return _measure("overlap", common[is_ground], both)


def _measure_gaps(shapes: Shapes, codes: Shapes, *, is_tiling: bool) -> pd.DataFrame:
    whole = shapely.coverage_union_all(shapes) if is_tiling else shapely.union_all(shapes)
    parts = shapely.get_parts(shapely.get_parts(whole))
    rings = [ring for part in parts if part.geom_type == "Polygon" for ring in part.interiors]
    holes = np.array([shapely.Polygon(ring) for ring in rings], dtype=object)
    around: list[list[str]] = [[] for _ in rings]
    hole, ward = shapely.STRtree(shapes).query(holes, predicate="dwithin", distance=TOUCH_M)
    shared = shapely.area(shapely.intersection(shapes[ward], shapely.buffer(holes[hole], TOUCH_M)))
    # A corner alone makes no neighbour.
    for place, neighbour in zip(*(ids[shared > 10 * TOUCH_M**2] for ids in (hole, ward)), strict=True):
        around[place].append(str(codes[neighbour]))
    return _measure("gap", holes, [tuple(sorted(names)) for names in around])


def _measure(kind: str, pieces: Shapes, codes: Sequence[tuple[str, ...]]) -> pd.DataFrame:
    """width_m: twice the area over the perimeter, which for a strip is its width; length_m: half the
    perimeter. Both of what is wider than SNAP_M, or a hairline along a whole border would thin its piece
    out; 0 where nothing is."""
    if not len(pieces):
        return _no_pieces()
    core = _buffer(_buffer(pieces, -SNAP_M / 2), SNAP_M / 2)
    perimeter = shapely.length(core)
    width = np.divide(2 * shapely.area(core), perimeter, out=np.zeros(len(core)), where=perimeter > 0)
    measured = pd.DataFrame({"kind": kind, "codes": pd.Series(list(codes), dtype=object)})
    return measured.assign(
        area_m2=shapely.area(pieces), width_m=width, length_m=perimeter / 2, geometry=pieces
    )


def _buffer(pieces: Shapes, distance: float) -> Shapes:
    grown: Shapes = shapely.buffer(pieces, distance, join_style="mitre")
    return grown


def _no_pieces() -> pd.DataFrame:
    empty = pd.DataFrame({name: pd.Series(dtype="float64") for name in SLIVER_COLUMNS})
    return empty.astype({"kind": "str", "codes": object, "geometry": object})


def _join_pairs(overlaps: pd.DataFrame) -> pd.DataFrame:
    """One row a pair, however many places its wards overlap in."""
    groups = overlaps.groupby("codes", sort=False)
    shapes = [shapely.multipolygons(list(parts)) for _, parts in groups["geometry"]]
    joined = groups.agg(area_m2=("area_m2", "sum"), width_m=("width_m", "max")).reset_index()
    first, second = (pd.Series([pair[side] for pair in joined["codes"]], dtype=object) for side in (0, 1))
    return joined.assign(code_a=first, code_b=second, geometry=pd.Series(shapes, dtype=object))


def _count_parts(shapes: Shapes) -> tuple[Places, Places]:
    parts, owner = shapely.get_parts(shapes, return_index=True)
    holes = np.bincount(owner, weights=shapely.get_num_interior_rings(parts), minlength=len(shapes))
    return np.bincount(owner, minlength=len(shapes)), holes.astype(np.int64)
