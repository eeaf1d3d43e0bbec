"""A table of harm weights on its way in: read whole, shown, then kept for one area or for every area."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from geo.findings import Finding
from geo.harm import HarmWeights
from geo.reading.read import list_layers, read_table
from geo.rows.harm_rows import Weighed, read_weights
from store.repository import Store
from studies.intake import Received, receive


@dataclass(frozen=True)
class WeightsTrial:
    """A read table, not kept yet. weights: (category, weight) in the table's order, at least one."""

    received: Received
    weights: Weighed
    findings: tuple[Finding, ...]

    @property
    def lowest(self) -> float:
        return min(weight for _, weight in self.weights)

    @property
    def highest(self) -> float:
        return max(weight for _, weight in self.weights)


def try_weights(
    received: Received,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    decimal_mark: str | None = None,
) -> WeightsTrial:
    """Read the table (the first sheet unless one is named). Raises what reading a table raises,
    MissingColumns, SeveralChoices and BrokenWeights."""
    sheets = list_layers(received.path)
    first = sheets[0] if len(sheets) > 1 else None
    table = read_table(received.path, sheet=sheet or first, encoding=encoding)
    weights, findings = read_weights(table, decimal_mark=decimal_mark)
    return WeightsTrial(received, weights, findings)


def keep_weights(
    store: Store,
    area_id: int | None,
    trial: WeightsTrial,
    valid_from: dt.date,
    *,
    source: str = "",
    by: str = "",
) -> bool:
    """Whether the store changed. area_id None: for every area. source: the document that set the weights."""
    name = trial.received.path.stem
    told = HarmWeights(name, valid_from, trial.weights, source or trial.received.name)
    before = store.revision()
    store.keep_harm_weights(area_id, told, by=by)
    return store.revision() != before


def import_weights(
    store: Store,
    path: Path,
    area_id: int | None,
    valid_from: dt.date,
    *,
    source: str = "",
    by: str = "",
    sheet: str | None = None,
    encoding: str | None = None,
    decimal_mark: str | None = None,
) -> tuple[WeightsTrial, bool]:
    """What was read, and whether the store changed: `cli.py import --as weights`."""
    trial = try_weights(receive([path]), sheet=sheet, encoding=encoding, decimal_mark=decimal_mark)
    return trial, keep_weights(store, area_id, trial, valid_from, source=source, by=by)
