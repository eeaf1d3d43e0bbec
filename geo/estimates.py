"""Which values of a measured table rest on shares of divided units.

A count of a divided unit, carried to a later boundary version, is spread by weights; so is everything that
is computed from it. A measure that has no such column beside it was counted as it stands.
"""

import pandas as pd

OF_INCIDENTS = "estimated"
OF_PREVIOUS = "estimated_previous"
OF_CAMERAS = "estimated_cameras"
OF_POPULATION = "estimated_population"
COLUMNS = (OF_INCIDENTS, OF_PREVIOUS, OF_CAMERAS, OF_POPULATION)
RESTS_ON: dict[str, tuple[str, ...]] = {
    "n_incidents": (OF_INCIDENTS,),
    "incidents_per_10k": (OF_INCIDENTS, OF_POPULATION),
    "incidents_per_km2": (OF_INCIDENTS,),
    "n_incidents_previous": (OF_PREVIOUS,),
    "hotspot_level": (OF_INCIDENTS,),
    "years_in_top_fifth": (OF_INCIDENTS,),
    "incidents_per_10k_eb": (OF_INCIDENTS, OF_POPULATION),
    "incidents_per_10k_eb_local": (OF_INCIDENTS, OF_POPULATION),
    "n_cameras": (OF_CAMERAS,),
    "n_cameras_working": (OF_CAMERAS,),
    "cameras_per_km2": (OF_CAMERAS,),
    "cameras_per_1k": (OF_CAMERAS, OF_POPULATION),
    "incidents_per_camera": (OF_INCIDENTS, OF_CAMERAS),
    "camera_gap": (OF_INCIDENTS, OF_CAMERAS),
    "population": (OF_POPULATION,),
}


def is_estimate(row: pd.Series, key: str) -> bool:
    """Whether a ward's value of an indicator, or its number of residents, is an estimate."""
    return any(bool(row.get(column, False)) for column in RESTS_ON.get(key, ()))


def has_estimate(row: pd.Series) -> bool:
    """Whether any value of a ward is."""
    return any(bool(row.get(column, False)) for column in COLUMNS)
