"""The command that asks a joined file for further measures. It wires; it decides nothing."""

from pathlib import Path
from typing import Annotated

import typer

from config import Settings
from geo.cluster_search import BASES, N_PERMUTATIONS
from geo.derive import NEEDS
from i18n.messages import pick_words
from studies import joined_file, measuring


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("measure")(measure)


def measure(
    joined: Annotated[Path, typer.Option(help="A file written by join.")],
    indicator: Annotated[
        list[str],
        typer.Option(help="A column of the joined file, or one of: " + " ".join(NEEDS) + "; repeat."),
    ],
    out: Annotated[Path, typer.Option(help=" ".join(joined_file.FORMATS))],
    more: Annotated[list[str] | None, typer.Argument(metavar="[KEY]...", help="Further indicators.")] = None,
    boundaries: Annotated[
        Path | None, typer.Option(help="Needed when the joined file has no outlines.")
    ] = None,
    basis: Annotated[str | None, typer.Option(help="What clusters are sought in: " + "|".join(BASES))] = None,
    permutations: Annotated[
        int, typer.Option(help="Draws that clusters are weighed by.", min=99)
    ] = N_PERMUTATIONS,
    lang: Annotated[str, typer.Option(help="vi|en")] = "vi",
    quiet: Annotated[bool, typer.Option(help="No report on the screen.")] = False,
) -> None:
    """Indicators of a joined file: steadied rates, funnels, ratios with their interval, clusters."""
    lines = measuring.measure_file(
        joined,
        [*indicator, *(more or [])],
        out,
        pick_words(lang),
        boundaries=boundaries,
        basis=basis,
        n_permutations=permutations,
        registry_folder=Settings().boundaries_folder,
    )
    if not quiet:
        typer.echo("\n".join(lines))
