"""The checked frames that travel through the house. Whoever holds one checks nothing again.

Missing is NaN or None and stays so; it is not zero.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

Kind = Literal["incidents", "cameras", "population", "status"]
Outcome = Literal["joined", "ambiguous", "unmatched", "outside", "no_location"]
Method = Literal["code", "name", "folded", "alias", "within", "edge", "nearest", "whole", "estimated", "none"]
OUTCOMES: tuple[Outcome, ...] = ("joined", "ambiguous", "unmatched", "outside", "no_location")

STATUSES = (
    "khong_thuoc_dien",
    "duoc_lua_chon",
    "dang_chuyen_hoa",
    "chuyen_hoa_thanh_cong",
    "tot",
    "chua_dat",
    "duy_tri",
    "phuc_tap_tro_lai",
)

SEVERITIES = ("it_nghiem_trong", "nghiem_trong", "rat_nghiem_trong", "dac_biet_nghiem_trong")
MEASURES = ("occurred", "cleared", "persons", "deaths", "injured", "damage", "tips", "other")
CAMERA_TYPES = ("fixed", "dome", "ptz", "panoramic", "other")
OWNER_KINDS = ("residents", "business", "agency", "government", "police")
PLACEMENTS = ("pole", "wall", "gate", "junction", "other")


@dataclass(frozen=True)
class Period:
    """Whole days, both ends included. The label is for reading; it never decides anything."""

    start: dt.date
    end: dt.date
    label: str = ""

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"period ends before it starts: {self.start}..{self.end}")

    @property
    def n_days(self) -> int:
        return (self.end - self.start).days + 1

    def shift_years(self, years: int) -> "Period":
        """The same days of another year (29 February becomes the 28th)."""
        return Period(_shift(self.start, years), _shift(self.end, years))


@dataclass(frozen=True)
class BoundaryVersion:
    """One set of units as it was in force. id: text that facts and boundaries share. valid_from, valid_to:
    first and last day in force, None where no document tells. basis: the legal text as it is cited."""

    id: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    basis: str = ""


def _shift(day: dt.date, years: int) -> dt.date:
    is_month_end = (day + dt.timedelta(days=1)).month != day.month
    if day.month == 2 and is_month_end:
        return dt.date(day.year + years, 3, 1) - dt.timedelta(days=1)
    return day.replace(year=day.year + years)


@dataclass(frozen=True)
class Source:
    """Where data come from. Text from the data: shown as text, never as markup.

    illustrative: made up for demonstration. schematic: outlines are not surveyed.
    """

    name: str = ""
    licence: str = ""
    as_of: str = ""
    file: str = ""
    sha256: str = ""
    illustrative: bool = False
    schematic: bool = False


@dataclass(frozen=True)
class Wards:
    """Ward boundaries of one version.

    frame: index `ward_code` (text, unique, file order); columns ward_name (full name, "" unknown),
    parent (district or other scope, "" unknown), population (float, NaN unknown), area_km2 (measured
    on an equal-area projection), geometry (valid Polygon/MultiPolygon, EPSG:4326).
    version: id of the boundary version, None when unknown. title: the place's name ("" unknown).
    crs_read: name of the reference system the file declared.
    """

    frame: gpd.GeoDataFrame
    version: str | None = None
    source: Source = field(default_factory=Source)
    crs_read: str = ""
    title: str = ""

    def with_population(self, population: pd.Series) -> "Wards":
        """The same wards with residents from elsewhere; wards not listed become unknown."""
        values = population.reindex(self.frame.index).astype(float)
        return replace(self, frame=self.frame.assign(population=values))


def find_occurred(rows: pd.DataFrame) -> pd.Series:
    """Rows that count incidents; rows without a measure do. Cleared cases, persons and damage do not."""
    if "measure" not in rows:
        return pd.Series(True, index=rows.index)
    return rows["measure"].isna() | (rows["measure"] == "occurred")


@dataclass(frozen=True)
class Joined:
    """A file's rows after they looked for their wards, in input order.

    One row per input row; a wide table gives one per input row and count column, told by `row`.

    rows, for every kind: row (0-based place in the file), ward_code (text or None), method, outcome,
    distance_m (float; NaN when the row was matched by key), n (float, the count; NaN unreadable).
    Counts are qualified by `qualifier`: ">=", "<=", "~" or "".
    incidents add: start, end (datetime64, NaT unknown; both ends included), category (text or None),
    severity (key of SEVERITIES or None), known_by ("reported", "discovered" or None), measure (key of
    MEASURES; "occurred" where the file does not say), unit (of count, text of the file or None), qualifier,
    longitude, latitude (degrees, NaN for a table).
    cameras add: n_working, n_connected, n_live (watched as it happens), n_stored (pictures kept for at least
    30 days), stored_days (how many days each camera of the row keeps them; "trên 30" is 30), all NaN unknown;
    camera_type, owner_kind, placement (keys of CAMERA_TYPES, OWNER_KINDS, PLACEMENTS or None), direction_deg
    (clockwise from north), angle_deg, range_m (NaN unknown), checked_on (datetime64), longitude, latitude,
    qualifier, source. Files kept before these were read lack n_live, n_stored and stored_days.
    population: n is residents. status adds: year (float), status (key of STATUSES or None), source.
    Rows carried over from another boundary version (method `whole` or `estimated`) may hold parts of ones.
    Rows that were added up (a folder of partitions) have n_rows, how many input rows each stands for, and no
    coordinates.
    by_place: rows were placed by coordinates, so a ward without rows has 0, not "unknown".
    complete: the list names every ward that has something; a ward not in it is out of scope.
    """

    kind: Kind
    rows: pd.DataFrame
    by_place: bool = False
    complete: bool = False
    version: str | None = None
    source: Source = field(default_factory=Source)

    @cached_property
    def occurred(self) -> NDArray[np.bool_]:
        """Rows that count incidents, by place."""
        return find_occurred(self.rows).to_numpy(dtype=bool)

    @cached_property
    def days(self) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
        """First and last days of incident rows, by place; NaT where not told."""
        start, end = (self.rows[name].to_numpy(dtype="datetime64[us]") for name in ("start", "end"))
        return start, end

    @cached_property
    def categories(self) -> tuple[NDArray[np.intp], tuple[str, ...]]:
        """Place of each incident row's category among the distinct ones, -1 for none told; and these."""
        places, names = pd.factorize(self.rows["category"])
        return places, tuple(map(str, names))

    def tally(self, selected: pd.Series | None = None) -> dict[str, float]:
        """Sums of n by outcome, with `given` their total. given = joined + left over, asserted.

        selected None: everything that counts the kind itself, so incidents, not those cleared."""
        rows = self.rows[find_occurred(self.rows) if selected is None else selected]
        sums = rows.groupby("outcome")["n"].sum()
        tally: dict[str, float] = {outcome: float(sums.get(outcome, 0.0)) for outcome in OUTCOMES}
        given = float(rows["n"].sum())
        if abs(given - sum(tally.values())) > 1e-6 * max(1.0, given):
            raise AssertionError(f"rows were lost: given {given}, accounted {tally}")
        return {"given": given, **tally}

    def count_rows(self, selected: pd.Series) -> int:
        """How many rows are selected; each row that was added up stands for those it holds."""
        return int((self.rows["n_rows"] * selected).sum() if "n_rows" in self.rows else selected.sum())

    def tally_rows(self, selected: pd.Series | None = None) -> dict[str, int]:
        """The same in input rows."""
        rows = self.rows if selected is None else self.rows[selected]
        if "n_rows" in rows:
            given, counts = int(rows["n_rows"].sum()), rows.groupby("outcome")["n_rows"].sum()
        else:
            given = int(rows["row"].nunique())
            counts = rows.drop_duplicates("row")["outcome"].value_counts()
        tally: dict[str, int] = {outcome: int(counts.get(outcome, 0)) for outcome in OUTCOMES}
        if sum(tally.values()) != given:
            raise AssertionError(f"rows were lost: given {given}, accounted {tally}")
        return {"given": given, **tally}
