"""A table of harm weights from a file, for one join: read, dated, and kept nowhere."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from errors import BadOption
from geo.findings import Finding
from geo.harm import HarmWeights
from geo.reading.days import parse_period
from geo.reading.read import read_table
from geo.rows.harm_rows import read_weights


@dataclass(frozen=True)
class WeightsFile:
    """A file and the first day on which its weights hold."""

    path: Path
    valid_from: dt.date


@dataclass(frozen=True)
class LoadedWeights:
    """The table and the remarks on its file."""

    weights: HarmWeights
    findings: tuple[Finding, ...]


def ask_weights(path: Path | None, day: str | None) -> WeightsFile | None:
    """What a person named; None for neither. Raises BadOption (reasons `weights_from`, `weights_file`) for a
    file without its day or a day without a file, and what `parse_period` raises."""
    if path is None and day is None:
        return None
    if path is None:
        raise BadOption("weights_file")
    if day is None:
        raise BadOption("weights_from", file=path.name)
    return WeightsFile(path, parse_period(day).start)


def load_weights(file: WeightsFile) -> LoadedWeights:
    """Read the whole table. Raises what reading a table raises, MissingColumns and BrokenWeights."""
    weights, findings = read_weights(read_table(file.path))
    return LoadedWeights(HarmWeights(file.path.stem, file.valid_from, weights, file.path.name), findings)
