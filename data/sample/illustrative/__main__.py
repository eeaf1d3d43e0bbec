"""Write every table of the example and say how skewed it came out."""

import argparse
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd

from .cameras import draw_cameras, list_points, tabulate_cameras
from .city import YEARS, read_wards, write_table
from .incidents import draw_monthly, place_incidents, tabulate_monthly
from .later import make_later_tables
from .status import draw_statuses

CENSUS = "Tổng điều tra dân số và nhà ở 01/4/2019"


def make_tables(wards: gpd.GeoDataFrame) -> dict[str, pd.DataFrame]:
    """Every table by its file name."""
    monthly = draw_monthly(wards)
    yearly = monthly[monthly["year"] == YEARS[-1]].groupby("ma_xa")["n"].sum()
    cameras = draw_cameras(wards, yearly)
    population = wards[["ten_xa", "quan_huyen", "dan_so"]].reset_index().assign(nguon=CENSUS)
    return {
        "incidents_2019_2022.csv": tabulate_monthly(monthly, wards),
        "incident_points_2022.csv": place_incidents(monthly, wards),
        "cameras_2022.csv": tabulate_cameras(cameras, wards),
        "camera_points_2022.csv": list_points(cameras),
        "population_2019.csv": pd.DataFrame(population),
        "status_2022.csv": draw_statuses(wards, yearly),
        **make_later_tables(monthly, cameras),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[1])
    out = parser.parse_args().out
    for name, table in make_tables(read_wards()).items():
        write_table(table, out / name)
        sys.stdout.write(f"{name}: {len(table)} rows, {(out / name).stat().st_size / 1024:.0f} KB\n")


if __name__ == "__main__":
    main()
