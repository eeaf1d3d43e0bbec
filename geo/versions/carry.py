"""Facts of an old boundary version on the wards that followed: exact where a ward went whole, estimated
where it was divided.

Only forward: nothing tells which of its old parts a count of a new ward came from. An estimate spreads a
ward's count by its residents or its area, as if incidents did; a small part's true count may be nothing
like it. Points are placed anew and need no estimate. A status is not carried: see `count_status`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd

from errors import NotComparable
from geo.findings import Finding
from geo.frames import Joined, Period, Wards
from geo.join import place_points
from geo.register import read_status
from geo.versions.crosswalk import Crosswalk
from geo.versions.sharing import By, share_out

OUT_OF_PROGRAMME = "khong_thuoc_dien"


def carry(
    joined: Joined, crosswalk: Crosswalk, new: Wards, *, by: By = "population"
) -> tuple[Joined, tuple[Finding, ...]]:
    """The same facts on the new wards; totals are kept, left-over rows stay left over.

    A row of a whole ward gets the new code and method `whole`. A row of a divided ward becomes one per
    part, its counts multiplied by the part's weight, method `estimated`: by the weights asked for where all
    parts have them, else by the other ones; which, is told. Rows with coordinates are placed anew.

    Raises NotComparable: `version` the facts or wards are of another version; `backwards` asked from new to
    old; `status` a status cannot be divided or summed. Raises BrokenCrosswalk for rows of a ward that the
    crosswalk does not lead on: `missing`, or divided without usable weights: `no_weight`, `weights`.
    """
    _check_versions(joined, crosswalk, new)
    if joined.kind == "status":
        raise NotComparable("status", file=joined.source.file)
    rows, findings = _place_anew(joined, new) if joined.by_place else share_out(joined, crosswalk, new, by)
    carried = replace(joined, rows=rows, version=crosswalk.new_version)
    given, kept = float(joined.rows["n"].sum()), float(rows["n"].sum())
    if abs(given - kept) > 1e-6 * max(1.0, given):
        raise AssertionError(f"counts were lost: given {given}, carried {kept}")
    return carried, tuple(findings)


def find_whole(crosswalk: Crosswalk) -> pd.Series:
    """Per new_code: made of whole wards only, so that its counts before and after can be compared."""
    return crosswalk.rows.groupby("new_code")["whole"].all()


def count_status(
    facts: Sequence[Joined],
    crosswalk: Crosswalk,
    year: int | None = None,
    *,
    names: pd.Series | None = None,
) -> pd.DataFrame:
    """How many of each new ward's old ones were in the programme: index new_code, columns n_old_units,
    n_old_in_programme, n_old_unknown, old_names (of those in the programme, comma-separated).

    A divided ward counts in each of its new ones. year None: the newest on file. names: by old code; codes
    stand in for what it lacks. Empty without facts. Raises NotComparable (`version`).
    """
    columns = ["n_old_units", "n_old_in_programme", "n_old_unknown", "old_names"]
    if not facts:
        return pd.DataFrame(columns=columns, index=pd.Index([], name="new_code"))
    for fact in facts:
        _check_source(fact, crosswalk)
    codes = pd.Index(crosswalk.rows["old_code"].unique(), name="ward_code")
    shown = codes.to_series() if names is None else names.reindex(codes).fillna(codes.to_series())
    period = None if year is None else Period(dt.date(year, 1, 1), dt.date(year, 12, 31))
    status, _, _ = read_status(gpd.GeoDataFrame({"ward_name": shown}, index=codes), facts, period)
    told = crosswalk.rows["old_code"].map(status)
    in_programme = told.notna() & (told != OUT_OF_PROGRAMME)
    parts = pd.DataFrame(
        {
            "new_code": crosswalk.rows["new_code"],
            "in_programme": in_programme,
            "unknown": told.isna(),
            "name": crosswalk.rows["old_code"].map(shown).where(in_programme, None),
        }
    ).groupby("new_code")
    counted = [
        parts.size(),
        parts["in_programme"].sum(),
        parts["unknown"].sum(),
        parts["name"].agg(lambda part: ", ".join(part.dropna())),
    ]
    return pd.concat(counted, axis=1, keys=columns)


def _check_versions(joined: Joined, crosswalk: Crosswalk, new: Wards) -> None:
    if new.version == crosswalk.old_version or joined.version == crosswalk.new_version:
        raise NotComparable(
            "backwards", file=joined.source.file, given=crosswalk.new_version, known=crosswalk.old_version
        )
    _check_source(joined, crosswalk)
    if new.version != crosswalk.new_version:
        raise NotComparable(
            "version", file=new.source.file, given=new.version or "?", known=crosswalk.new_version
        )


def _check_source(joined: Joined, crosswalk: Crosswalk) -> None:
    if joined.version != crosswalk.old_version:
        raise NotComparable(
            "version", file=joined.source.file, given=joined.version or "?", known=crosswalk.old_version
        )


def _place_anew(joined: Joined, new: Wards) -> tuple[pd.DataFrame, list[Finding]]:
    """Joined rows by their coordinates; one that was given to the nearest ward may be again."""
    rows = joined.rows.copy()
    home = rows["outcome"] == "joined"
    reach = rows.loc[home & (rows["method"] == "nearest"), "distance_m"].max()
    longitude, latitude = (rows.loc[home, name].to_numpy(dtype=float) for name in ("longitude", "latitude"))
    placed = place_points(new, longitude, latitude, nearest_m=0.0 if np.isnan(reach) else reach + 1.0)
    rows.loc[home, list(placed.columns)] = placed.set_axis(rows.index[home])
    findings = [Finding("CarriedByPlace", "info", joined.source.file, "", {"n": int(home.sum())})]
    lost = home & (rows["outcome"] != "joined")
    if lost.any():
        findings.append(Finding("CarriedOutside", "warning", joined.source.file, "", {"n": int(lost.sum())}))
    return rows, findings
