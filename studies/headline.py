"""The first things to say: three sentences and five numbers, each with what it is compared with."""

import math
from dataclasses import replace

import pandas as pd

from geo.frames import Period
from geo.indicators import SIGNAL_Z, persistence_k
from geo.measure import Measured
from i18n.messages import Words
from layers.atlas import TARGET_STATUS
from layers.naming import label_period, name_with_type
from layers.sheet import Sentence, Tile
from studies.trace import trace

HALF = 0.5
NAMES_SHOWN = 3


def write_headline(
    measured: Measured, compare: str, partial: Period | None, words: Words
) -> tuple[Sentence, ...]:
    """What happened, how concentrated it is, and where cameras are few. Nothing is said without data.

    partial: the days that the data reach, where that is not the whole period.
    """
    frame = measured.frame
    sentences = []
    if "n_incidents" in frame and frame["n_incidents"].notna().any():
        sentences.append(Sentence(_happened(measured, compare, partial, words), "n_incidents"))
        sentences.append(Sentence(_concentrated(frame, words), "hotspot_level"))
    if "camera_gap" in frame and frame["camera_gap"].notna().any():
        unknown = int(frame["camera_gap"].isna().sum())
        n = int((frame["camera_gap"] == 1).sum())
        text = words("headline.gap", n=n)
        text += words("headline.gap_unknown", n=unknown) if unknown else words("headline.stop")
        sentences.append(Sentence(text, "cameras"))
    return tuple(sentences)


def _happened(measured: Measured, compare: str, partial: Period | None, words: Words) -> str:
    frame = measured.frame
    now = round(frame["n_incidents"].sum())
    period = measured.question.asked or measured.question.period
    when = (label_period(period, words) or words("headline.period")) if period else words("headline.on_file")
    when = when[:1].upper() + when[1:]
    change = compare_totals(measured)
    if period and partial:
        when = f"{when} {_reach(period, partial, words)}"
        if change is None:
            return words("headline.incomplete", when=when, n=now)
    if change is None:
        return words("headline.happened", when=when, n=now)
    difference, _, n_wards = change
    if n_wards < frame["n_incidents"].notna().sum():
        return words(
            "headline.happened_partly",
            when=when,
            n=now,
            direction=_direction(difference, words),
            n_wards=n_wards,
            compare=words(f"compare.{compare}"),
        )
    return words(
        "headline.compared",
        when=when,
        n=now,
        direction=_direction(difference, words),
        compare=words(f"compare.{compare}"),
    )


def _reach(period: Period, partial: Period, words: Words) -> str:
    late, early = partial.start > period.start, partial.end < period.end
    key = "span" if late and early else "since" if late else "until"
    return words(f"headline.{key}", start=partial.start, end=partial.end)


def compare_totals(measured: Measured) -> tuple[int, float, int] | None:
    """Difference, z and number of wards, over the wards known in both periods; None without any."""
    frame = measured.frame
    if "n_incidents_previous" not in frame:
        return None
    both = frame[["n_incidents", "n_incidents_previous"]].dropna()
    if both.empty:
        return None
    now, before = both["n_incidents"].sum(), both["n_incidents_previous"].sum()
    return round(now - before), 2 * (math.sqrt(now) - math.sqrt(before)), len(both)


def _direction(difference: int, words: Words) -> str:
    if difference == 0:
        return words("headline.equal")
    return words("headline.rise" if difference > 0 else "headline.fall", n=abs(difference))


def _concentrated(frame: pd.DataFrame, words: Words) -> str:
    ranked = frame["n_incidents"].dropna().sort_values(ascending=False)
    total = ranked.sum()
    if total == 0:
        return words("headline.none")
    k = int((ranked.cumsum() < HALF * total).sum()) + 1
    text = words("headline.concentrated", k=k, of=len(frame))
    targets = list(frame.index[frame["status"] == TARGET_STATUS]) if "status" in frame else list[str]()
    if len(targets):
        share = 100 * frame.loc[targets, "n_incidents"].sum() / total
        text += words("headline.target_share", n=len(targets), share=words.number(share))
    return text + words("headline.stop")


def make_tiles(measured: Measured, compare: str, partial: Period | None, words: Words) -> tuple[Tile, ...]:
    """Incidents, target areas, lasting concentration, working cameras, and what is not known."""
    frame = measured.frame
    unknown = _unknown_tile(frame, words)
    how = words("trace.unknown_formula")
    tiles = {
        "n_incidents": make_incident_tile(measured, compare, partial, words),
        "status" if "status" in frame else "old_in_programme": _target_tile(measured, words),
        "hotspot_level": _lasting_tile(measured, words),
        "n_cameras_working": _camera_tile(frame, words),
    }
    traced = [
        replace(tile, trace=trace(measured, key, words)) if key in frame else tile
        for key, tile in tiles.items()
    ]
    told = replace(trace(measured, "n_incidents", words), name=unknown.label, formula=how)
    return (*traced, replace(unknown, trace=told))


def make_incident_tile(measured: Measured, compare: str, partial: Period | None, words: Words) -> Tile:
    """Incidents of the period and what may be said of the change."""
    frame, label = measured.frame, words("tile.incidents")
    if "n_incidents" not in frame or frame["n_incidents"].isna().all():
        return Tile(label, words("tile.none"), sentence=words("tile.incidents_none"))
    value = words.number(frame["n_incidents"].sum())
    change = compare_totals(measured)
    if change is None:
        return Tile(label, value, sentence=words("tile.incomplete" if partial else "tile.no_comparison"))
    difference, z, n_wards = change
    sign = "▲" if difference > 0 else "▼" if difference < 0 else "="
    beside = (
        f"{sign} {words('tile.n_incidents', n=abs(difference))}" if difference else words("headline.equal")
    )
    before = round(frame.loc[frame["n_incidents"].notna(), "n_incidents_previous"].sum())
    verdict = words("tile.signal" if abs(z) >= SIGNAL_Z else "tile.chance")
    tone = "" if abs(z) < SIGNAL_Z else "worse" if difference > 0 else "better"
    is_whole = n_wards == int(frame["n_incidents"].notna().sum())
    sentence = words(
        "tile.compared" if is_whole else "tile.compared_partly",
        compare=words(f"compare.{compare}"),
        before=before,
        n_wards=n_wards,
        verdict=verdict,
    )
    return Tile(label, value, beside, tone, sentence)  # type: ignore[arg-type]


def _target_tile(measured: Measured, words: Words) -> Tile:
    frame, label = measured.frame, words("tile.targets")
    if "status" not in frame or frame["status"].isna().all():
        if "old_in_programme" in frame:
            return _parts_tile(measured, words)
        return Tile(label, words("tile.none"), sentence=words("tile.targets_none"))
    targets = frame[frame["status"] == TARGET_STATUS]
    n_parents = int(frame.loc[frame["parent"] != "", "parent"].nunique())
    per_parent = targets["parent"].value_counts()
    year = str(measured.status_year or "")
    if n_parents and len(per_parent) == n_parents and (per_parent == 1).all():
        sentence = words("tile.one_per_parent", year=year)
    else:
        sentence = words("tile.targets_in", n=len(per_parent), of=n_parents, year=year)
    beside = words("tile.of_parents", n=n_parents) if n_parents else ""
    return Tile(label, words.number(len(targets)), beside, sentence=sentence)


def _parts_tile(measured: Measured, words: Words) -> Tile:
    """On later boundaries: how many wards hold old units that were in the programme."""
    shares = measured.frame["old_in_programme"].dropna()
    n, period = sum(share.n > 0 for share in shares), measured.question.period
    year = str(period.end.year) if period else ""
    sentence = words("parts.why", year=year) if year else words("parts.why_once")
    return Tile(words("parts.wards"), words.number(n), words("tile.wards"), sentence=sentence)


def _lasting_tile(measured: Measured, words: Words) -> Tile:
    frame, label = measured.frame, words("tile.lasting")
    n = measured.history.shape[1]
    k = persistence_k(n)
    if "hotspot_level" not in frame or not k:
        return Tile(label, words("tile.none"), sentence=words("tile.lasting_none"))
    lasting = int(frame["hotspot_level"].isin(["k_trong_n_ky", "ca_hai"]).sum())
    return Tile(
        label, words.number(lasting), words("tile.wards"), sentence=words("tile.lasting_why", k=k, n=n)
    )


def _camera_tile(frame: pd.DataFrame, words: Words) -> Tile:
    label = words("tile.cameras")
    if "n_cameras" not in frame or frame["n_cameras"].isna().all():
        return Tile(label, words("tile.none"), sentence=words("tile.cameras_none"))
    told = frame[frame["n_cameras_working"].notna()]
    unknown = int((frame["n_cameras"].notna() & frame["n_cameras_working"].isna()).sum())
    if told.empty:
        return Tile(
            label,
            words("tile.none"),
            words("tile.of", n=round(frame["n_cameras"].sum())),
            sentence=words("tile.working_unknown"),
        )
    installed, working = round(told["n_cameras"].sum()), round(told["n_cameras_working"].sum())
    share = words.number(100 * working / installed, decimals=1) if installed else words("tile.none")
    sentence = words("tile.working", share=share)
    sentence += words("tile.working_rest", n=unknown) if unknown else ""
    return Tile(label, words.number(working), words("tile.of", n=installed), sentence=sentence)


def _unknown_tile(frame: pd.DataFrame, words: Words) -> Tile:
    label = words("tile.unknown")
    if "n_incidents" not in frame:
        return Tile(
            label, words.number(len(frame)), words("tile.wards"), sentence=words("tile.incidents_none")
        )
    missing = frame[frame["n_incidents"].isna()]
    if missing.empty:
        return Tile(label, words.number(0), words("tile.wards"), sentence=words("tile.all_sent"))
    names = [name_with_type(str(name), words) for name in missing["ward_name"][:NAMES_SHOWN]]
    listed = ", ".join(names) + (" …" if len(missing) > NAMES_SHOWN else "")
    return Tile(
        label, words.number(len(missing)), words("tile.wards"), sentence=words("tile.not_sent", names=listed)
    )
