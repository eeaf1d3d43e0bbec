"""The camera page's internal maps: what is not seen, and where further cameras would reach most.

Places leave this machine in no map: a spec with markers is refused by whatever makes a file.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from errors import NoData
from geo.cover.gaps import Gaps, find_gaps
from geo.cover.reach import find_seen
from geo.cover.siting import Siting
from geo.cover.stacking import draw_for_map
from geo.cover.zones import Zones, add_metres, camera_zones
from geo.crs import DEGREES
from geo.measure import Measured
from i18n.messages import Words
from layers.spec import Choropleth, LegendEntry, MapSpec, Marker, Markers, Zone
from studies.cameras import find_lack, find_placed, find_plane, list_cameras, list_placed
from studies.holdings import Holdings

MOST_DRAWN = 20_000
PLAIN = "#EEF0F1"


@dataclass(frozen=True)
class Unseen:
    """incidents: the placed ones with easting, northing and `is_seen`. cameras: every row of the files that
    tell places. zones: what those that work see; areas: the same in degrees, once and twice, for drawing.
    crs: the plane of the metres."""

    incidents: pd.DataFrame
    cameras: pd.DataFrame
    gaps: Gaps
    zones: Zones
    areas: tuple[BaseGeometry, BaseGeometry]
    radius_m: float
    crs: pyproj.CRS


def find_unseen(holdings: Holdings, measured: Measured) -> Unseen:
    """Placed incidents of the question and whether a working camera sees them. Raises NoData
    (siting_camera_places, siting_camera_state, siting_incidents)."""
    incidents = list_placed(holdings, measured)
    if lack := find_lack(holdings):
        files = [fact.source.file for fact in find_placed(holdings) or holdings.of_kind("cameras")]
        raise NoData(f"siting_camera_{lack}", file=", ".join(files))
    if not len(incidents):
        raise NoData("siting_incidents")
    crs, radius_m = find_plane(holdings), measured.question.radius_m
    cameras, rows = list_cameras(holdings), add_metres(incidents, crs)
    is_seen = find_seen(rows, cameras, radius_m)
    zones = camera_zones(cameras, radius_m=radius_m)
    return Unseen(
        rows.assign(is_seen=is_seen),
        cameras,
        find_gaps(rows, is_seen),
        zones,
        draw_for_map(zones, crs),
        radius_m,
        crs,
    )


def add_gaps(spec: MapSpec, unseen: Unseen, words: Words) -> MapSpec:
    """The map with the observed zone, the cameras, the unseen incidents and the gaps. Internal."""
    table = unseen.gaps.table
    longitude, latitude = to_degrees(table["easting"], table["northing"], unseen.crs)
    gaps = tuple(
        Marker(float(x), float(y), (_write_gap(row, words),), int(row["number"]))
        for x, y, row in zip(longitude, latitude, table.to_dict("records"), strict=True)
    )
    return _draw(spec, unseen, Markers("gap", words("inside.gap"), gaps), words)


def _write_gap(row: Mapping[Hashable, Any], words: Words) -> str:
    n, radius = words.number(row["n_incidents"]), words.number(row["radius_m"])
    return words("inside.gap_tip", number=row["number"], n=n, radius=radius)


def add_sites(spec: MapSpec, unseen: Unseen, siting: Siting, words: Words) -> MapSpec:
    """The map with the observed zone, the cameras, the unseen incidents and the proposed places. Internal."""
    sites = tuple(
        Marker(
            float(row["longitude"]),
            float(row["latitude"]),
            (words("inside.site_tip", number=row["number"], gain=words.number(row["gain"])),),
            int(row["number"]),
        )
        for row in siting.sites.to_dict("records")
    )
    return _draw(spec, unseen, Markers("site", words("inside.site"), sites), words)


def _draw(spec: MapSpec, unseen: Unseen, found: Markers, words: Words) -> MapSpec:
    """Places on plain wards: fills that say something else would hide them."""
    n = len(spec.choropleth.ward_class)
    ward = LegendEntry("ward", words("inside.ward"), PLAIN, n)
    return replace(
        spec,
        key=f"inside_{found.kind}",
        title=found.words,
        choropleth=Choropleth(found.words, spec.subtitle, (0,) * n, (ward,)),
        outlines=(),
        note=". ".join(filter(None, (words("inside.internal"), spec.note))),
        zones=tuple(list_zones(unseen, words)),
        markers=(*mark_incidents(unseen.incidents, words), *mark_cameras(unseen.cameras, words), found),
    )


def mark_incidents(incidents: pd.DataFrame, words: Words) -> tuple[Markers, ...]:
    """Unseen incidents; where there are more than can be drawn, the legend says how many are not."""
    outside = place_all(incidents[~incidents["is_seen"]])
    name = words("inside.incident")
    if len(outside) > MOST_DRAWN:
        name = words("inside.incident_part", n=MOST_DRAWN, of=len(outside))
    return (Markers("incident", name, outside[:MOST_DRAWN]),)


def mark_cameras(cameras: pd.DataFrame, words: Words) -> Iterable[Markers]:
    """Cameras that work, and the others, by shape and not by colour alone."""
    works = cameras["n_working"] > 0
    working, others = place_all(cameras[works]), place_all(cameras[~works])
    if working:
        yield Markers("camera", words("inside.camera"), working)
    if others:
        yield Markers("camera_off", words("inside.camera_off"), others)


def place_all(rows: pd.DataFrame) -> tuple[Marker, ...]:
    """A marker for every row with a place."""
    known = rows[rows["longitude"].notna() & rows["latitude"].notna()]
    return tuple(
        Marker(float(x), float(y)) for x, y in zip(known["longitude"], known["latitude"], strict=True)
    )


def list_zones(unseen: Unseen, words: Words) -> Iterable[Zone]:
    """What is seen, and seen twice, as far as there is any."""
    seen, twice = unseen.areas
    if not shapely.is_empty(seen):
        yield Zone("seen", words("inside.seen_zone", radius=words.number(unseen.radius_m)), seen)
    if not shapely.is_empty(twice):
        yield Zone("seen_twice", words("inside.seen_twice"), twice)


def to_degrees(easting: pd.Series, northing: pd.Series, crs: pyproj.CRS) -> Sequence[np.ndarray]:
    """(longitude, latitude) of places on a plane."""
    transformer = pyproj.Transformer.from_crs(crs, DEGREES, always_xy=True)
    return transformer.transform(easting.to_numpy(float), northing.to_numpy(float))
