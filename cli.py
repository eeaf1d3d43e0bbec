"""The command line: check, join, map. It wires; it decides nothing.

Exit codes: 0 done, 2 refused (input or usage; one line on stderr), 1 a bug.
"""

import sys
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

import cli_kpi
import cli_measure
import cli_planning
import cli_programme
import cli_siting
import cli_store
from cli_usage import write_usage_error
from config import Settings
from errors import AppError, BadOption
from geo.categories import GROUPS
from geo.frames import SEVERITIES
from geo.indicators import MAPPED
from geo.periods import read_calendar
from geo.question import DEFAULT_RADIUS_M, KNOWN_BY, Question
from geo.reading.cells import parse_period, read_decimal_mark
from geo.reading.columns import BoundaryColumns, TableColumns, parse_count_option
from geo.selection import check_selection
from i18n.messages import Words, load_words, pick_words
from studies import checking, drawing, joined_file, partitioned, report
from studies.example import tell
from studies.progress import Progress
from studies.refusals import TABLES_OF, explain
from studies.ward_table import BoundaryFile, TableFile, make_ward_table
from studies.weights_file import ask_weights

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Địa bàn: ward maps of incidents, cameras and programme status, offline.",
)
cli_store.register(app)
cli_siting.register(app)
cli_measure.register(app)
cli_planning.register(app)
cli_programme.register(app)
cli_kpi.register(app)
Text = str | None
USAGE_EXIT = 2


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Files to look at; nothing is written.")],
    as_kind: Annotated[
        Text, typer.Option("--as", help="boundaries|incidents|cameras|population|status")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable answer.")] = False,
    lang: Annotated[str, typer.Option(help="vi|en")] = "vi",
) -> None:
    """Say what each file is, what it can serve as, and what is wrong with it."""
    words = pick_words(lang)
    folder = Settings().boundaries_folder
    answers = [checking.check_file(path, as_kind, folder) for path in files]
    if as_json:
        typer.echo(joined_file.to_json([checking.as_json(answer, words) for answer in answers]))
    elif told := ["\n".join(lines) for answer in answers if (lines := checking.as_lines(answer, words))]:
        typer.echo("\n\n".join(told))
    refusals = [f"{answer.file}: {explain(answer.error, words)}" for answer in answers if answer.error]
    for line in refusals:
        typer.echo(line, err=True)
    if refusals:
        raise typer.Exit(USAGE_EXIT)


@app.command()
def join(
    boundaries: Annotated[Path, typer.Option(help="Ward boundaries: zip, shp, gpkg, geojson, parquet.")],
    out: Annotated[Path, typer.Option(help=" ".join(joined_file.FORMATS))],
    incidents: Annotated[Path | None, typer.Option(help="Per-ward table or points.")] = None,
    partitions: Annotated[
        Path | None, typer.Option(help="Folder of Parquet or CSV points, read in batches; no --incidents.")
    ] = None,
    cameras: Annotated[Path | None, typer.Option(help="Per-ward table or points.")] = None,
    population: Annotated[Path | None, typer.Option()] = None,
    status: Annotated[Path | None, typer.Option()] = None,
    report_file: Annotated[Path | None, typer.Option("--report", help="JSON report.")] = None,
    assign: Annotated[Path | None, typer.Option(help="Ward of every incident row, parquet or csv.")] = None,
    assign_cameras: Annotated[Path | None, typer.Option(help="Ward of every camera row.")] = None,
    layer: Annotated[Text, typer.Option(help="Layer of the boundary file.")] = None,
    code: Annotated[Text, typer.Option(help="Column of the ward code.")] = None,
    name: Annotated[Text, typer.Option(help="Column of the ward name.")] = None,
    parent: Annotated[Text, typer.Option(help="Column of the district or province.")] = None,
    crs: Annotated[Text, typer.Option(help="Reference system of the boundaries, EPSG:n.")] = None,
    version: Annotated[Text, typer.Option(help="Boundary version of the boundaries.")] = None,
    key: Annotated[Text, typer.Option(help="Incident column with the ward's code or name.")] = None,
    incidents_parent: Annotated[Text, typer.Option()] = None,
    count: Annotated[
        list[str] | None, typer.Option(help="C, or C=category@period; repeat for wide tables.")
    ] = None,
    longitude: Annotated[Text, typer.Option()] = None,
    latitude: Annotated[Text, typer.Option()] = None,
    points_crs: Annotated[
        Text,
        typer.Option(help="Reference system of points; else what the file declares, EPSG:4326 for a table."),
    ] = None,
    category: Annotated[Text, typer.Option(help="Column of the category.")] = None,
    only: Annotated[Text, typer.Option(help="Count this category alone.")] = None,
    group: Annotated[Text, typer.Option(help="Count this group alone: " + "|".join(GROUPS))] = None,
    severity: Annotated[Text, typer.Option(help="|".join(SEVERITIES))] = None,
    known_by: Annotated[Text, typer.Option(help="|".join(KNOWN_BY))] = None,
    weights: Annotated[Path | None, typer.Option(help="Table of harm weights: category, weight.")] = None,
    weights_from: Annotated[Text, typer.Option(help="First day on which the weights hold.")] = None,
    date: Annotated[Text, typer.Option(help="Column of the date, month or year.")] = None,
    period: Annotated[Text, typer.Option(help="2022, 2022-03 or A..B.")] = None,
    previous: Annotated[Text, typer.Option(help="The period to compare with.")] = None,
    incidents_version: Annotated[Text, typer.Option()] = None,
    camera_key: Annotated[Text, typer.Option()] = None,
    camera_count: Annotated[Text, typer.Option()] = None,
    camera_working: Annotated[Text, typer.Option()] = None,
    camera_longitude: Annotated[Text, typer.Option()] = None,
    camera_latitude: Annotated[Text, typer.Option()] = None,
    cameras_version: Annotated[Text, typer.Option()] = None,
    population_key: Annotated[Text, typer.Option()] = None,
    population_count: Annotated[Text, typer.Option()] = None,
    status_key: Annotated[Text, typer.Option()] = None,
    status_year: Annotated[Text, typer.Option()] = None,
    status_value: Annotated[Text, typer.Option()] = None,
    status_complete: Annotated[
        bool,
        typer.Option(
            help="The status list names every ward in the programme; a ward not listed is out of scope."
        ),
    ] = False,
    sheet: Annotated[Text, typer.Option(help="Sheet of a workbook.")] = None,
    encoding: Annotated[
        Text, typer.Option(help="Letters of the boundaries: utf-8|tcvn3|vni|cp1258|cp1252.")
    ] = None,
    incidents_encoding: Annotated[Text, typer.Option(help="Letters of the incident table.")] = None,
    calendar: Annotated[
        Text, typer.Option(help="civil|police: what month, quarter and year labels mean.")
    ] = None,
    decimal_mark: Annotated[
        Text, typer.Option(help="Comma or dot: what marks decimals where 1.209 reads two ways.")
    ] = None,
    default_year: Annotated[int | None, typer.Option(help="Year of days that name none.")] = None,
    nearest: Annotated[
        float, typer.Option(help="Points outside go to a ward within so many metres.", min=0)
    ] = 0.0,
    radius: Annotated[float, typer.Option(help="Metres a camera sees.", min=1)] = DEFAULT_RADIUS_M,
    lang: Annotated[str, typer.Option(help="vi|en")] = "vi",
    quiet: Annotated[bool, typer.Option(help="No report on the screen.")] = False,
) -> None:
    """Join incidents, cameras, population and status to wards, and measure."""
    words = pick_words(lang)
    if partitions:
        others = {"--incidents": incidents, "--assign": assign, "--key": key}
        others["--incidents-encoding"] = incidents_encoding
        partitioned.check_options(partitions, (out, report_file, assign_cameras), others)
    joined_file.check_outputs(
        out,
        report_file,
        {"incidents": assign, "cameras": assign_cameras},
        inputs=(boundaries, incidents, cameras, population, status, weights),
    )
    for target, given, names in (
        (assign, incidents, ("--assign", "--incidents")),
        (assign_cameras, cameras, ("--assign-cameras", "--cameras")),
    ):
        if target and not given:
            raise BadOption("assign", option=names[0], needs=names[1])
    harm = ask_weights(weights, weights_from)
    incidents = partitions or incidents
    tables = [
        TableFile(
            incidents,
            "incidents",
            sheet=sheet,
            version=incidents_version,
            points_crs=points_crs,
            only=only,
            nearest_m=nearest,
            encoding=incidents_encoding,
            columns=TableColumns(
                calendar=read_calendar(calendar),
                decimal_mark=read_decimal_mark(decimal_mark),
                default_year=default_year,
                key=key,
                parent=incidents_parent,
                counts=tuple(parse_count_option(text) for text in count or []),
                longitude=longitude,
                latitude=latitude,
                category=category,
                date=date,
            ),
        )
        if incidents
        else None,
        TableFile(
            cameras,
            "cameras",
            sheet=sheet,
            version=cameras_version,
            points_crs=points_crs,
            nearest_m=nearest,
            columns=TableColumns(
                key=camera_key,
                counts=one_count(camera_count),
                working=camera_working,
                decimal_mark=read_decimal_mark(decimal_mark),
                longitude=camera_longitude,
                latitude=camera_latitude,
            ),
        )
        if cameras
        else None,
        TableFile(
            population,
            "population",
            sheet=sheet,
            columns=TableColumns(
                key=population_key,
                counts=one_count(population_count),
                decimal_mark=read_decimal_mark(decimal_mark),
            ),
        )
        if population
        else None,
        TableFile(
            status,
            "status",
            sheet=sheet,
            complete=status_complete,
            columns=TableColumns(key=status_key, year=status_year, value=status_value),
        )
        if status
        else None,
    ]
    question = Question(
        period=parse_period(period) if period else None,
        previous=parse_period(previous) if previous else None,
        chosen=check_selection(only, group, severity, known_by),
        radius_m=radius,
    )
    with Progress(
        lambda step: None if quiet else typer.echo(words("cli.reading", file=step), err=True)
    ) as progress:
        table = make_ward_table(
            BoundaryFile(boundaries, layer, crs, version, BoundaryColumns(code, name, parent), encoding),
            [tell(told) for told in tables if told is not None],
            question,
            registry_folder=Settings().boundaries_folder,
            weights=harm,
            join=partitioned.choose_join(question),
            on_step=progress.begin,
        )
        answer = report.make_report(table, words)
        plan = joined_file.plan_joined(table.measured, out)
        if report_file:
            plan |= joined_file.plan_json(answer, report_file)
        for file in table.files:
            target = {"incidents": assign, "cameras": assign_cameras}.get(file.joined.kind)
            if target:
                plan |= joined_file.plan_assignment(file.joined.rows, target)
        joined_file.write_all(plan)
    if not quiet:
        show_report(table, answer, out, words)


@app.command("map")
def draw(
    joined: Annotated[Path, typer.Option(help="A file written by join.")],
    indicator: Annotated[str, typer.Option(help="One of: " + " ".join(MAPPED))],
    out: Annotated[Path, typer.Option(help=" ".join(drawing.FORMATS))],
    boundaries: Annotated[
        Path | None, typer.Option(help="Needed when the joined file has no outlines.")
    ] = None,
    paper: Annotated[str, typer.Option(help="|".join(get_args(drawing.Paper)))] = "a4-landscape",
    title: Annotated[str, typer.Option()] = "",
    lang: Annotated[str, typer.Option(help="vi|en")] = "vi",
) -> None:
    """Draw one indicator of a joined file as an image or a stand-alone page."""
    words = pick_words(lang)
    drawing.draw_file(
        joined,
        indicator,
        out,
        words,
        boundaries=boundaries,
        paper=paper,
        title=title,
        registry_folder=Settings().boundaries_folder,
    )


def one_count(column: str | None) -> tuple[Any, ...]:
    return (parse_count_option(column),) if column else ()


def show_report(table: Any, answer: dict[str, Any], out: Path, words: Words) -> None:
    typer.echo(words("cli.written", file=out.name, n=answer["wards"]))
    for kind in report.KINDS:
        if kind in answer:
            typer.echo("  " + report.write_balance(answer[kind], words, unit=words(f"balance.unit_{kind}")))
    for name, roles in answer["guessed"].items():
        columns = ", ".join(f"{words(f'role.{role}')} = {column}" for role, column in roles.items())
        typer.echo(words("cli.guessed", name=words(f"kind.{name}"), columns=columns))
    for line in report.write_findings(table.findings, words):
        typer.echo(f"- {line}")


def main() -> None:
    """Run the command line; an AppError is one calm line and exit 2."""
    try:
        stopped = app(standalone_mode=False)
    except AppError as error:
        command = next((name for name in TABLES_OF if name in sys.argv[1:2]), "join")
        sys.stderr.write(explain(error, _find_words(), command) + "\n")
        sys.exit(USAGE_EXIT)
    except typer.TyperException as error:
        sys.stderr.write(write_usage_error(error, _find_words()) + "\n")
        sys.exit(USAGE_EXIT)
    sys.exit(stopped if isinstance(stopped, int) else 0)


def _find_words() -> Words:
    """The words asked for, also where the command could not be read."""
    is_english = "--lang=en" in sys.argv or "en" in _value_after("--lang")
    return load_words("en" if is_english else "vi")


def _value_after(option: str) -> list[str]:
    return [value for name, value in zip(sys.argv, sys.argv[1:], strict=False) if name == option]


if __name__ == "__main__":
    main()
