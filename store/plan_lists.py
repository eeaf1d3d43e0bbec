"""What plans draw on: models of the movement, catalogues, and the units' own proposals."""

from collections.abc import Sequence

from sqlalchemy import Connection, Engine

from geo.findings import Finding
from planning.catalogue import Catalogue
from planning.models import CrimeModel
from planning.scenario import Proposal
from store import boundaries, plan_catalogues, plan_rows
from store.engine import reading, writing
from store.plan_codec import as_kept
from store.plan_records import MODEL, PROPOSALS, Kept, ProposalList, Writer, sign
from store.records import findings_from_json, findings_to_json


class PlanLists:
    """The part of the store that keeps them; see `store.plans.Plans` for what holds of every call."""

    engine: Engine

    def keep_model(
        self,
        model: CrimeModel,
        *,
        by: str = "",
        record_id: int | None = None,
        base_revision: int | None = None,
    ) -> Kept[CrimeModel]:
        """Keep a new model, or the next revision of one. A new one that says just what another says is that
        other one. Raises NoData (reason `model`) and ChangedMeanwhile."""
        with writing(self.engine) as connection:
            return _keep_model(connection, model, sign(by), record_id, base_revision)

    def keep_models(
        self, models: Sequence[tuple[CrimeModel, Kept[CrimeModel] | None]], *, by: str = ""
    ) -> list[Kept[CrimeModel]]:
        """As `keep_model`, all or none of them. Beside each: the revision it goes on from, None for a new
        one."""
        with writing(self.engine) as connection:
            writer, held = sign(by), plan_rows.list_newest(connection, MODEL)
            same = {each.content: each for each in reversed(held)}
            kept = []
            for model, base in models:
                given = as_kept(model)
                known = same.get(given)
                if base is not None:
                    known = plan_rows.find_base(connection, MODEL, base.id, base.revision)
                    if known.content in same and same[known.content].id == known.id:
                        del same[known.content]
                kept.append(_keep_as(connection, given, writer, known))
                same.setdefault(given, kept[-1])
            return kept

    def list_models(self) -> list[Kept[CrimeModel]]:
        """The first kept first."""
        with reading(self.engine) as connection:
            return plan_rows.list_newest(connection, MODEL)

    def list_model_revisions(self, record_id: int) -> list[Kept[CrimeModel]]:
        """The newest first. Raises NoData (reason `model`)."""
        with reading(self.engine) as connection:
            return plan_rows.list_revisions(connection, MODEL, record_id)

    def keep_catalogue(self, catalogue: Catalogue, *, by: str = "") -> Kept[Catalogue]:
        """Keep what a plan may choose among. One in force from the same day is the next revision of the
        earlier; the same again changes nothing."""
        with writing(self.engine) as connection:
            return plan_catalogues.keep_catalogue(connection, catalogue, sign(by))

    def list_catalogues(self) -> list[Kept[Catalogue]]:
        """By the day they came into force, the newest last."""
        with reading(self.engine) as connection:
            return plan_catalogues.list_catalogues(connection)

    def keep_proposals(
        self,
        area_id: int,
        year: int,
        proposals: Sequence[Proposal],
        *,
        file_name: str = "",
        sha256: str = "",
        findings: Sequence[Finding] = (),
        by: str = "",
    ) -> int:
        """Keep the whole list for a year as the next revision of the earlier one, and return its id; the same
        again changes nothing. Raises NoData (reason `area`), ValueError for a ward of another area or listed
        twice."""
        remarks = findings_from_json(findings_to_json(findings))
        given = ProposalList(year, tuple(proposals), file_name, sha256, remarks)
        codes = {each.ward_code for each in proposals}
        if len(codes) < len(proposals):
            raise ValueError("a ward is listed twice")
        with writing(self.engine) as connection:
            boundaries.find_area(connection, area_id)
            boundaries.check_codes(connection, area_id, codes)
            key = f"{area_id}:{year}"
            known = plan_rows.find_by_key(connection, PROPOSALS, key)
            told = {"year": year, "file": file_name, "n": len(proposals)}
            return plan_rows.keep(
                connection, PROPOSALS, given, sign(by), known, told=told, area_id=area_id, key=key
            ).id

    def load_proposals(self, area_id: int, year: int) -> tuple[Proposal, ...]:
        """The newest list for a year, in its own order; empty where none was kept."""
        kept = self.list_proposal_revisions(area_id, year)
        return kept[0].content.proposals if kept else ()

    def list_proposal_revisions(self, area_id: int, year: int) -> list[Kept[ProposalList]]:
        """Every list kept for a year with its file and remarks, the newest first; empty without one."""
        with reading(self.engine) as connection:
            known = plan_rows.find_by_key(connection, PROPOSALS, f"{area_id}:{year}")
            return plan_rows.list_revisions(connection, PROPOSALS, known.id) if known else []


def _keep_model(
    connection: Connection,
    model: CrimeModel,
    writer: Writer,
    record_id: int | None,
    base_revision: int | None,
) -> Kept[CrimeModel]:
    given = as_kept(model)
    if record_id is None:
        known = _find_same(connection, given)
    else:
        known = plan_rows.find_base(connection, MODEL, record_id, base_revision)
    return _keep_as(connection, given, writer, known)


def _keep_as(
    connection: Connection, given: CrimeModel, writer: Writer, known: Kept[CrimeModel] | None
) -> Kept[CrimeModel]:
    told = {"name": given.name, "place": given.place}
    return plan_rows.keep(connection, MODEL, given, writer, known, told=told)


def _find_same(connection: Connection, given: CrimeModel) -> Kept[CrimeModel] | None:
    kept = plan_rows.list_newest(connection, MODEL)
    return next((each for each in kept if each.content == given), None)
