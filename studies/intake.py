"""A table on its way in: looked at, joined for a trial, then kept or refused, whole.

Nothing is written before `keep_trial`. A guessed column is a proposal; what is settled replaces it, and a
role that was settled as "no column" is not guessed again.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from errors import AppError, BadOption, NotComparable, NothingMatched, UnreadableFile
from geo.boundaries.registry import hash_file
from geo.findings import Finding
from geo.frames import Joined, Kind, Source, Wards
from geo.matching.aliases import Alias
from geo.reading.columns import CountColumn, TableColumns, find_column, guess_counts, guess_place
from geo.reading.forbidden import refuse_operational
from geo.reading.read import Table, list_layers, read_table
from geo.rows.facts import join_table, list_roles
from store.admission import check_overlap, find_period
from store.records import Dataset
from store.repository import Store

KINDS: tuple[Kind, ...] = ("incidents", "cameras", "population", "status")
MAIN_PARTS = (".shp", ".tab", ".mif")
# Roles that are still proposed when the whole guess was refused.
FALLBACK: dict[Kind, dict[str, str]] = {
    "incidents": {"category": "category", "date": "date"},
    "cameras": {"working": "camera_working"},
    "population": {},
    "status": {"value": "status_value", "year": "status_year"},
}
COUNTED: dict[Kind, str] = {"incidents": "incident_count", "cameras": "camera_count"}


@dataclass(frozen=True)
class Received:
    """A file as it was handed over. path: of a loose shapefile its `.shp`. sha256: of all its parts."""

    path: Path
    sha256: str

    @property
    def name(self) -> str:
        return self.path.name


@dataclass(frozen=True)
class TableProposal:
    """A table and what its columns seem to be.

    sheets: of a workbook or layers of a vector file. guess: column by role, with `count` among them.
    trouble: why the guess is not whole; None when the table could be joined as it is.
    """

    received: Received
    kind: Kind
    sheets: tuple[str, ...]
    table: Table
    guess: dict[str, str]
    trouble: AppError | None
    encoding: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(str(name) for name in self.table.frame.columns)

    @property
    def has_place(self) -> bool:
        """Coordinates were found, in the shapes or in two columns."""
        return self.table.points or {"longitude", "latitude"} <= self.guess.keys()


@dataclass(frozen=True)
class Settled:
    """What a person said of a table. Columns left None are not used; `by_key` decides key or coordinates."""

    columns: TableColumns
    points_crs: str = "EPSG:4326"
    version: str | None = None
    complete: bool = False
    illustrative: bool = False
    title: str = ""


@dataclass(frozen=True)
class Trial:
    """A joined table, not kept yet. aliases: the confirmed spellings it was joined with."""

    proposal: TableProposal
    settled: Settled
    joined: Joined
    findings: tuple[Finding, ...]
    aliases: tuple[Alias, ...] = ()


@dataclass(frozen=True)
class Beside:
    """Files of one kind in use. alike: in the same form (a table, or points), which a new one may replace;
    other_form: points beside a table or a table beside points, perhaps of the same things."""

    alike: tuple[Dataset, ...]
    other_form: tuple[Dataset, ...]


def receive(paths: Sequence[Path]) -> Received:
    """One file, or the loose parts of one shapefile or MapInfo table; UnreadableFile for anything else."""
    if missing := next((path for path in paths if not path.is_file()), None):
        raise UnreadableFile("not_found", file=missing.name)
    if len(paths) == 1:
        return Received(paths[0], hash_file(paths[0]))
    main = [path for path in paths if path.suffix.lower() in MAIN_PARTS]
    if not main:
        raise UnreadableFile("several_files", file=", ".join(path.name for path in paths))
    if len(main) > 1 or any(path.stem != main[0].stem for path in paths):
        raise UnreadableFile("several_shapefiles", file=", ".join(path.name for path in paths))
    parts = sorted((path.suffix.lower(), hash_file(path)) for path in paths)
    return Received(main[0], hashlib.sha256(repr(parts).encode()).hexdigest())


def look_at_table(
    received: Received,
    kind: Kind,
    *,
    sheet: str | None = None,
    crs: str | None = None,
    encoding: str | None = None,
) -> TableProposal:
    """Read a table (the first sheet or layer unless one is named) and propose its columns.

    crs: of a point file that does not say. encoding: of its letters, where a person said which. Raises
    UnreadableFile, UnknownCrs, UnknownEncoding, TooLarge.
    """
    sheets = tuple(list_layers(received.path))
    chosen = sheet or (sheets[0] if len(sheets) > 1 else None)
    table = read_table(received.path, sheet=chosen, crs=crs, encoding=encoding)
    if kind == "cameras":
        refuse_operational(table)
    guess, trouble = _guess(table, kind)
    return TableProposal(received, kind, sheets, table, guess, trouble, encoding)


def _guess(table: Table, kind: Kind) -> tuple[dict[str, str], AppError | None]:
    guess: dict[str, str] = {}
    try:
        placed = guess_place(table.frame, TableColumns(), file=table.file, points=table.points)
        for role in ("key", "name", "parent", "longitude", "latitude"):
            if column := getattr(placed, role):
                guess[role] = column
        return list_roles(table, kind, placed), None
    except AppError as error:
        for role, stem in FALLBACK[kind].items():
            if column := find_column(table.frame.columns, stem, taken=guess.values()):
                guess[role] = column
        return guess | _guess_count(table, kind, guess), error


def _guess_count(table: Table, kind: Kind, guess: dict[str, str]) -> dict[str, str]:
    """The one column of counts; nothing where two would do or none."""
    if kind not in COUNTED:
        return {}
    try:
        counts = guess_counts(table.frame, TableColumns(**guess), COUNTED[kind], file=table.file)  # type: ignore[arg-type]
    except AppError:
        return {}
    return {"count": counts[0].column} if counts else {}


def try_table(
    wards: Wards,
    proposal: TableProposal,
    settled: Settled,
    *,
    aliases: Sequence[Alias] = (),
    must_match: bool = True,
) -> Trial:
    """Join the table as settled; the store is not touched.

    aliases: confirmed spellings. must_match: False lets the join doctor see a table of which nothing matched.
    Raises NotComparable, MissingColumns, SeveralChoices, NothingMatched, BadOption.
    """
    received, columns = proposal.received, settled.columns
    if wards.version and settled.version and wards.version != settled.version:
        raise NotComparable("version", file=received.name, given=settled.version, known=wards.version)
    _check_counts(columns.counts)
    source = Source(
        name=settled.title or received.name,
        file=received.name,
        sha256=received.sha256,
        illustrative=settled.illustrative,
    )
    joined, findings, _ = join_table(
        wards,
        _keep_settled(proposal.table, columns),
        proposal.kind,
        columns,
        points_crs=settled.points_crs,
        complete=settled.complete and proposal.kind == "status",
        version=settled.version,
        source=source,
        aliases=aliases,
        must_match=must_match,
    )
    return Trial(proposal, settled, joined, findings, tuple(aliases))


def _check_counts(counts: tuple[CountColumn, ...]) -> None:
    """Several count columns must say what each one stands for, or they would be one number in parts."""
    unclear = [count.column for count in counts if count.category is None and count.period is None]
    if unclear and len({count.measure for count in counts}) < len(counts):
        raise BadOption("count_meaning", column=unclear[0])


def _keep_settled(table: Table, columns: TableColumns) -> Table:
    """The table without the columns that nobody chose, so that none of them is guessed again."""
    chosen = [value for field in fields(columns) if isinstance(value := getattr(columns, field.name), str)]
    chosen += [count.column for count in columns.counts]
    if table.points:
        chosen += ["longitude", "latitude"]
    if source := find_column(table.frame.columns, "source"):
        chosen.append(source)
    kept = [name for name in table.frame.columns if name in set(chosen)]
    return replace(table, frame=table.frame[kept])


def find_beside(store: Store, area_id: int, trial: Trial) -> Beside:
    """The files of that kind in use, without an earlier reading of this one."""
    identity = identify(trial.proposal)
    others = [
        dataset
        for dataset in store.list_datasets(area_id)
        if dataset.kind == trial.joined.kind and dataset.sha256 != identity
    ]
    is_alike = [dataset.by_place == trial.joined.by_place for dataset in others]
    return Beside(
        tuple(dataset for dataset, alike in zip(others, is_alike, strict=True) if alike),
        tuple(dataset for dataset, alike in zip(others, is_alike, strict=True) if not alike),
    )


def should_replace(trial: Trial, beside: Beside) -> bool:
    """Whether standing beside the files in use would count something twice: for incidents when days overlap
    or are unknown, for everything else always."""
    if trial.joined.kind != "incidents":
        return True
    try:
        name = trial.proposal.received.name
        check_overlap(trial.joined, find_period(trial.joined), beside.alike, file_name=name)
    except NotComparable:
        return True
    return False


def identify(proposal: TableProposal) -> str:
    """Two sheets of one workbook are two files."""
    if len(proposal.sheets) < 2:
        return proposal.received.sha256
    return hashlib.sha256(f"{proposal.received.sha256}\n{proposal.table.sheet}".encode()).hexdigest()


def keep_trial(
    store: Store,
    area_id: int,
    trial: Trial,
    *,
    replace: bool,
    by: str = "",
    remember: Sequence[Alias] = (),
) -> int:
    """Keep the joined table whole, with the spellings to remember, or nothing at all.

    Raises NothingMatched, NoData, NotComparable, StoreUnavailable.
    """
    if not trial.joined.tally_rows()["joined"]:
        column = trial.settled.columns.key or ""
        reason = "by_place" if trial.joined.by_place else "by_key"
        n = trial.joined.tally_rows()["given"]
        raise NothingMatched(reason, file=trial.proposal.received.name, n=n, column=column)
    return store.keep(
        area_id,
        trial.joined,
        file_name=trial.proposal.received.name,
        sha256=identify(trial.proposal),
        findings=trial.findings,
        replace=replace,
        by=by,
        aliases=remember,
    )
