"""The command that proposes next year's areas. It wires; it decides nothing."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from config import Settings
from errors import BadOption
from geo.categories import GROUPS
from geo.reading.cells import parse_period
from geo.selection import check_selection
from i18n.messages import pick_words
from studies import joined_file
from studies.example import open_with_example
from studies.shortlist_command import Wish, write_annex_file

Text = str | None


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("shortlist")(shortlist)


def shortlist(
    out: Annotated[Path, typer.Option(help="The annex, .xlsx.")],
    n: Annotated[int | None, typer.Option("--n", help="Exactly so many areas.", min=1)] = None,
    per_parent: Annotated[
        int | None, typer.Option(help="At least so many of each district; 0 none.", min=0)
    ] = None,
    period: Annotated[
        Text, typer.Option(help="Of the figures: 2022, 2022-03 or A..B; else the newest.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="For which year; else the one after the figures.")] = None,
    area: Annotated[Text, typer.Option(help="Number, key or title of the boundaries.")] = None,
    weight: Annotated[
        list[str] | None, typer.Option(help="CRITERION=WEIGHT; repeat. Those not named count nothing.")
    ] = None,
    only: Annotated[Text, typer.Option(help="Count this category alone.")] = None,
    group: Annotated[Text, typer.Option(help="Count this group alone: " + "|".join(GROUPS))] = None,
    database: Annotated[
        Text, typer.Option(help="Address of the store; else DIABAN_DATABASE, else the file in var/.")
    ] = None,
    lang: Annotated[str, typer.Option(help="vi|en")] = "vi",
) -> None:
    """Propose next year's target areas from what the store holds, and write the annex. People decide."""
    words, settings = pick_words(lang), Settings()
    joined_file.check_ending(out, (".xlsx",))
    wish = Wish(
        n=n,
        per_parent=per_parent,
        period=parse_period(period) if period else None,
        area=area,
        year=year,
        selection=check_selection(only, group, None, None),
        weights=dict(read_weight(text) for text in weight or []),
    )
    with closing(open_with_example(database or settings.database, settings.boundaries_folder)) as store:
        for line in write_annex_file(store, wish, out, words):
            typer.echo(line)


def read_weight(text: str) -> tuple[str, float]:
    """`incidents=30`. Raises BadOption (reason `weight_text`)."""
    key, _, value = text.partition("=")
    try:
        weight = float(value)
    except ValueError:
        weight = -1.0
    if not key.strip() or not 0 <= weight < float("inf"):
        raise BadOption("weight_text", value=text)
    return key.strip(), weight
