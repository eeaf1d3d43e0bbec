"""One ward's card: its numbers beside the city's, its months, its categories, cameras and programme."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from geo.counting import find_span, pick_counted, select_rows
from geo.frames import Period
from geo.indicators import SIGNAL_Z, Share
from geo.measure import Measured
from geo.question import Selection
from i18n.messages import Words
from layers.naming import write_value
from layers.sheet import Tile, Trace
from studies.carried import list_parts
from studies.holdings import Holdings
from studies.outlook import write_ward_change
from studies.ranking import qualify_value
from studies.trace import trace

FIGURES = ("n_incidents", "incidents_per_10k", "hotspot_level", "n_cameras", "incident_reach_pct")
MONTHS_SHOWN = 36
PARTS = "parts"  # no status of its own: old units of it had one


@dataclass(frozen=True)
class Month:
    """Incidents of one month; None when the ward sent nothing, or no file reaches it. estimated: a share of
    a divided unit is in it."""

    start: pd.Timestamp
    n: float | None
    estimated: bool = False


@dataclass(frozen=True)
class CategoryRow:
    """One category now and before, as text, and as numbers for the bar. estimated: as in `Month`."""

    name: str
    now: float
    before: float | None
    change: str
    estimated: bool = False


@dataclass(frozen=True)
class Event:
    """One entry of the programme's register."""

    year: str
    status: str
    words: str
    source: str


@dataclass(frozen=True)
class Profile:
    """All cells are final text except the numbers that a chart needs. parts: the old units that the ward was
    made of, where its figures were carried over. changes: the change against the other period, in sentences.
    traces: of incidents, cameras and status, where each is known."""

    ward_code: str
    title: str
    subtitle: str
    status: str
    status_words: str
    tiles: tuple[Tile, ...]
    months: tuple[Month, ...]
    categories: tuple[CategoryRow, ...]
    cameras: tuple[tuple[str, str, float], ...]
    events: tuple[Event, ...]
    parts: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    traces: Mapping[str, Trace] = field(default_factory=dict)


def describe_ward(holdings: Holdings, measured: Measured, code: str, words: Words) -> Profile:
    """The card of one ward for the question that was measured."""
    row = measured.row(code)
    parent = str(row["parent"])
    version = measured.version or words("atlas.version_unknown")
    status = row.get("status")
    status = status if isinstance(status, str) else ""
    return Profile(
        ward_code=code,
        title=", ".join(part for part in (str(row["ward_name"]) or code, parent) if part),
        subtitle=words("profile.subtitle", code=code, version=version),
        status=PARTS if not status and isinstance(row.get("old_in_programme"), Share) else status,
        status_words=_name_status(row, status, words),
        tiles=tuple(
            replace(_tile(measured, key, row, words), trace=trace(measured, key, words))
            for key in FIGURES
            if key in measured.frame
        ),
        months=tuple(list_months(holdings, code, measured.question.chosen, measured.question.period)),
        categories=tuple(_list_categories(holdings, code, measured, words)),
        cameras=tuple(_camera_steps(row, words)),
        events=tuple(_list_events(holdings, code, words)),
        parts=tuple(
            words("version.part_whole" if whole else "version.part_divided", name=name)
            for name, whole in list_parts(holdings, code)
        ),
        changes=tuple(write_ward_change(holdings, measured, code, words)),
        traces={
            key: trace(measured, key, words)
            for key in ("n_incidents", "n_cameras", "status")
            if key in measured.frame
        },
    )


def _name_status(row: pd.Series, status: str, words: Words) -> str:
    """The status; on later boundaries, how many of the old units were in the programme."""
    if not status and isinstance(share := row.get("old_in_programme"), Share):
        return write_value("old_in_programme", share, words)
    return words(f"status_name.{status}") if status else words("status.none")


def _tile(measured: Measured, key: str, row: pd.Series, words: Words) -> Tile:
    value, label = row[key], words(f"indicator.{key}.name")
    if value is None or pd.isna(value):
        return Tile(label, words("tile.none"), sentence=words("profile.missing"))
    if key == "n_incidents":
        return _incidents(row, label, words)
    frame = measured.frame
    if key == "hotspot_level":
        n = measured.history.shape[1]
        return Tile(label, write_value(key, value, words), sentence=words("profile.periods", n=n))
    if key == "n_cameras":
        return _cameras(row, label, words)
    known = frame[key].dropna()
    place = int((known > value).sum()) + 1
    unit = words(f"indicator.{key}.unit")
    sentence = words("profile.place", place=place, of=len(known))
    told = qualify_value(row, key, write_value(key, value, words), words)
    return Tile(label, told, unit if key == "incident_reach_pct" else "", sentence=sentence)


def _incidents(row: pd.Series, label: str, words: Words) -> Tile:
    value = qualify_value(row, "n_incidents", words.number(row["n_incidents"]), words)
    before = row.get("n_incidents_previous")
    if before is None or pd.isna(before):
        return Tile(label, value, sentence=words("tile.no_comparison"))
    if pd.isna(row["n_incidents_difference"]):
        return Tile(label, value, sentence=words("version.not_comparable"))
    difference, z = round(row["n_incidents_difference"]), float(row["incidents_z"])
    sign = "▲" if difference > 0 else "▼"
    beside = (
        f"{sign} {words('tile.n_incidents', n=abs(difference))}" if difference else words("headline.equal")
    )
    tone = "" if abs(z) < SIGNAL_Z else "worse" if difference > 0 else "better"
    verdict = words("tile.signal" if abs(z) >= SIGNAL_Z else "tile.chance")
    sentence = words("profile.before", before=round(before), z=words.signed(z, decimals=1), verdict=verdict)
    return Tile(label, value, beside, tone, sentence)  # type: ignore[arg-type]


def _cameras(row: pd.Series, label: str, words: Words) -> Tile:
    working = row.get("n_cameras_working")
    density = words("profile.density", value=write_value("cameras_per_km2", row["cameras_per_km2"], words))
    installed = qualify_value(row, "n_cameras", words.number(row["n_cameras"]), words)
    if working is None or pd.isna(working):
        return Tile(label, installed, sentence=words("profile.working_unknown") + " " + density)
    return Tile(label, installed, words("profile.working", n=round(working)), sentence=density)


def _camera_steps(row: pd.Series, words: Words) -> list[tuple[str, str, float]]:
    """Label, text and share of the bar, for installed and working."""
    installed, working = row.get("n_cameras"), row.get("n_cameras_working")
    if installed is None or pd.isna(installed) or installed == 0:
        return []
    told = qualify_value(row, "n_cameras", words.number(installed), words)
    steps = [(words("profile.installed"), told, 1.0)]
    if working is None or pd.isna(working):
        return [*steps, (words("profile.in_use"), words("legend.no_data"), 0.0)]
    share = float(working) / float(installed)
    in_use = qualify_value(row, "n_cameras_working", words.number(working), words)
    return [*steps, (words("profile.in_use"), f"{in_use} ({words.number(100 * share)} %)", share)]


def list_months(holdings: Holdings, code: str, chosen: Selection, period: Period | None) -> list[Month]:
    """Counts of the last 36 months up to the period's end, from the files that are counted."""
    facts = pick_counted(holdings.of_kind("incidents"), None, chosen)
    rows = [fact.rows[select_rows(fact, None, chosen)] for fact in facts]
    if not rows:
        return []
    mine = pd.concat([frame[frame["ward_code"] == code] for frame in rows])
    monthly = mine[(mine["end"] - mine["start"]).dt.days < 31]
    if monthly.empty:
        return []
    # The police month of September ends in September and begins in August.
    months = monthly["end"].dt.to_period("M")
    sums = monthly.groupby(months)["n"].sum(min_count=1)
    shares = set(months[monthly["method"] == "estimated"])
    last = pd.Period(period.end, "M") if period else sums.index.max()
    wanted = pd.period_range(max(sums.index.min(), last - (MONTHS_SHOWN - 1)), last, freq="M")
    is_place = all(fact.by_place for fact in facts)
    filled = sums.reindex(wanted)
    if is_place and (reach := find_span(facts)) is not None:
        # Silence among points means none, but only as far as the files reach.
        filled = filled.mask(filled.isna() & (wanted <= pd.Period(reach[1], "M")), 0.0)
    return [
        Month(month.to_timestamp(), None if pd.isna(n) else float(n), month in shares)
        for month, n in zip(wanted, filled, strict=True)
    ]


def _list_categories(holdings: Holdings, code: str, measured: Measured, words: Words) -> list[CategoryRow]:
    question = measured.question
    beside = replace(question.chosen, category=None)
    now = _by_category(holdings, code, question.period, beside)
    if now.empty:
        return []
    # Where the ward's whole is not compared, neither are its parts.
    is_compared = question.previous is not None and pd.notna(measured.row(code).get("n_incidents_difference"))
    before = _by_category(holdings, code, question.previous, beside) if is_compared else now.iloc[:0]
    names = now.index.union(before.index)
    table = pd.DataFrame({"now": now["n"].reindex(names, fill_value=0.0)})
    table["before"] = before["n"].reindex(names, fill_value=0.0) if len(before) else float("nan")
    table["estimated"] = now["estimated"].reindex(names, fill_value=False)
    rows = []
    for name, line in table.sort_values("now", ascending=False).iterrows():
        known = pd.notna(line["before"])
        change = words.signed(line["now"] - line["before"]) if known else ""
        told = float(line["before"]) if known else None
        rows.append(CategoryRow(str(name), float(line["now"]), told, change, bool(line["estimated"])))
    return rows


def _by_category(holdings: Holdings, code: str, period: Period | None, chosen: Selection) -> pd.DataFrame:
    """By category: n, and estimated (a share of a divided unit is in it)."""
    facts = pick_counted(holdings.of_kind("incidents"), period, chosen)
    rows = [fact.rows[select_rows(fact, period, chosen) & (fact.rows["ward_code"] == code)] for fact in facts]
    told = pd.concat(rows) if rows else pd.DataFrame(columns=["category", "n", "method"])
    told = told.dropna(subset=["category"]).assign(estimated=told["method"] == "estimated")
    return told.groupby("category").agg({"n": "sum", "estimated": "any"})


def _list_events(holdings: Holdings, code: str, words: Words) -> list[Event]:
    rows = [
        fact.rows[(fact.rows["ward_code"] == code) & fact.rows["status"].notna()]
        for fact in holdings.of_kind("status")
    ]
    if not rows:
        return []
    listed = pd.concat(rows).sort_values("year", ascending=False, na_position="last")
    return [
        Event(
            year=f"{line['year']:.0f}" if pd.notna(line["year"]) else "",
            status=str(line["status"]),
            words=words(f"status_name.{line['status']}"),
            source=str(line["source"]) if isinstance(line["source"], str) else "",
        )
        for line in listed.to_dict("records")
    ]
