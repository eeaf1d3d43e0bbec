"""A crosswalk held against the outlines and totals of both its versions.

Outlines of two sources never agree to the metre: shares of a few percent are noise along borders. So a
contradiction is told, and the mended crosswalk is proposed; neither is acted on here.
"""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import metric_crs
from geo.findings import Finding, list_examples
from geo.frames import Wards
from geo.versions.crosswalk import Crosswalk

SLIVER_SHARE = 0.02
WHOLE_SHARE = 0.80
SUM_TOLERANCE = 0.01
TIE_TOLERANCE = 0.10
MOST_TOLD = 20


def check_crosswalk(crosswalk: Crosswalk, old: Wards, new: Wards) -> tuple[Crosswalk, tuple[Finding, ...]]:
    """The crosswalk with unknown area weights measured, and what does not fit.

    Each row is held against the outlines: a part with under 2 % of the old unit's area inside the new one,
    or a whole unit with under 80 %, contradicts them. Weights of a divided unit must sum to 1 (± 0.01).
    Residents and areas of a new unit must be those of its parts (± 10 %) where all are known.
    """
    file = crosswalk.source.file
    measured = measure_shares(crosswalk, old, new)
    findings = _list_contradictions(crosswalk, measured, old, new)
    findings += _list_uncovered(crosswalk, old, new)
    findings += _list_wrong_sums(crosswalk.rows, file)
    filled, filling = _fill_weights(crosswalk, measured)
    findings += filling
    findings += _list_untied(filled.rows, old, new, "population", file)
    findings += _list_untied(filled.rows, old, new, "area", file)
    return filled, tuple(findings)


def propose_correction(crosswalk: Crosswalk, old: Wards, new: Wards) -> Crosswalk | None:
    """The crosswalk without the parts that the outlines deny, for a person to confirm; None when there is
    nothing to drop. The only part that is left becomes whole; where several are left, their weights are
    raised to sum to 1 again. A whole unit that contradicts the outlines is left as it is.
    """
    rows, measured = crosswalk.rows, measure_shares(crosswalk, old, new)
    is_sliver = ~rows["whole"] & (measured < SLIVER_SHARE)
    has_other = (~is_sliver).groupby(rows["old_code"]).transform("any")
    dropped = is_sliver & has_other
    if not dropped.any():
        return None
    touched = rows["old_code"].isin(rows.loc[dropped, "old_code"])[~dropped]
    kept, inside = rows[~dropped].copy(), measured[~dropped]
    alone = kept.groupby("old_code")["new_code"].transform("size") == 1
    kept["whole"] = kept["whole"] | (touched & alone & (inside >= WHOLE_SHARE))
    for name in ("weight_population", "weight_area"):
        sums = kept.groupby("old_code")[name].transform("sum")
        raised = kept[name].where(~touched | (sums <= 0), kept[name] / sums)
        kept[name] = raised.mask(kept["whole"], 1.0)
    return replace(crosswalk, rows=kept.reset_index(drop=True))


def measure_shares(crosswalk: Crosswalk, old: Wards, new: Wards) -> pd.Series:
    """Share of the old unit's area that lies inside the new one, row by row, on an equal-area plane."""
    before, after = _to_common_metres(old, new)
    inner = np.asarray(before.loc[crosswalk.rows["old_code"]])
    outer = np.asarray(after.loc[crosswalk.rows["new_code"]])
    shares = shapely.area(shapely.intersection(inner, outer)) / shapely.area(inner)
    return pd.Series(shares, index=crosswalk.rows.index)


def _to_common_metres(old: Wards, new: Wards) -> tuple[gpd.GeoSeries, gpd.GeoSeries]:
    bounds = np.vstack([old.frame.total_bounds, new.frame.total_bounds])
    west, south = bounds[:, :2].min(axis=0)
    east, north = bounds[:, 2:].max(axis=0)
    crs = metric_crs((west, south, east, north))
    return old.frame.geometry.to_crs(crs), new.frame.geometry.to_crs(crs)


def _list_contradictions(crosswalk: Crosswalk, measured: pd.Series, old: Wards, new: Wards) -> list[Finding]:
    rows, file = crosswalk.rows, crosswalk.source.file
    denied = np.where(rows["whole"], measured < WHOLE_SHARE, measured < SLIVER_SHARE)
    findings = []
    for row, share in zip(rows[denied].itertuples(), measured[denied], strict=True):
        facts: dict[str, object] = {
            "old_code": row.old_code,
            "old_name": old.frame.at[row.old_code, "ward_name"],
            "new_code": row.new_code,
            "new_name": new.frame.at[row.new_code, "ward_name"],
            "share_pct": round(100 * float(share), 2),
        }
        seen = f"{row.old_code} → {row.new_code}"
        findings.append(Finding("CrosswalkContradictsShapes", "error", file, seen, facts))
    more = len(findings) - MOST_TOLD
    if more > 0:
        findings = [
            *findings[:MOST_TOLD],
            Finding("CrosswalkContradictsMore", "error", file, "", {"n": more}),
        ]
    return findings


def _list_uncovered(crosswalk: Crosswalk, old: Wards, new: Wards) -> list[Finding]:
    """Old units that lead nowhere, and new ones that nothing leads to; of these, those that lie elsewhere
    are no fault of the table."""
    rows, file = crosswalk.rows, crosswalk.source.file
    lost = old.frame[~old.frame.index.isin(rows["old_code"])]
    orphans = new.frame[~new.frame.index.isin(rows["new_code"])]
    before, after = _to_common_metres(old, new)
    territory, shapes = shapely.union_all(before.to_numpy()), np.asarray(after.loc[orphans.index])
    inside = shapely.area(shapely.intersection(shapes, territory)) > 0.5 * shapely.area(shapes)
    findings = []
    for code, severity, units in (
        ("CrosswalkOldMissing", "error", lost),
        ("CrosswalkNewMissing", "warning", orphans[inside]),
        ("CrosswalkNewElsewhere", "info", orphans[~inside]),
    ):
        if len(units):
            seen = list_examples(units.index + " " + units["ward_name"])
            findings.append(Finding(code, severity, file, seen, {"n": len(units)}))  # type: ignore[arg-type]
    return findings


def _list_wrong_sums(rows: pd.DataFrame, file: str) -> list[Finding]:
    findings = []
    for name, code in (
        ("weight_population", "CrosswalkPopulationSum"),
        ("weight_area", "CrosswalkAreaSum"),
    ):
        sums = rows.groupby("old_code")[name].sum(min_count=1)
        complete = rows[name].notna().groupby(rows["old_code"]).all()
        wrong = sums[complete & ((sums - 1).abs() > SUM_TOLERANCE)]
        if len(wrong):
            seen = list_examples(f"{old_code}: {total:.3f}" for old_code, total in wrong.items())
            findings.append(Finding(code, "error", file, seen, {"n": len(wrong)}))
    return findings


def _fill_weights(crosswalk: Crosswalk, measured: pd.Series) -> tuple[Crosswalk, list[Finding]]:
    """Area weights of divided units without any, from the outlines: each part's share of all parts."""
    rows = crosswalk.rows
    unknown = rows["weight_area"].isna().groupby(rows["old_code"]).transform("any") & ~rows["whole"]
    sums = measured.groupby(rows["old_code"]).transform("sum")
    unknown &= sums > 0
    if not unknown.any():
        return crosswalk, []
    weights = rows["weight_area"].mask(unknown, measured / sums)
    units = rows.loc[unknown, "old_code"].unique()
    finding = Finding(
        "CrosswalkAreaMeasured", "info", crosswalk.source.file, list_examples(units), {"n": len(units)}
    )
    return replace(crosswalk, rows=rows.assign(weight_area=weights)), [finding]


def _list_untied(rows: pd.DataFrame, old: Wards, new: Wards, what: str, file: str) -> list[Finding]:
    """New units whose total is not that of their parts. Two dates or two sources explain a few percent."""
    column, code = {
        "population": ("population", "CrosswalkPopulationDiffers"),
        "area": ("area_km2", "CrosswalkAreaDiffers"),
    }[what]
    parts = rows[f"weight_{what}"] * old.frame[column].reindex(rows["old_code"]).to_numpy()
    sums = parts.groupby(rows["new_code"]).agg(lambda part: part.sum(skipna=False))
    told = new.frame[column].reindex(sums.index)
    apart = (sums - told).abs() > TIE_TOLERANCE * told
    if not apart.any():
        return []
    seen = list_examples(
        f"{name} {here:.6g} / {there:.6g}"
        for name, here, there in zip(
            new.frame.loc[sums.index[apart], "ward_name"], told[apart], sums[apart], strict=True
        )
    )
    return [Finding(code, "warning", file, seen, {"n": int(apart.sum())})]
