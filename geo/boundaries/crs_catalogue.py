"""The reference systems that Vietnamese files come in, each with the text that names it.

Provincial meridians are those of the cadastral maps. Every one occurs with two scales: 0.9999 (3° zone,
by code) and 0.9996 (6° zone, prescribed for administrative maps; no code), and with the datum shift left
out, which is the same as a plane on WGS 84.
"""

from dataclasses import dataclass, field
from functools import cache

from geo.crs import DEGREES, show_meridian, split_swapped

Box = tuple[float, float, float, float]

# West, south, east, north of Việt Nam with its seas: in degrees, and in metres of any of its zones.
VIETNAM_DEGREES: Box = (102.0, 8.0, 118.0, 24.0)
VIETNAM_METRES: Box = (200_000.0, 850_000.0, 900_000.0, 2_650_000.0)
ZONE_METRES = 1_000_000.0
MERIDIANS = {
    103.0: 9205, 104.0: 9206, 104.5: 9207, 104.75: 9208, 105.0: 5897, 105.5: 9209, 105.75: 9210, 106.0: 9211,
    106.25: 9212, 106.5: 9213, 107.0: 9214, 107.25: 9215, 107.5: 9216, 107.75: 5899, 108.0: 5898,
    108.25: 9217, 108.5: 9218,
}  # fmt: skip
HANOI72_MERIDIANS = (102.0, 105.0, 108.0, 111.0)
UTM_ZONES = {48: (3405, 32648), 49: (3406, 32649)}


@dataclass(frozen=True)
class System:
    """crs: text that geo.crs.parse_crs accepts. key: which kind it is; facts: what a name of it says."""

    crs: str
    key: str
    facts: dict[str, object] = field(default_factory=dict)


@cache
def list_systems() -> tuple[System, ...]:
    """All systems, the likelier first."""
    return (
        System(DEGREES, "wgs84"),
        System("EPSG:4756", "vn2000"),
        *(_on_meridian(f"EPSG:{code}", "vn2000_tm", place, 0.9999) for place, code in MERIDIANS.items()),
        *(System(f"EPSG:{codes[0]}", "vn2000_utm", {"zone": zone}) for zone, codes in UTM_ZONES.items()),
        *(System(f"EPSG:{codes[1]}", "wgs84_utm", {"zone": zone}) for zone, codes in UTM_ZONES.items()),
        # 105° with 0.9996 is UTM zone 48, which has a code.
        *(_make("VN2000", "vn2000_tm", place, 0.9996) for place in MERIDIANS if place != 105),
        *(_make("WGS84", "wgs84_tm", place, 0.9999) for place in MERIDIANS),
        *(_make("WGS84", "wgs84_tm", place, 0.9996) for place in MERIDIANS if place != 105),
        System("EPSG:4147", "hanoi72"),
        System("EPSG:2044", "hanoi72_zone", {"zone": 18}),
        System("EPSG:2045", "hanoi72_zone", {"zone": 19}),
        *(_make("HN72", "hanoi72_tm", place, 1.0) for place in HANOI72_MERIDIANS),
    )


def _make(datum: str, key: str, meridian: float, scale: float) -> System:
    return _on_meridian(f"{datum}:{meridian:g}:{scale:g}", key, meridian, scale)


def _on_meridian(crs: str, key: str, meridian: float, scale: float) -> System:
    return System(crs, key, {"meridian": show_meridian(meridian), "scale": f"{scale:g}"})


def describe_crs(text: str) -> tuple[System, bool]:
    """What is known of a system named by text, and whether it is swapped; key "other" when nothing is."""
    plain, is_swapped = split_swapped(text)
    known = {system.crs.upper(): system for system in list_systems()}
    return known.get(plain.upper(), System(plain, "other")), is_swapped
