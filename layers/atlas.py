"""The standard maps: one measured table in, one frozen MapSpec out. Titles, notes and sources are
decided here, so that screen, paper and command line say the same."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from errors import NoData, UnknownIndicator
from geo.frames import Period
from geo.indicators import INDICATORS, MAPPED, Indicator, persistence_k
from geo.measure import Measured
from geo.names import parse_unit
from i18n.messages import Words
from layers import legend, palettes
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


def short_name(name: str) -> str:
    """`Phường An Bình` → `An Bình`; a name that is only a number keeps its type."""
    core = parse_unit(name).core
    if not core or core.isdigit():
        return name
    return name[-len(core) :] if len(core) <= len(name) else name


def name_with_type(name: str, words: Words) -> str:
    """`Phường An Bình` → `P. An Bình` for lists, where the language has such short forms."""
    unit = parse_unit(name)
    key = f"unit.{unit.type}"
    return f"{words(key)} {short_name(name)}" if unit.type and words.has(key) else name


def name_ward(measured: Measured, code: str, words: Words) -> str:
    """`P. An Bình, Q. Ninh Kiều`: a ward beside its parent, for lists and pop-ups."""
    row = measured.row(code)
    parent = name_with_type(str(row["parent"]), words)
    name = name_with_type(str(row["ward_name"]) or code, words)
    return f"{name}, {parent}" if parent else name


def write_tips(measured: Measured, key: str, words: Words) -> list[tuple[str, ...]]:
    """Pop-up lines per ward: its name, the value, the count with its change, the programme."""
    frame = measured.frame
    tips = []
    for code, row in frame.iterrows():
        lines = [name_ward(measured, str(code), words)]
        lines.append(_tip_line(key, row[key], words))
        if key != "n_incidents" and "n_incidents" in frame:
            lines.append(_tip_line("n_incidents", row["n_incidents"], words))
        if "n_incidents_difference" in frame and pd.notna(row["n_incidents_difference"]):
            lines.append(
                words(
                    "tip.difference",
                    difference=words.signed(row["n_incidents_difference"]),
                    before=words.number(row["n_incidents_previous"]),
                    now=words.number(row["n_incidents"]),
                )
            )
        if key != "status" and isinstance(row.get("status"), str):
            lines.append(words("tip.status", status=words(f"status_name.{row['status']}")))
        tips.append(tuple(lines))
    return tips


def _tip_line(key: str, value: str | float | None, words: Words) -> str:
    return words("tip.line", name=words(f"indicator.{key}.name"), value=write_value(key, value, words))


def write_value(key: str, value: str | float | None, words: Words) -> str:
    """One value of one indicator as the reader writes it; a missing one is a word."""
    if value is None or pd.isna(value):
        return words("legend.no_data")
    family = INDICATORS[key].family
    if family == "status":
        return words(f"status_name.{value}")
    if family == "level":
        return words(f"level_name.{value}")
    if family == "gap":
        return words("gap.yes") if value == 1 else words("gap.no")
    number = float(str(value))
    decimals = INDICATORS[key].decimals
    return (
        words.signed(number, decimals=decimals)
        if family == "change"
        else words.number(number, decimals=decimals)
    )


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
        if INDICATORS[value_key].family in ("status", "level", "gap"):
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


def name_period(period: Period | None, words: Words) -> str:
    """`năm 2022 (từ 01/01/2022 đến 31/12/2022)`, or "not known"."""
    if period is None:
        return words("atlas.period_unknown")
    days = {"start": words.date(period.start), "end": words.date(period.end)}
    label = label_period(period, words)
    return words("atlas.period", label=label, **days) if label else words("atlas.period_unlabelled", **days)


def label_period(period: Period, words: Words) -> str:
    """`năm 2022` or `tháng 3/2022` when the days are exactly that; "" otherwise."""
    if period.start == period.start.replace(month=1, day=1) and period.end == period.start.replace(
        month=12, day=31
    ):
        return words("atlas.year", year=str(period.start.year))
    next_day = period.end + dt.timedelta(days=1)
    if period.start.day == 1 and next_day.day == 1 and period.n_days <= 31:
        return words("atlas.month", month=f"{period.start.month:02d}/{period.start.year}")
    return period.label if not period.label[:1].isdigit() else ""


def short_period(measured: Measured, key: str, words: Words) -> str:
    """The period as the legend's subtitle begins with it."""
    period = measured.question.period
    if INDICATORS[key].family == "status" and measured.status_year is not None:
        text = words("atlas.year", year=str(measured.status_year))
    elif period is None:
        text = words("atlas.period_unknown")
    else:
        text = label_period(period, words) or f"{words.date(period.start)} – {words.date(period.end)}"
    return text[:1].upper() + text[1:]


def name_sources(measured: Measured, key: str, n_missing: int, words: Words) -> str:
    """Sources of the facts, the period of the data, and what is not known."""
    names = list(
        dict.fromkeys(source.name or source.file for source in measured.sources if source.name or source.file)
    )
    parts = [words("atlas.source", sources="; ".join(names) or words("atlas.source_unknown"))]
    if n_missing:
        parts.append(words("atlas.missing", n=n_missing))
    if key == "status":
        parts.append(words("atlas.status_note"))
    return " ".join(parts)


def name_boundaries(measured: Measured, words: Words) -> str:
    """How many wards of which boundary version, and the file's reference system."""
    return words(
        "atlas.boundaries",
        n=len(measured.frame),
        version=measured.version or words("atlas.version_unknown"),
        read=words("atlas.boundaries_read", crs=measured.crs_read) if measured.crs_read else "",
    )


def name_note(measured: Measured, words: Words) -> str:
    """The band at the map's foot: made-up data or schematic outlines are always said."""
    kinds = [
        name
        for name, holds in (("illustrative", measured.is_illustrative), ("schematic", measured.is_schematic))
        if holds
    ]
    return words("atlas." + "_".join(kinds)) if kinds else ""
