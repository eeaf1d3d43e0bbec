"""Thành phố Mẫu in a store of its own, with months of figures and areas gone through the programme."""

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from geo.frames import Joined, Period, Source, Wards
from planning.papers import Document
from planning.programme import State, Step, TargetArea
from store.plan_records import KeptArea, KeptStep
from store.repository import Store
from tests.grid_city import make_counts
from tests.mau import CODES, NAMES, PARENTS, VERSION, make_wards

WRITTEN = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
WORK: tuple[tuple[State, str], ...] = (
    ("de_xuat", "2021-12-01"),
    ("duoc_lua_chon", "2021-12-20"),
    ("dang_chuyen_hoa", "2022-01-01"),
    ("chuyen_hoa_thanh_cong", "2022-12-31"),
)


def month(text: str) -> Period:
    """`2022-03`, of the civil calendar."""
    year, number = map(int, text.split("-"))
    return Period(dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1]))


def months(first: str, n: int) -> list[Period]:
    return [month(str(text)) for text in pd.period_range(first, periods=n, freq="M")]


def every(n: float, **others: float) -> dict[str, float]:
    """All six wards alike, but those told by w and the code's last digit."""
    return dict.fromkeys(CODES, n) | {f"0000{key[1]}": value for key, value in others.items()}


def tabulate(
    by_period: Mapping[Period, Mapping[str, float]], *, version: str = VERSION, name: str = "Bảng tháng"
) -> Joined:
    return replace(make_counts(by_period, name=name), version=version)


def place_points(days_of: Mapping[str, Sequence[str]]) -> Joined:
    """One incident per ward code and day told, placed by its coordinates."""
    told = [(code, day) for code, days in days_of.items() for day in days]
    plain = make_counts({month("2022-01"): dict.fromkeys(CODES, 1.0)})
    rows = plain.rows.iloc[np.zeros(len(told), int)].reset_index(drop=True)
    days = pd.to_datetime([day for _, day in told])
    rows = rows.assign(
        row=range(len(told)), ward_code=[code for code, _ in told], method="within", n=1.0, start=days,
        end=days,
    )  # fmt: skip
    return replace(plain, rows=rows, by_place=True, version=VERSION, source=Source(name="Điểm vụ"))


def keep(store: Store, *facts: Joined, wards: Wards | None = None, key: str = "mau") -> int:
    """The wards and their files; the area's id."""
    area_id = store.keep_boundaries(wards or make_wards(), key=key, title="Thành phố Mẫu")
    for place, fact in enumerate(facts):
        store.keep(
            area_id, fact, file_name=f"{key}{place}.csv", sha256=f"{key}{place}", findings=(), replace=False
        )
    return area_id


def take(*steps: tuple[State, str]) -> tuple[KeptStep, ...]:
    paper = Document("Quyết định", "12/QĐ", "Ban Chỉ đạo 138", dt.date(2021, 12, 1))
    return tuple(
        KeptStep(Step(to, dt.date.fromisoformat(day), paper, "Thường trực"), WRITTEN, "") for to, day in steps
    )


def make_area(
    code: str = "00001",
    *steps: tuple[State, str],
    left: str = "2023-01-01",
    id_: int = 1,
    **content: Any,
) -> KeptArea:
    """An area that worked through 2022 and was put under maintenance on `left`, unless steps are told."""
    place = CODES.index(code) if code in CODES else 0
    plain: dict[str, Any] = {
        "ward_code": code,
        "ward_name": NAMES[place],
        "parent": PARENTS[place],
        "version": VERSION,
        "start": dt.date(2022, 1, 1),
        "end": dt.date(2022, 12, 31),
        "base_start": dt.date(2021, 1, 1),
        "base_end": dt.date(2021, 12, 31),
    }
    taken = take(*(steps or (*WORK, ("duy_tri", left))))
    return KeptArea(id_, 1, 1, TargetArea(**(plain | content)), taken, WRITTEN, "")
