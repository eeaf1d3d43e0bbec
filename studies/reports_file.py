"""The five press reports that define the programme: `reports.toml`, and its way into a store.

They tell little: some areas have no name, most results are missing, and both stay so.
"""

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planning.catalogue import Catalogue
from planning.catalogue_file import read_catalogue
from planning.models import CrimeModel
from planning.papers import Document, Figure
from planning.programme import Meeting, Programme, Step, TargetArea
from store.repository import Store

FILE = "reports.toml"
CATALOGUE = Path("planning") / "catalogue.toml"
COUNTS = ("n_units", "n_members", "n_premises")
Areas = tuple[tuple[TargetArea, tuple[Step, ...]], ...]


@dataclass(frozen=True)
class Source:
    """A paper: its title as cited, and the day that it tells of."""

    title: str
    date: dt.date


@dataclass(frozen=True)
class Reports:
    """Programmes with the areas that are named, and models; every source is a full title."""

    programmes: tuple[tuple[Programme, Areas], ...]
    models: tuple[CrimeModel, ...]


def load_reports(store: Store, folder: Path, *, by: str = "") -> None:
    """Put the programmes and models of `reports.toml` into the store, and the bundled catalogue where it has
    none.

    What is there already stays as people have gone on with it: a programme is known by its key, a model by
    name, place and source. Areas lie on the kept boundaries of their version, if any. A folder without the
    file changes nothing.
    """
    if not (folder / FILE).exists():
        return
    keep_first_catalogue(store, folder.parent, by=by)
    area_ids = {area.version: area.id for area in store.list_areas() if area.version}
    reports = read_reports(folder / FILE, read_catalogue(folder.parent / CATALOGUE), area_ids)
    known = {kept.content.key for kept in store.list_programmes()}
    for programme, areas in reports.programmes:
        if programme.key not in known:
            store.keep_programme_whole(programme, areas, by=by)
    models = {_identify(kept.content) for kept in store.list_models()}
    for model in reports.models:
        if _identify(model) not in models:
            store.keep_model(model, by=by)


def keep_first_catalogue(store: Store, folder: Path, *, by: str = "") -> None:
    """Give a store without a catalogue the one bundled in `folder`, if there is one."""
    path = folder / CATALOGUE
    if path.exists() and not store.list_catalogues():
        store.keep_catalogue(read_catalogue(path), by=by)


def read_reports(path: Path, catalogue: Catalogue, area_ids: Mapping[str, int]) -> Reports:
    """The file as records. area_ids: the store's boundaries by version."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    sources = {key: Source(**source) for key, source in told["sources"].items()}
    targets = {group.key: group.targets for group in catalogue.target_sets} | {"": ()}
    return Reports(
        tuple(
            (
                _as_programme(record, sources, targets[record.get("targets", "")]),
                _as_areas(record, sources, area_ids),
            )
            for record in told["programme"]
        ),
        tuple(_as_model(record, sources) for record in told["model"]),
    )


def _identify(model: CrimeModel) -> tuple[str, str, str]:
    return model.name, model.place, model.source


def _as_programme(
    record: dict[str, Any], sources: Mapping[str, Source], targets: tuple[Any, ...]
) -> Programme:
    plain = ("key", "name", "level", "place", "register", "year", "n_selected", "note")
    return Programme(
        **{name: record[name] for name in plain if name in record},
        document=Document(**record.get("document", {})),
        targets=targets,
        figures=tuple(_as_figures(record.get("figure", ()), record, sources, record.get("period", ""))),
        measures=tuple(record.get("measures", ())),
        meetings=tuple(Meeting(held_on=None, **meeting) for meeting in record.get("meeting", ())),
        source=sources[record["source"]].title,
    )


def _as_areas(record: dict[str, Any], sources: Mapping[str, Source], area_ids: Mapping[str, int]) -> Areas:
    """Every area of one programme is told of in one manner: the same first step, by the same document."""
    if "areas" not in record:
        return ()
    document = Document(**record["document"])
    step = Step(document=document, actor=document.issued_by, **record["step"])
    version, common = record["version"], dict(record.get("area", {}))
    reasons = tuple(common.pop("reasons", ()))
    source = sources[record["source"]].title
    return tuple(
        (
            TargetArea(
                **area,
                **common,
                version=version,
                area_id=area_ids.get(version),
                reasons=reasons,
                source=source,
            ),
            (step,),
        )
        for area in record["areas"]
    )


def _as_model(record: dict[str, Any], sources: Mapping[str, Source]) -> CrimeModel:
    figures = _as_figures(record.get("figures", ()), record, sources, record["as_of"])
    own: dict[str, Any] = {name: value for name, value in record.items() if name not in ("source", "figures")}
    own |= {name: float(own[name]) for name in COUNTS if name in own}
    return CrimeModel(**own, figures=tuple(figures), source=sources[record["source"]].title)


def _as_figures(
    figures: Iterable[dict[str, Any]], owner: dict[str, Any], sources: Mapping[str, Source], period: str
) -> Iterable[Figure]:
    """What a figure does not tell of level, place, source and period is its owner's."""
    common = {"level": owner["level"], "place": owner["place"], "source": owner["source"], "period": period}
    for figure in figures:
        told = common | figure
        source = sources[told.pop("source")]
        value = told.pop("value", None)
        yield Figure(
            **told,
            value=None if value is None else float(value),
            source=source.title,
            stated_on=source.date,
        )
