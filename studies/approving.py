"""The approval that freezes one way of choosing under its paper, and the programme that comes of it."""

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from errors import BadOption, Key, TooFewWards
from geo.cluster_search import weigh_neighbours
from geo.stats.comparison import choose_comparison, displacement_ring
from i18n.messages import Words
from planning.catalogue import Catalogue
from planning.lifecycle import state_of
from planning.papers import Document, Level
from planning.programme import Programme, Step, TargetArea
from planning.scenario import Approval, Frozen, Scenario
from planning.targets import Target
from store.plan_records import Kept
from store.repository import Store
from studies.holdings import Holdings
from studies.long_list import CHOSEN_STATES
from studies.person_guard import names_person
from studies.programme_entry import check_programme
from studies.shortlist import Shortlist, cell


@dataclass(frozen=True)
class Decision:
    """What the committee's paper says. level, place: of the committee; start, end: of the work."""

    document: Document
    on: dt.date
    key: str
    name: str
    level: Level
    targets: tuple[Target, ...]
    start: dt.date
    end: dt.date
    by: str


def approve(
    store: Store, kept: Kept[Scenario], found: Shortlist, stability: pd.Series, holdings: Holdings,
    decision: Decision, words: Words, *, seed: int,
) -> int:  # fmt: skip
    """Freeze the scenario under its paper and open the programme with its areas, in one write; the
    programme's id.

    Raises BadOption (`no_document`: the paper has no number or title, or nobody issued it; `days_of_work`:
    the work ends before it begins; `not_saved`: the scenario on file is another one than that shown;
    `names_person`: a person stands where an office is asked for, fact field; `programme_key`),
    ChangedMeanwhile, ForbiddenStep (a paper of a day to come), NotComparable (approved already, or the
    programme's key is in use).
    """
    document = decision.document
    if not document.is_named or document.issued_on is None:
        raise BadOption("no_document")
    if decision.end < decision.start:
        raise BadOption("days_of_work", start=decision.start, end=decision.end)
    for text, name in ((document.issued_by, "approval.issued_by"), (decision.by, "scenario.by")):
        if names_person(text):
            raise BadOption("names_person", field=Key(*name.split(".")))
    if replace(kept.content, chosen=()) != replace(found.scenario, chosen=()):
        raise BadOption("not_saved", name=kept.content.name)
    period = found.measured.question.period
    assert period is not None, "a scenario has a base period"
    comparison = freeze_comparison(found)
    approval = Approval(
        document=document,
        approved_on=decision.on,
        approved_by=decision.by,
        base_start=period.start,
        base_end=period.end,
        boundary_version=holdings.area.version or "",
        boundary_sha256=holdings.wards.source.sha256,
        datasets=tuple((each.id, each.sha256) for each in holdings.datasets),
        targets=decision.targets,
        comparison=comparison,
        wards=tuple(freeze_wards(found, stability)),
        seed=seed,
    )
    programme = Programme(
        key=decision.key,
        name=decision.name,
        level=decision.level,
        place=holdings.area.title,
        register=found.scenario.register,
        year=found.scenario.year,
        document=document,
        start=decision.start,
        end=decision.end,
        n_selected=len(found.chosen),
        targets=decision.targets,
        illustrative=found.measured.is_illustrative,
        scenario_id=kept.id,
    )
    check_programme(programme, today=decision.on, asked=("key",))
    steps = _first_steps(kept, decision, words)
    areas = [
        (_make_area(found, holdings, code, decision, dict(comparison).get(code, ())), steps)
        for code in found.chosen
    ]
    return store.approve_scenario(kept.id, kept.revision, approval, programme, areas, by=decision.by)


def list_open(store: Store, found: Shortlist) -> tuple[str, ...]:
    """Chosen wards that stand selected or at work: under another programme of the register as of today, the
    same year's too, or in the yearly table."""
    scenario = found.scenario
    registers = {kept.id: kept.content.register for kept in store.list_programmes()}
    open_now = {
        kept.content.ward_code
        for kept in store.list_target_areas()
        if registers[kept.programme_id] == scenario.register
        and (kept.content.area_id, kept.content.hamlet) == (scenario.area_id, "")
        and state_of(kept.taken) in CHOSEN_STATES
    }
    told = {code for code, state in found.register.states.items() if state in CHOSEN_STATES}
    return tuple(code for code in found.chosen if code in open_now | told)


def _first_steps(kept: Kept[Scenario], decision: Decision, words: Words) -> tuple[Step, ...]:
    proposal = Document(
        title=words("scenario.document", name=kept.content.name, version=kept.content.version),
        issued_by=decision.by or decision.document.issued_by,
        issued_on=decision.on,
    )
    actor = decision.by or decision.document.issued_by
    return (
        Step("de_xuat", decision.on, proposal, actor),
        Step("duoc_lua_chon", decision.on, decision.document, decision.document.issued_by),
    )


def _make_area(
    found: Shortlist, holdings: Holdings, code: str, decision: Decision, comparison: tuple[str, ...]
) -> TargetArea:
    row = found.table.loc[code]
    return TargetArea(
        ward_code=code,
        ward_name=str(row["ward_name"]),
        parent=str(row["parent"]),
        version=holdings.area.version or "",
        area_id=holdings.area.id,
        types=tuple(cell(found.table, code, "type")),
        reasons=(str(row["reason"]),) if row["reason"] else (),
        responsible=str(row["unit"]),
        origin=cell(found.table, code, "origin"),
        start=decision.start,
        end=decision.end,
        comparison=comparison,
        base_start=found.scenario.base_start,
        base_end=found.scenario.base_end,
    )


def freeze_comparison(found: Shortlist) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each chosen ward the untouched wards most like it; () where too few are left or figures lack."""
    frame = found.measured.frame
    if not {"population", "n_incidents"} <= set(frame):
        return ()
    weights = weigh_neighbours(frame)
    barred = {*found.chosen, *displacement_ring(found.chosen, weights)}
    frozen = []
    for code in found.chosen:
        among = frame[~frame.index.isin(barred - {code})]
        try:
            frozen.append((code, choose_comparison(among, [code], weights)))
        except (TooFewWards, KeyError):
            frozen.append((code, ()))
    return tuple(frozen)


def freeze_wards(found: Shortlist, stability: pd.Series) -> list[Frozen]:
    """Every ward of the long list as it was: values, points, score, what the rules said."""
    columns = dict.fromkeys([*(each.column for each in found.criteria), "population"])
    points = found.scored.points
    told: dict[str, list[tuple[str, str]]] = {}
    for result in found.results:
        told.setdefault(result.ward_code, []).append((result.rule, result.outcome))
    return [
        Frozen(
            ward_code=code,
            ward_name=str(cell(found.table, code, "ward_name")),
            parent=str(cell(found.table, code, "parent")),
            values=tuple((column, _plain(cell(found.table, code, column))) for column in columns),
            points=tuple((key, _plain(cell(points, code, key))) for key in map(str, points)),
            score=_plain(found.scored.score[code]),
            is_chosen=code in found.chosen,
            rules=tuple(told.get(code, ())),
            origin=str(cell(found.table, code, "origin")),
            stability=_plain(stability[code]),
        )
        for code in map(str, found.table.index)
    ]


def _plain(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def list_target_sets(catalogue: Catalogue) -> dict[str, tuple[Target, ...]]:
    """The targets of each set, by key."""
    return {each.key: each.targets for each in catalogue.target_sets}
