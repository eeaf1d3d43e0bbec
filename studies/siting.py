"""Where the next cameras would reach most: from files, or from what the store holds, to proposed places.

Everything here shows places: it is for the desk of those who plan, and goes into no shared file.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np

from errors import AppError, BadOption, NoData
from geo.boundaries.registry import hash_file
from geo.cover.candidates import Candidates, Origin, from_plane, from_table, grid, junctions
from geo.cover.choosing import TIME_LIMIT_S
from geo.cover.siting import Siting, find_sites
from geo.crs import metric_crs, points_to_metres
from geo.findings import Finding
from geo.frames import Joined, Period, Source, Wards
from geo.question import EVERY_CRIME, Selection
from geo.reading.read import read_table
from geo.reading.roads import read_roads
from studies.refusals import tell_kind
from studies.ward_table import BoundaryFile, JoinedFile, LoadedWards, TableFile, join_file, load_wards

DEFAULT_STEP_M = 25.0
DEFAULT_CANDIDATES = f"grid:{DEFAULT_STEP_M:g}"


@dataclass(frozen=True)
class CandidateSource:
    """What a person said of where cameras could stand. path: of roads or a list; step_m: of a grid."""

    origin: Origin = "grid"
    path: Path | None = None
    step_m: float = DEFAULT_STEP_M
    layer: str | None = None
    crs: str | None = None


@dataclass(frozen=True)
class SitingQuestion:
    """within: ward codes; then only sites and incidents of these wards count."""

    k: int
    radius_m: float
    period: Period | None = None
    selection: Selection = EVERY_CRIME
    within: tuple[str, ...] = ()
    time_limit_s: float = TIME_LIMIT_S


@dataclass(frozen=True)
class SitingAnswer:
    """The proposed places with everything they rest on."""

    siting: Siting
    question: SitingQuestion
    candidates: CandidateSource
    boundaries: LoadedWards
    files: tuple[JoinedFile, ...]
    sources: tuple[Source, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        of_files = [finding for file in self.files for finding in file.findings]
        return (*self.boundaries.findings, *of_files, *self.siting.findings)


def parse_candidates(text: str, *, layer: str | None = None, crs: str | None = None) -> CandidateSource:
    """`roads:FILE`, `grid:METRES` or `list:FILE`. Raises BadOption (site_candidates)."""
    origin, _, rest = text.partition(":")
    if origin == "grid" and rest:
        try:
            return CandidateSource("grid", step_m=float(rest))
        except ValueError as error:
            raise BadOption("site_candidates", value=text) from error
    if origin == "roads" and rest:
        return CandidateSource("roads", Path(rest), layer=layer, crs=crs)
    if origin == "list" and rest:
        return CandidateSource("list", Path(rest), layer=layer, crs=crs)
    raise BadOption("site_candidates", value=text)


def lay_grid(
    wards: Wards, incidents: Sequence[Joined], *, radius_m: float, step_m: float = DEFAULT_STEP_M
) -> Candidates:
    """A candidate in every square of that side whose middle lies in a ward and within the radius of a located
    incident, of whatever period and category; from another middle nothing would be reached."""
    west, south, east, north = wards.frame.total_bounds
    crs = metric_crs((west, south, east, north))
    rows = [fact.rows.loc[fact.rows["outcome"] == "joined"] for fact in incidents if fact.by_place]
    degrees = [np.empty((0, 2)), *(part[["longitude", "latitude"]].to_numpy(dtype=float) for part in rows)]
    longitude, latitude = np.unique(np.concatenate(degrees), axis=0).T
    near = np.column_stack(points_to_metres(longitude, latitude, crs))
    places = grid(wards.frame.to_crs(crs), step_m, near=near, radius_m=radius_m)
    return from_plane(places, crs, "grid", step_m=step_m)


def take_junctions(
    lines: gpd.GeoDataFrame, *, file: str = "", findings: Sequence[Finding] = ()
) -> Candidates:
    """A candidate at every junction of road lines in degrees, at least one, which share vertices exactly.
    Raises NoData (siting_junctions)."""
    west, south, east, north = lines.total_bounds
    crs = metric_crs((west, south, east, north))
    places = junctions(lines.geometry.to_crs(crs).to_numpy())
    if not len(places):
        raise NoData("siting_junctions", file=file, n=len(lines))
    return from_plane(places, crs, "roads", file=file, findings=tuple(findings))


def load_candidates(
    wards: Wards, incidents: Sequence[Joined], source: CandidateSource, *, radius_m: float
) -> Candidates:
    """Candidates as told; a file that cannot serve is refused by what reads it."""
    if source.path is None:
        return lay_grid(wards, incidents, radius_m=radius_m, step_m=source.step_m)
    try:
        if source.origin == "roads":
            roads = read_roads(source.path, layer=source.layer, crs=source.crs)
            return take_junctions(roads.frame, file=roads.file, findings=roads.findings)
        table = read_table(source.path, sheet=source.layer, crs=source.crs)
        return from_table(table, crs=source.crs)
    except AppError as error:
        tell_kind(error, "candidates")
        raise


def plan_sites(
    wards: Wards,
    incidents: Sequence[Joined],
    cameras: Sequence[Joined],
    period: Period | None,
    selection: Selection,
    *,
    k: int,
    radius_m: float,
    candidates: Candidates | None = None,
    within: Collection[str] = (),
    time_limit_s: float = TIME_LIMIT_S,
) -> Siting:
    """The next k places, from pieces that are in memory. candidates None: a grid of DEFAULT_STEP_M. Raises
    what `geo.cover.siting.find_sites` raises."""
    return find_sites(
        wards,
        incidents,
        cameras,
        period,
        selection,
        lay_grid(wards, incidents, radius_m=radius_m) if candidates is None else candidates,
        k=k,
        radius_m=radius_m,
        within=within,
        time_limit_s=time_limit_s,
    )


def site_files(
    boundaries: BoundaryFile,
    incidents: TableFile,
    cameras: TableFile,
    candidates: CandidateSource,
    question: SitingQuestion,
    *,
    registry_folder: Path,
    on_step: Callable[[str], None] = lambda step: None,
) -> SitingAnswer:
    """The whole way from files to places. on_step is told the name of each file as it begins."""
    on_step(boundaries.path.name)
    loaded = load_wards(boundaries, registry_folder)
    files = []
    for table in (incidents, cameras):
        on_step(table.path.name)
        files.append(join_file(loaded.wards, table))
    on_step(candidates.path.name if candidates.path else f"{candidates.origin}:{candidates.step_m:g}")
    held = [files[0].joined]
    siting = plan_sites(
        loaded.wards,
        held,
        [files[1].joined],
        question.period,
        question.selection,
        k=question.k,
        radius_m=question.radius_m,
        candidates=load_candidates(loaded.wards, held, candidates, radius_m=question.radius_m),
        within=question.within,
        time_limit_s=question.time_limit_s,
    )
    sources = [file.joined.source for file in files]
    if candidates.path is not None:
        name = candidates.path.name
        sources.append(Source(name=name, file=name, sha256=hash_file(candidates.path)))
    return SitingAnswer(siting, question, candidates, loaded, tuple(files), tuple(sources))
