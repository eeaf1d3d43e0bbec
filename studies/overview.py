"""The city at a glance: one question in, one sheet out."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from geo.estimates import has_estimate
from geo.frames import Period
from geo.indicators import INDICATORS
from geo.measure import Measured
from geo.question import EVERY_CRIME, Question, Selection
from i18n.messages import Words
from layers.atlas import Frame, draw_map, find_outlines
from layers.naming import label_period, name_note, name_period, name_ward, write_value
from layers.sheet import NamedList, Sentence, Sheet, Tile
from studies.caption import write_caption
from studies.headline import make_tiles, write_headline
from studies.holdings import Holdings, ask_periods, is_covered
from studies.joined_file import measure_columns
from studies.ranking import rank_wards
from studies.reference import Count, make_reference
from studies.report import write_balance, write_findings

Measure = Callable[[Question], Measured]
CAMERA_KEYS = ("cameras_per_km2", "n_cameras_working", "incident_reach_pct")
NAMED_FAMILIES = ("status", "level", "cluster", "pattern", "funnel", "both", "parts")
LAYERS = ("status", "old_in_programme", "hotspot_level", "n_incidents", "incidents_per_10k", "cameras")


@dataclass(frozen=True)
class Choice:
    """What the reader chose. period None: everything on file, undated rows too.

    compare: `year` (the same days a year before) or `before` (the period just before).
    """

    key: str
    period: Period | None = None
    compare: str = "year"
    chosen: Selection = EVERY_CRIME


def make_question(holdings: Holdings, choice: Choice) -> Question:
    """The question to measure. A period comes with the one it is compared with only when the data cover
    both: nine months beside a full year would look like a fall. An unfinished one is compared with the same
    span a year before."""
    period, previous, asked = ask_periods(holdings, choice.period, choice.compare)
    return Question(period, previous, choice.chosen, asked=asked)


def answer(holdings: Holdings, choice: Choice, measure: Measure, count: Count, words: Words) -> Sheet:
    """Measure, style, and say it. Raises NoData when no ward has a value for the chosen map."""
    measured = measure(make_question(holdings, choice))
    data = find_partial(holdings, choice.period)
    headline = write_headline(measured, choice.compare, data, words)
    tiles = make_tiles(measured, choice.compare, data, words)
    return make_sheet(holdings, measured, choice, headline, tiles, count, words)


def make_sheet(
    holdings: Holdings,
    measured: Measured,
    choice: Choice,
    headline: tuple[Sentence, ...],
    tiles: tuple[Tile, ...],
    count: Count,
    words: Words,
) -> Sheet:
    """The chosen map with its list, table, notes and caption, under the sentences and numbers of a page."""
    reference = make_reference(
        holdings,
        choice.key,
        choice.period,
        choice.compare,
        choice.chosen,
        count=count,
        wards=measured.frame,
    )
    spec = draw_map(measured, holdings.shapes, choice.key, words, Frame(holdings.area.title, "", reference))
    kind = "cameras" if INDICATORS[choice.key].family == "cameras" else "incidents"
    tally = measured.tallies.get(kind)
    balance = write_balance(tally["n"], words, unit=words(f"balance.unit_{kind}")) if tally else ""
    return Sheet(
        map=spec,
        table=make_table(measured, words),
        headline=headline,
        tiles=tiles,
        ranking=rank_wards(measured, choice.key, spec, choice.compare, words),
        lists=tuple(name_outlines(measured, words)),
        notes=tuple(write_findings(measured.findings, words)),
        balance=balance,
        caption=write_caption(measured, spec, words),
    )


def name_outlines(measured: Measured, words: Words) -> list[NamedList]:
    """The target areas by number and the wards with many incidents and few cameras, whatever the map."""
    lists = []
    for outline in find_outlines(measured, "incidents", words):
        numbers = outline.numbers or (None,) * len(outline.ward_codes)
        names = [name_ward(measured, code, words) for code in outline.ward_codes]
        numbered = [f"{n}. {name}" if n else name for n, name in zip(numbers, names, strict=True)]
        title = words(f"overview.{outline.kind}_list", n=len(names))
        lists.append(NamedList(title, outline.kind, tuple(numbered)))
    return lists


def find_partial(holdings: Holdings, period: Period | None) -> Period | None:
    """The days of a period that the data reach, where they do not reach all of it; else None."""
    span = holdings.span
    if period is None or span is None or is_covered(holdings, period):
        return None
    start, end = max(period.start, span.start), min(period.end, span.end)
    return Period(start, end) if start <= end else None


def make_table(measured: Measured, words: Words) -> pd.DataFrame:
    """Every ward with every measure under the reader's headings, for a spreadsheet."""
    keys = ["population", "area_km2", *measure_columns(measured)]
    table = measured.frame[["ward_name", "parent", *keys]].reset_index(names="ward_code")
    for key in keys:
        if key in INDICATORS and INDICATORS[key].family in NAMED_FAMILIES:
            table[key] = [None if pd.isna(value) else write_value(key, value, words) for value in table[key]]
    for key in keys:
        if table[key].dtype.kind == "f":
            table[key] = table[key].round(3)
    if "estimated" in measured.frame:
        table[words("column.estimated")] = _write_certainty(measured, words)
    if note := name_note(measured, words):
        table[words("column.note")] = note
    headings = {key: words(f"indicator.{key}.name") for key in keys if key in INDICATORS}
    return pd.DataFrame(
        table.rename(
            columns=headings
            | {
                key: words(f"column.{key}")
                for key in ("ward_code", "ward_name", "parent", "population", "area_km2")
            }
        )
    )


def _write_certainty(measured: Measured, words: Words) -> list[str]:
    """What keeps a carried count from being exact."""
    lines = []
    for _, row in measured.frame.iterrows():
        told = [words("tip.estimated")] if has_estimate(row) else []
        if row["missing_parts"]:
            told.append(words("tip.missing_parts", names=row["missing_parts"]))
        lines.append("; ".join(told))
    return lines


def list_layers(measured: Measured) -> list[str]:
    """Layers that have at least one value; the camera layer stands for its three measures."""

    def has(key: str) -> bool:
        return key in measured.frame and bool(measured.frame[key].notna().any())

    return [layer for layer in LAYERS if (any(map(has, CAMERA_KEYS)) if layer == "cameras" else has(layer))]


def list_camera_keys(measured: Measured) -> list[str]:
    """Camera measures that have at least one value."""
    frame = measured.frame
    return [key for key in CAMERA_KEYS if key in frame and bool(frame[key].notna().any())]


def address_period(period: Period) -> str:
    """The period as it stands in the address."""
    return f"{period.start.isoformat()}..{period.end.isoformat()}"


def title_period(period: Period | None, words: Words) -> str:
    """The period as a select box shows it."""
    if period is None:
        return words("overview.all_time")
    text = label_period(period, words) or name_period(period, words)
    return text[:1].upper() + text[1:]
