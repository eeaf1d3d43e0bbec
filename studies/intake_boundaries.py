"""Ward boundaries on their way in: looked at, tried with settled columns, then kept whole."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from errors import AppError, NotComparable
from geo.check import check_wards
from geo.columns import BoundaryColumns, guess_boundaries
from geo.findings import Finding
from geo.frames import Source, Wards
from geo.read import Layer, list_layers, read_boundaries
from geo.registry import Entry, find_entry
from store.repository import Store
from studies.intake import Received

# EPSG code of VN-2000 by its central meridian: TM-3 zones of the provinces.
VN2000_MERIDIANS = {
    "EPSG:5896": "102°00'", "EPSG:9205": "103°00'", "EPSG:9206": "104°00'", "EPSG:9207": "104°30'",
    "EPSG:9208": "104°45'", "EPSG:5897": "105°00'", "EPSG:9209": "105°30'", "EPSG:9210": "105°45'",
    "EPSG:9211": "106°00'", "EPSG:9212": "106°15'", "EPSG:9213": "106°30'", "EPSG:9214": "107°00'",
    "EPSG:9215": "107°15'", "EPSG:9216": "107°30'", "EPSG:5899": "107°45'", "EPSG:5898": "108°00'",
    "EPSG:9217": "108°15'", "EPSG:9218": "108°30'",
}  # fmt: skip


@dataclass(frozen=True)
class BoundaryProposal:
    """A layer of outlines and what its columns seem to be.

    entry: what the registry knows of a file with these bytes. trouble: why the guess is not whole.
    """

    received: Received
    layers: tuple[str, ...]
    layer: Layer
    crs_given: str | None
    guess: BoundaryColumns
    entry: Entry | None
    trouble: AppError | None

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(str(name) for name in self.layer.frame.columns if name != "geometry")


@dataclass(frozen=True)
class BoundaryTrial:
    """Checked wards, not kept yet. key: the same for the same reading of the same file."""

    wards: Wards
    findings: tuple[Finding, ...]
    key: str
    title: str


def look_at_boundaries(
    received: Received, registry_folder: Path, *, layer: str | None = None, crs: str | None = None
) -> BoundaryProposal:
    """Read outlines (the first layer unless one is named) and propose their columns.

    Raises UnreadableFile, UnknownCrs (fact `suggestion`), TooLarge.
    """
    layers = tuple(list_layers(received.path))
    read = read_boundaries(received.path, layer=layer or (layers[0] if layers else None), crs=crs)
    entry = find_entry(received.path, registry_folder)
    names = [str(name) for name in read.frame.columns if name != "geometry"]
    known = entry.columns if entry else BoundaryColumns()
    try:
        guess, trouble = guess_boundaries(names, known, file=read.file), None
    except AppError as error:
        guess, trouble = BoundaryColumns(), error
    return BoundaryProposal(received, layers, read, crs, guess, entry, trouble)


def try_boundaries(
    proposal: BoundaryProposal, columns: BoundaryColumns, *, title: str = "", version: str | None = None
) -> BoundaryTrial:
    """Check the outlines as settled. A file of the registry keeps the version known there.

    Raises MissingColumns, DuplicateCodes, UnreadableFile, NotComparable (reason `registry_version`).
    """
    entry, received = proposal.entry, proposal.received
    known = entry.version if entry else None
    if known and version and version != known:
        raise NotComparable("registry_version", file=received.name, given=version, known=known)
    version, title = known or version, title or (entry.title if entry else received.path.stem)
    source = entry.source if entry else Source(name=received.name, file=received.name, sha256=received.sha256)
    chosen = {columns.code, columns.name, columns.parent, columns.population, "geometry"}
    frame = proposal.layer.frame
    kept = frame[[name for name in frame.columns if name in chosen]]
    wards, findings, used = check_wards(
        replace(proposal.layer, frame=kept), columns, version=version, source=source
    )
    return BoundaryTrial(wards, findings, _make_key(proposal, used, version), title)


def _make_key(proposal: BoundaryProposal, used: BoundaryColumns, version: str | None) -> str:
    """Read with other columns it is another area, for its codes mean something else."""
    entry = proposal.entry
    if entry and used == proposal.guess and proposal.crs_given is None and version == entry.version:
        return entry.key
    reading = repr((proposal.layer.layer, proposal.crs_given, used, version))
    return f"{proposal.received.path.stem[:80]}-{hashlib.sha256(reading.encode()).hexdigest()[:8]}"


def keep_boundaries(store: Store, trial: BoundaryTrial) -> tuple[int, bool]:
    """The area's id, and whether it is new: what was kept before stays as it was."""
    known = {area.id for area in store.list_areas()}
    area_id = store.keep_boundaries(trial.wards, key=trial.key, title=trial.title)
    return area_id, area_id not in known
