"""Overlaps, gaps and slivers as a numbered list in words."""

from dataclasses import dataclass

import shapely

from geo.boundaries.topology import Coverage
from geo.frames import Wards
from i18n.messages import Words
from layers.spec import Listing

MOST_LISTED = 40
MOST_NAMED = 3
M2_PER_HA, M2_PER_KM2 = 1e4, 1e6
FROM_KM2 = 10 * M2_PER_KM2
PLACE = "cho:"


@dataclass(frozen=True)
class Place:
    """One overlap, gap or sliver in words. number: in the list, from 1."""

    number: int
    kind: str
    words: str
    between: str
    area: str
    codes: tuple[str, ...]
    geometry: shapely.Geometry
    width_m: float

    @property
    def code(self) -> str:
        return f"{PLACE}{self.number}"


def list_places(coverage: Coverage, wards: Wards, words: Words) -> tuple[Place, ...]:
    """Overlaps and gaps, then slivers, the largest first; at most MOST_LISTED."""
    pairs = coverage.overlaps.to_dict("records")
    overlaps = [row | {"kind": "overlap", "codes": (row["code_a"], row["code_b"])} for row in pairs]
    gaps = [row | {"kind": "gap"} for row in coverage.gaps.to_dict("records")]
    solid = sorted(overlaps + gaps, key=lambda row: -float(row["area_m2"]))
    rows = [(row, "") for row in solid] + [(row, "_sliver") for row in coverage.slivers.to_dict("records")]
    names = wards.frame["ward_name"].where(wards.frame["ward_name"] != "", wards.frame.index)
    return tuple(
        Place(
            number=number,
            kind=row["kind"],
            words=words(f"topology.{row['kind']}{suffix}", width=words.number(row["width_m"], decimals=1)),
            between=_name_between([str(names[code]) for code in row["codes"]], words),
            area=write_area(row["area_m2"], words),
            codes=row["codes"],
            geometry=row["geometry"],
            width_m=row["width_m"],
        )
        for number, (row, suffix) in enumerate(rows[:MOST_LISTED], start=1)
    )


def write_area(area_m2: float, words: Words) -> str:
    """`845 m²`, `1,25 ha`, `229,9 km²`."""
    if area_m2 >= FROM_KM2:
        return words("topology.km2", n=words.number(area_m2 / M2_PER_KM2, decimals=1))
    if area_m2 >= M2_PER_HA:
        return words("topology.ha", n=words.number(area_m2 / M2_PER_HA, decimals=2))
    return words("topology.m2", n=words.number(area_m2))


def _name_between(names: list[str], words: Words) -> str:
    if len(names) <= MOST_NAMED:
        return " – ".join(names)
    return words("topology.and_more", names=", ".join(names[:MOST_NAMED]), n=len(names) - MOST_NAMED)


def make_listing(places: tuple[Place, ...], words: Words) -> Listing:
    """The numbered list that goes with the map."""
    columns = ("", words("topology.kind"), words("topology.between"), words("topology.area"))
    rows = tuple((str(place.number), place.words, place.between, place.area) for place in places)
    return Listing(words("topology.list_title"), columns, rows)
