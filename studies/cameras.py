"""Độ phủ camera: how many stand, work and are of use; density from counts, observed zone from places."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd
import pyproj

from errors import NoData
from geo.counting import select_rows
from geo.cover.area import seen_area
from geo.cover.reach import reach_band
from geo.cover.steps import STORED_DAYS, three_steps
from geo.cover.streets import street_length_seen
from geo.cover.zones import Zones, add_metres, camera_zones
from geo.crs import metric_crs, to_metres
from geo.derive import derive
from geo.frames import Joined
from geo.measure import Measured
from i18n.messages import Words
from layers.sheet import Sheet
from studies.camera_words import (
    Band,
    Bar,
    Lack,
    WardSteps,
    list_ward_steps,
    make_bars,
    make_tiles,
    write_sentences,
)
from studies.holdings import Holdings
from studies.overview import Choice, make_sheet
from studies.reference import Count

LAYERS = (
    "incidents_and_cameras",
    "cameras_per_km2",
    "cameras_per_1k",
    "cameras_working_pct",
    "cameras_live_pct",
    "cameras_stored_pct",
    "cameras_connected_pct",
    "incident_reach_pct",
    "area_seen_pct",
    "area_seen_twice_pct",
    "streets_seen_pct",
)
RADII_M = (25, 50, 100)


@dataclass(frozen=True)
class Seen:
    """The measures of a question with what cameras see. lack: why nothing is told of zones, "" where it is;
    band: None where no incident of the question has a place, or nothing is told of zones."""

    measured: Measured
    band: Band | None
    lack: Lack


@dataclass(frozen=True)
class Report:
    """bars: the three steps of the whole area; wards: of every ward with cameras."""

    sheet: Sheet
    bars: tuple[Bar, ...]
    wards: tuple[WardSteps, ...]


def find_placed(holdings: Holdings) -> list[Joined]:
    """The camera files that tell where each stands."""
    return [fact for fact in holdings.of_kind("cameras") if fact.by_place]


def find_lack(holdings: Holdings) -> Lack:
    """What keeps zones from being drawn: no camera has a place, or of none with a place it is told whether it
    works; a camera of which that is not told sees nothing, and all of them would see nothing at all."""
    rows = [fact.rows[fact.rows["longitude"].notna()] for fact in find_placed(holdings)]
    if not any(map(len, rows)):
        return "places"
    return "" if any(bool(part["n_working"].notna().any()) for part in rows) else "state"


def find_plane(holdings: Holdings) -> pyproj.CRS:
    """The plane of the area's metres."""
    west, south, east, north = holdings.wards.frame.total_bounds
    return metric_crs((west, south, east, north))


def list_cameras(holdings: Holdings) -> pd.DataFrame:
    """Rows of every camera file that tells places, with easting and northing."""
    rows = [fact.rows for fact in find_placed(holdings)]
    return add_metres(pd.concat(rows, ignore_index=True), find_plane(holdings))


def make_zones(holdings: Holdings, radius_m: float) -> Zones | None:
    """What each working camera with a place sees; None where that is not told (`find_lack`)."""
    if find_lack(holdings):
        return None
    return camera_zones(list_cameras(holdings), radius_m=radius_m)


def see(holdings: Holdings, measured: Measured, roads: gpd.GeoDataFrame | None = None) -> Seen:
    """What is seen of each ward's area and streets at the question's radius, the two-way class of incidents
    and density, and the band, as far as the data allow. roads: lines in degrees."""
    frame = measured.frame.copy()
    zones = make_zones(holdings, measured.question.radius_m)
    if zones is not None:
        metres = to_metres(frame[["geometry"]])
        seen = seen_area(zones, metres)
        frame[["area_seen_pct", "area_seen_twice_pct"]] = seen[["area_seen_pct", "area_seen_twice_pct"]]
        if roads is not None and len(roads):
            lines = roads.geometry.to_crs(find_plane(holdings))
            frame["streets_seen_pct"] = street_length_seen(lines, zones, metres).table["streets_seen_pct"]
    measured = replace(measured, frame=frame)
    with suppress(NoData):
        measured = derive(measured, ["incidents_and_cameras"]).measured
    return Seen(measured, measure_band(holdings, measured), find_lack(holdings))


def list_layers(measured: Measured) -> Sequence[str]:
    """Layers that have at least one value; n_cameras where none has."""
    frame = measured.frame
    return [key for key in LAYERS if key in frame and bool(frame[key].notna().any())] or ["n_cameras"]


def answer(
    holdings: Holdings, choice: Choice, seen: Seen, count: Count, words: Words, *, today: dt.date
) -> Report:
    """The page for one question. Raises NoData when no ward has a value for the chosen map."""
    measured = seen.measured
    steps = three_steps(
        holdings.of_kind("cameras"), measured.frame.index, stored_days=STORED_DAYS, today=today
    )
    sheet = make_sheet(
        holdings,
        measured,
        choice,
        tuple(write_sentences(measured, steps, seen.band, words)),
        tuple(make_tiles(measured, steps, seen.band, seen.lack, words)),
        count,
        words,
    )
    return Report(
        sheet=sheet,
        bars=tuple(make_bars(steps.area, words)),
        wards=tuple(list_ward_steps(measured, steps, words)),
    )


def measure_band(holdings: Holdings, measured: Measured) -> Band | None:
    """Share of the question's placed incidents within each of RADII_M of a working camera, in percent."""
    incidents = list_placed(holdings, measured)
    if find_lack(holdings) or not len(incidents):
        return None
    rows = add_metres(incidents, find_plane(holdings))
    reach = reach_band(rows, list_cameras(holdings), measured.frame.index, radii_m=RADII_M)
    sums = reach.table.sum()
    n = float(sums["n_located"])
    if not n > 0:
        return None
    return Band(n, tuple(100 * float(sums[f"n_seen_{radius_m}"]) / n for radius_m in RADII_M))


def list_placed(holdings: Holdings, measured: Measured) -> pd.DataFrame:
    """Rows of the question's incidents that have a place inside a ward."""
    question = measured.question
    rows = [
        fact.rows[select_rows(fact, question.period, question.chosen) & (fact.rows["outcome"] == "joined")]
        for fact in holdings.of_kind("incidents")
        if fact.by_place and "n_rows" not in fact.rows
    ]
    columns = ["ward_code", "n", "longitude", "latitude"]
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=columns)
