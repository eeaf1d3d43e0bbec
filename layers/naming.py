"""What a map says in words: wards, values, periods, sources, and what is not known."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from geo.estimates import is_estimate
from geo.frames import Period
from geo.indicators import INDICATORS, Share
from geo.measure import Measured
from geo.names import parse_unit
from geo.question import Selection
from i18n.messages import Words
from layers.spans import name_span

# Families whose values are keys, and the group of words that names them.
NAMED: Mapping[str, str] = MappingProxyType(
    {
        "status": "status_name",
        "level": "level_name",
        "cluster": "cluster_name",
        "pattern": "pattern",
        "funnel": "funnel_name",
        "both": "both",
    }
)


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
        if str(code) in measured.visitor_wards and INDICATORS[key].per.endswith("residents"):
            lines.append(words("tip.visitors"))
        if is_estimate(row, key) or is_estimate(row, "n_incidents"):
            lines.append(words("tip.estimated"))
        if row.get("missing_parts"):
            lines.append(words("tip.missing_parts", names=row["missing_parts"]))
        if key != "old_in_programme" and isinstance(row.get("old_in_programme"), Share):
            lines.append(write_value("old_in_programme", row["old_in_programme"], words))
        if key != "status" and isinstance(row.get("status"), str):
            lines.append(words("tip.status", status=words(f"status_name.{row['status']}")))
        tips.append(tuple(lines))
    return tips


def _tip_line(key: str, value: str | float | Share | None, words: Words) -> str:
    return words("tip.line", name=words(f"indicator.{key}.name"), value=write_value(key, value, words))


def write_value(key: str, value: str | float | Share | None, words: Words) -> str:
    """One value of one indicator as the reader writes it; a missing one is a word."""
    if value is None or (not isinstance(value, Share) and pd.isna(value)):
        return words("legend.no_data")
    family = INDICATORS[key].family
    if family in NAMED:
        return words(f"{NAMED[family]}.{value}")
    if isinstance(value, Share):
        text = words("parts.value", n=value.n, of=value.of)
        return text + words("parts.unknown", n=value.unknown) if value.unknown else text
    if family == "gap":
        return words("gap.yes") if value == 1 else words("gap.no")
    number = float(str(value))
    decimals = INDICATORS[key].decimals
    return (
        words.signed(number, decimals=decimals)
        if family == "change"
        else words.number(number, decimals=decimals)
    )


def name_period(period: Period | None, words: Words) -> str:
    """`năm 2022 (từ 01/01/2022 đến 31/12/2022)`, or "not known"."""
    if period is None:
        return words("atlas.period_unknown")
    days = {"start": words.date(period.start), "end": words.date(period.end)}
    label = label_period(period, words)
    return words("atlas.period", label=label, **days) if label else words("atlas.period_unlabelled", **days)


def label_period(period: Period, words: Words) -> str:
    """`năm 2022` or `tháng 03/2022` when the days are exactly that, in either calendar; "" otherwise."""
    named = name_span(period, words)
    return named or (period.label if not period.label[:1].isdigit() else "")


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


def name_selection(chosen: Selection, words: Words) -> str:
    """`Trộm cắp tài sản`, `Ma túy; rất nghiêm trọng`: which incidents count; "" for every crime."""
    parts = [chosen.category] if chosen.category else []
    for group, key in (
        ("group_name", chosen.group),
        ("severity_name", chosen.severity),
        ("known_by_name", chosen.known_by),
    ):
        if key:
            parts.append(words(f"{group}.{key}"))
    return "; ".join(parts)


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
    text = words(
        "atlas.boundaries",
        n=len(measured.frame),
        version=measured.version or words("atlas.version_unknown"),
        read=words("atlas.boundaries_read", crs=measured.crs_read) if measured.crs_read else "",
    )
    return (
        f"{text} {words('atlas.carried', version=measured.carried_from)}" if measured.carried_from else text
    )


def name_note(measured: Measured, words: Words) -> str:
    """The band at the map's foot: made-up data or schematic outlines are always said."""
    kinds = [
        name
        for name, holds in (("illustrative", measured.is_illustrative), ("schematic", measured.is_schematic))
        if holds
    ]
    return words("atlas." + "_".join(kinds)) if kinds else ""
