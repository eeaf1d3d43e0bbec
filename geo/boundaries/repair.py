"""Broken outlines made valid, and what that did to each ward.

An outline that crosses itself has no true area: `before_m2` is what its points add up to, where parts run
round the other way count against the rest. The file is never changed.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.crs import to_metres
from geo.findings import Finding, list_examples

NOTABLE_CHANGE = 0.01
# Narrower than about a centimetre all along.
FLAT_DEGREES = 1e-7
REASONS = {
    "Self-intersection": "crossing",
    "Ring Self-intersection": "touching_itself",
    "Hole lies outside shell": "hole_outside",
    "Holes are nested": "nested",
    "Nested shells": "nested",
    "Duplicate Rings": "doubled",
    "Interior is disconnected": "cut_apart",
    "Too few points in geometry component": "too_few_points",
}


def repair_outlines(frame: gpd.GeoDataFrame, file: str) -> tuple[gpd.GeoDataFrame, tuple[Finding, ...]]:
    """frame: columns ward_code, ward_name, geometry in degrees, none missing or empty.

    InvalidGeometry carries `wards`, per repaired row: code, reason (a value of REASONS or "other"),
    before_m2, after_m2. A row that has no area is left out (NoArea).
    """
    shapes = frame.geometry.to_numpy()
    is_broken = ~shapely.is_valid(shapes)
    findings: list[Finding] = []
    if is_broken.any():
        before = _area(frame)
        mended = shapes.copy()
        mended[is_broken] = [_polygons_of(shapely.make_valid(shape)) for shape in shapes[is_broken]]
        reasons = [name_reason(text) for text in shapely.is_valid_reason(shapes[is_broken])]
        frame = frame.set_geometry(gpd.GeoSeries(mended, index=frame.index, crs=frame.crs))
        table = pd.DataFrame(
            {
                "code": frame["ward_code"],
                "called": _call(frame),
                "before_m2": before,
                "after_m2": _area(frame),
            }
        )[is_broken].assign(reason=reasons)
        findings = _report(table, file)
    return _leave_out_flat(frame, file, findings)


def _report(table: pd.DataFrame, file: str) -> list[Finding]:
    columns = [table["code"], table["reason"], table["before_m2"].round(), table["after_m2"].round()]
    wards = tuple(zip(*(column.tolist() for column in columns), strict=True))
    facts: dict[str, object] = {"n": len(table), "wards": wards}
    findings = [Finding("InvalidGeometry", "warning", file, list_examples(table["code"]), facts)]
    change = (table["after_m2"] - table["before_m2"]).abs()
    notable = table[change > NOTABLE_CHANGE * table["after_m2"]]
    if len(notable):
        worst = notable.iloc[int(change[notable.index].to_numpy().argmax())]
        seen = list_examples(notable["called"])
        areas: dict[str, object] = {
            "n": len(notable),
            "worst": str(worst["called"]),
            "before_m2": round(float(worst["before_m2"])),
            "after_m2": round(float(worst["after_m2"])),
        }
        findings.append(Finding("RepairChangedArea", "warning", file, seen, areas))
    return findings


def _leave_out_flat(
    frame: gpd.GeoDataFrame, file: str, findings: list[Finding]
) -> tuple[gpd.GeoDataFrame, tuple[Finding, ...]]:
    shapes = frame.geometry.to_numpy()
    # In degrees: on the plane a straight line between far points is a little bent, and has an area.
    is_flat = 2 * shapely.area(shapes) <= FLAT_DEGREES * shapely.length(shapes)
    if is_flat.any():
        seen = list_examples(_call(frame)[is_flat])
        findings = [*findings, Finding("NoArea", "error", file, seen, {"n": int(is_flat.sum())})]
    return frame[~is_flat].reset_index(drop=True), tuple(findings)


def name_reason(text: str) -> str:
    """`Self-intersection[105.1 10.2]` -> `crossing`."""
    return REASONS.get(text.partition("[")[0].strip(), "other")


def _area(frame: gpd.GeoDataFrame) -> NDArray[np.float64]:
    if frame.geometry.is_empty.all():
        return np.zeros(len(frame))
    return np.abs(to_metres(frame[["geometry"]]).area.to_numpy())


def _call(frame: gpd.GeoDataFrame) -> pd.Series:
    return frame["ward_name"].where(frame["ward_name"] != "", frame["ward_code"])


def _polygons_of(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(shape) if shapely.get_dimensions(part) == 2]
    return shapely.union_all(parts) if parts else shapely.MultiPolygon()
