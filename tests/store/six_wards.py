"""Six square wards in two rows of three, and small files joined to them."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.frames import Joined, Source, Wards
from geo.versions.crosswalk import Crosswalk

CODES = ["00006", "00001", "00002", "00003", "00004", "00005"]


def make_wards(**changes: object) -> Wards:
    squares = [shapely.box(105 + i % 3, 10 + i // 3, 106 + i % 3, 11 + i // 3) for i in range(6)]
    frame = gpd.GeoDataFrame(
        {
            "ward_name": ["Phường Bảy", "Phường Một", "Phường Hai", "Xã Ba", "", "Thị trấn Năm"],
            "parent": ["Quận A", "Quận A", "Quận A", "Huyện B", "Huyện B", ""],
            "population": [1000.0, 2000.0, np.nan, 0.0, 5000.5, 6000.0],
            "area_km2": [1.1, 2.2, 3.3, 4.4, 5.5, 1 / 3],
        },
        geometry=squares,
        index=pd.Index(CODES, name="ward_code"),
        crs="EPSG:4326",
    )
    source = Source("Cục Đo đạc", "mở", "2024", "mau.zip", "aa11", illustrative=True, schematic=True)
    plain: dict[str, object] = {
        "frame": frame,
        "version": "mau-2024",
        "source": source,
        "crs_read": "VN-2000",
    }
    return Wards(**(plain | changes))  # type: ignore[arg-type]


def make_incidents(first: str = "2024-01-01", *, version: str | None = "mau-2024", n: float = 3.0) -> Joined:
    """Three rows: joined, not found, and without place or date."""
    starts = pd.Series([first, first, None], dtype="datetime64[s]")
    rows = pd.DataFrame(
        {
            "row": [0, 1, 2],
            "ward_code": pd.Series(["00001", None, None], dtype=object),
            "method": ["within", "none", "none"],
            "outcome": ["joined", "outside", "no_location"],
            "distance_m": [0.5, np.nan, np.nan],
            "n": [n, 1.0, np.nan],
            "start": starts,
            "end": starts + pd.Timedelta(days=30),
            "category": pd.Series(["Trộm cắp", None, ""], dtype="str"),
            "longitude": [105.123456789012, 200.0, np.nan],
            "latitude": [10.1, -10.0, np.nan],
        }
    )
    return Joined("incidents", rows, by_place=True, version=version, source=Source(name="Công an phường"))


def make_cameras() -> Joined:
    rows = pd.DataFrame(
        {
            "row": [0, 1],
            "ward_code": pd.Series(["00002", None], dtype="str"),
            "method": ["name", "none"],
            "outcome": ["joined", "unmatched"],
            "distance_m": [np.nan, np.nan],
            "n": [700.0, 12.0],
            "n_working": [np.nan, 10.0],
            "longitude": [np.nan, np.nan],
            "latitude": [np.nan, np.nan],
            "qualifier": [">=", ""],
            "source": ["báo cáo 2022", "minh họa"],
        }
    )
    return Joined("cameras", rows)


def make_population() -> Joined:
    rows = pd.DataFrame(
        {
            "row": [4, 2],
            "ward_code": ["00003", "00004"],
            "method": pd.Categorical(["code", "alias"], ["alias", "code", "name"]),
            "outcome": ["joined", "joined"],
            "distance_m": [np.nan, np.nan],
            "n": np.array([12345, 0], dtype="int64"),
        }
    )
    return Joined("population", rows, complete=True, version=None)


def make_status() -> Joined:
    rows = pd.DataFrame(
        {
            "row": [0, 1],
            "ward_code": ["00006", "00006"],
            "method": ["code", "code"],
            "outcome": ["joined", "joined"],
            "distance_m": [np.nan, np.nan],
            "n": [1.0, 1.0],
            "year": [2022.0, np.nan],
            "status": ["dang_chuyen_hoa", None],
            "source": ["KH 12", ""],
        }
    )
    return Joined("status", rows, complete=True)


def make_told_incidents(first: str = "2024-01-01") -> Joined:
    """The same rows with everything that a file may tell of incidents."""
    plain = make_incidents(first)
    more = {
        "severity": ["nghiem_trong", None, None],
        "known_by": ["reported", "discovered", None],
        "measure": ["occurred", "persons", "occurred"],
        "unit": ["vụ", "bị can", None],
        "qualifier": ["", ">=", "~"],
    }
    return replace(plain, rows=plain.rows.assign(**more))


def make_told_cameras() -> Joined:
    plain = make_cameras()
    more = {
        "n_connected": [np.nan, 7.0],
        "camera_type": pd.Series(["ptz", None], dtype=object),
        "owner_kind": ["residents", "government"],
        "placement": ["pole", None],
        "direction_deg": [0.0, np.nan],
        "angle_deg": [359.9, np.nan],
        "range_m": [1 / 3, np.nan],
        "n_live": [np.nan, 2.0],
        "n_stored": [650.0, np.nan],
        "stored_days": [30.0, np.nan],
        "checked_on": pd.Series(["2024-02-29", None], dtype="datetime64[s]"),
    }
    return replace(plain, rows=plain.rows.assign(**more))


def make_crosswalk(**changes: object) -> Crosswalk:
    """Two old wards, one divided, into wards of the next version."""
    rows = pd.DataFrame(
        {
            "old_code": ["00001", "00002", "00002"],
            "new_code": ["00001", "00001", "00003"],
            "whole": [True, False, False],
            "weight_population": [1.0, 0.25, 0.75],
            "weight_area": [1.0, 2 / 3, np.nan],
        }
    )
    plain: dict[str, object] = {
        "rows": rows,
        "old_version": "mau-2024",
        "new_version": "mau-2025",
        "source": Source(name="Nghị quyết mẫu", file="chuyen_doi.csv"),
    }
    return Crosswalk(**(plain | changes))  # type: ignore[arg-type]
