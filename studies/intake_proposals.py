"""Units' own proposals on their way in: read whole, looked at, then kept for one area and one year."""

from dataclasses import dataclass
from pathlib import Path

from errors import BadOption
from geo.findings import Finding
from geo.periods import FIRST_YEAR, LAST_YEAR
from planning.catalogue import Named
from planning.catalogue_file import read_catalogue
from planning.scenario import Proposal
from store.repository import Store
from studies.catalogues import find_catalogue
from studies.intake import Received, receive
from studies.proposals_file import Tally, read_proposals

CATALOGUE = Path(__file__).parents[1] / "data" / "planning" / "catalogue.toml"


@dataclass(frozen=True)
class ProposalsTrial:
    """A read list, not kept yet; `studies.proposals_file.read_proposals` says what each part is."""

    received: Received
    proposals: tuple[Proposal, ...]
    findings: tuple[Finding, ...]
    tally: Tally


def list_types(store: Store, year: int) -> tuple[Named, ...]:
    """The types of areas of the catalogue that speaks of the year; of the shipped one where none is kept."""
    catalogue = find_catalogue(store, year) if store.list_catalogues() else read_catalogue(CATALOGUE)
    return catalogue.types


def try_proposals(
    store: Store,
    area_id: int,
    year: int,
    received: Received,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    decimal_mark: str | None = None,
) -> ProposalsTrial:
    """Match the list with the area's wards and its remembered spellings; the store is not touched. Raises
    what `read_proposals` raises, NoData (reason `area`), and BadOption (reason `proposals_year`) for a year
    that no plan is made for."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadOption("proposals_year", value=str(year))
    proposals, findings, tally = read_proposals(
        received.path, store.load_wards(area_id), store.list_aliases(area_id),
        types=list_types(store, year),
        sheet=sheet, encoding=encoding, decimal_mark=decimal_mark,
    )  # fmt: skip
    return ProposalsTrial(received, proposals, findings, tally)


def keep_proposals(store: Store, area_id: int, year: int, trial: ProposalsTrial, *, by: str = "") -> bool:
    """Whether the store changed. The list takes the place of the one kept for that area and year; a list of
    which no row was taken leaves that one where it is."""
    if not trial.proposals:
        return False
    before = store.revision()
    store.keep_proposals(
        area_id, year, trial.proposals, file_name=trial.received.name, sha256=trial.received.sha256,
        findings=trial.findings, by=by,
    )  # fmt: skip
    return store.revision() != before


def import_proposals(
    store: Store,
    path: Path,
    area_id: int,
    year: int,
    *,
    by: str = "",
    sheet: str | None = None,
    encoding: str | None = None,
    decimal_mark: str | None = None,
) -> tuple[ProposalsTrial, bool]:
    """What was read, and whether the store changed: `cli.py import --as proposals`."""
    trial = try_proposals(
        store, area_id, year, receive([path]), sheet=sheet, encoding=encoding, decimal_mark=decimal_mark
    )
    return trial, keep_proposals(store, area_id, year, trial, by=by)
