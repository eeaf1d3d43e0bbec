"""The commands that keep: import, datasets, backup, restore. They wire; they decide nothing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from config import Settings
from errors import BadOption
from geo.findings import Finding
from geo.frames import Source
from geo.periods import read_calendar
from geo.reading.cells import read_decimal_mark
from geo.reading.columns import BoundaryColumns, TableColumns, parse_count_option
from i18n.messages import Words, pick_words
from store.backup import restore_backup, write_backup
from store.opening import open_store
from store.repository import Store
from studies import listing, report
from studies.area_words import write_rows
from studies.catalogue_words import write_changes, write_counts
from studies.intake_areas import import_areas
from studies.intake_boundaries import read_day, read_validity
from studies.intake_catalogue import import_catalogue
from studies.intake_models import import_models
from studies.intake_proposals import import_proposals
from studies.intake_roads import import_roads
from studies.intake_weights import import_weights
from studies.joined_file import to_json
from studies.keeping import Imported, find_area, import_boundaries, import_crosswalk, import_table
from studies.model_words import write_tally as write_models_tally
from studies.proposal_words import write_tally
from studies.ward_table import BoundaryFile, TableFile

Text = str | None
REFUSED_EXIT = 2
EXTRAS = ("weights", "roads", "proposals", "areas", "catalogue", "models")
KINDS = ("boundaries", "incidents", "cameras", "population", "status", "crosswalk", *EXTRAS)
Database = Annotated[
    Text, typer.Option(help="Address of the store; else DIABAN_DATABASE, else the file in var/.")
]
Lang = Annotated[str, typer.Option(help="vi|en")]


@dataclass(frozen=True)
class Reading:
    """How a file is to be read, where a person said so."""

    sheet: Text
    crs: Text
    encoding: Text
    decimal_mark: Text


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("import")(import_file)
    app.command("datasets")(list_datasets)
    app.command("backup")(backup)
    app.command("restore")(restore)


def import_file(
    file: Annotated[Path, typer.Argument(help="The file to keep.")],
    as_kind: Annotated[str, typer.Option("--as", help="|".join(KINDS))],
    database: Database = None,
    area: Annotated[Text, typer.Option(help="Number, key or title of the boundaries to join to.")] = None,
    old_area: Annotated[Text, typer.Option(help="Of a crosswalk: the boundaries it leads from.")] = None,
    by: Annotated[str, typer.Option(help="Who hands the file in: post or unit.")] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Takes the place of the files of its kind in use.")
    ] = False,
    title: Annotated[
        str, typer.Option(help="Of boundaries: their title. Of a table or of roads: its source.")
    ] = "",
    version: Annotated[Text, typer.Option(help="Boundary version of the file.")] = None,
    valid_from: Annotated[
        Text, typer.Option(help="First day the boundaries, or the weights, were in force.")
    ] = None,
    valid_to: Annotated[Text, typer.Option(help="Last day the boundaries were in force.")] = None,
    basis: Annotated[str, typer.Option(help="Legal basis of the boundaries.")] = "",
    mended: Annotated[
        bool, typer.Option("--mended", help="Of a crosswalk: leave out the parts that the outlines deny.")
    ] = False,
    illustrative: Annotated[bool, typer.Option("--illustrative", help="Made-up data.")] = False,
    complete: Annotated[
        bool, typer.Option("--complete", help="The status list names every ward in the programme.")
    ] = False,
    sheet: Annotated[Text, typer.Option(help="Sheet of a workbook, or layer.")] = None,
    crs: Annotated[Text, typer.Option(help="Reference system, EPSG:n.")] = None,
    encoding: Annotated[Text, typer.Option(help="utf-8|tcvn3|vni|cp1258|cp1252")] = None,
    calendar: Annotated[Text, typer.Option(help="civil|police: what a month or year label means.")] = None,
    decimal_mark: Annotated[Text, typer.Option(help="Comma or dot, where 1.209 reads two ways.")] = None,
    default_year: Annotated[int | None, typer.Option(help="Year of days that name none.")] = None,
    code: Annotated[Text, typer.Option(help="Of boundaries: column of the ward code.")] = None,
    name: Annotated[Text, typer.Option(help="Column of the ward name.")] = None,
    parent: Annotated[Text, typer.Option(help="Column of the district or province.")] = None,
    key: Annotated[Text, typer.Option(help="Column of the ward's code or name.")] = None,
    count: Annotated[
        list[str] | None, typer.Option(help="C, or C=category@period; repeat for wide tables.")
    ] = None,
    longitude: Annotated[Text, typer.Option()] = None,
    latitude: Annotated[Text, typer.Option()] = None,
    category: Annotated[Text, typer.Option()] = None,
    date: Annotated[Text, typer.Option()] = None,
    working: Annotated[Text, typer.Option()] = None,
    year: Annotated[Text, typer.Option()] = None,
    value: Annotated[Text, typer.Option(help="Of a status list: column of the status.")] = None,
    for_year: Annotated[int | None, typer.Option(help="Of proposals: the year they are made for.")] = None,
    programme: Annotated[
        Text, typer.Option(help="Of target areas: key of the programme that they stand under.")
    ] = None,
    lang: Lang = "vi",
) -> None:
    """Keep a file in the store: whole, or not at all. The same file twice changes nothing."""
    words = pick_words(lang)
    if as_kind not in KINDS:
        raise BadOption("kind", value=as_kind, choices=", ".join(KINDS))
    settings = Settings()
    store = open_store(database or settings.database)
    try:
        if as_kind in EXTRAS:
            reading = Reading(sheet, crs, encoding, decimal_mark)
            if as_kind == "proposals":
                _import_proposals(store, file, area, reading, for_year, by, words)
            elif as_kind == "areas":
                _import_areas(store, file, area, reading, programme, by, words)
            elif as_kind == "catalogue":
                _import_catalogue(store, file, by, words)
            elif as_kind == "models":
                _import_models(store, file, area, reading, by, words)
            else:
                _import_extra(store, file, as_kind, area, reading, valid_from, title, by, words)
            return
        if as_kind == "boundaries":
            answer = import_boundaries(
                store,
                BoundaryFile(file, sheet, crs, version, BoundaryColumns(code, name, parent), encoding),
                settings.boundaries_folder,
                title=title,
                validity=read_validity(version or "", valid_from or "", valid_to or "", basis),
                by=by,
            )
        elif as_kind == "crosswalk":
            if old_area is None:
                raise BadOption("old_area")
            old, new = find_area(store, old_area), find_area(store, area)
            answer = import_crosswalk(store, file, old, new, source=title, mended=mended, by=by)
        else:
            columns = TableColumns(
                key=key, name=name, parent=parent, longitude=longitude, latitude=latitude, category=category,
                date=date, working=working, year=year, value=value, calendar=read_calendar(calendar),
                default_year=default_year,
                decimal_mark=read_decimal_mark(decimal_mark),
                counts=tuple(parse_count_option(text) for text in count or []),
            )  # fmt: skip
            source = Source(name=title or file.name, file=file.name, illustrative=illustrative)
            table = TableFile(
                file, as_kind, sheet=sheet, version=version, columns=columns, points_crs=crs,  # type: ignore[arg-type]
                complete=complete, source=source, encoding=encoding,
            )  # fmt: skip
            answer = import_table(store, find_area(store, area), table, by=by, replaces=replace)
    finally:
        store.close()
    _show(answer, file, words)


def _show(answer: Imported, file: Path, words: Words) -> None:
    key = "keeping.kept" if answer.is_new else "keeping.unchanged"
    typer.echo(words(key, file=file.name, title=answer.area.title))
    if answer.joined is not None:
        unit = words(f"balance.unit_{answer.joined.kind}")
        typer.echo("  " + report.write_balance(answer.joined.tally(), words, unit=unit))
    if answer.guessed:
        columns = ", ".join(f"{words(f'role.{role}')} = {column}" for role, column in answer.guessed.items())
        typer.echo(words("cli.guessed", name=words(f"kind.{answer.kind}"), columns=columns))
    for line in report.write_findings(answer.findings, words):
        typer.echo(f"- {line}")


def _import_extra(
    store: Store,
    file: Path,
    as_kind: str,
    area: Text,
    reading: Reading,
    valid_from: Text,
    source: str,
    by: str,
    words: Words,
) -> None:
    """Weights are for every area unless one is named; roads are always one area's."""
    if as_kind == "roads":
        roads, is_new = import_roads(
            store, file, find_area(store, area).id, source=source, by=by, layer=reading.sheet,
            crs=reading.crs, encoding=reading.encoding,
        )  # fmt: skip
        length = words.number(roads.length_km, decimals=1)
        said = words("extras.cli_roads", n=len(roads.roads.frame), km=length)
        _show_extra(file, said, is_new, roads.findings, words)
        return
    day = read_day(valid_from or "")
    if day is None:
        raise BadOption("weights_day")
    weighed, is_new = import_weights(
        store, file, find_area(store, area).id if area else None, day, source=source, by=by,
        sheet=reading.sheet, encoding=reading.encoding, decimal_mark=read_decimal_mark(reading.decimal_mark),
    )  # fmt: skip
    said = words("extras.cli_weights", n=len(weighed.weights), day=day)
    _show_extra(file, said, is_new, weighed.findings, words)


def _import_proposals(
    store: Store, file: Path, area: Text, reading: Reading, year: int | None, by: str, words: Words
) -> None:
    """Proposals are one area's and one year's."""
    if year is None:
        raise BadOption("proposals_year", value="–")
    read, is_new = import_proposals(
        store, file, find_area(store, area).id, year, by=by, sheet=reading.sheet, encoding=reading.encoding,
        decimal_mark=read_decimal_mark(reading.decimal_mark),
    )  # fmt: skip
    n_proposed = sum(each.proposed for each in read.proposals)
    said = words("proposals.cli", n=len(read.proposals), year=str(year), proposed=n_proposed)
    _show_list(
        file, said if read.proposals else "", is_new, read.findings, write_tally(read.tally, words), words
    )


def _import_areas(
    store: Store, file: Path, area: Text, reading: Reading, programme: Text, by: str, words: Words
) -> None:
    """Areas are of one programme, which must be there, and on one area's boundaries."""
    read, is_new = import_areas(
        store, file, programme, find_area(store, area).id, words, today=dt.date.today(), by=by,
        sheet=reading.sheet, encoding=reading.encoding,
    )  # fmt: skip
    said = words("programme_entry.cli", n=len(read.areas), code=read.programme.content.key)
    told = said if read.areas or read.tally["known"] else ""
    _show_list(file, told, is_new, read.findings, write_rows(read.tally, words), words)


def _import_catalogue(store: Store, file: Path, by: str, words: Words) -> None:
    """A catalogue says itself from which day it is in force."""
    read, is_new = import_catalogue(store, file, dt.date.today(), by=by)
    told = read.catalogue
    counts = write_counts(told, words)
    said = words("catalogue.cli", name=told.name, day=told.valid_from, counts=counts)
    _show_extra(file, said, is_new, read.findings, words)
    for line in write_changes(read.changes, words):
        typer.echo(line)


def _import_models(store: Store, file: Path, area: Text, reading: Reading, by: str, words: Words) -> None:
    """Models are tied to wards only where the boundaries are named."""
    read, is_new = import_models(
        store, file, find_area(store, area).id if area else None, by=by, sheet=reading.sheet,
        encoding=reading.encoding, decimal_mark=read_decimal_mark(reading.decimal_mark),
    )  # fmt: skip
    said = words("models_file.cli", n=len(read.pairs), new=read.n_new, changed=read.n_changed)
    _show_list(
        file, said if read.pairs else "", is_new, read.findings, write_models_tally(read.tally, words), words
    )


def _show_list(
    file: Path, said: str, is_new: bool, findings: Iterable[Finding], tally: str, words: Words
) -> None:
    """A list row by row. said: "" where not one row was taken, which is a refusal."""
    if said:
        _show_extra(file, said, is_new, findings, words)
        typer.echo(f"  {tally}")
        return
    typer.echo(words("refused.no_row", file=file.name), err=True)
    for line in report.write_findings(findings, words):
        typer.echo(f"- {line}")
    raise typer.Exit(REFUSED_EXIT)


def _show_extra(file: Path, said: str, is_new: bool, findings: Iterable[Finding], words: Words) -> None:
    key = "extras.cli_kept" if is_new else "extras.cli_same"
    typer.echo(words(key, file=file.name, said=said))
    for line in report.write_findings(findings, words):
        typer.echo(f"- {line}")


def list_datasets(
    database: Database = None,
    area: Annotated[Text, typer.Option(help="Only this one: number, key or title.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Superseded and removed files too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable answer.")] = False,
    lang: Lang = "vi",
) -> None:
    """What the store holds: boundaries, crosswalks, files and their revisions."""
    words = pick_words(lang)
    store = open_store(database or Settings().database)
    try:
        held = listing.list_store(store, find_area(store, area) if area else None, every=every)
    finally:
        store.close()
    if as_json:
        typer.echo(to_json(listing.as_json(held)))
    else:
        typer.echo("\n".join(listing.as_lines(held, words)))


def backup(
    file: Annotated[Path, typer.Argument(help="The backup to write; must not exist yet.")],
    database: Database = None,
    lang: Lang = "vi",
) -> None:
    """Write the whole store into one file, which is itself a store."""
    words = pick_words(lang)
    store = open_store(database or Settings().database)
    try:
        write_backup(store, file)
    finally:
        store.close()
    typer.echo(words("keeping.backed_up", file=file.name))


def restore(
    file: Annotated[Path, typer.Argument(help="A file written by backup.")],
    database: Database = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace everything the store holds.")] = False,
    lang: Lang = "vi",
) -> None:
    """Bring a backup back into an empty store, or in place of everything with --replace."""
    words = pick_words(lang)
    restore_backup(file, database or Settings().database, replace=replace).close()
    typer.echo(words("keeping.restored", file=file.name))
