"""Thành phố Mẫu with cameras and incidents a few steps apart.

Phường Một: a working camera; incidents 20, 20, 40 and 90 m east of it, in March 2022.
Phường Hòa Bình: a camera that is off, one of unknown state; incidents 0, 60 and 120 m east of the middle.
Phường 5: one incident. A fourth camera works and has no place.
So of 8 incidents 2, 3 and 4 are seen at 25, 50 and 100 m; unseen at 50 m are a gap of 3 and 2 alone.
"""

import datetime as dt

from geo.frames import Joined, Kind, Period, Wards
from geo.question import EVERY_CRIME, Question, Selection
from geo.reading.columns import TableColumns
from geo.rows.facts import join_table
from layers.shapes import make_shapes
from store.records import Area
from studies.holdings import Holdings
from tests.mau import CODES, make_table, make_wards, middle

WARDS = make_wards()
Y2022 = Period(dt.date(2022, 1, 1), dt.date(2022, 12, 31))
TODAY = dt.date(2022, 12, 31)
METRES_PER_DEGREE = 109_640.0  # along 10° N
CAMERA = "00001", 0.0
STEPS = (("00001", 20.0), ("00001", 20.0), ("00001", 40.0), ("00001", 90.0), ("00002", 0.0),
         ("00002", 60.0), ("00002", 120.0), ("00005", 0.0))  # fmt: skip


def place(code: str, east_m: float) -> tuple[float, float]:
    """Longitude and latitude so many metres east of a ward's middle."""
    longitude, latitude = middle(code)
    return longitude + east_m / METRES_PER_DEGREE, latitude


def join(kind: Kind, cells: dict[str, list[object]]) -> Joined:
    return join_table(WARDS, make_table(cells, file=f"{kind}.csv"), kind, TableColumns(), version="mau-2022")[
        0
    ]


def make_points(*steps: tuple[str, float], category: str = "Trộm cắp tài sản") -> Joined:
    """One incident at each step."""
    x, y = zip(*(place(*step) for step in steps), strict=True)
    n = len(steps)
    return join("incidents", {"longitude": [*x], "latitude": [*y], "loai_vu": [category] * n,
                              "ngay": ["05/03/2022"] * n})  # fmt: skip


def make_eyes(*states: str) -> Joined:
    """Cameras in Phường Một, twice in Phường Hòa Bình, and nowhere, with what their file says of them."""
    x, y = zip(*(place(*step) for step in (CAMERA, ("00002", 0.0), ("00002", 60.0))), strict=True)
    told = states or ("hoạt động", "hỏng", "", "hoạt động")
    return join("cameras", {"longitude": [*x, ""], "latitude": [*y, ""], "trang_thai": [*told]})


def make_counts(kind: Kind, *counts: object, **more: list[object]) -> Joined:
    """A table with a count for each of the first wards."""
    codes: list[object] = [*CODES[: len(counts)]]
    column = "so_camera" if kind == "cameras" else "so_vu"
    when: dict[str, list[object]] = {} if kind == "cameras" else {"nam": ["2022"] * len(codes)}
    return join(kind, {"ma_xa": codes, column: [*counts], **when, **more})


def hold(*facts: Joined, wards: Wards = WARDS) -> Holdings:
    area = Area(1, "mau", "Mẫu", wards.version, 6, wards.source, "", dt.datetime(2024, 1, 1))
    return Holdings(area, wards, make_shapes(wards), facts, ())


def ask(radius_m: float = 50.0, chosen: Selection = EVERY_CRIME) -> Question:
    return Question(Y2022, None, chosen, radius_m)


INCIDENTS, EYES = make_points(*STEPS), make_eyes()
CITY = hold(INCIDENTS, EYES)
