"""Proposed camera places as a file with its `.meta.json`, and in words. The file is internal and says so."""

import dataclasses
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from briefing.table import to_csv, to_xlsx
from geo.cover.siting import Siting
from i18n.messages import Words
from studies.joined_file import FORMATS, Writer, check_ending, meta_path, plan_json
from studies.report import write_findings
from studies.siting import SitingAnswer

COLUMNS = ("number", "longitude", "latitude", "name", "ward_code", "ward_name", "gain", "cumulative")
MOST_TOLD = 20
MODEL = (
    "maximal covering location (Church & ReVelle 1974): max sum(w_i y_i), "
    "y_i <= sum(a_ij x_j), sum(x_j) <= k, x_j in {0,1}; working cameras kept"
)


def as_table(answer: SitingAnswer) -> pd.DataFrame:
    """COLUMNS, one row per place in order; gains are whole numbers where all are."""
    sites = answer.siting.sites
    names = answer.boundaries.wards.frame["ward_name"].reindex(sites["ward_code"]).to_numpy()
    table = sites.assign(ward_name=names)[list(COLUMNS)]
    gains = table[["gain", "cumulative"]]
    return table.astype({"gain": int, "cumulative": int}) if np.all(gains == gains.round()) else table


def plan_sites_file(answer: SitingAnswer, path: Path, words: Words) -> dict[Path, Writer]:
    """How to write the places by the file's ending, and the meta beside it. Raises UnknownFormat."""
    check_ending(path, FORMATS)
    table = as_table(answer)
    points = gpd.points_from_xy(table["longitude"], table["latitude"])
    layer = gpd.GeoDataFrame(table, geometry=points, crs="EPSG:4326")
    notes = {path.name: words("siting.internal")}
    writers: dict[str, Writer] = {
        ".gpkg": lambda target: layer.to_file(target, driver="GPKG", layer="sites", engine="pyogrio"),
        ".geojson": lambda target: layer.to_file(target, driver="GeoJSON", engine="pyogrio"),
        ".parquet": lambda target: layer.to_parquet(target, index=False),
        ".csv": lambda target: target.write_bytes(to_csv(table)),
        ".xlsx": lambda target: target.write_bytes(to_xlsx(table, title="sites", notes=notes)),
    }
    return {path: writers[path.suffix.lower()], **plan_json(write_meta(answer), meta_path(path))}


def write_meta(answer: SitingAnswer) -> dict[str, Any]:
    """What the places rest on, as plain JSON. seed: nothing here is left to chance."""
    siting, question, wards = answer.siting, answer.question, answer.boundaries.wards
    period = question.period
    return {
        "internal": True,
        "formula": MODEL,
        "seed": None,
        "method": siting.method,
        "gap_pct": siting.gap_pct,
        "bound": siting.bound,
        "k": siting.k,
        "radius_m": siting.radius_m,
        "n_located": siting.n_located,
        "n_demand": siting.n_demand,
        "n_reachable": siting.n_reachable,
        "n_covered": siting.n_covered,
        "candidates": {
            "origin": answer.candidates.origin,
            "step_m": answer.candidates.step_m if answer.candidates.path is None else None,
            **dataclasses.asdict(siting.candidates),
        },
        "curve": siting.curve.to_dict("records"),
        "period": {"start": period.start.isoformat(), "end": period.end.isoformat()} if period else None,
        "selection": dataclasses.asdict(question.selection),
        "within": list(question.within),
        "version": wards.version,
        "place": wards.title,
        "boundary_source": dataclasses.asdict(wards.source),
        "sources": [dataclasses.asdict(source) for source in answer.sources],
        "illustrative": wards.source.illustrative or any(source.illustrative for source in answer.sources),
        "schematic": wards.source.schematic,
    }


def write_total(siting: Siting, words: Words) -> str:
    """How many of the unseen incidents the places reach together."""
    return words(
        "siting.total",
        n=siting.n_covered,
        of=siting.n_demand,
        pct=words.number(100 * siting.n_covered / siting.n_demand, decimals=1),
        radius=siting.radius_m,
        k=len(siting.sites),
    )


def write_proof(siting: Siting, words: Words) -> str:
    """How good the choice is known to be."""
    return words(f"siting.{siting.method}", gap=words.number(siting.gap_pct, decimals=1), bound=siting.bound)


def write_lines(answer: SitingAnswer, path: Path, words: Words) -> list[str]:
    """What was found and written, a line for each of the first MOST_TOLD places, that the file is internal,
    and the findings."""
    siting = answer.siting
    lines = [words("siting.written", file=path.name, n=len(siting.sites))]
    lines += [write_total(siting, words), write_proof(siting, words)]
    for site in as_table(answer).head(MOST_TOLD).to_dict("records"):
        place = ", ".join(text for text in (site["name"], site["ward_name"]) if text)
        told = {name: site[name] for name in ("number", "gain", "cumulative")}
        lines.append("  " + words("siting.site", place=place, **told))
    if (n_more := len(siting.sites) - MOST_TOLD) > 0:
        lines.append(words("siting.more", n=n_more))
    lines += [words("siting.caution"), words("siting.internal")]
    return lines + [f"- {line}" for line in write_findings(answer.findings, words)]
