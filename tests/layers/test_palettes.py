"""The palettes hold the distances they were chosen for, in normal and in colour-blind sight."""

from collections.abc import Mapping
from itertools import combinations, pairwise
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import numpy as np
import pytest

from geo.cover.both import BOTH_CLASSES
from geo.stats.clusters import GI_CLASSES, MORAN_CLASSES
from geo.stats.emerging import PATTERNS
from geo.stats.small_numbers import FUNNEL_CLASSES
from layers import palettes
from layers.marks import MARKS
from layers.palettes import (
    BIVARIATE,
    CAMERAS,
    CHANGE,
    CLUSTER,
    FUNNEL,
    HOTSPOT_LEVEL,
    INCIDENTS,
    PATTERN,
    PATTERN_MARK,
    SCORE,
    STATUS,
    STATUS_MARK,
    ZERO,
    ink_on,
)
from layers.spec import Mark

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
SIGHTS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
Lab = tuple[float, float, float]


def to_lab(colour: str, sight: str = "normal") -> Lab:
    """CIELAB under D65 of `#RRGGBB` as seen with one kind of sight."""
    encoded = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    seen = np.clip(SIGHTS[sight] @ linear, 0, 1)
    x, y, z = (TO_XYZ @ seen) / (TO_XYZ @ np.ones(3))
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def ciede2000(one: Lab, other: Lab) -> float:
    """Sharma, Wu and Dalal 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_chroma = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 0.5 * (1 - sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = degrees(atan2(b1, a1)) % 360, degrees(atan2(b2, a2)) % 360
    turn = h2 - h1
    turn -= 360 * round(turn / 360) if c1 * c2 else turn
    d_hue = 2 * sqrt(c1 * c2) * sin(radians(turn) / 2)
    l_mean, c_mean = (l1 + l2) / 2, (c1 + c2) / 2
    h_mean = (h1 + h2) / 2 if abs(h1 - h2) <= 180 else ((h1 + h2 + 360) / 2) % 360
    if not c1 * c2:
        h_mean = h1 + h2
    t = (
        1
        - 0.17 * cos(radians(h_mean - 30))
        + 0.24 * cos(radians(2 * h_mean))
        + 0.32 * cos(radians(3 * h_mean + 6))
        - 0.2 * cos(radians(4 * h_mean - 63))
    )
    s_l = 1 + 0.015 * (l_mean - 50) ** 2 / sqrt(20 + (l_mean - 50) ** 2)
    s_c, s_h = 1 + 0.045 * c_mean, 1 + 0.015 * c_mean * t
    turned = 30 * exp(-(((h_mean - 275) / 25) ** 2))
    r_t = -2 * sqrt(c_mean**7 / (c_mean**7 + 25**7)) * sin(radians(2 * turned))
    light, chroma, hue = (l2 - l1) / s_l, (c2 - c1) / s_c, d_hue / s_h
    return sqrt(light**2 + chroma**2 + hue**2 + r_t * chroma * hue)


def least_distance(pairs: list[tuple[str, str]]) -> float:
    return min(
        ciede2000(to_lab(one, sight), to_lab(other, sight)) for one, other in pairs for sight in SIGHTS
    )


def lightness(colours: list[str]) -> list[float]:
    return [to_lab(colour)[0] for colour in colours]


def test_the_distance_is_ciede2000() -> None:
    # Pairs 1, 7, 16 and 25 of the authors' test table.
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((50, 0, 0), (50, -1, 2)) == pytest.approx(2.3669, abs=1e-4)
    assert ciede2000((50, 2.5, 0), (50, 0, -2.5)) == pytest.approx(4.3065, abs=1e-4)
    assert ciede2000((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387)) == pytest.approx(
        1.2644, abs=1e-4
    )


@pytest.mark.parametrize(
    ("ramp", "least", "step"),
    [(INCIDENTS, 11.45, 12.55), (CAMERAS, 10.95, 15.05), (SCORE, 10.85, 15.05)],
    ids=["incidents", "cameras", "score"],
)
def test_neighbours_of_a_ramp_differ_in_every_sight_and_darken_step_by_step(
    ramp: tuple[str, ...], least: float, step: float
) -> None:
    assert len(ramp) == 5
    assert least_distance(list(pairwise(ramp))) >= least
    assert min(light - dark for light, dark in pairwise(lightness(list(ramp)))) >= step


@pytest.mark.parametrize(
    ("palette", "least", "grey_step"),
    [
        (list(CHANGE.values()), 24.65, 6.45),
        ([fill for key, fill in CLUSTER.items() if key not in ("high", "low", "island")], 18.75, 8.35),
        (list(dict.fromkeys(CLUSTER.values())), 15.95, 3.5),
        (list(FUNNEL.values()), 24.65, 6.45),
        (list(PATTERN.values()), 7.45, None),
        (list(HOTSPOT_LEVEL.values()), 17.55, 14.95),
        (list(BIVARIATE.values()), 14.15, None),
        ([fill for fill in STATUS.values() if fill], 12.85, 5.45),
    ],
    ids=[
        "change",
        "cluster",
        "islands",
        "funnel",
        "pattern",
        "hotspot_level",
        "bivariate",
        "status",
    ],
)
def test_all_pairs_of_a_palette_differ_in_every_sight_and_in_grey(
    palette: list[str], least: float, grey_step: float | None
) -> None:
    assert least_distance(list(combinations(palette, 2))) >= least
    if grey_step is not None:
        greys = sorted(lightness(palette))
        assert min(lighter - darker for darker, lighter in pairwise(greys)) >= grey_step


def test_levels_of_concentration_darken_as_they_worsen() -> None:
    levels = lightness(list(HOTSPOT_LEVEL.values()))
    assert levels == sorted(levels, reverse=True)


@pytest.mark.parametrize("ramp", [INCIDENTS, CAMERAS, SCORE], ids=["incidents", "cameras", "score"])
def test_zero_is_not_taken_for_the_lightest_class(ramp: tuple[str, ...]) -> None:
    at_least = {INCIDENTS: 12.55, CAMERAS: 6.0, SCORE: 6.0}[ramp]
    assert ciede2000(to_lab(ZERO), to_lab(ramp[0])) >= at_least


def test_every_status_but_out_of_scope_and_unknown_carries_its_own_mark() -> None:
    marked = set(STATUS) - {"khong_thuoc_dien", "chua_co_thong_tin"}
    assert set(STATUS_MARK) == marked
    assert len(set(STATUS_MARK.values())) == len(marked)
    assert STATUS["chua_co_thong_tin"] is None


@pytest.mark.parametrize("side", ["hot", "cold"])
def test_patterns_lighten_from_the_strongest_to_what_is_past(side: str) -> None:
    fills = [PATTERN[f"{side}_{name}"] for name in PATTERN_MARK]
    assert min(light - dark for dark, light in pairwise(lightness(fills))) >= 8.9


def test_a_pattern_is_told_by_its_mark_or_by_a_far_colour() -> None:
    """Those of one mark, one on each side, are far apart; neighbours of a side differ in their marks."""
    pairs = [(PATTERN[f"hot_{name}"], PATTERN[f"cold_{name}"]) for name in PATTERN_MARK]
    assert least_distance(pairs) >= 20.0
    assert len(set(PATTERN_MARK.values())) == len(PATTERN_MARK) == 8


@pytest.mark.parametrize(
    ("palette", "mark_of"), [(STATUS, STATUS_MARK), (PATTERN, {f"{side}_{name}": mark
     for side in ("hot", "cold") for name, mark in PATTERN_MARK.items()})], ids=["status", "pattern"]
)  # fmt: skip
def test_a_mark_stands_out_on_its_fill(palette: Mapping[str, str], mark_of: Mapping[str, Mark]) -> None:
    for key, mark in mark_of.items():
        apart = abs(to_lab(palette[key])[0] - to_lab(MARKS[mark].colour)[0])
        assert apart >= 40, (key, mark)


@pytest.mark.parametrize(
    ("fill", "ink"),
    [("#FFFFFF", "#17202A"), ("#EFC076", "#17202A"), ("#7B3018", "#FFFFFF"), ("#3A2830", "#FFFFFF")],
)
def test_figures_on_a_fill_take_the_ink_that_can_be_read(fill: str, ink: str) -> None:
    assert ink_on(fill) == ink


@pytest.mark.parametrize(
    ("palette", "keys"),
    [
        (CLUSTER, {*GI_CLASSES, *MORAN_CLASSES}),
        (PATTERN, set(PATTERNS)),
        (FUNNEL, set(FUNNEL_CLASSES)),
        (BIVARIATE, set(BOTH_CLASSES)),
    ],
    ids=["cluster", "pattern", "funnel", "both"],
)
def test_every_class_that_is_measured_has_its_colour(palette: Mapping[str, str], keys: set[str]) -> None:
    assert set(palette) == keys


def test_the_palettes_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        palettes.STATUS["tot"] = "#000000"  # type: ignore[index]
