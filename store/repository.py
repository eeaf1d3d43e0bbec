"""The store: areas, the files joined to them, what connects areas and spellings, what a person adds,
and what is planned.

Every write raises the revision, writes down who did what, and is one transaction; what would change
nothing leaves the revision as it is. No figure is ever deleted: a superseded or removed dataset only
stops being active. `by` names the user, "" where nobody signed in.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, select

from geo.findings import Finding
from geo.frames import BoundaryVersion, Joined, Kind, Wards
from geo.matching.aliases import Alias
from geo.versions.crosswalk import Crosswalk
from store import aliases as alias_rows
from store import boundaries, crosswalks, datasets, events, facts, intake, revisions
from store.engine import reading, writing
from store.extras import Extras
from store.plans import Plans
from store.records import Area, Dataset, Event, KeptCrosswalk
from store.tables import store_revision


class Store(Extras, Plans):
    """One database, shared by threads: each call takes a short connection of its own.

    Any call raises StoreUnavailable when the database cannot be read or written at that moment.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def close(self) -> None:
        """Let go of the database; a later call takes it up again."""
        self.engine.dispose()

    def revision(self) -> int:
        """Rises with every write: whoever remembers an answer remembers it under this number."""
        with reading(self.engine) as connection:
            value: int = connection.execute(select(store_revision.c.value)).scalar_one()
            return value

    def list_events(self, limit: int = 100) -> list[Event]:
        """Who did what, the newest first."""
        with reading(self.engine) as connection:
            return events.list_events(connection, limit)

    def keep_boundaries(
        self, wards: Wards, *, key: str, title: str, validity: BoundaryVersion | None = None, by: str = ""
    ) -> int:
        """Keep an area and return its id; the same (key, sha256 of the source) again changes nothing, but
        days in force that were not known before are taken up."""
        if validity is not None:
            boundaries.check_validity(wards, validity)
        with writing(self.engine) as connection:
            known = boundaries.find_known(connection, key, boundaries.identify(wards))
            if known is not None:
                if validity is not None and boundaries.date_area(connection, known, validity):
                    events.record(connection, "area.dated", known, by=by, basis=validity.basis)
                return known
            area_id = boundaries.insert_area(connection, wards, key=key, title=title, validity=validity)
            events.record(connection, "area.kept", area_id, by=by, key=key, version=wards.version)
            return area_id

    def list_areas(self) -> list[Area]:
        """All areas, the first kept first."""
        with reading(self.engine) as connection:
            return boundaries.list_areas(connection)

    def load_wards(self, area_id: int) -> Wards:
        """The wards exactly as they were kept. Raises NoData (reason `area`)."""
        with reading(self.engine) as connection:
            return boundaries.load_wards(connection, area_id)

    def keep(
        self,
        area_id: int,
        joined: Joined,
        *,
        file_name: str,
        sha256: str,
        findings: Sequence[Finding],
        replace: bool,
        by: str = "",
        supersedes: int | None = None,
        aliases: Sequence[Alias] = (),
    ) -> int:
        """Keep a joined file and return its dataset's id, whole or not at all, and the spellings confirmed
        with it (`keep_aliases`).

        replace: it takes the place of the area's active datasets of its kind; else it stands beside
        them. supersedes: it corrects that one dataset and stands beside the others, whatever `replace`
        says. Tables and points of one kind are told apart: the same incidents often come as both. One
        file (sha256) stands once: read otherwise than before, it takes the place of its earlier
        reading; read the same, nothing changes. What takes the place of exactly one dataset is its next
        revision.

        Raises NoData (reasons `area`, `dataset`) and NotComparable: `version` joined on another boundary
        version; `overlap` days that another file of incidents in use, or settled, covers; `undated`
        incidents without dates, beside others or others beside them, which may be the same incidents;
        `days_of_other_version` counted outside the days in force, of a version not told; `same_wards`
        residents of a ward that another file in use tells; `correction` the corrected dataset is not
        alike; `inactive` it is not in use any more.
        """
        kept = intake.Intake(facts.as_kept_joined(joined), file_name, sha256, tuple(findings), by)
        with writing(self.engine) as connection:
            dataset_id = intake.take_in(connection, area_id, kept, replace=replace, supersedes=supersedes)
            _remember(connection, area_id, aliases, by=by)
            return dataset_id

    def list_datasets(self, area_id: int, *, active: bool = True) -> list[Dataset]:
        """The active datasets of an area, or those no longer active; the first kept first."""
        with reading(self.engine) as connection:
            return datasets.list_datasets(connection, area_id, active=active)

    def list_revisions(self, dataset_id: int) -> list[Dataset]:
        """The whole chain that a dataset belongs to, the newest first. Raises NoData (reason `dataset`)."""
        with reading(self.engine) as connection:
            return revisions.list_chain(connection, dataset_id)

    def load(self, area_id: int, kind: Kind, *, settled: bool = False) -> list[Joined]:
        """The active datasets of a kind with every row as it was kept, left-over rows included.

        settled: of each, its newest settled revision instead, where it has one ("số liệu chốt").
        """
        with reading(self.engine) as connection:
            entries = datasets.list_datasets(connection, area_id, active=True, kind=kind)
            if settled:
                entries = [revisions.read_settled(connection, entry) for entry in entries]
            return [facts.load(connection, entry) for entry in entries]

    def load_dataset(self, dataset_id: int) -> Joined:
        """One dataset, active or not. Raises NoData (reason `dataset`)."""
        with reading(self.engine) as connection:
            return facts.load(connection, datasets.find_dataset(connection, dataset_id))

    def settle(self, dataset_id: int, settled: bool = True, *, by: str = "") -> None:
        """Declare a revision to be the final figures, or take that back. Raises NoData (reason `dataset`)
        and NotComparable (`overlap`, `undated`) when other files cover the same days."""
        with writing(self.engine) as connection:
            entry = datasets.find_dataset(connection, dataset_id)
            if entry.settled == settled:
                return
            if settled:
                revisions.check_settling(connection, entry)
            datasets.mark_settled(connection, dataset_id, settled)
            what = "dataset.settled" if settled else "dataset.unsettled"
            events.record(connection, what, dataset_id, by=by, file=entry.file_name)

    def remove_dataset(self, dataset_id: int, *, by: str = "") -> None:
        """Make a dataset inactive; its rows stay. Raises NoData (reason `dataset`)."""
        with writing(self.engine) as connection:
            entry = datasets.find_dataset(connection, dataset_id)
            if entry.active:
                datasets.deactivate(connection, [dataset_id])
                events.record(connection, "dataset.removed", dataset_id, by=by, file=entry.file_name)

    def keep_aliases(self, area_id: int, aliases: Sequence[Alias], *, by: str = "") -> int:
        """Remember confirmed spellings and return how many are new or mean another ward than before.
        Raises NoData (reason `area`)."""
        with writing(self.engine) as connection:
            return _remember(connection, area_id, aliases, by=by)

    def list_aliases(self, area_id: int) -> tuple[Alias, ...]:
        """By spelling."""
        with reading(self.engine) as connection:
            return alias_rows.list_aliases(connection, area_id)

    def remove_alias(self, area_id: int, alias: Alias, *, by: str = "") -> None:
        """Forget a spelling, whatever ward it means; one not known changes nothing."""
        with writing(self.engine) as connection:
            if alias_rows.delete_alias(connection, area_id, alias):
                told = {"key": alias.key, "parent": alias.parent, "ward_code": alias.ward_code}
                events.record(connection, "alias.removed", area_id, by=by, **told)

    def keep_crosswalk(
        self,
        old_area_id: int,
        new_area_id: int,
        crosswalk: Crosswalk,
        *,
        findings: Sequence[Finding] = (),
        by: str = "",
    ) -> int:
        """Keep a crosswalk in place of the one between these areas, whichever way that led, and return its
        id; the same again changes nothing. Raises NoData (reason `area`) and NotComparable (reasons
        `version`, `backwards`)."""
        with writing(self.engine) as connection:
            crosswalks.check_versions(connection, old_area_id, new_area_id, crosswalk)
            known = crosswalks.find_active(connection, old_area_id, new_area_id)
            if known is not None:
                if crosswalks.is_same(crosswalk, crosswalks.load_crosswalk(connection, known)):
                    return known
                crosswalks.deactivate(connection, known)
            reverse = crosswalks.find_active(connection, new_area_id, old_area_id)
            if reverse is not None:
                crosswalks.deactivate(connection, reverse)
            crosswalk_id = crosswalks.insert_crosswalk(
                connection, old_area_id, new_area_id, crosswalk, findings=findings, by=by
            )
            areas = {"old_area_id": old_area_id, "new_area_id": new_area_id}
            superseded = known if reverse is None else reverse
            events.record(connection, "crosswalk.kept", crosswalk_id, by=by, superseded=superseded, **areas)
            return crosswalk_id

    def list_crosswalks(self) -> list[KeptCrosswalk]:
        """Those in use, the first kept first."""
        with reading(self.engine) as connection:
            return crosswalks.list_crosswalks(connection)

    def load_crosswalk(self, crosswalk_id: int) -> Crosswalk:
        """One crosswalk, in use or not. Raises NoData (reason `crosswalk`)."""
        with reading(self.engine) as connection:
            return crosswalks.load_crosswalk(connection, crosswalk_id)


def _remember(connection: Connection, area_id: int, aliases: Sequence[Alias], *, by: str) -> int:
    boundaries.find_area(connection, area_id)
    boundaries.check_codes(connection, area_id, {alias.ward_code for alias in aliases} - {""})
    fresh = alias_rows.insert_aliases(connection, area_id, aliases, by=by)
    if fresh:
        told = [[alias.key, alias.parent, alias.ward_code] for alias in fresh]
        events.record(connection, "aliases.kept", area_id, by=by, aliases=told)
    return len(fresh)
