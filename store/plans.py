"""What is planned: ways of choosing next year's areas, and the programmes that came of them."""

from collections.abc import Sequence

from planning.programme import Programme, Step, TargetArea
from planning.scenario import Approval, Scenario
from store import plan_areas, plan_programmes, plan_rows, plan_scenarios, plan_steps
from store.engine import reading, writing
from store.plan_lists import PlanLists
from store.plan_records import PROGRAMME, SCENARIO, TARGET_AREA, Kept, KeptArea, sign


class Plans(PlanLists):
    """The part of the store that keeps them; see `store.repository.Store` for what holds of every call.

    Nothing is overwritten: a change is a further revision, and every earlier one can be read. Whoever changes
    a record says which revision they saw (`base_revision`); when another was kept since, ChangedMeanwhile is
    raised (facts kind, record_id, revision, by, at) and nothing is written. A revision that equals the newest
    changes nothing. NaN comes back as None.
    """

    def keep_scenario(
        self,
        scenario: Scenario,
        *,
        by: str = "",
        record_id: int | None = None,
        base_revision: int | None = None,
    ) -> Kept[Scenario]:
        """Keep a new scenario, or the next revision of one. With `reopens` a new one is the next version of
        an approved one, which only one may be.

        Raises NoData (reasons `area`, `scenario`), ChangedMeanwhile, and NotComparable: `approved` it is
        fixed for ever; `locked` it must be unlocked first; `not_approved` it reopens what was not approved.
        """
        with writing(self.engine) as connection:
            if record_id is None:
                return plan_scenarios.insert_scenario(connection, scenario, sign(by))
            return plan_scenarios.change_scenario(connection, record_id, base_revision, scenario, sign(by))

    def list_scenarios(self, area_id: int | None = None) -> list[Kept[Scenario]]:
        """Of all boundaries or of one, the first kept first."""
        with reading(self.engine) as connection:
            return plan_rows.list_newest(connection, SCENARIO, area_id=area_id)

    def load_scenario(self, record_id: int) -> Kept[Scenario]:
        """Raises NoData (reason `scenario`)."""
        with reading(self.engine) as connection:
            return plan_rows.load_newest(connection, SCENARIO, record_id)

    def list_scenario_revisions(self, record_id: int) -> list[Kept[Scenario]]:
        """The newest first. Raises NoData (reason `scenario`)."""
        with reading(self.engine) as connection:
            return plan_rows.list_revisions(connection, SCENARIO, record_id)

    def approve_scenario(
        self,
        record_id: int,
        base_revision: int,
        approval: Approval,
        programme: Programme,
        areas: Sequence[tuple[TargetArea, tuple[Step, ...]]],
        *,
        by: str = "",
    ) -> int:
        """Fix a scenario for ever with what its document decided, and keep the programme and areas that come
        of it, all or nothing. Returns the programme's id; its `scenario_id` is set here.

        Raises NoData (reasons `scenario`, `area`, `catalogue`), ChangedMeanwhile, ForbiddenStep, and
        NotComparable: `approved` before; `programme_key` in use; `target_version`, `target_twice`.
        """
        with writing(self.engine) as connection:
            return plan_scenarios.approve(
                connection, record_id, base_revision, approval, programme, areas, sign(by)
            )

    def keep_programme(
        self,
        programme: Programme,
        *,
        by: str = "",
        record_id: int | None = None,
        base_revision: int | None = None,
    ) -> Kept[Programme]:
        """Keep a new programme, or the next revision of one. Raises NoData (reason `programme`),
        ChangedMeanwhile, and NotComparable: `programme_key` names another one; `programme_renamed`."""
        with writing(self.engine) as connection:
            if record_id is None:
                return plan_programmes.insert_programme(connection, programme, sign(by))
            return plan_programmes.change_programme(connection, record_id, base_revision, programme, sign(by))

    def keep_programme_whole(
        self, programme: Programme, areas: Sequence[tuple[TargetArea, tuple[Step, ...]]], *, by: str = ""
    ) -> int:
        """Keep a new programme with its areas and their steps, all or nothing, and return its id. What was
        first kept just so changes nothing, whatever people added since. Raises NoData (reasons `area`,
        `catalogue`), ForbiddenStep, and NotComparable: `programme_key` names another one; `target_version`,
        `target_twice`."""
        with writing(self.engine) as connection:
            known = plan_programmes.find_whole(connection, programme, areas)
            if known is not None:
                return known
            return plan_programmes.insert_whole(connection, programme, areas, sign(by))

    def list_programmes(self) -> list[Kept[Programme]]:
        """The first kept first."""
        with reading(self.engine) as connection:
            return plan_rows.list_newest(connection, PROGRAMME)

    def load_programme(self, record_id: int) -> Kept[Programme]:
        """Raises NoData (reason `programme`)."""
        with reading(self.engine) as connection:
            return plan_rows.load_newest(connection, PROGRAMME, record_id)

    def find_programme(self, key: str) -> Kept[Programme] | None:
        """The one of that key; None when there is none."""
        with reading(self.engine) as connection:
            return plan_rows.find_by_key(connection, PROGRAMME, key)

    def list_programme_revisions(self, record_id: int) -> list[Kept[Programme]]:
        """The newest first. Raises NoData (reason `programme`)."""
        with reading(self.engine) as connection:
            return plan_rows.list_revisions(connection, PROGRAMME, record_id)

    def keep_target_area(
        self,
        programme_id: int,
        area: TargetArea,
        *,
        by: str = "",
        record_id: int | None = None,
        base_revision: int | None = None,
    ) -> KeptArea:
        """Keep a new area under a programme, or the next revision of one; its steps stay as they are.

        Raises NoData (reasons `programme`, `target_area`, `area`), ChangedMeanwhile, and NotComparable:
        `target_version` its boundaries are of another version than it says; `target_twice` the programme has
        that place already. ValueError for a ward that its boundaries do not have.
        """
        with writing(self.engine) as connection:
            if record_id is None:
                record_id = plan_areas.insert_area(connection, programme_id, area, sign(by))
            else:
                plan_areas.change_area(connection, programme_id, record_id, base_revision, area, sign(by))
            return plan_areas.load_area(connection, record_id)

    def keep_target_areas(
        self,
        programme_id: int,
        areas: Sequence[tuple[TargetArea, tuple[Step, ...]]],
        *,
        by: str = "",
    ) -> tuple[int, ...]:
        """Keep new areas under a programme with the steps they have taken, all or nothing; their ids. Raises
        as `keep_target_area` of a new one, and as `take_step`."""
        with writing(self.engine) as connection:
            return plan_programmes.insert_areas(connection, programme_id, areas, sign(by))

    def list_target_areas(self, programme_id: int | None = None) -> list[KeptArea]:
        """Of one programme or of all, the first kept first."""
        with reading(self.engine) as connection:
            return plan_areas.list_areas(connection, programme_id)

    def load_target_area(self, record_id: int) -> KeptArea:
        """Raises NoData (reason `target_area`)."""
        with reading(self.engine) as connection:
            return plan_areas.load_area(connection, record_id)

    def list_target_area_revisions(self, record_id: int) -> list[Kept[TargetArea]]:
        """The newest first. Raises NoData (reason `target_area`)."""
        with reading(self.engine) as connection:
            return plan_rows.list_revisions(connection, TARGET_AREA, record_id)

    def take_step(self, target_area_id: int, step: Step, *, seen: int, by: str = "") -> KeptArea:
        """Let an area take its next step, or correct the last one. seen: how many steps the person saw.

        Raises NoData (reasons `target_area`, `catalogue`), ForbiddenStep, and ChangedMeanwhile when there are
        more or fewer steps than that (its `revision` tells how many).
        """
        with writing(self.engine) as connection:
            area = plan_areas.load_area(connection, target_area_id)
            plan_steps.take_step(connection, area, step, seen, sign(by))
            return plan_areas.load_area(connection, target_area_id)
