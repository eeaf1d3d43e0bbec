"""Ward outlines as the browser reads them: one small JSON file, fetched once.

Coordinates are whole numbers of 1e-5 degrees (about 1.1 m), each ring written as its first point and
then differences. Outlines and codes only: whoever reaches the address may read the file, so no count,
no name and no incident or camera point ever goes into it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import shapely

from layers.shapes import label_points
from layers.spec import MapShapes

UNITS_PER_DEGREE = 100_000
HASH_LENGTH = 16


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]


def order_hash(ward_codes: Iterable[str]) -> str:
    """Stands for the wards and their order; message and geometry must agree on it."""
    return short_hash("\n".join(ward_codes))


def geometry_json(shapes: MapShapes) -> str:
    """The same shapes give the same text.

    `centres` holds for each ward the centre and radius of its largest inscribed circle, radius in
    units of latitude: where a mark or number goes, and whether it fits.
    """
    return json.dumps(
        {
            "order": order_hash(shapes.ward_codes),
            "codes": list(shapes.ward_codes),
            "wards": [write_rings(ward) for ward in shapes.wards],
            "centres": _centres(shapes),
            "parents": [write_rings(parent) for parent in shapes.parents],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def write_geometry(shapes: MapShapes, folder: Path) -> str:
    """Writes `wards_<hash>.json` into the folder unless it is there; returns the file name."""
    text = geometry_json(shapes)
    return write_once(folder, f"wards_{short_hash(text)}.json", text)


def write_once(folder: Path, name: str, text: str) -> str:
    """A file named by its content: written beside, then renamed, and never written twice."""
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(path.suffix + ".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    return name


def write_rings(area: shapely.Geometry, *, units: int = UNITS_PER_DEGREE) -> list[list[int]]:
    """Every ring as its first point and then steps from point to point, in whole parts of a degree."""
    rings = [ring for part in shapely.get_parts(area) for ring in shapely.get_rings(part)]
    return list(_deltas(rings, units))


def _deltas(rings: list[shapely.Geometry], units: int) -> Iterator[list[int]]:
    """Rings that collapse at this resolution are left out, unless the ward would vanish with them."""
    for place, ring in enumerate(rings):
        points = np.rint(shapely.get_coordinates(ring)[:-1] * units).astype(int)
        moved = np.any(np.diff(points, axis=0, prepend=points[-1:]) != 0, axis=1)
        if place == 0 and np.count_nonzero(moved) < 3:
            moved[:] = True
        if np.count_nonzero(moved) >= 3:
            steps = np.diff(points[moved], axis=0, prepend=[[0, 0]])
            yield [int(step) for step in steps.ravel()]


def _centres(shapes: MapShapes) -> list[list[int]]:
    table = np.column_stack(label_points(shapes)) * UNITS_PER_DEGREE
    return [[int(value) for value in row] for row in np.rint(table)]
