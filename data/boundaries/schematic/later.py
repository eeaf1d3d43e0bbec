"""Write the zipped shapefile of the 32 units from 1/7/2025 that the 83 drawn wards became."""

import argparse
import hashlib
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd

from .facts import FOLDER
from .merging import merge_wards
from .shapefile import write_zip

CROSSWALK = FOLDER.parent / "sample" / "crosswalk_2024_2025.csv"
CITY_CODE, CITY = "92", "Thành phố Cần Thơ"


def read_parts() -> pd.DataFrame:
    """The crosswalk's rows; `whole` as a truth value."""
    parts = pd.read_csv(CROSSWALK, dtype={"old_code": str, "new_code": str})
    return parts.assign(whole=parts["whole"] == "toàn bộ")


def draw_later(drawn: gpd.GeoDataFrame, parts: pd.DataFrame) -> gpd.GeoDataFrame:
    """MA_XA, TEN_XA, MA_TINH, TEN_TINH, DT_KM2, DAN_SO: areas and residents are those of the parts, residents
    missing where a divided ward is among them."""
    shapes = merge_wards(drawn["MA_XA"].tolist(), drawn.geometry.to_numpy(), parts)
    old = drawn.set_index("MA_XA").loc[parts["old_code"]]
    sums = pd.DataFrame(
        {
            "new_code": parts["new_code"],
            "area_km2": parts["weight_area"] * old["DT_KM2"].to_numpy(),
            "residents": old["DAN_SO"].where(parts["whole"].to_numpy()).to_numpy(),
        }
    ).groupby("new_code")
    names = parts.drop_duplicates("new_code").set_index("new_code")["new_name"].sort_index()
    columns = {
        "MA_XA": names.index,
        "TEN_XA": names.to_numpy(),
        "MA_TINH": CITY_CODE,
        "TEN_TINH": CITY,
        "DT_KM2": sums["area_km2"].sum().round(3).to_numpy(),
        "DAN_SO": sums["residents"].agg(lambda part: part.sum(skipna=False)).to_numpy(),
    }
    return gpd.GeoDataFrame(columns, geometry=[shapes[code] for code in names.index], crs=drawn.crs)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=FOLDER / "can_tho_2025.zip")
    out = parser.parse_args().out
    units = draw_later(gpd.read_file(FOLDER / "can_tho_2024.zip"), read_parts())
    write_zip(units, out, (2025, 7, 1))
    sha256 = hashlib.sha256(out.read_bytes()).hexdigest()
    sys.stdout.write(f'{len(units)} units\nsha256 = "{sha256}"  # for registry.toml\n')


if __name__ == "__main__":
    main()
