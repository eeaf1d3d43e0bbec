"""A joined file asked for further measures: the study behind `measure`."""

from dataclasses import asdict, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from errors import UnknownIndicator
from geo.cluster_search import N_PERMUTATIONS
from geo.derive import NEEDS, Derived, derive
from geo.indicators import INDICATORS
from i18n.messages import Words
from layers.naming import NAMED, write_value
from studies.concentration_words import write_chance
from studies.joined_file import (
    FORMATS,
    WARD_COLUMNS,
    Writer,
    check_ending,
    check_outputs,
    meta_path,
    plan_joined,
    plan_json,
    read_joined,
    write_all,
    write_meta,
)
from studies.ward_table import BoundaryFile, load_wards


def measure_file(
    joined: Path,
    keys: list[str],
    out: Path,
    words: Words,
    *,
    boundaries: Path | None = None,
    basis: str | None = None,
    n_permutations: int = N_PERMUTATIONS,
    registry_folder: Path,
) -> tuple[str, ...]:
    """Write the wards with the asked indicators, and beside them what they rest on. Gives lines to show.

    Indicators that the joined file holds are taken from it, others are made from those (`geo.derive`). basis,
    n_permutations: of clusters. Raises BadOption, UnknownFormat, UnknownIndicator, NoData, TooFewWards, and
    what reading does.
    """
    check_ending(out, FORMATS)
    check_outputs(out, None, {}, inputs=(joined, boundaries))
    unknown = next((key for key in keys if key not in INDICATORS), None)
    if unknown is not None:
        raise UnknownIndicator("derived", key=unknown, keys=", ".join(NEEDS))
    wards = load_wards(BoundaryFile(boundaries), registry_folder).wards if boundaries else None
    measured = read_joined(joined, boundaries=wards)
    keys = list(dict.fromkeys(keys))
    derived = derive(measured, keys, basis=basis, n_permutations=n_permutations)
    made = [key for key in keys if key not in measured.frame]
    write_all(_plan(derived, keys, made, out, words))
    lines = [words("cli.written", file=out.name, n=len(measured.frame))]
    lines += [_write_line(derived.measured.frame[key], key, words) for key in keys]
    if derived.chance:
        lines.append(write_chance(derived.chance, derived.measured, words))
    return tuple(lines)


def _write_line(values: pd.Series, key: str, words: Words) -> str:
    """How many wards have a value; of an indicator of classes, how many each."""
    name, n = words(f"indicator.{key}.name"), int(values.notna().sum())
    if INDICATORS[key].family not in NAMED:
        return words("measure.line", name=name, n=n)
    counts = values.value_counts()
    told = "; ".join(f"{write_value(key, str(value), words)} {count}" for value, count in counts.items())
    return words("measure.classes", name=name, told=told or words("legend.no_data"))


def _plan(derived: Derived, keys: list[str], made: list[str], out: Path, words: Words) -> dict[Path, Writer]:
    """The table with the asked columns alone, and its meta with formula and source of each. made: those that
    the joined file did not hold."""
    measured = derived.measured
    frame = gpd.GeoDataFrame(measured.frame[[*WARD_COLUMNS, *keys, "geometry"]], crs="EPSG:4326")
    chosen = replace(measured, frame=frame)
    meta = write_meta(chosen) | {
        "indicators": {
            key: {part: words(f"indicator.{key}.{part}") for part in ("name", "unit", "formula", "source")}
            for key in keys
        },
        "chance": asdict(derived.chance) if derived.chance else None,
        "derived": made,
    }
    return plan_joined(chosen, out) | plan_json(meta, meta_path(out))
