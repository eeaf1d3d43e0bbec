"""Write the example's zipped shapefile and say how true it is to the facts."""

import argparse
import hashlib
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from .city import draw_wards
from .facts import FOLDER, TARGET_CRS, centres_in_metres, read_facts
from .shapefile import write_zip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=FOLDER / "can_tho_2024.zip")
    out = parser.parse_args().out
    facts = read_facts()
    areas = facts["area_km2"].to_numpy(dtype=float) * 1e6
    wards = draw_wards(facts["code"].tolist(), centres_in_metres(facts), areas)
    columns = {
        "MA_XA": facts["code"],
        "TEN_XA": facts["name"],
        "MA_HUYEN": facts["district_code"],
        "TEN_HUYEN": facts["district"],
        "DT_KM2": facts["area_km2"],
        "DAN_SO": facts["population_2019"],
    }
    write_zip(gpd.GeoDataFrame(columns, geometry=wards, crs=TARGET_CRS), out, (2024, 10, 31))
    error = np.abs(shapely.area(np.array(wards, dtype=object)) / areas - 1)
    worst = int(error.argmax())
    sha256 = hashlib.sha256(out.read_bytes()).hexdigest()
    sys.stdout.write(
        f"{len(wards)} wards; worst area {error[worst]:.2%} off ({facts['name'].iloc[worst]})\n"
        f'sha256 = "{sha256}"  # for registry.toml\n'
    )


if __name__ == "__main__":
    main()
