"""The store: areas, and the files joined to them.

Every write raises the revision and is one transaction; what would change nothing leaves the revision
as it is. Nothing is ever deleted: a superseded or removed dataset only stops being active.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, select, update

from geo.findings import Finding
from geo.frames import Joined, Kind, Wards
from store import admission, boundaries, datasets, facts
from store.engine import reading, writing
from store.records import Area, Dataset
from store.tables import store_revision


class Store:
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

    def keep_boundaries(self, wards: Wards, *, key: str, title: str) -> int:
        """Keep an area and return its id; the same (key, sha256 of the source) again changes nothing."""
        with writing(self.engine) as connection:
            known = boundaries.find_known(connection, key, boundaries.identify(wards))
            if known is not None:
                return known
            area_id = boundaries.insert_area(connection, wards, key=key, title=title)
            _raise_revision(connection)
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
    ) -> int:
        """Keep a joined file and return its dataset's id, whole or not at all.

        replace: it takes the place of the area's active datasets of its kind; else it stands beside
        them. Tables and points of one kind are told apart: the same incidents often come as both. One
        file (sha256) stands once: read otherwise than before, it takes the place of its earlier
        reading; read the same, nothing changes.

        Raises NoData (reason `area`) and NotComparable: `version` joined on another boundary version;
        `overlap` days that another active file of incidents covers; `undated` incidents without dates,
        beside others or others beside them, which may be the same incidents.
        """
        kept = facts.as_kept_joined(joined)
        with writing(self.engine) as connection:
            area = boundaries.find_area(connection, area_id)
            admission.check_version(kept, area.version, file_name=file_name)
            facts.check_codes(kept.rows, boundaries.list_codes(connection, area_id))
            active = [
                entry
                for entry in datasets.list_datasets(connection, area_id, active=True, kind=kept.kind)
                if entry.by_place == kept.by_place
            ]
            earlier = [entry for entry in active if sha256 and entry.sha256 == sha256]
            for entry in earlier:
                if facts.is_same(kept, facts.load(connection, entry)):
                    return entry.id
            superseded = active if replace else earlier
            beside = [entry for entry in active if entry not in superseded]
            period = admission.find_period(kept)
            admission.check_overlap(kept, period, beside, file_name=file_name)
            datasets.deactivate(connection, [entry.id for entry in superseded])
            dataset_id = datasets.insert_dataset(
                connection,
                area_id,
                kept,
                period=period,
                file_name=file_name,
                sha256=sha256,
                findings=findings,
            )
            facts.insert_rows(connection, dataset_id, kept.kind, kept.rows)
            _raise_revision(connection)
            return dataset_id

    def list_datasets(self, area_id: int, *, active: bool = True) -> list[Dataset]:
        """The active datasets of an area, or those no longer active; the first kept first."""
        with reading(self.engine) as connection:
            return datasets.list_datasets(connection, area_id, active=active)

    def load(self, area_id: int, kind: Kind) -> list[Joined]:
        """The active datasets of a kind with every row as it was kept, left-over rows included."""
        with reading(self.engine) as connection:
            entries = datasets.list_datasets(connection, area_id, active=True, kind=kind)
            return [facts.load(connection, entry) for entry in entries]

    def remove_dataset(self, dataset_id: int) -> None:
        """Make a dataset inactive; its rows stay. Raises NoData (reason `dataset`)."""
        with writing(self.engine) as connection:
            if datasets.is_active(connection, dataset_id):
                datasets.deactivate(connection, [dataset_id])
                _raise_revision(connection)


def _raise_revision(connection: Connection) -> None:
    connection.execute(update(store_revision).values(value=store_revision.c.value + 1))
