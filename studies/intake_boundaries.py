"""Ward boundaries on their way in: looked at, tried with settled columns, then kept whole."""

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from errors import AppError, BadOption, NotComparable
from geo.boundaries.check import check_boundaries
from geo.boundaries.registry import Entry, find_entry
from geo.boundaries.topology import Coverage
from geo.findings import Finding
from geo.frames import BoundaryVersion, Source, Wards
from geo.reading.columns import BoundaryColumns, guess_boundaries
from geo.reading.read import Layer, list_layers, read_boundaries
from store.repository import Store
from studies.intake import Received
from studies.ward_table import trust_crs


@dataclass(frozen=True)
class BoundaryProposal:
    """A layer of outlines and what its columns seem to be.

    entry: what the registry knows of a file with these bytes. trouble: why the guess is not whole.
    """

    received: Received
    layers: tuple[str, ...]
    layer: Layer
    crs_given: str | None
    encoding_given: str | None
    guess: BoundaryColumns
    entry: Entry | None
    trouble: AppError | None

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(str(name) for name in self.layer.frame.columns if name != "geometry")


@dataclass(frozen=True)
class BoundaryTrial:
    """Checked wards, not kept yet. key: the same for the same reading of the same file.
    validity: the version with its days in force, None where no version is known."""

    wards: Wards
    findings: tuple[Finding, ...]
    coverage: Coverage
    key: str
    title: str
    validity: BoundaryVersion | None


def look_at_boundaries(
    received: Received,
    registry_folder: Path,
    *,
    layer: str | None = None,
    crs: str | None = None,
    encoding: str | None = None,
) -> BoundaryProposal:
    """Read outlines (the first layer unless one is named) and propose their columns.

    Raises UnreadableFile, UnknownCrs (facts `suggestion`, `candidates`), UnknownEncoding, TooLarge.
    """
    layers = tuple(list_layers(received.path))
    chosen = layer or (layers[0] if layers else None)
    read = read_boundaries(received.path, layer=chosen, crs=crs, encoding=encoding)
    entry = find_entry(received.path, registry_folder)
    if entry is not None and crs is None:
        read = trust_crs(read)
    names = [str(name) for name in read.frame.columns if name != "geometry"]
    known = entry.columns if entry else BoundaryColumns()
    try:
        guess, trouble = guess_boundaries(names, known, file=read.file), None
    except AppError as error:
        guess, trouble = BoundaryColumns(), error
    return BoundaryProposal(received, layers, read, crs, encoding, guess, entry, trouble)


def read_validity(version: str, first: str, last: str, basis: str) -> BoundaryVersion | None:
    """A version as typed: days as dd/mm/yyyy or empty. None when nothing is typed.

    Raises BadOption (reasons `day`, `days_order`, `version_needed`).
    """
    version, basis = version.strip(), basis.strip()
    valid_from, valid_to = read_day(first), read_day(last)
    if not version:
        if valid_from or valid_to or basis:
            raise BadOption("version_needed")
        return None
    if valid_from and valid_to and valid_to < valid_from:
        raise BadOption("days_order", first=valid_from, last=valid_to)
    return BoundaryVersion(version, valid_from, valid_to, basis)


def read_day(text: str) -> dt.date | None:
    """A day as typed, dd/mm/yyyy; None where nothing is. Raises BadOption (reason `day`)."""
    if not text.strip():
        return None
    try:
        return dt.datetime.strptime(text.strip(), "%d/%m/%Y").date()
    except ValueError as error:
        raise BadOption("day", value=text.strip()) from error


def try_boundaries(
    proposal: BoundaryProposal,
    columns: BoundaryColumns,
    *,
    title: str = "",
    version: str | None = None,
    validity: BoundaryVersion | None = None,
) -> BoundaryTrial:
    """Check the outlines as settled. validity: the version with its days, instead of `version` alone.
    A file of the registry keeps the version and the days known there.

    Raises MissingColumns, DuplicateCodes, UnreadableFile, NotComparable (reason `registry_version`).
    """
    entry, received = proposal.entry, proposal.received
    said = validity or (BoundaryVersion(version) if version else None)
    known = entry.validity if entry else None
    if known and said and said.id != known.id:
        raise NotComparable("registry_version", file=received.name, given=said.id, known=known.id)
    settled, title = known or said, title or (entry.title if entry else received.path.stem)
    source = entry.source if entry else Source(name=received.name, file=received.name, sha256=received.sha256)
    chosen = {columns.code, columns.name, columns.parent, columns.population, "geometry"}
    frame = proposal.layer.frame
    kept = frame[[name for name in frame.columns if name in chosen]]
    checked = check_boundaries(
        replace(proposal.layer, frame=kept), columns, version=settled.id if settled else None, source=source
    )
    key = _make_key(proposal, checked.columns, settled.id if settled else None)
    return BoundaryTrial(checked.wards, checked.findings, checked.coverage, key, title, settled)


def _make_key(proposal: BoundaryProposal, used: BoundaryColumns, version: str | None) -> str:
    """Read with other columns it is another area, for its codes mean something else."""
    entry = proposal.entry
    said = (proposal.crs_given, proposal.encoding_given)
    if entry and used == proposal.guess and said == (None, None) and version == entry.version:
        return entry.key
    encoding = (proposal.encoding_given,) if proposal.encoding_given else ()
    reading = repr((proposal.layer.layer, proposal.crs_given, used, version, *encoding))
    return f"{proposal.received.path.stem[:80]}-{hashlib.sha256(reading.encode()).hexdigest()[:8]}"


def keep_boundaries(store: Store, trial: BoundaryTrial) -> tuple[int, bool]:
    """The area's id, and whether it is new: what was kept before stays as it was."""
    known = {area.id for area in store.list_areas()}
    area_id = store.keep_boundaries(trial.wards, key=trial.key, title=trial.title, validity=trial.validity)
    return area_id, area_id not in known
