"""Official units of the whole country by name and centre, shipped with the program.

For telling encodings, places and reference systems, never for counting: the list of 31/12/2021 is whole, that
of 01/7/2025 holds the new Cần Thơ alone. Codes were re-used in 2025, so a code means nothing without its set.
"""

from functools import cache
from pathlib import Path

import pandas as pd

from geo.names import parse_unit

PATH = Path(__file__).parents[2] / "data" / "gazetteer" / "units.csv.gz"
PLACES = ["longitude", "latitude"]


@cache
def _read() -> pd.DataFrame:
    units = pd.read_csv(PATH, dtype=str, keep_default_na=False)
    return units.assign(**{name: pd.to_numeric(units[name]) for name in PLACES})


def load_gazetteer() -> pd.DataFrame:
    """code, name (with type), district ("" after 2025), province: text; longitude, latitude: degrees of the
    centre to four decimals, NaN unknown; unit_set: "2021-12-31" or "2025-07-01". RangeIndex, 10,702 rows."""
    return _read().copy()


@cache
def known_names() -> frozenset[str]:
    """Names of communes, districts and provinces without their type, folded (`geo.names.parse_unit`)."""
    units = _read()
    names = set[str]().union(*(units[level] for level in ("name", "district", "province")))
    return frozenset(parse_unit(name).core for name in names if name)
