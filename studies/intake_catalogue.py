"""A committee's own catalogue on its way in: read whole, laid beside the one in force, then kept.

Programmes carry their own targets and steps, so a new catalogue changes none of them; names, dues and months
are read from the catalogue that speaks of a programme's year.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from errors import NoData, TooLarge, UnreadableFile
from geo.findings import Finding
from geo.reading.archive import MEGABYTE
from planning.catalogue import Catalogue
from planning.catalogue_changes import Change, compare_catalogues
from planning.catalogue_file import read_catalogue
from store.plan_catalogues import find_in_force
from store.plan_records import Kept
from store.repository import Store
from studies.catalogue_remarks import list_remarks
from studies.intake import Received, receive

LIMIT_MB = 2


@dataclass(frozen=True)
class CatalogueTrial:
    """A read catalogue, not kept yet. beside: the one in force, None where none is kept; changes: what the
    new one says differently from it. replaces: the one kept from the same day, whose next revision it would
    be. will_hold: whether it would be the one in force on the day asked."""

    received: Received
    catalogue: Catalogue
    beside: Kept[Catalogue] | None
    changes: tuple[Change, ...]
    replaces: Kept[Catalogue] | None
    will_hold: bool
    findings: tuple[Finding, ...]


def find_kept_in_force(store: Store, today: dt.date) -> Kept[Catalogue]:
    """The one that holds on the day. Raises NoData (reason `catalogue`) where none is kept."""
    kept = store.list_catalogues()
    held = find_in_force(kept, today)
    return next(each for each in kept if each.content.valid_from == held.valid_from)


def try_catalogue(store: Store, received: Received, today: dt.date) -> CatalogueTrial:
    """Read the file and compare; the store is not touched. Raises what `read_catalogue` raises,
    UnreadableFile (reason `catalogue_encoding`) and TooLarge (`catalogue`)."""
    _check_text(received.path)
    catalogue = read_catalogue(received.path)
    kept = store.list_catalogues()
    try:
        beside = find_kept_in_force(store, today)
    except NoData:
        beside = None
    same_day = [each for each in kept if each.content.valid_from == catalogue.valid_from]
    others = [each.content for each in kept if each not in same_day]
    known = sorted((*others, catalogue), key=lambda each: each.valid_from)
    begun = [each for each in known if each.valid_from <= today]
    return CatalogueTrial(
        received,
        catalogue,
        beside,
        compare_catalogues(beside.content, catalogue) if beside else (),
        next(iter(same_day), None),
        bool(begun) and begun[-1] is catalogue,
        tuple(list_remarks(store, catalogue, known, received.name)),
    )


def keep_catalogue(store: Store, trial: CatalogueTrial, *, by: str = "") -> bool:
    """Whether the store changed."""
    before = store.revision()
    store.keep_catalogue(trial.catalogue, by=by)
    return store.revision() != before


def import_catalogue(
    store: Store, path: Path, today: dt.date, *, by: str = ""
) -> tuple[CatalogueTrial, bool]:
    """What was read, and whether the store changed: `cli.py import --as catalogue`."""
    trial = try_catalogue(store, receive([path]), today)
    return trial, keep_catalogue(store, trial, by=by)


def _check_text(path: Path) -> None:
    """Small, and in the one encoding that TOML has."""
    n_bytes = path.stat().st_size
    if n_bytes > LIMIT_MB * MEGABYTE:
        megabytes = round(n_bytes / MEGABYTE, 1)
        raise TooLarge("catalogue", file=path.name, megabytes=megabytes, limit_megabytes=LIMIT_MB)
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFile("catalogue_encoding", file=path.name) from error
