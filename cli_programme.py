"""The commands that tell of programmes: list, show, export. They wire; they decide nothing."""

import datetime as dt
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from config import Settings
from i18n.messages import pick_words
from planning.papers import Document
from store.repository import Store
from studies import programme_export, programme_listing
from studies.example import open_with_example
from studies.intake_boundaries import read_day
from studies.joined_file import check_ending, write_all
from studies.kpi_report import KpiReport, assess_programme
from studies.programme_entry import LEVELS, find_targets, keep_programme
from studies.programme_targets import list_target_lines

Database = Annotated[
    str | None,
    typer.Option(help="Address of the store; else DIABAN_DATABASE, else the file in var/."),
]
Lang = Annotated[str, typer.Option(help="vi|en")]
Key = Annotated[str, typer.Argument(help="Of the programme, as `programme list` tells it.")]
commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Programmes and what they reported.")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(commands, name="programme")


@commands.command("list")
def list_programmes(database: Database = None, lang: Lang = "vi") -> None:
    """The programmes of the store, each with the key the other commands ask for."""
    words = pick_words(lang)
    with closing(_open(database)) as store:
        typer.echo("\n".join(programme_listing.list_programmes(store, words)))


@commands.command("show")
def show(key: Key, database: Database = None, lang: Lang = "vi") -> None:
    """Areas with their state, targets and figures; what is not known is said."""
    words = pick_words(lang)
    report = _assess(key, database)
    targets = list_target_lines(report, words)
    typer.echo("\n".join(programme_listing.show_programme(report.told, targets, words)))


@commands.command("new")
def new(
    key: Annotated[str, typer.Argument(help="Short: plain letters, digits, hyphens.")],
    name: Annotated[str, typer.Option(help="As the plan is called.")],
    level: Annotated[str, typer.Option(help="|".join(LEVELS))],
    place: Annotated[str, typer.Option(help="Province, district or commune of the committee.")],
    register: Annotated[str, typer.Option(help="Key of a register of the catalogue, such as TTATXH.")],
    year: Annotated[int, typer.Option()],
    issued_by: Annotated[str, typer.Option(help="The body that signed the document.")],
    number: Annotated[str, typer.Option(help="Number of the document.")] = "",
    title: Annotated[str, typer.Option(help="What the document is.")] = "",
    issued_on: Annotated[str, typer.Option(help="Day of the document, dd/mm/yyyy.")] = "",
    start: Annotated[str, typer.Option(help="First day of the work, dd/mm/yyyy.")] = "",
    end: Annotated[str, typer.Option(help="Last day of the work, dd/mm/yyyy.")] = "",
    n_selected: Annotated[int | None, typer.Option(help="How many areas the document chose.")] = None,
    targets: Annotated[str, typer.Option(help="Key of a target set of the catalogue; none at first.")] = "",
    by: Annotated[str, typer.Option(help="Who enters it: post or unit.")] = "",
    database: Database = None,
    lang: Lang = "vi",
) -> None:
    """Enter a programme that a committee has already; its areas come in by `import --as areas`."""
    words = pick_words(lang)
    typed = {
        "key": key, "name": name, "level": level, "place": place, "register": register, "year": year,
        "document": Document(title, number, issued_by, read_day(issued_on)), "start": read_day(start),
        "end": read_day(end), "n_selected": n_selected,
    }  # fmt: skip
    with closing(_open(database)) as store:
        typed["targets"] = find_targets(store, year, targets)
        kept = keep_programme(store, typed, today=dt.date.today(), by=by)
    typer.echo(words("programme_entry.cli_new", code=kept.content.key, name=kept.content.name))


@commands.command("export")
def export(
    key: Key,
    out: Annotated[Path, typer.Option(help=" ".join(programme_export.FORMATS))],
    database: Database = None,
    lang: Lang = "vi",
) -> None:
    """The programme as a workbook ready to print, or as JSON for a program."""
    words = pick_words(lang)
    check_ending(out, programme_export.FORMATS)
    report = _assess(key, database)
    write_all(programme_export.plan_programme_file(report, out, words))
    typer.echo(programme_export.write_kept(report.told, out, words))


def _assess(key: str, database: str | None) -> KpiReport:
    today = dt.date.today()
    with closing(_open(database)) as store:
        return assess_programme(store, key, today)


def _open(database: str | None) -> Store:
    """The configured store; a new one holds the example."""
    settings = Settings()
    return open_with_example(database or settings.database, settings.boundaries_folder)
