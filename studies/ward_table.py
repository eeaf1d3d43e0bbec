"""Files in, one measured ward table out: the study behind `join`, and the ground of every other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from errors import AppError, NotComparable
from geo.boundaries.check import check_wards
from geo.boundaries.registry import find_entry, hash_file
from geo.findings import Finding
from geo.frames import Joined, Kind, Source, Wards
from geo.matching.aliases import Alias
from geo.measure import Measured, measure
from geo.question import Question
from geo.reading.columns import BoundaryColumns, TableColumns
from geo.reading.read import Layer, read_boundaries, read_table
from geo.rows.facts import join_table
from studies.refusals import tell_kind
from studies.weights_file import WeightsFile, load_weights


@dataclass(frozen=True)
class BoundaryFile:
    """A boundary file and what a person said of it."""

    path: Path
    layer: str | None = None
    crs: str | None = None
    version: str | None = None
    columns: BoundaryColumns = field(default_factory=BoundaryColumns)
    encoding: str | None = None


@dataclass(frozen=True)
class TableFile:
    """A table or point file and what a person said of it. points_crs: None is what the file declares, and
    degrees for a table."""

    path: Path
    kind: Kind
    sheet: str | None = None
    version: str | None = None
    columns: TableColumns = field(default_factory=TableColumns)
    points_crs: str | None = None
    only: str | None = None
    nearest_m: float = 0.0
    complete: bool = False
    source: Source | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class LoadedWards:
    """Wards, the remarks on their file, and the guessed columns by role."""

    wards: Wards
    findings: tuple[Finding, ...]
    guessed: dict[str, str]


@dataclass(frozen=True)
class JoinedFile:
    """A file's rows as facts, the remarks on it, and the guessed columns by role."""

    joined: Joined
    findings: tuple[Finding, ...]
    guessed: dict[str, str]


@dataclass(frozen=True)
class WardTable:
    """The measured table with everything it rests on. remarks: on the table of harm weights."""

    measured: Measured
    boundaries: LoadedWards
    files: tuple[JoinedFile, ...]
    remarks: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        of_files = [finding for file in self.files for finding in file.findings]
        return (*self.boundaries.findings, *of_files, *self.remarks, *self.measured.findings)


def load_wards(file: BoundaryFile, registry_folder: Path) -> LoadedWards:
    """Read and check boundaries; a file the registry knows brings its version, source and columns."""
    try:
        return _load(file, registry_folder)
    except AppError as error:
        tell_kind(error, "boundaries")
        raise


def _load(file: BoundaryFile, registry_folder: Path) -> LoadedWards:
    entry = find_entry(file.path, registry_folder)
    layer = read_boundaries(file.path, layer=file.layer, crs=file.crs, encoding=file.encoding)
    if entry is not None and file.crs is None:
        layer = trust_crs(layer)
    given = file.columns
    if entry is not None:
        given = BoundaryColumns(
            *(
                said or known
                for said, known in zip(
                    (given.code, given.name, given.parent, given.population),
                    (entry.columns.code, entry.columns.name, entry.columns.parent, entry.columns.population),
                    strict=True,
                )
            )
        )
    known = entry.version if entry else None
    if file.version and known and file.version != known:
        raise NotComparable("registry_version", file=file.path.name, given=file.version, known=known)
    source = (
        entry.source
        if entry
        else Source(
            name=file.path.name,
            file=file.path.name,
            sha256=hash_file(file.path) if file.path.is_file() else "",
        )
    )
    title = entry.title if entry else ""
    wards, findings, used = check_wards(
        layer, given, version=file.version or known, source=source, title=title
    )
    guessed = {
        role: column
        for role in ("code", "name", "parent", "population")
        if (column := getattr(used, role)) is not None and getattr(given, role) is None
    }
    return LoadedWards(wards, findings, guessed)


def trust_crs(layer: Layer) -> Layer:
    """Without the doubt about its reference system: of a registered file it is known, and schematic outlines
    lie off the places of their wards."""
    return replace(
        layer, findings=tuple(finding for finding in layer.findings if finding.code != "CrsMisfit")
    )


def join_file(wards: Wards, file: TableFile, *, aliases: Sequence[Alias] = ()) -> JoinedFile:
    """Read one table and join its rows. Raises NotComparable when the versions differ."""
    try:
        return _join(wards, file, aliases)
    except AppError as error:
        tell_kind(error, file.kind)
        raise


def _join(wards: Wards, file: TableFile, aliases: Sequence[Alias]) -> JoinedFile:
    if wards.version and file.version and wards.version != file.version:
        raise NotComparable("version", file=file.path.name, given=file.version, known=wards.version)
    table = read_table(file.path, sheet=file.sheet, crs=file.points_crs, encoding=file.encoding)
    sha256 = hash_file(file.path) if file.path.is_file() else ""
    source = file.source or Source(name=file.path.name, file=file.path.name, sha256=sha256)
    joined, findings, guessed = join_table(
        wards,
        table,
        file.kind,
        file.columns,
        points_crs=file.points_crs or "EPSG:4326",
        only=file.only,
        nearest_m=file.nearest_m,
        complete=file.complete,
        version=file.version,
        source=source,
        aliases=aliases,
    )
    return JoinedFile(joined, findings, guessed)


def make_ward_table(
    boundaries: BoundaryFile,
    tables: Sequence[TableFile],
    question: Question,
    *,
    registry_folder: Path,
    weights: WeightsFile | None = None,
    join: Callable[[Wards, TableFile], JoinedFile] = join_file,
    on_step: Callable[[str], None] = lambda step: None,
) -> WardTable:
    """The whole way from files to measures. join: how a table is joined, where not as one file. on_step is
    told the name of each file as it begins."""
    _refuse_versions(tables)
    on_step(boundaries.path.name)
    loaded = load_wards(boundaries, registry_folder)
    files = []
    for table in tables:
        on_step(table.path.name)
        files.append(join(loaded.wards, table))
    if weights is None:
        measured = measure(loaded.wards, [file.joined for file in files], question)
        return WardTable(measured, loaded, tuple(files))
    on_step(weights.path.name)
    harm = load_weights(weights)
    measured = measure(loaded.wards, [file.joined for file in files], question, harm.weights)
    return WardTable(measured, loaded, tuple(files), harm.findings)


def _refuse_versions(tables: Sequence[TableFile]) -> None:
    """Two tables of different boundary versions are refused even when the boundaries' own is not known."""
    for first, second in pairwise(table for table in tables if table.version):
        if first.version != second.version:
            raise NotComparable(
                "versions_differ",
                file=second.path.name,
                given=second.version,
                other=first.path.name,
                known=first.version,
            )
