"""Places of an internal map as parts of the browser's message, which goes to one reader and into no file.

A place is two whole numbers of 1e-6 degrees (about 0.11 m) from the extent's south-west corner; equal
pop-up texts are sent once.
"""

import numpy as np
import shapely

from i18n.formats import Formats
from layers.screen_geometry import write_rings
from layers.spec import MapSpec, Markers, Zone

PLACES_PER_DEGREE = 1_000_000


def zone_parts(spec: MapSpec) -> list[list[object]]:
    """Kind, words and rings of each zone; rings as in the geometry file, in 1e-6 degrees."""
    return [[zone.kind, zone.words, _zone_rings(zone)] for zone in spec.zones]


def _zone_rings(zone: Zone) -> list[list[int]]:
    assert isinstance(zone.area, shapely.Geometry)
    return write_rings(zone.area, units=PLACES_PER_DEGREE)


def place_parts(spec: MapSpec) -> list[dict[str, object]]:
    """One entry per kind: its legend row, then x, y and tip of each place, numbers where there are some."""
    west, south, _, _ = spec.extent
    formats = Formats(spec.words.language)
    return [_place_part(markers, np.array([west, south]), formats) for markers in spec.markers]


def _place_part(markers: Markers, corner: np.ndarray, formats: Formats) -> dict[str, object]:
    degrees = np.array([(place.longitude, place.latitude) for place in markers.places]).reshape(-1, 2)
    steps = np.rint((degrees - corner) * PLACES_PER_DEGREE).astype(int)
    tips = list(dict.fromkeys(place.tip for place in markers.places))
    tip_at = {tip: at for at, tip in enumerate(tips)}
    numbers = [place.number for place in markers.places]
    return {
        "kind": markers.kind,
        "words": markers.words,
        "count": formats.number(len(markers.places)),
        "x": steps[:, 0].tolist(),
        "y": steps[:, 1].tolist(),
        "numbers": numbers if any(number is not None for number in numbers) else [],
        "tips": [list(tip) for tip in tips],
        "tip": [tip_at[place.tip] for place in markers.places] if len(tips) > 1 else [],
    }
