"""A crosswalk on its way in: read, held against both boundary versions, then kept as it is or mended."""

from dataclasses import dataclass

from geo.findings import Finding
from geo.frames import Source
from geo.reading.read import read_table
from geo.versions.crosswalk import Crosswalk
from geo.versions.crosswalk_check import check_crosswalk, propose_correction
from geo.versions.crosswalk_read import read_crosswalk
from store.records import Area
from store.repository import Store
from studies.intake import Received


@dataclass(frozen=True)
class CrosswalkTrial:
    """A read crosswalk, not kept yet. mended: without the parts that the outlines deny; None when there are
    none. findings: of the table as it was sent."""

    crosswalk: Crosswalk
    mended: Crosswalk | None
    findings: tuple[Finding, ...]

    @property
    def n_whole(self) -> int:
        return int(self.crosswalk.rows["whole"].sum())

    @property
    def n_divided(self) -> int:
        """Old units that went into several new ones."""
        rows = self.crosswalk.rows
        return int(rows.loc[~rows["whole"], "old_code"].nunique())


def try_crosswalk(
    store: Store, received: Received, old: Area, new: Area, *, source: str = "", sheet: str | None = None
) -> CrosswalkTrial:
    """Raises MissingColumns, NotComparable, BrokenCrosswalk, and what reading a table raises."""
    wards_old, wards_new = store.load_wards(old.id), store.load_wards(new.id)
    told = Source(name=source, file=received.name, sha256=received.sha256) if source else None
    table = read_table(received.path, sheet=sheet)
    crosswalk, read = read_crosswalk(table, old=wards_old, new=wards_new, source=told)
    checked, found = check_crosswalk(crosswalk, wards_old, wards_new)
    return CrosswalkTrial(checked, propose_correction(checked, wards_old, wards_new), (*read, *found))


def keep_crosswalk(
    store: Store, trial: CrosswalkTrial, old: Area, new: Area, *, mended: bool = False, by: str = ""
) -> int:
    """mended: keep the corrected crosswalk, as a person confirmed. Raises NotComparable."""
    crosswalk = trial.mended if mended and trial.mended is not None else trial.crosswalk
    return store.keep_crosswalk(old.id, new.id, crosswalk, findings=trial.findings, by=by)
