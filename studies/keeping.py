"""Files straight into the store, without a page: what `cli.py import` does."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from errors import NoData, SeveralChoices
from geo.boundaries.registry import find_entry, hash_file
from geo.findings import Finding
from geo.frames import BoundaryVersion, Joined, Kind
from geo.reading.read import list_layers
from store.admission import check_same_wards
from store.records import Area
from store.repository import Store
from studies.intake import receive
from studies.intake_crosswalk import keep_crosswalk, try_crosswalk
from studies.ward_table import BoundaryFile, TableFile, join_file, load_wards


@dataclass(frozen=True)
class Imported:
    """What became of one file. is_new: the store changed. n: wards, joined rows or parts kept.
    joined: of a table, None for the others."""

    kind: str
    n: int
    is_new: bool
    area: Area
    findings: tuple[Finding, ...]
    guessed: dict[str, str]
    joined: Joined | None = None


def find_area(store: Store, asked: str | None) -> Area:
    """An area by its number, key or title; the only one where none is asked for. Raises NoData,
    SeveralChoices (reason `area`)."""
    areas = store.list_areas()
    found = [area for area in areas if asked is None or asked in (str(area.id), area.key, area.title)]
    if len(found) == 1:
        return found[0]
    choices = ", ".join(f"{area.id} ({area.title})" for area in (found or areas))
    if not areas:
        raise NoData("no_area")
    if not found:
        raise NoData("area_unknown", asked=asked, choices=choices)
    raise SeveralChoices("area", choices=choices)


def import_boundaries(
    store: Store,
    file: BoundaryFile,
    registry_folder: Path,
    *,
    title: str = "",
    validity: BoundaryVersion | None = None,
    by: str = "",
) -> Imported:
    """Keep an area. A file of the registry brings its title, version and dates."""
    loaded = load_wards(file, registry_folder)
    entry = find_entry(file.path, registry_folder)
    known = validity or (entry.validity if entry else None)
    title = title or (entry.title if entry else file.path.stem)
    before = store.revision()
    # Read with other options it is another area, for its codes or places mean something else.
    reading = repr((file.layer, file.crs, file.encoding, file.columns, loaded.wards.version))
    is_plain = entry is not None and file == BoundaryFile(file.path, version=file.version)
    key = entry.key if entry and is_plain else f"{file.path.stem[:80]}-{_digest(reading)[:8]}"
    area_id = store.keep_boundaries(loaded.wards, key=key, title=title, validity=known, by=by)
    area = next(area for area in store.list_areas() if area.id == area_id)
    return Imported(
        "boundaries", area.n_wards, store.revision() != before, area, loaded.findings, loaded.guessed
    )


def import_table(
    store: Store, area: Area, file: TableFile, *, by: str = "", replaces: bool = False
) -> Imported:
    """Join a table with the area's wards and its remembered spellings, and keep it whole or not at all.

    Raises NotComparable (reason `same_wards`) for cameras of wards that another table in use tells: unlike on
    the page, nobody was shown the two side by side. And what joining and `Store.keep` raise.
    """
    wards = store.load_wards(area.id)
    answer = join_file(wards, file, aliases=store.list_aliases(area.id))
    before = store.revision()
    sha256 = _identify(file)
    if file.kind == "cameras" and not replaces:
        _refuse_same_wards(store, area.id, answer.joined, file.path.name, sha256)
    store.keep(
        area.id,
        answer.joined,
        file_name=file.path.name,
        sha256=sha256,
        findings=answer.findings,
        replace=replaces,
        by=by,
    )
    kind: Kind = file.kind
    return Imported(
        kind,
        len(answer.joined.rows),
        store.revision() != before,
        area,
        answer.findings,
        answer.guessed,
        answer.joined,
    )


def _identify(file: TableFile) -> str:
    """As on the page (`studies.intake.identify`): two sheets of one workbook are two files, the only sheet of
    another one is that file, named or not."""
    sha256 = hash_file(file.path)
    is_one_of_several = bool(file.sheet) and len(list(list_layers(file.path))) > 1
    return _digest(f"{sha256}\n{file.sheet}") if is_one_of_several else sha256


def _refuse_same_wards(store: Store, area_id: int, joined: Joined, file_name: str, sha256: str) -> None:
    for entry in store.list_datasets(area_id):
        is_alike = (entry.kind, entry.by_place) == (joined.kind, joined.by_place)
        if is_alike and entry.sha256 != sha256:
            known = store.load_dataset(entry.id)
            check_same_wards(joined, known, file_name=file_name, other_name=entry.file_name)


def import_crosswalk(
    store: Store, path: Path, old: Area, new: Area, *, source: str = "", mended: bool = False, by: str = ""
) -> Imported:
    """Read, check against both boundary versions, keep; `mended` without the parts that outlines deny."""
    before = store.revision()
    trial = try_crosswalk(store, receive([path]), old, new, source=source)
    keep_crosswalk(store, trial, old, new, mended=mended, by=by)
    n, is_new = len(trial.crosswalk.rows), store.revision() != before
    return Imported("crosswalk", n, is_new, new, trial.findings, {})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
