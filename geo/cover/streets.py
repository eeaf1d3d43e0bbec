"""How much of a ward's streets lies within what working cameras see.

Length, not importance: an alley of 100 m weighs as much as 100 m of a main street, and a street drawn as two
lanes counts twice.
"""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.cover.discs import Ints, read_discs
from geo.cover.spans import Segments, cover_segments, cross_segments, cut_segments, sweep_spans
from geo.cover.zones import Floats, Shapes, Zones
from geo.indicators import rate


@dataclass(frozen=True)
class StreetsSeen:
    """table: index ward_code; street_km, street_seen_km, streets_seen_pct (NaN where a ward has no street).
    given_km = the wards' street_km + outside_km."""

    table: pd.DataFrame
    given_km: float
    outside_km: float


def street_length_seen(
    lines: gpd.GeoSeries, zones: Zones, wards: gpd.GeoDataFrame | gpd.GeoSeries
) -> StreetsSeen:
    """Street length and how much of it is seen, per ward, exact.

    lines, zones and wards lie on one plane in metres. Lines are cut where they cross a ward's border; a piece
    is of the first ward, in order, that holds its middle, so a street along a border counts once. What two
    cameras see counts once. Lines without length count nothing; anything but lines is an error of the caller.
    """
    shapes = wards.geometry.to_numpy()
    parts = shapely.get_parts(lines.to_numpy())
    segments = cut_segments(parts)
    pieces = sweep_spans(*_cover(segments, zones), _mark_ends_and_borders(segments, shapes))
    length_km = np.hypot(*segments.step.T) / 1_000
    km = (pieces.stop - pieces.start) * length_km[pieces.carrier]
    ward = find_first_ward(shapes, segments.at(pieces.carrier, (pieces.start + pieces.stop) / 2))
    inside = ward >= 0
    table = pd.DataFrame(
        {
            "street_km": _sum_by_ward(ward, np.where(inside, km, 0.0), len(shapes)),
            "street_seen_km": _sum_by_ward(ward, np.where(inside & (pieces.depth > 0), km, 0.0), len(shapes)),
        },
        index=wards.index,
    )
    table["streets_seen_pct"] = rate(table["street_seen_km"], table["street_km"], per=100)
    given_km, outside_km = float(shapely.length(parts).sum() / 1_000), float(km[~inside].sum())
    kept_km = float(table["street_km"].sum())
    if abs(given_km - kept_km - outside_km) > 1e-9 * max(1.0, given_km):
        raise AssertionError(
            f"street was lost: given {given_km} km, {kept_km} in wards, {outside_km} outside"
        )
    return StreetsSeen(table, given_km, outside_km)


def _sum_by_ward(ward: Ints, km: Floats, n: int) -> Floats:
    return np.bincount(ward + 1, km, minlength=n + 1)[1:].astype(float)


def _mark_ends_and_borders(segments: Segments, shapes: Shapes) -> tuple[Ints, Floats]:
    borders = cut_segments(shapely.get_rings(shapely.get_parts(shapes)))
    mine, theirs = shapely.STRtree(borders.shapes()).query(segments.shapes())
    crossed, part = cross_segments(segments, borders, mine, theirs)
    every = np.arange(len(segments.owner))
    ends = np.repeat([0.0, 1.0], len(every))
    return np.concatenate([every, every, crossed]), np.concatenate([ends, part])


def _cover(segments: Segments, zones: Zones) -> tuple[Ints, Floats, Floats]:
    discs = read_discs(zones).widened()
    zone, segment = shapely.STRtree(segments.shapes()).query(discs.boxes())
    return cover_segments(segments, discs, segment, zone)


def find_first_ward(shapes: Shapes, places: Floats) -> Ints:
    """For each place (n, 2) the first of the shapes that holds it, borders included; −1 for none."""
    place, ward = shapely.STRtree(shapes).query(shapely.points(places))
    order = np.argsort(ward, kind="stable")
    place, ward = place[order], ward[order]
    shapely.prepare(shapes)
    held = shapely.intersects_xy(shapes[ward], *places[place].T)
    first = np.full(len(places), len(shapes), dtype=np.int64)
    np.minimum.at(first, place[held], ward[held])
    return np.where(first == len(shapes), -1, first)
