"""The standard maps: one measured table in, one frozen MapSpec out. Titles, notes and sources are
decided here, so that screen, paper and command line say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from errors import NoData, UnknownIndicator
from geo.indicators import INDICATORS, MAPPED, Indicator, persistence_k
from geo.measure import Measured
from i18n.messages import Words
from layers import legend, palettes
from layers.naming import (
    name_boundaries,
    name_note,
    name_period,
    name_sources,
    name_with_type,
    short_name,
    short_period,
    write_tips,
    write_value,
)
from layers.scale import Scale, make_even_scale, make_scale
from layers.shapes import extent, find_inset, label_points
from layers.spec import Choropleth, Figure, Label, Listing, MapShapes, MapSpec, Outline
from layers.words import map_words

TARGET_STATUS = "dang_chuyen_hoa"
PERCENT_BREAKS = (20.0, 40.0, 60.0, 80.0)
LIST_ROWS = 10


@dataclass(frozen=True)
class Frame:
    """What a map needs beside its numbers: the place's name and, for stable breaks, like periods.

    reference: values of the same indicator in other like periods; breaks are chosen on them.
    """

    place: str = ""
    title: str = ""
    reference: pd.Series | None = None


def draw_map(measured: Measured, shapes: MapShapes, key: str, words: Words, frame: Frame) -> MapSpec:
    """The map of one indicator. Raises UnknownIndicator, NoData (no ward has a value)."""
    if key not in INDICATORS:
        raise UnknownIndicator("key", key=key, keys=", ".join(MAPPED))
    if not INDICATORS[key].mapped:
        raise UnknownIndicator("not_mapped", key=key, keys=", ".join(MAPPED))
    if key not in measured.frame.columns or measured.frame[key].isna().all():
        raise NoData("indicator", key=key, name=words(f"indicator.{key}.name"))
    choropleth = classify(measured, key, words, frame.reference)
    outlines = find_outlines(measured, INDICATORS[key].family, words)
    n_missing = next(entry.count for entry in choropleth.classes if entry.key == legend.NO_DATA)
    heading = frame.title or words("atlas.heading", name=words(f"indicator.{key}.heading"))
    place = f"{frame.place}, " if frame.place else ""
    return MapSpec(
        key=key,
        title=heading,
        subtitle=place + name_period(measured.question.period, words),
        choropleth=choropleth,
        outlines=outlines,
        labels=tuple(place_labels(measured, shapes, outlines)),
        tips=tuple(write_tips(measured, key, words)),
        listing=list_wards(measured, key, outlines, words),
        figures=count_figures(measured, outlines, n_missing, words),
        source=name_sources(measured, key, n_missing, words),
        boundaries=name_boundaries(measured, words),
        note=name_note(measured, words),
        extent=extent(shapes),
        inset=find_inset(shapes),
        words=map_words(words),
    )


def classify(measured: Measured, key: str, words: Words, reference: pd.Series | None) -> Choropleth:
    """Classes, colours and legend of one indicator."""
    indicator = INDICATORS[key]
    values = measured.frame[key]
    title = words(f"indicator.{key}.name")
    if key == "incident_reach_pct":
        title = words("atlas.reach_title", radius=measured.question.radius_m)
    if measured.question.category is not None and indicator.family in ("incidents", "change"):
        title = f"{title}: {measured.question.category}"
    subtitle = words("legend.counted", period=short_period(measured, key, words))
    if indicator.family == "status":
        return legend.classify_status(values, words, title=title, subtitle=subtitle)
    if indicator.family == "level":
        n = max(1, measured.history.shape[1])
        return legend.classify_level(values, words, title=title, subtitle=subtitle, k=persistence_k(n), n=n)
    if indicator.family == "parts":
        return legend.classify_parts(values, words, title=title, subtitle=subtitle)
    if indicator.family == "gap":
        return legend.classify_gap(
            values, words, title=title, subtitle=subtitle, rule=name_gap(measured, words)
        )
    if indicator.family == "change":
        scale = (
            legend.z_scale()
            if key == "incidents_z"
            else make_even_scale(values if reference is None else reference, tuple(palettes.CHANGE.values()))
        )
        return legend.classify_change(
            values, scale, words, title=title, subtitle=subtitle, decimals=indicator.decimals
        )
    scale = _numeric_scale(indicator, values if reference is None else reference)
    return legend.classify_numbers(
        values, scale, words, title=title, subtitle=subtitle, decimals=indicator.decimals, has_zero=True
    )


def _numeric_scale(indicator: Indicator, reference: pd.Series) -> Scale:
    colours = palettes.CAMERAS if indicator.family == "cameras" else palettes.INCIDENTS
    if indicator.key == "incident_reach_pct":
        return Scale(PERCENT_BREAKS, colours)
    return make_scale(reference, colours, decimals=indicator.decimals)


def name_gap(measured: Measured, words: Words) -> str:
    bars = measured.gap_bars
    if bars is None:
        return words("outline.gap")
    low = bars.cameras_per_km2
    return words("gap.rule", bar=words.number(bars.n_incidents), low=words.plain(low))


def find_outlines(measured: Measured, family: str, words: Words) -> tuple[Outline, ...]:
    """Target areas of the programme (numbered) and wards with many incidents and few cameras."""
    outlines = []
    frame = measured.frame
    if "status" in frame:
        codes = tuple(frame.index[(frame["status"] == TARGET_STATUS).fillna(False)])
        if codes:
            outlines.append(
                Outline("target", words("outline.target"), codes, tuple(range(1, len(codes) + 1)))
            )
    if "camera_gap" in frame and family in ("incidents", "cameras", "level"):
        codes = tuple(frame.index[frame["camera_gap"] == 1])
        if codes:
            outlines.append(Outline("gap", words("outline.gap"), codes))
    return tuple(outlines)


def place_labels(measured: Measured, shapes: MapShapes, outlines: Sequence[Outline]) -> list[Label]:
    """Names inside their areas: targets first, then districts, then the larger wards."""
    longitude, latitude, radius = label_points(shapes)
    targets = {code for outline in outlines if outline.kind == "target" for code in outline.ward_codes}
    order = np.argsort(-radius)
    labels = []
    for rank, place in enumerate(order):
        code = shapes.ward_codes[place]
        name = short_name(str(measured.frame.at[code, "ward_name"]) or code)
        is_target = code in targets
        labels.append(
            Label(
                name,
                float(longitude[place]),
                float(latitude[place]),
                "ward",
                rank if is_target else 2000 + rank,
                always=is_target,
            )
        )
    labels += _label_parents(measured, shapes)
    return sorted(labels, key=lambda label: label.rank)


def _label_parents(measured: Measured, shapes: MapShapes) -> list[Label]:
    names = [name for name in dict.fromkeys(measured.frame["parent"]) if name]
    if len(names) < 2 or len(names) != len(shapes.parents):
        return []
    parents = MapShapes(tuple(names), shapes.parents, np.array([], dtype=object))
    longitude, latitude, _ = label_points(parents)
    return [
        Label(short_name(name), float(longitude[place]), float(latitude[place]), "district", 1000 + place)
        for place, name in enumerate(names)
    ]


def list_wards(measured: Measured, key: str, outlines: Sequence[Outline], words: Words) -> Listing | None:
    """The numbered target areas, else the ten highest of the indicator."""
    frame = measured.frame
    targets = next((outline for outline in outlines if outline.kind == "target"), None)
    value_key = key if INDICATORS[key].family in ("incidents", "cameras", "change") else "n_incidents"
    if value_key not in frame:
        value_key = key
    title = words("listing.target_title")
    codes = list(targets.ward_codes) if targets else []
    if not codes:
        if INDICATORS[value_key].family in ("status", "level", "gap", "parts"):
            return None
        codes = list(frame[value_key].dropna().sort_values(ascending=False, kind="stable").index[:LIST_ROWS])
        title = words("listing.top_title", name=words(f"indicator.{value_key}.name").lower())
    has_parents = (frame["parent"] != "").any()
    columns = [
        "",
        words("listing.ward"),
        *([words("listing.parent")] if has_parents else []),
        words(f"indicator.{value_key}.short"),
    ]
    rows = []
    for number, code in enumerate(codes, start=1):
        row = measured.row(str(code))
        parent = [name_with_type(str(row["parent"]), words)] if has_parents else []
        name = name_with_type(str(row["ward_name"]) or str(code), words)
        rows.append((str(number), name, *parent, write_value(value_key, row[value_key], words)))
    return Listing(title, tuple(columns), tuple(rows))


def count_figures(
    measured: Measured, outlines: Sequence[Outline], n_missing: int, words: Words
) -> tuple[Figure, ...]:
    """Three numbers for the foot of the sheet."""
    frame = measured.frame
    figures = []
    targets = next((outline for outline in outlines if outline.kind == "target"), None)
    n_incidents = frame["n_incidents"].sum() if "n_incidents" in frame else 0.0
    if targets:
        figures.append(Figure(words.number(len(targets.ward_codes)), words("figure.targets")))
        if n_incidents:
            inside = frame.loc[list(targets.ward_codes), "n_incidents"].sum()
            share = words.number(100 * inside / n_incidents)
            figures.append(Figure(words.number(inside), words("figure.target_incidents", share=share)))
    else:
        figures.append(Figure(words.number(len(frame)), words("figure.wards")))
        if n_incidents:
            figures.append(Figure(words.number(n_incidents), words("figure.incidents")))
    figures.append(Figure(words.number(n_missing), words("figure.no_data")))
    return tuple(figures)
