"""Every colour of the house by name. A class has one colour on screen, on paper and in slides.

Hue says what (warm = incidents, teal = cameras, violet = our own score), lightness says how much.
The palettes were checked numerically (CIEDE2000 in normal sight, protanopia, deuteranopia and
tritanopia); `tests/layers/test_palettes.py` holds the distances. Ramps run from light to dark.
"""

from collections.abc import Mapping
from types import MappingProxyType

from layers.spec import Mark

INCIDENTS = ("#F8E7C2", "#F0BC74", "#DB8345", "#AE472B", "#661822")
CAMERAS = ("#E6F5F1", "#9BD3BB", "#5FA3A0", "#2F6F86", "#0F3945")
SCORE = ("#E6E6F5", "#B9BAE2", "#8A88CB", "#5D52A6", "#33216B")

CHANGE: Mapping[str, str] = MappingProxyType(
    {
        "giam_nhieu": "#265C85",
        "giam": "#82AEDD",
        "quanh_0": "#F1F0EC",
        "tang": "#EBB35F",
        "tang_nhieu": "#AA4C10",
    }
)
STATUS: Mapping[str, str | None] = MappingProxyType(
    {
        "khong_thuoc_dien": "#E6EAED",
        "chua_co_thong_tin": None,
        "duoc_lua_chon": "#E8DC86",
        "dang_chuyen_hoa": "#F2921F",
        "chuyen_hoa_thanh_cong": "#9FCAAE",
        "tot": "#246C6C",
        "chua_dat": "#C15730",
        "duy_tri": "#7998C9",
        "phuc_tap_tro_lai": "#5D0E3A",
    }
)
STATUS_MARK: Mapping[str, Mark] = MappingProxyType(
    {
        "duoc_lua_chon": "ring",
        "dang_chuyen_hoa": "half_disc",
        "chuyen_hoa_thanh_cong": "check",
        "tot": "star",
        "chua_dat": "cross",
        "duy_tri": "two_bars",
        "phuc_tap_tro_lai": "triangle",
    }
)
PARTS = ("#E6EAED", "#E8DC86", "#F2921F", "#C15730")
HOTSPOT_LEVEL: Mapping[str, str] = MappingProxyType(
    {"khong": "#EEF0F1", "ky_nay": "#F0BC74", "k_trong_n_ky": "#AE472B", "ca_hai": "#661822"}
)
ISLAND = "#B9B2A6"
CLUSTER: Mapping[str, str] = MappingProxyType(
    # By the classes of Gi* (high, low) and of local Moran (a ward among its neighbours).
    {
        "high": "#8E1F2F",
        "high_high": "#8E1F2F",
        "high_low": "#E19857",
        "low_high": "#93C4F2",
        "low_low": "#3265A4",
        "low": "#3265A4",
        "none": "#EEF0F1",
        "island": ISLAND,
    }
)
PATTERN: Mapping[str, str] = MappingProxyType(
    # The stronger now, the darker. The order is the legend's.
    {
        "hot_intensifying": "#43161B",
        "hot_persistent": "#6B2623",
        "hot_consecutive": "#973523",
        "hot_new": "#B75233",
        "hot_diminishing": "#D37145",
        "hot_sporadic": "#E09C3F",
        "hot_oscillating": "#F2C083",
        "hot_historical": "#F7E1BD",
        "cold_intensifying": "#102248",
        "cold_persistent": "#223979",
        "cold_consecutive": "#2C57A0",
        "cold_new": "#4975BB",
        "cold_diminishing": "#6391D3",
        "cold_sporadic": "#7FB0E2",
        "cold_oscillating": "#A2CBF0",
        "cold_historical": "#C8E6F8",
        "none": "#EEF0F1",
    }
)
PATTERN_MARK: Mapping[str, Mark] = MappingProxyType(
    # Neighbours of a ramp of eight are alike in small wards: the mark tells them apart, on both sides alike.
    {
        "intensifying": "arrow_up",
        "persistent": "square",
        "consecutive": "two_dots",
        "new": "dot",
        "diminishing": "arrow_down",
        "sporadic": "three_dots",
        "oscillating": "wave",
        "historical": "ring",
    }
)
FUNNEL: Mapping[str, str] = MappingProxyType(
    {
        "far_above": CHANGE["tang_nhieu"],
        "above": CHANGE["tang"],
        "within": CHANGE["quanh_0"],
        "below": CHANGE["giam"],
        "far_below": CHANGE["giam_nhieu"],
    }
)
BIVARIATE: Mapping[str, str] = MappingProxyType(
    # The letter: incidents, A few to C many; the digit: camera density, 1 low to 3 high.
    {
        "A1": "#F3EFDF",
        "A2": "#BCE0EA",
        "A3": "#46ABCF",
        "B1": "#EFC076",
        "B2": "#A39184",
        "B3": "#54707F",
        "C1": "#C86323",
        "C2": "#7B3018",
        "C3": "#3A2830",
    }
)
SCORE_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "incidents": "#AE472B",
        "rate": "#F0BC74",
        "persistence": "#5D52A6",
        "cluster": "#B9BAE2",
        "camera_gap": "#2F6F86",
        "other": "#8A96A3",
    }
)

ZONE: Mapping[str, str] = MappingProxyType({"seen": CAMERAS[1], "seen_twice": CAMERAS[2]})
ZONE_LINE = CAMERAS[4]
ZONE_OPACITY: Mapping[str, float] = MappingProxyType({"seen": 0.78, "seen_twice": 0.85})
PLACE: Mapping[str, str] = MappingProxyType(
    {
        "incident": INCIDENTS[4],
        "camera": CAMERAS[4],
        "camera_off": CAMERAS[4],
        "site": SCORE[3],
        "gap": "#7A1462",
    }
)

GROUND = "#DCE5EA"
GROUND_PRINT = "#E4EBEF"
WARD_LINE = "#FFFFFF"
WARD_LINE_PALE = "#A9B3BD"
DISTRICT_LINE = "#5C6874"
LABEL = "#17202A"
DISTRICT_LABEL = "#3F4B57"
HALO = "#FFFFFF"
TARGET_LINE = "#17202A"
GAP_LINE = "#7A1462"
SELECTED_LINE = "#0A66C2"
NOTE_BAND = "#17202A"
ZERO = "#FFFFFF"
OUT_OF_SCOPE = "#E6EAED"

HATCH_FILL = "#FFFFFF"
HATCH_LINE = "#8A96A3"
HATCH_ANGLE = 45
HATCH_SPACING_PX = 6.0
HATCH_WIDTH_PX = 1.6

UI_LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "page": "#F5F7F9",
        "surface": "#FFFFFF",
        "line": "#DCE2E8",
        "line_strong": "#C3CCD5",
        "ink": "#17202A",
        "ink_2": "#46525F",
        "ink_3": "#626E7B",
        "accent": "#1B5A9C",
        "accent_soft": "#E6EFF9",
        "worse": "#A63A1E",
        "better": "#1E6B4F",
        "note": "#8A5A00",
        "note_soft": "#FDF3DC",
        "track": "#E6EAED",
        "bar": "#7E8C9B",
    }
)
UI_DARK: Mapping[str, str] = MappingProxyType(
    {
        "page": "#0F141A",
        "surface": "#171E26",
        "line": "#2A343F",
        "line_strong": "#3D4955",
        "ink": "#F0F3F6",
        "ink_2": "#B8C3CF",
        "ink_3": "#93A0AE",
        "accent": "#86B6F2",
        "accent_soft": "#1D2E43",
        "worse": "#F29A7C",
        "better": "#7CCBA6",
        "note": "#E6B85C",
        "note_soft": "#33290F",
        "track": "#2A343F",
        "bar": "#7E8C9B",
    }
)
INK, INK_2, INK_3 = UI_LIGHT["ink"], UI_LIGHT["ink_2"], UI_LIGHT["ink_3"]


def ink_on(fill: str) -> str:
    """White or ink, whichever stands out more on a fill (contrast ratio of WCAG 2)."""
    against_white, against_ink = (_contrast(fill, ink) for ink in (HALO, INK))
    return HALO if against_white > against_ink else INK


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
