"""The command that proposes camera places. It wires; it decides nothing."""

from pathlib import Path
from typing import Annotated

import typer

from config import Settings
from geo.categories import GROUPS
from geo.cover.choosing import TIME_LIMIT_S
from geo.frames import SEVERITIES
from geo.periods import read_calendar
from geo.question import DEFAULT_RADIUS_M, KNOWN_BY
from geo.reading.cells import parse_period
from geo.reading.columns import BoundaryColumns, TableColumns
from geo.selection import check_selection
from i18n.messages import pick_words
from studies import joined_file, siting_file
from studies.example import tell
from studies.progress import Progress
from studies.siting import DEFAULT_CANDIDATES, SitingQuestion, parse_candidates, site_files
from studies.ward_table import BoundaryFile, TableFile

Text = str | None


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("siting")(propose_sites)


def propose_sites(
    boundaries: Annotated[Path, typer.Option(help="Ward boundaries: zip, shp, gpkg, geojson, parquet.")],
    cameras: Annotated[Path, typer.Option(help="Camera points; the working ones stay.")],
    incidents: Annotated[Path, typer.Option(help="Incident points.")],
    k: Annotated[int, typer.Option("-k", help="How many further cameras.")],
    out: Annotated[Path, typer.Option(help=" ".join(joined_file.FORMATS))],
    radius: Annotated[float, typer.Option(help="Metres a camera sees.", min=1)] = DEFAULT_RADIUS_M,
    candidates: Annotated[
        str, typer.Option(help="roads:FILE|grid:METRES|list:FILE, where a camera could stand.")
    ] = DEFAULT_CANDIDATES,
    within: Annotated[
        list[str] | None, typer.Option(help="Only this ward's sites and incidents, by code; repeat.")
    ] = None,
    period: Annotated[Text, typer.Option(help="2022, 2022-03 or A..B.")] = None,
    only: Annotated[Text, typer.Option(help="Count this category alone.")] = None,
    group: Annotated[Text, typer.Option(help="Count this group alone: " + "|".join(GROUPS))] = None,
    severity: Annotated[Text, typer.Option(help="|".join(SEVERITIES))] = None,
    known_by: Annotated[Text, typer.Option(help="|".join(KNOWN_BY))] = None,
    time_limit: Annotated[
        float, typer.Option(help="Seconds after which the best choice so far is taken.", min=0)
    ] = TIME_LIMIT_S,
    layer: Annotated[Text, typer.Option(help="Layer of the boundary file.")] = None,
    code: Annotated[Text, typer.Option(help="Column of the ward code.")] = None,
    name: Annotated[Text, typer.Option(help="Column of the ward name.")] = None,
    crs: Annotated[Text, typer.Option(help="Reference system of the boundaries, EPSG:n.")] = None,
    version: Annotated[Text, typer.Option(help="Boundary version of the boundaries.")] = None,
    longitude: Annotated[Text, typer.Option()] = None,
    latitude: Annotated[Text, typer.Option()] = None,
    category: Annotated[Text, typer.Option(help="Column of the category.")] = None,
    date: Annotated[Text, typer.Option(help="Column of the date, month or year.")] = None,
    calendar: Annotated[
        Text, typer.Option(help="civil|police: what month, quarter and year labels mean.")
    ] = None,
    camera_longitude: Annotated[Text, typer.Option()] = None,
    camera_latitude: Annotated[Text, typer.Option()] = None,
    camera_working: Annotated[Text, typer.Option()] = None,
    points_crs: Annotated[Text, typer.Option(help="Reference system of both point files.")] = None,
    candidates_crs: Annotated[Text, typer.Option(help="Reference system of roads or of the list.")] = None,
    candidates_layer: Annotated[Text, typer.Option(help="Layer or sheet of roads or of the list.")] = None,
    lang: Annotated[str, typer.Option(help="vi|en")] = "vi",
) -> None:
    """Propose where the next cameras would reach most incidents that none sees. The file is internal."""
    words = pick_words(lang)
    source = parse_candidates(candidates, layer=candidates_layer, crs=candidates_crs)
    joined_file.check_outputs(out, None, {}, inputs=(boundaries, cameras, incidents, source.path))
    incident_file = TableFile(
        incidents,
        "incidents",
        points_crs=points_crs,
        only=only,
        columns=TableColumns(
            longitude=longitude,
            latitude=latitude,
            category=category,
            date=date,
            calendar=read_calendar(calendar),
        ),
    )
    camera_file = TableFile(
        cameras,
        "cameras",
        points_crs=points_crs,
        columns=TableColumns(longitude=camera_longitude, latitude=camera_latitude, working=camera_working),
    )
    question = SitingQuestion(
        k=k,
        radius_m=radius,
        period=parse_period(period) if period else None,
        selection=check_selection(only, group, severity, known_by),
        within=tuple(within or ()),
        time_limit_s=time_limit,
    )
    with Progress(lambda step: typer.echo(words("siting.step", step=step), err=True)) as progress:
        answer = site_files(
            BoundaryFile(boundaries, layer, crs, version, BoundaryColumns(code, name)),
            tell(incident_file),
            tell(camera_file),
            source,
            question,
            registry_folder=Settings().boundaries_folder,
            on_step=progress.begin,
        )
        joined_file.write_all(siting_file.plan_sites_file(answer, out, words))
    for line in siting_file.write_lines(answer, out, words):
        typer.echo(line)
