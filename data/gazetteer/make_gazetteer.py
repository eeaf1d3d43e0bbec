"""Write the list of official units anew:

python data/gazetteer/make_gazetteer.py NAMES.csv POLYGONS.parquet CAN_THO.csv NEW_CAN_THO.zip [--out FILE]

Only facts are taken over: code, names, centre. The same input gives the same file.
"""

import argparse
import gzip
from pathlib import Path

import geopandas as gpd
import pandas as pd

COLUMNS = ["code", "name", "district", "province", "longitude", "latitude", "unit_set"]
OUT = Path(__file__).parent / "units.csv.gz"
SETS = ("2021-12-31", "2025-07-01")
DEGREE_DECIMALS = 4


def list_units_2021(names: Path, polygons: Path, can_tho: Path) -> pd.DataFrame:
    """Every unit of the list; a centre where a polygon is known, of Cần Thơ as its facts give it."""
    units = pd.read_csv(names, dtype=str, keep_default_na=False).rename(columns={"gso_code": "code"})
    centres = find_centres(gpd.read_parquet(polygons).set_index("gso_code"))
    facts = pd.read_csv(can_tho, dtype={"gso_code": str}).set_index("gso_code")
    known = facts[["centroid_lon", "centroid_lat"]].set_axis(centres.columns, axis=1)
    centres = pd.concat([known, centres[~centres.index.isin(known.index)]])
    return units.join(centres, on="code").assign(unit_set=SETS[0])


def list_units_2025(polygons: Path) -> pd.DataFrame:
    """The communes of the new Cần Thơ; districts are gone."""
    frame = gpd.read_file(polygons).set_index("MA_XA")
    units = find_centres(frame).assign(name=frame["TEN_XA"], district="", province=frame["TEN_TINH"])
    return units.rename_axis("code").reset_index().assign(unit_set=SETS[1])


def find_centres(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    """Middles of gravity in degrees, by the frame's index."""
    middles = frame.to_crs("ESRI:54034").centroid.to_crs("EPSG:4326")
    return pd.DataFrame({"longitude": middles.x, "latitude": middles.y})


def write(units: pd.DataFrame, path: Path) -> None:
    """Single spaces in names; bytes that depend on nothing but the rows."""
    worded = ["name", "district", "province"]
    units = units.assign(**{name: units[name].str.split().str.join(" ") for name in worded})
    units = units[COLUMNS].sort_values(["unit_set", "code"])
    text = units.to_csv(index=False, float_format=f"%.{DEGREE_DECIMALS}f", lineterminator="\n")
    path.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("names", "polygons", "can_tho", "new_can_tho"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    lists = [
        list_units_2021(given.names, given.polygons, given.can_tho),
        list_units_2025(given.new_can_tho),
    ]
    write(pd.concat(lists), given.out)
