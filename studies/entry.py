"""One ward's figure, typed by hand: a new figure, or a correction of one on file.

A correction is a new revision of the dataset that holds the figure; what stood before stays readable.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from errors import BadOption, NotComparable
from geo.findings import Finding
from geo.frames import Joined, Kind, Period, Source, Wards
from geo.names import fold
from store.admission import is_outside
from store.records import Dataset
from store.repository import Store

FILE_NAME = "nhap-tay"


@dataclass(frozen=True)
class Typed:
    """What a person typed. n: the count (of incidents, cameras or residents). Incidents name their period and
    perhaps a category; a status its year; cameras perhaps how many work.

    source: who says so, shown with the figure.
    """

    kind: Kind
    ward_code: str
    n: float = 1.0
    period: Period | None = None
    category: str | None = None
    n_working: float | None = None
    year: int | None = None
    status: str | None = None
    source: str = ""


@dataclass(frozen=True)
class Standing:
    """What is on file for the same thing. dataset: the one that a correction revises, None where there is
    none yet. n, n_working, status: None where nothing is told."""

    dataset: Dataset | None
    n: float | None = None
    n_working: float | None = None
    status: str | None = None


def look_up(store: Store, area_id: int, typed: Typed) -> Standing:
    """What is on file now. Raises NotComparable: `typed_overlap` where the ward's figures on file are of days
    that overlap the typed ones without being the same (a month inside a year would count twice);
    `typed_points` where what is typed is on file by place alone, for a table is counted instead of points;
    `typed_version` where the days lie wholly outside those in which the boundaries were in force."""
    _refuse_other_version(store, area_id, typed)
    dataset = _find_dataset(store, area_id, typed)
    if dataset is None:
        _refuse_points(store, area_id, typed)
        return Standing(None)
    rows = store.load_dataset(dataset.id).rows
    found = rows[_is_same(rows, typed)]
    if found.empty:
        if typed.kind == "incidents" and not _speaks_of(rows, typed):
            _refuse_points(store, area_id, typed)
        _refuse_overlap(rows, dataset, typed)
        return Standing(dataset)
    return Standing(
        dataset,
        n=_known(found["n"].sum(min_count=1)),
        n_working=_known(found["n_working"].sum(min_count=1)) if "n_working" in found else None,
        status=next(iter(found["status"].dropna()), None) if "status" in found else None,
    )


def keep_typed(store: Store, area_id: int, wards: Wards, typed: Typed, *, by: str = "") -> int:
    """Keep the figure and return the dataset's id. Raises BadOption for a figure that cannot be."""
    _check(typed, wards)
    standing = look_up(store, area_id, typed)
    if standing.dataset is None:
        joined = Joined(
            typed.kind,
            _make_row(typed, 0),
            version=wards.version,
            source=Source(name=typed.source or FILE_NAME, file=FILE_NAME),
        )
        return _keep(store, area_id, joined, typed, standing, by)
    joined = store.load_dataset(standing.dataset.id)
    rows = joined.rows
    same = _is_same(rows, typed)
    place = int(rows.loc[same, "row"].iloc[0]) if same.any() else int(rows["row"].max()) + 1
    # A list of categories would not take one that is new to it.
    listed = [name for name in rows.columns if isinstance(rows[name].dtype, pd.CategoricalDtype)]
    rows = rows.astype(dict.fromkeys(listed, object))
    added = _make_row(typed, place).reindex(columns=rows.columns)
    added = added.astype({name: rows[name].dtype for name in rows.columns})
    merged = pd.concat([rows[~same], added], ignore_index=True).sort_values("row", kind="stable")
    joined = replace(joined, rows=merged.reset_index(drop=True))
    return _keep(store, area_id, joined, typed, standing, by)


def _keep(store: Store, area_id: int, joined: Joined, typed: Typed, standing: Standing, by: str) -> int:
    dataset = standing.dataset
    facts: dict[str, object] = {
        "ward_code": typed.ward_code,
        "before": _say(typed, standing),
        "after": typed.status or typed.n,
    }
    seen = " ".join(part for part in (_say_period(typed), typed.category or "") if part)
    remark = Finding("TypedByHand", "info", dataset.file_name if dataset else FILE_NAME, seen, facts)
    earlier: Sequence[Finding] = dataset.findings if dataset else ()
    return store.keep(
        area_id,
        joined,
        file_name=dataset.file_name if dataset else FILE_NAME,
        sha256=hashlib.sha256(joined.rows.to_csv(index=False).encode()).hexdigest(),
        findings=(*earlier, remark),
        replace=False,
        by=by,
        supersedes=dataset.id if dataset else None,
    )


def _say(typed: Typed, standing: Standing) -> object:
    before = standing.status if typed.kind == "status" else standing.n
    return "–" if before is None else before


def _say_period(typed: Typed) -> str:
    if typed.period is None:
        return "" if typed.year is None else str(typed.year)
    return f"{typed.period.start.isoformat()}..{typed.period.end.isoformat()}"


def _check(typed: Typed, wards: Wards) -> None:
    if typed.ward_code not in wards.frame.index:
        raise BadOption("typed_ward", value=typed.ward_code)
    if typed.kind == "status":
        if typed.status is None or typed.year is None:
            raise BadOption("typed_status")
        return
    if not np.isfinite(typed.n) or typed.n < 0 or typed.n != int(typed.n):
        raise BadOption("typed_number", value=typed.n)
    if typed.kind == "incidents" and typed.period is None:
        raise BadOption("typed_period")
    if typed.n_working is not None and not 0 <= typed.n_working <= typed.n:
        raise BadOption("typed_working", value=typed.n_working, of=typed.n)


def _find_dataset(store: Store, area_id: int, typed: Typed) -> Dataset | None:
    """The table that holds the figure; else, for incidents, the one of the same days; else the only one of
    the kind. Point files are left alone: a typed number is no place."""
    tables = [
        entry for entry in store.list_datasets(area_id) if entry.kind == typed.kind and not entry.by_place
    ]
    if typed.kind == "incidents":
        tables = [entry for entry in tables if _overlaps(entry, typed)]
    holding = [entry for entry in tables if _is_same(store.load_dataset(entry.id).rows, typed).any()]
    return next(iter(holding or tables), None)


def _overlaps(entry: Dataset, typed: Typed) -> bool:
    if entry.period_start is None or entry.period_end is None or typed.period is None:
        return False
    return entry.period_start <= typed.period.end and typed.period.start <= entry.period_end


def _is_same(rows: pd.DataFrame, typed: Typed) -> pd.Series:
    """Rows that tell the same thing of the same ward."""
    same = rows["ward_code"] == typed.ward_code
    if typed.kind == "incidents" and typed.period is not None:
        same &= rows["start"] == pd.Timestamp(typed.period.start)
        same &= rows["end"] == pd.Timestamp(typed.period.end)
        same &= rows["category"].isna() if typed.category is None else _is_category(rows, typed.category)
        if "measure" in rows:
            same &= rows["measure"] == "occurred"
    if typed.kind == "status":
        same &= rows["year"] == typed.year
    return same.fillna(False).astype(bool)


def _is_category(rows: pd.DataFrame, category: str) -> pd.Series:
    """As counting compares categories: however the letters are composed or capitalised."""
    said = rows["category"].dropna().unique()
    return rows["category"].isin([text for text in said if fold(text) == fold(category)])


def _speaks_of(rows: pd.DataFrame, typed: Typed) -> bool:
    """Whether a table tells anything of the typed days."""
    assert typed.period is not None
    start, end = pd.Timestamp(typed.period.start), pd.Timestamp(typed.period.end)
    return bool(((rows["start"] <= end) & (rows["end"] >= start)).any())


def _refuse_points(store: Store, area_id: int, typed: Typed) -> None:
    if typed.kind not in ("incidents", "cameras"):
        return
    points = [entry for entry in store.list_datasets(area_id) if entry.kind == typed.kind and entry.by_place]
    if typed.kind == "incidents":
        points = [entry for entry in points if _overlaps(entry, typed)]
    if points:
        raise NotComparable("typed_points", file=points[0].file_name)


def _refuse_other_version(store: Store, area_id: int, typed: Typed) -> None:
    area = next(area for area in store.list_areas() if area.id == area_id)
    if typed.kind != "incidents" or typed.period is None:
        return
    if is_outside(typed.period, area.valid_from, area.valid_to):
        raise NotComparable(
            "typed_version", start=typed.period.start, end=typed.period.end, known=area.version or area.title
        )


def _refuse_overlap(rows: pd.DataFrame, dataset: Dataset, typed: Typed) -> None:
    if typed.kind != "incidents" or typed.period is None:
        return
    start, end = pd.Timestamp(typed.period.start), pd.Timestamp(typed.period.end)
    mine = rows[(rows["ward_code"] == typed.ward_code) & (rows["start"] <= end) & (rows["end"] >= start)]
    other_days = (mine["start"] != start) | (mine["end"] != end)
    other_parts = mine["category"].isna() != (typed.category is None)
    clash = mine[other_days | other_parts]
    if len(clash):
        raise NotComparable(
            "typed_overlap",
            file=dataset.file_name,
            start=clash["start"].iloc[0].date(),
            end=clash["end"].iloc[0].date(),
        )


def _make_row(typed: Typed, place: int) -> pd.DataFrame:
    row: dict[str, object] = {
        "row": place,
        "ward_code": typed.ward_code,
        "method": "code",
        "outcome": "joined",
        "distance_m": np.nan,
        "n": float(typed.n),
    }
    if typed.kind == "incidents" and typed.period is not None:
        row |= {
            "start": pd.Timestamp(typed.period.start),
            "end": pd.Timestamp(typed.period.end),
            "category": typed.category,
            "severity": None,
            "known_by": None,
            "measure": "occurred",
            "unit": None,
            "qualifier": "",
            "longitude": np.nan,
            "latitude": np.nan,
        }
    if typed.kind == "cameras":
        working = np.nan if typed.n_working is None else float(typed.n_working)
        row |= {"n_working": working, "qualifier": "", "source": typed.source or None}
        row |= {"longitude": np.nan, "latitude": np.nan}
    if typed.kind == "status":
        row |= {"year": float(typed.year or 0), "status": typed.status, "source": typed.source or None}
    frame = pd.DataFrame([row])
    words = [
        name for name in ("category", "severity", "known_by", "unit", "source", "status") if name in frame
    ]
    frame[words] = frame[words].astype(object)
    days = [name for name in ("start", "end") if name in frame]
    return frame.astype(dict.fromkeys(days, "datetime64[us]"))


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
