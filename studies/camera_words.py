"""What the camera page says: sentences, tiles, the three-step bar. Density is never told as a zone."""

from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from geo.cover.steps import STORED_DAYS, Steps
from geo.measure import Measured
from i18n.messages import Words
from layers.naming import name_with_type
from layers.sheet import Sentence, Tile, Trace
from studies.trace import trace

Lack = Literal["", "places", "state"]
MOST_NAMES = 4
STEPS = ("n_installed", "n_working", "n_usable")
USES = ("n_live", "n_stored", "n_connected")
USABLE = "n_usable"
NONE = "–"


@dataclass(frozen=True)
class Band:
    """Of n incidents with a place, the share that working cameras see at 25, 50 and 100 m, in percent."""

    n: float
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Bar:
    """One step: label, value and `of` are final text. share, unknown: of the installed, 0 to 1; share None
    where nothing is told."""

    label: str
    value: str
    share: float | None
    note: str = ""
    of: str = ""
    unknown: float = 0.0


@dataclass(frozen=True)
class WardSteps:
    """One ward's three steps and the age of its last check; final text."""

    ward_code: str
    name: str
    installed: str
    working: str
    usable: str
    checked: str


def write_sentences(measured: Measured, steps: Steps, band: Band | None, words: Words) -> list[Sentence]:
    """How many stand and work, where many incidents meet few cameras, and how much is seen."""
    area, frame = steps.area, measured.frame
    if pd.isna(area["n_installed"]):
        return []
    sentences = [Sentence(_write_working(area, words), "cameras_per_km2")]
    if "incidents_and_cameras" in frame and frame["incidents_and_cameras"].notna().any():
        sentences.append(Sentence(_write_thin(frame, words), "incidents_and_cameras"))
    if band:
        low, middle, high = map(words.number, band.shares)
        sentences.append(
            Sentence(words("cover.band", low=low, middle=middle, high=high), "incident_reach_pct")
        )
    return sentences


def _write_working(area: pd.Series, words: Words) -> str:
    installed, unknown = round(area["n_installed"]), round(area["n_unknown"])
    told = installed - unknown
    if pd.isna(area["n_working"]) or not told:
        return words("cover.installed_only", installed=installed)
    pct = words.number(100 * area["n_working"] / told)
    share = words("cover.share_told" if unknown else "cover.share", pct=pct)
    rest = words("cover.unknown", n=unknown) if unknown else ""
    return words(
        "cover.happened", installed=installed, working=round(area["n_working"]), share=share, unknown=rest
    )


def _write_thin(frame: pd.DataFrame, words: Words) -> str:
    """The wards of `camera_gap`, those with the most incidents by name."""
    thin = frame[frame["incidents_and_cameras"] == "C1"].sort_values(
        "n_incidents", ascending=False, kind="stable"
    )
    if not len(thin):
        return words("cover.no_thin")
    named = thin.head(MOST_NAMES)
    names = ", ".join(
        name_with_type(str(name) or str(code), words) for code, name in named["ward_name"].items()
    )
    rest = len(thin) - len(named)
    more = words("cover.more", n=rest) if rest else ""
    return words("cover.thin", n=len(thin), names=names, more=more)


def make_tiles(measured: Measured, steps: Steps, band: Band | None, lack: Lack, words: Words) -> list[Tile]:
    """Installed, working, of use, incidents seen, area seen; each with its trace where it has a number."""
    frame, bars = measured.frame, make_bars(steps.area, words)
    tiles = [
        ("n_cameras", _step_tile(bars[0], words)),
        ("n_cameras_working", _step_tile(bars[1], words)),
        (USABLE, _step_tile(bars[2], words)),
        ("incident_reach_pct", _band_tile(band, lack, words)),
        ("area_seen_pct", _area_tile(frame, measured.question.radius_m, lack, words)),
    ]
    return [replace(tile, trace=_trace(measured, key, words)) for key, tile in tiles]


def _trace(measured: Measured, key: str, words: Words) -> Trace | None:
    """Cameras of use are counted here alone, so that no indicator tells how."""
    if key != USABLE:
        return trace(measured, key, words) if key in measured.frame else None
    told = {part: words(f"cover.usable_{part}", days=STORED_DAYS) for part in ("name", "formula", "caution")}
    return replace(trace(measured, "n_cameras", words), **told)


def _step_tile(bar: Bar, words: Words) -> Tile:
    if bar.share is None:
        return Tile(bar.label, words("tile.none"), sentence=bar.note)
    return Tile(bar.label, bar.value, bar.of, "", bar.note)


def _band_tile(band: Band | None, lack: Lack, words: Words) -> Tile:
    label = words("cover.tile_band")
    if not band:
        return Tile(label, words("tile.none"), sentence=words(f"cover.lacks_{lack or 'incidents'}"))
    shown = "–".join(map(words.number, band.shares))
    note = words("cover.band_note", n=words.number(band.n))
    return Tile(label, words("cover.pct", pct=shown), "", "", note)


def _area_tile(frame: pd.DataFrame, radius_m: float, lack: Lack, words: Words) -> Tile:
    label = words("cover.tile_area")
    if "area_seen_pct" not in frame or frame["area_seen_pct"].isna().all():
        return Tile(label, words("tile.none"), sentence=words(f"cover.lacks_{lack or 'area'}"))
    km2 = frame["area_km2"].where(frame["area_seen_pct"].notna())
    once = float((frame["area_seen_pct"] * km2).sum() / km2.sum())
    twice = float((frame["area_seen_twice_pct"] * km2).sum() / km2.sum())
    note = words("cover.area_note", radius=words.number(radius_m), twice=words.number(twice, decimals=1))
    return Tile(label, words("cover.pct", pct=words.number(once, decimals=1)), "", "", note)


def make_bars(area: pd.Series, words: Words) -> list[Bar]:
    """Installed, working, of use, each beside those of which it is told and those of which it is not."""
    installed = area["n_installed"]
    if pd.isna(installed):
        return [Bar(words(f"cover.{step}"), words("legend.no_data"), None) for step in STEPS]
    notes = [words("cover.installed_note"), _write_check(area, words), _write_uses(area, words)]
    unknown = {"n_working": float(area["n_unknown"]), "n_usable": float(area["n_use_unknown"])}
    return [
        _make_bar(step, area[step], float(installed), unknown.get(step, 0.0), note, words)
        for step, note in zip(STEPS, notes, strict=True)
    ]


def _make_bar(step: str, n: float, installed: float, unknown: float, note: str, words: Words) -> Bar:
    label = words(f"cover.{step}")
    if pd.isna(n):
        return Bar(label, words("legend.no_data"), None, note, unknown=1.0 if installed else 0.0)
    of = words("cover.of_told" if unknown else "tile.of", n=round(installed - unknown))
    whole = installed or 1.0
    return Bar(label, words.number(n), n / whole, note, "" if step == STEPS[0] else of, unknown / whole)


def _write_check(area: pd.Series, words: Words) -> str:
    unknown = words("cover.unknown_state", n=round(area["n_unknown"])) if area["n_unknown"] else ""
    if pd.isna(area["newest_check"]):
        return words("cover.unchecked") + unknown
    return (
        words(
            "cover.checked",
            date=area["newest_check"].date(),
            days=round(area["check_age_days"]),
        )
        + unknown
    )


def _write_uses(area: pd.Series, words: Words) -> str:
    told = [
        words(f"cover.{use}", n=round(area[use]), days=STORED_DAYS) for use in USES if not pd.isna(area[use])
    ]
    return "; ".join(told) + "." if told else words("cover.use_unknown")


def list_ward_steps(measured: Measured, steps: Steps, words: Words) -> list[WardSteps]:
    """Every ward of which it is told how many stand, most first; what else is not told is a word. Where none
    stands, none works."""
    known = steps.wards[steps.wards["n_installed"].notna()]
    frame = measured.frame
    rows = []
    for code, row in known.sort_values("n_installed", ascending=False, kind="stable").iterrows():
        name = name_with_type(str(frame.at[code, "ward_name"]) or str(code), words)
        if row["n_installed"] == 0:
            none = words.number(0)
            rows.append(WardSteps(str(code), name, none, none, none, NONE))
            continue
        installed, working, usable = (
            words("cover.untold") if pd.isna(row[step]) else words.number(row[step]) for step in STEPS
        )
        age = row["check_age_days"]
        checked = words("cover.untold") if pd.isna(age) else words("cover.days", n=round(age))
        rows.append(WardSteps(str(code), name, installed, working, usable, checked))
    return rows
