"""A layer as read -> Wards, or a refusal. From here on no function checks boundaries again."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely

from errors import DuplicateCodes, UnreadableFile
from geo.boundaries.repair import repair_outlines
from geo.boundaries.topology import Coverage, check_coverage
from geo.boundaries.topology_findings import list_coverage_findings
from geo.crs import to_metres
from geo.findings import Finding, list_examples
from geo.frames import Source, Wards
from geo.names import fold
from geo.reading.cells import to_code, to_number
from geo.reading.columns import BoundaryColumns, guess_boundaries
from geo.reading.read import Layer

M2_PER_KM2 = 1e6
LEAST_AREA_M2 = 1.0


@dataclass(frozen=True)
class Checked:
    """Wards with everything the check found out. columns: as given or guessed."""

    wards: Wards
    findings: tuple[Finding, ...]
    columns: BoundaryColumns
    coverage: Coverage


def check_wards(
    layer: Layer, given: BoundaryColumns, *, version: str | None, source: Source, title: str = ""
) -> tuple[Wards, tuple[Finding, ...], BoundaryColumns]:
    """As `check_boundaries`, without the coverage itself; its findings are among the others."""
    checked = check_boundaries(layer, given, version=version, source=source, title=title)
    return checked.wards, checked.findings, checked.columns


def check_boundaries(
    layer: Layer, given: BoundaryColumns, *, version: str | None, source: Source, title: str = ""
) -> Checked:
    """Repair what can be repaired (and say so), refuse what cannot, tell where wards do not fit together.

    Rows of one code, name and parent are dissolved into one ward. Rows without an outline, an area or a
    code are left out with a finding. Raises MissingColumns, DuplicateCodes, UnreadableFile.
    """
    columns = guess_boundaries(
        [name for name in layer.frame.columns if name != layer.frame.geometry.name], given, file=layer.file
    )
    findings = [*layer.findings]
    if columns.code == columns.name:
        findings.append(Finding("CodeFromName", "warning", layer.file, str(columns.name)))
    frame = _take_columns(layer, columns, findings)
    frame, repairs = repair_outlines(_leave_out_unusable(frame, layer.file, findings), layer.file)
    findings += repairs
    if frame.empty:
        raise UnreadableFile("no_wards", file=layer.file)
    frame = _merge_parts(frame, layer.file, findings).set_index("ward_code")
    area_m2 = to_metres(frame[["geometry"]]).area
    if (is_tiny := area_m2 < LEAST_AREA_M2).any():
        seen = list_examples(frame.index[is_tiny])
        findings.append(Finding("TinyWards", "warning", layer.file, seen, {"n": int(is_tiny.sum())}))
    order = ["ward_name", "parent", "population", "area_km2", "geometry"]
    placed = frame.assign(area_km2=area_m2 / M2_PER_KM2)[order]
    checked = gpd.GeoDataFrame(placed, geometry="geometry", crs="EPSG:4326")
    if version is None:
        findings.append(Finding("VersionUnknown", "warning", layer.file))
    coverage = check_coverage(checked)
    findings += list_coverage_findings(coverage, checked["ward_name"], layer.file)
    crs_read = layer.crs.name if layer.crs is not None else ""
    wards = Wards(checked, version=version, source=source, crs_read=crs_read, title=title)
    return Checked(wards, tuple(findings), columns, coverage)


def _take_columns(layer: Layer, columns: BoundaryColumns, findings: list[Finding]) -> gpd.GeoDataFrame:
    read = layer.frame

    def text(column: str | None) -> pd.Series:
        if column is None:
            return pd.Series("", index=read.index, dtype=object)
        return to_code(read[column]).fillna("").astype(str).str.strip()

    population = pd.Series(float("nan"), index=read.index)
    if columns.population is not None:
        population, bad, _ = to_number(read[columns.population])
        if bad.any():
            seen = list_examples(read[columns.population][bad])
            where = f"{layer.file}:{columns.population}"
            findings.append(Finding("NotANumber", "warning", where, seen, {"n": int(bad.sum())}))
    return gpd.GeoDataFrame(
        {
            "ward_code": text(columns.code),
            "ward_name": text(columns.name),
            "parent": text(columns.parent),
            "population": population,
        },
        geometry=shapely.force_2d(read.geometry.to_numpy()),
        crs="EPSG:4326",
    )


def _leave_out_unusable(frame: gpd.GeoDataFrame, file: str, findings: list[Finding]) -> gpd.GeoDataFrame:
    empty = (frame.geometry.isna() | frame.geometry.is_empty).to_numpy()
    nameless = (frame["ward_code"] == "").to_numpy()
    for code, mask in (("NullGeometry", empty), ("BlankCode", nameless & ~empty)):
        if mask.any():
            seen = list_examples(frame.loc[mask, "ward_code"] + " " + frame.loc[mask, "ward_name"])
            findings.append(Finding(code, "error", file, seen.strip(), {"n": int(mask.sum())}))
    return frame[~empty & ~nameless].reset_index(drop=True)


def _merge_parts(frame: gpd.GeoDataFrame, file: str, findings: list[Finding]) -> gpd.GeoDataFrame:
    repeated = frame["ward_code"].duplicated(keep=False)
    if not repeated.any():
        return frame
    same = frame["ward_name"].map(fold) + "|" + frame["parent"].map(fold)
    kinds = same[repeated].groupby(frame.loc[repeated, "ward_code"]).nunique()
    clashing = kinds[kinds > 1].index
    if len(clashing):
        names = frame.loc[frame["ward_code"].isin(clashing), "ward_code"] + " " + frame["ward_name"]
        raise DuplicateCodes("names", file=file, n=len(clashing), codes=list_examples(names.dropna()))
    seen = list_examples(frame.loc[repeated, "ward_code"])
    findings.append(Finding("DissolvedParts", "warning", file, seen, {"n": len(kinds)}))
    first = frame.drop_duplicates("ward_code").set_index("ward_code")
    shapes = frame.geometry.to_numpy()
    places = frame.groupby("ward_code", sort=False).indices
    merged = [shapely.union_all(shapes[places[code]]) for code in first.index]
    geometry = gpd.GeoSeries(merged, index=first.index, crs="EPSG:4326")
    return first.set_geometry(geometry).reset_index()
