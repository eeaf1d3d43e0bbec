"""A made-up city: wards with borders as crooked as surveyed ones, and incidents as they come. All seeded.

Borders are the sides of Voronoi cells, broken again and again at their middle, on a lattice of about a
centimetre; neighbours share them to the last digit. Of the incidents half crowd around a few centres, a
fifth stand at the same few doors, a fifth anywhere; one in forty on a corner of a ward, one in forty
on the rounded middle of a border's piece; three in a hundred mostly outside, two in a hundred nowhere.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.frames import Wards

WEST, SOUTH, SIZE = 105.2, 9.9, 0.9
LATTICE_DEGREES = 1e-7
BREAKS = 7
CROOKEDNESS = 0.12
SHARES = {"crowd": 0.5, "door": 0.2, "anywhere": 0.2, "corner": 0.025, "middle": 0.025, "wide": 0.03}
Floats = NDArray[np.float64]


def make_city(n_wards: int, chance: np.random.Generator) -> Wards:
    """Wards of about 700 corners each, some with islands; valid, without gaps or overlaps."""
    places = chance.uniform((WEST, SOUTH), (WEST + SIZE, SOUTH + SIZE), (n_wards, 2))
    city = shapely.box(WEST, SOUTH, WEST + SIZE, SOUTH + SIZE)
    cells = shapely.voronoi_polygons(shapely.multipoints(places), extend_to=city)
    cells = shapely.intersection(shapely.get_parts(cells), city)
    sides = shapely.get_parts(shapely.line_merge(shapely.union_all(shapely.boundary(cells))))
    corners, line = shapely.get_coordinates(sides, return_index=True)
    follows = np.flatnonzero(line[1:] == line[:-1])
    pieces = break_up(np.stack((corners[follows], corners[follows + 1]), axis=1), chance)
    net = shapely.union_all(shapely.linestrings(pieces), grid_size=LATTICE_DEGREES)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(net)))
    owner = shapely.STRtree(shapely.get_parts(shapely.multipoints(places))).nearest(
        shapely.point_on_surface(faces)
    )
    shapes = [shapely.coverage_union_all(faces[owner == number]) for number in np.unique(owner)]
    codes = pd.Index([f"{number:05d}" for number in range(len(shapes))], name="ward_code")
    return Wards(gpd.GeoDataFrame({"ward_name": codes}, geometry=shapes, index=codes, crs="EPSG:4326"))


def break_up(sides: Floats, chance: np.random.Generator) -> Floats:
    """Each side (start, end) as 2 ** BREAKS pieces; every middle is pushed sideways by a share of it."""
    pieces = sides
    for _ in range(BREAKS):
        start, end = pieces[:, 0], pieces[:, 1]
        across = (end - start)[:, ::-1] * (-1, 1)
        middle = (start + end) / 2 + across * chance.normal(0, CROOKEDNESS, (len(pieces), 1))
        middle = np.clip(middle, (WEST, SOUTH), (WEST + SIZE, SOUTH + SIZE))
        pieces = np.concatenate((np.stack((start, middle), axis=1), np.stack((middle, end), axis=1)))
    return pieces


def make_incidents(wards: Wards, n: int, chance: np.random.Generator) -> tuple[Floats, Floats]:
    """Longitude and latitude of n incidents, shuffled; NaN for those without a place."""
    low, high = np.array((WEST, SOUTH)), np.array((WEST + SIZE, SOUTH + SIZE))
    corners = shapely.get_coordinates(wards.frame.geometry.to_numpy())
    n_of = {kind: int(share * n) for kind, share in SHARES.items()}
    centres = chance.uniform(low, high, (40, 2))
    crowd = centres[np.minimum(chance.zipf(1.6, n_of["crowd"]), 40) - 1]
    doors = chance.uniform(low, high, (max(1, n // 200), 2))
    start = chance.integers(len(corners) - 1, size=n_of["middle"])
    kinds = [
        crowd + chance.normal(0, SIZE / 25, crowd.shape),
        doors[chance.integers(len(doors), size=n_of["door"])],
        chance.uniform(low, high, (n_of["anywhere"], 2)),
        corners[chance.integers(len(corners), size=n_of["corner"])],
        np.round((corners[start] + corners[start + 1]) / 2, 7),
        chance.uniform(low - SIZE, high + SIZE, (n_of["wide"], 2)),
    ]
    nowhere = np.full((n - sum(len(kind) for kind in kinds), 2), np.nan)
    places = chance.permutation(np.concatenate((*kinds, nowhere)))
    return places[:, 0].copy(), places[:, 1].copy()
