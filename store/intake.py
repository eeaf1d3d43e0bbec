"""One file's way into the store, on an open connection."""

from dataclasses import dataclass

from sqlalchemy import Connection

from geo.findings import Finding
from geo.frames import Joined
from store import admission, boundaries, datasets, events, facts, revisions
from store.records import Dataset


@dataclass(frozen=True)
class Intake:
    """A joined file as it will be read back, and what is told of it."""

    joined: Joined
    file_name: str
    sha256: str
    findings: tuple[Finding, ...]
    by: str


def take_in(
    connection: Connection, area_id: int, given: Intake, *, replace: bool, supersedes: int | None
) -> int:
    """What `Store.keep` promises."""
    area = boundaries.find_area(connection, area_id)
    admission.check_version(given.joined, area.version, file_name=given.file_name)
    boundaries.check_codes(connection, area_id, set(given.joined.rows["ward_code"].dropna().unique()))
    alike = [
        entry
        for entry in datasets.list_datasets(connection, area_id, active=True, kind=given.joined.kind)
        if entry.by_place == given.joined.by_place
    ]
    earlier = [entry for entry in alike if given.sha256 and entry.sha256 == given.sha256]
    for entry in earlier:
        is_asked_for = supersedes in (None, entry.id, entry.supersedes)
        if is_asked_for and facts.is_same(given.joined, facts.load(connection, entry)):
            return entry.id
    if supersedes is None:
        superseded = alike if replace else earlier
        previous = superseded[0] if len(superseded) == 1 else None
    else:
        previous = revisions.find_corrected(
            connection, area_id, given.joined, supersedes, file_name=given.file_name
        )
        superseded = [previous, *earlier]
    return _insert(connection, area_id, given, alike, superseded, previous)


def _insert(
    connection: Connection,
    area_id: int,
    given: Intake,
    alike: list[Dataset],
    superseded: list[Dataset],
    previous: Dataset | None,
) -> int:
    beside = [entry for entry in alike if entry not in superseded]
    period = admission.find_period(given.joined)
    area = boundaries.find_area(connection, area_id)
    admission.check_days_in_force(
        given.joined, period, area.valid_from, area.valid_to, file_name=given.file_name
    )
    if given.joined.kind == "population":
        for entry in beside:
            known = facts.load(connection, entry)
            admission.check_same_wards(
                given.joined, known, file_name=given.file_name, other_name=entry.file_name
            )
    in_use = revisions.list_read(connection, beside)
    admission.check_overlap(given.joined, period, in_use, file_name=given.file_name)
    datasets.deactivate(connection, [entry.id for entry in superseded])
    dataset_id = datasets.insert_dataset(
        connection,
        area_id,
        given.joined,
        period=period,
        file_name=given.file_name,
        sha256=given.sha256,
        findings=given.findings,
        by=given.by,
        previous=previous,
    )
    facts.insert_rows(connection, dataset_id, given.joined.kind, given.joined.rows)
    events.record(
        connection,
        "dataset.kept",
        dataset_id,
        by=given.by,
        file=given.file_name,
        sha256=given.sha256,
        kind=given.joined.kind,
        n_rows=len(given.joined.rows),
        superseded=sorted({entry.id for entry in superseded}),
    )
    return dataset_id
