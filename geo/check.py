"""A layer as read -> Wards, or a refusal. From here on no function checks boundaries again."""

import geopandas as gpd
import pandas as pd
import shapely

from errors import DuplicateCodes, UnreadableFile
from geo.cells import to_code, to_number
from geo.columns import BoundaryColumns, guess_boundaries
from geo.crs import to_metres
from geo.findings import Finding, list_examples
from geo.frames import Source, Wards
from geo.names import fold
from geo.read import Layer

M2_PER_KM2 = 1e6


def check_wards(
    layer: Layer, given: BoundaryColumns, *, version: str | None, source: Source, title: str = ""
) -> tuple[Wards, tuple[Finding, ...], BoundaryColumns]:
    """Repair what can be repaired (and say so), refuse what cannot.

    Rows of one code, name and parent are dissolved into one ward. Rows without an outline or without
    a code are left out with a finding. Raises MissingColumns, DuplicateCodes, UnreadableFile.
    """
    columns = guess_boundaries(
        [name for name in layer.frame.columns if name != layer.frame.geometry.name], given, file=layer.file
    )
    findings = [*layer.findings]
    if columns.code == columns.name:
        findings.append(Finding("CodeFromName", "warning", layer.file, str(columns.name)))
    frame = _take_columns(layer, columns, findings)
    frame = _repair(frame, layer.file, findings)
    if frame.empty:
        raise UnreadableFile("no_wards", file=layer.file)
    frame = _merge_parts(frame, layer.file, findings).set_index("ward_code")
    area_km2 = to_metres(frame[["geometry"]]).area / M2_PER_KM2
    order = ["ward_name", "parent", "population", "area_km2", "geometry"]
    checked = gpd.GeoDataFrame(frame.assign(area_km2=area_km2)[order], geometry="geometry", crs="EPSG:4326")
    if version is None:
        findings.append(Finding("VersionUnknown", "warning", layer.file))
    crs_read = layer.crs.name if layer.crs is not None else ""
    wards = Wards(checked, version=version, source=source, crs_read=crs_read, title=title)
    return wards, tuple(findings), columns


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


def _repair(frame: gpd.GeoDataFrame, file: str, findings: list[Finding]) -> gpd.GeoDataFrame:
    empty = (frame.geometry.isna() | frame.geometry.is_empty).to_numpy()
    nameless = (frame["ward_code"] == "").to_numpy()
    for code, mask in (("NullGeometry", empty), ("BlankCode", nameless & ~empty)):
        if mask.any():
            seen = list_examples(frame.loc[mask, "ward_code"] + " " + frame.loc[mask, "ward_name"])
            findings.append(Finding(code, "error", file, seen.strip(), {"n": int(mask.sum())}))
    frame = frame[~empty & ~nameless].reset_index(drop=True)
    broken = ~frame.geometry.is_valid.to_numpy()
    if broken.any():
        seen = list_examples(frame.loc[broken, "ward_code"])
        findings.append(Finding("InvalidGeometry", "warning", file, seen, {"n": int(broken.sum())}))
        geometry = frame.geometry.to_numpy().copy()
        geometry[broken] = [_polygons_of(shapely.make_valid(shape)) for shape in geometry[broken]]
        frame = frame.set_geometry(gpd.GeoSeries(geometry, crs="EPSG:4326"))
        frame = frame[~frame.geometry.is_empty].reset_index(drop=True)
    return frame


def _polygons_of(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(shape) if shapely.get_dimensions(part) == 2]
    return shapely.union_all(parts) if parts else shapely.MultiPolygon()


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
