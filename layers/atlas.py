"""The standard maps: one measured table in, one frozen MapSpec out. Titles, notes and sources are
decided here, so that screen, paper and command line say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from errors import NoData, UnknownIndicator
from geo.indicators import INDICATORS, MAPPED
from geo.measure import Measured
from i18n.messages import Words
from layers import legend
from layers.classes import classify
from layers.legend_named import HIGH_CLASSES
from layers.map_list import count_figures, find_high, list_wards
from layers.naming import name_boundaries, name_note, name_period, name_sources, short_name, write_tips
from layers.shapes import extent, find_inset, label_points
from layers.spec import Label, MapShapes, MapSpec, Outline
from layers.words import map_words

TARGET_STATUS = "dang_chuyen_hoa"
# The order in which names are placed: targets, wards the map is about, districts, the others.
RANK_HIGH, RANK_DISTRICT, RANK_WARD = 500, 1000, 2000


@dataclass(frozen=True)
class Frame:
    """What a map needs beside its numbers: the place's name and, for stable breaks, like periods.

    reference: values of the same indicator in other like periods; breaks are chosen on them.
    outlines: wards set apart, in place of those that the programme's register tells.
    """

    place: str = ""
    title: str = ""
    reference: pd.Series | None = None
    outlines: tuple[Outline, ...] | None = None


def draw_map(measured: Measured, shapes: MapShapes, key: str, words: Words, frame: Frame) -> MapSpec:
    """The map of one indicator. Raises UnknownIndicator, NoData (no ward has a value)."""
    if key not in INDICATORS:
        raise UnknownIndicator("key", key=key, keys=", ".join(MAPPED))
    if not INDICATORS[key].mapped:
        raise UnknownIndicator("not_mapped", key=key, keys=", ".join(MAPPED))
    if key not in measured.frame.columns or measured.frame[key].isna().all():
        raise NoData("indicator", key=key, name=words(f"indicator.{key}.name"))
    choropleth = classify(measured, key, words, frame.reference)
    outlines = frame.outlines
    if outlines is None:
        outlines = find_outlines(measured, INDICATORS[key].family, words, numbered=key not in HIGH_CLASSES)
    n_missing = next(entry.count for entry in choropleth.classes if entry.key == legend.NO_DATA)
    heading = frame.title or words("atlas.heading", name=words(f"indicator.{key}.heading"))
    place = f"{frame.place}, " if frame.place else ""
    return MapSpec(
        key=key,
        title=heading,
        subtitle=place + name_period(measured.question.period, words),
        choropleth=choropleth,
        outlines=outlines,
        labels=tuple(place_labels(measured, shapes, outlines, find_high(measured, key))),
        tips=tuple(write_tips(measured, key, words)),
        listing=list_wards(measured, key, outlines, words),
        figures=count_figures(measured, key, outlines, n_missing, words),
        source=name_sources(measured, key, n_missing, words),
        boundaries=name_boundaries(measured, words),
        note=name_note(measured, words),
        extent=extent(shapes),
        inset=find_inset(shapes),
        words=map_words(words),
    )


def find_outlines(
    measured: Measured, family: str, words: Words, *, numbered: bool = True
) -> tuple[Outline, ...]:
    """Target areas of the programme and wards with many incidents and few cameras. numbered: the targets
    carry the numbers of the list of targets, where it stands beside the map."""
    outlines = []
    frame = measured.frame
    if "status" in frame:
        codes = tuple(frame.index[(frame["status"] == TARGET_STATUS).fillna(False)])
        if codes:
            numbers = tuple(range(1, len(codes) + 1)) if numbered else ()
            outlines.append(Outline("target", words("outline.target"), codes, numbers))
    if "camera_gap" in frame and family in ("incidents", "cameras", "level"):
        codes = tuple(frame.index[frame["camera_gap"] == 1])
        if codes:
            outlines.append(Outline("gap", words("outline.gap"), codes))
    return tuple(outlines)


def place_labels(
    measured: Measured, shapes: MapShapes, outlines: Sequence[Outline], high: Sequence[str] = ()
) -> list[Label]:
    """Names inside their areas: targets first, then the wards the map is about, districts, larger wards."""
    longitude, latitude, radius = label_points(shapes)
    targets = {code for outline in outlines if outline.kind == "target" for code in outline.ward_codes}
    order = np.argsort(-radius)
    labels = []
    for place_in_order, place in enumerate(order):
        code = shapes.ward_codes[place]
        name = short_name(str(measured.frame.at[code, "ward_name"]) or code)
        is_target = code in targets
        first = 0 if is_target else RANK_HIGH if code in high else RANK_WARD
        at = float(longitude[place]), float(latitude[place])
        labels.append(Label(name, *at, "ward", first + place_in_order, always=is_target))
    labels += _label_parents(measured, shapes)
    return sorted(labels, key=lambda label: label.rank)


def _label_parents(measured: Measured, shapes: MapShapes) -> list[Label]:
    names = [name for name in dict.fromkeys(measured.frame["parent"]) if name]
    if len(names) < 2 or len(names) != len(shapes.parents):
        return []
    parents = MapShapes(tuple(names), shapes.parents, np.array([], dtype=object))
    longitude, latitude, _ = label_points(parents)
    return [
        Label(
            short_name(name),
            float(longitude[place]),
            float(latitude[place]),
            "district",
            RANK_DISTRICT + place,
        )
        for place, name in enumerate(names)
    ]
