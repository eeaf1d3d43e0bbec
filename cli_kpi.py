"""The command that reports on a programme's targets. It wires; it decides nothing."""

import datetime as dt
import re
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from config import Settings
from errors import BadOption
from i18n.messages import pick_words
from studies import kpi_file
from studies.example import open_with_example
from studies.joined_file import check_ending, write_all
from studies.kpi_report import assess_programme

Text = str | None
FIRST_YEAR = 1900


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("kpi")(kpi)


def kpi(
    programme: Annotated[str, typer.Option(help="Its key, as `programme list` tells it.")],
    out: Annotated[Path, typer.Option(help=" ".join(kpi_file.FORMATS))],
    years: Annotated[
        Text,
        typer.Option(help="2021..2024: of which years' areas it is asked whether they are complex again."),
    ] = None,
    database: Annotated[
        Text, typer.Option(help="Address of the store; else DIABAN_DATABASE, else the file in var/.")
    ] = None,
    lang: Annotated[str, typer.Option(help="vi|en")] = "vi",
) -> None:
    """Every target of a programme with what is known of it. No light is a grade; people decide."""
    words, settings = pick_words(lang), Settings()
    check_ending(out, kpi_file.FORMATS)
    asked = read_years(years) if years else None
    today = dt.date.today()
    with closing(open_with_example(database or settings.database, settings.boundaries_folder)) as store:
        report = assess_programme(store, programme, today, years=asked)
    write_all(kpi_file.plan_kpi_file(report, out, words))
    typer.echo(kpi_file.write_told(report, out, words))


def read_years(text: str) -> tuple[int, int]:
    """`2021..2024`, or one year. Raises BadOption (reason `years`)."""
    found = re.fullmatch(r"\s*([0-9]{4})(?:\.\.([0-9]{4}))?\s*", text)
    first, last = (found[1], found[2] or found[1]) if found else ("1", "0")
    if not FIRST_YEAR <= int(first) <= int(last):
        raise BadOption("years", value=text)
    return int(first), int(last)
