"""Which builder makes the rows of which kind of fact."""

from collections.abc import Callable

import pandas as pd

from geo.findings import Finding
from geo.frames import Kind
from geo.reading.columns import TableColumns
from geo.reading.read import Table
from geo.rows.camera_rows import build_cameras
from geo.rows.incident_rows import build_incidents
from geo.rows.ward_rows import build_population, build_status

Builder = Callable[[Table, TableColumns, pd.DataFrame, list[Finding]], pd.DataFrame]
BUILDERS: dict[Kind, Builder] = {
    "incidents": build_incidents,
    "cameras": build_cameras,
    "population": build_population,
    "status": build_status,
}
