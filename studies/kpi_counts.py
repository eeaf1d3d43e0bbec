"""What the program itself counts for one area's targets: incidents before and after, models that work.

Where it misleads: counts are of the whole ward, so an area that is a part of one has none; figures by months
are cut to the whole months within the days set, as in the remark beside the committee's conclusion.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from geo.counting import pick_counted
from geo.frames import Joined, Period
from geo.question import EVERY_CRIME, Selection
from geo.stats.regression_to_mean import expected_fall_pct
from planning.evidence import count_models
from planning.models import CrimeModel
from planning.targets import Observation, Target
from store.plan_records import KeptArea
from studies.following import Chain, Told, find_unit, tell
from studies.registers import pick_selection
from studies.windows import Phase, find_windows

INCIDENTS, MODELS = "incidents", "effective_models"
Gap = Literal["", "no_boundaries", "part", "no_days", "no_figures", "divided"]


@dataclass(frozen=True)
class Counted:
    """observations: what was counted, by the program. chosen: which incidents. gap: why a side lacks, ""
    where none does. is_cut: only the whole months within the days set. expected_fall_pct: how far the wards
    with the most incidents fall of themselves, NaN unknown. is_made_up: a file it rests on is."""

    observations: tuple[Observation, ...] = ()
    chosen: Selection = EVERY_CRIME
    gap: Gap = ""
    is_cut: bool = False
    expected_fall_pct: float = math.nan
    is_made_up: bool = False


def list_keys(targets: Sequence[Target]) -> tuple[str, ...]:
    """Keys of the figures that the targets are judged by, each once."""
    keys = (
        key
        for target in targets
        for key in (target.numerator, target.denominator, *target.not_applicable_when)
        if key
    )
    return tuple(dict.fromkeys(keys))


def count_incidents(
    kept: KeptArea, chain: Chain | None, selections: Sequence[Selection], n_selected: int
) -> Counted:
    """Incidents of the base period and of the days of work, each where figures reach it; both by the one
    selection that `pick_selection` finds. n_selected: areas that were chosen, for the fall to be expected."""
    area = kept.content
    if area.hamlet:
        return Counted(gap="part")
    if chain is None or not chain.has(area.ward_code):
        return Counted(gap="no_boundaries")
    windows = find_windows(kept)
    if not windows:
        return Counted(gap="no_days")
    chosen = pick_selection(kept, chain, selections)
    return _count(kept, chain, chosen, windows, n_selected)


def count_area_models(kept: KeptArea, models: Collection[CrimeModel]) -> Observation | None:
    """Models of the area's own ward that are assessed as working well; None for a part of a ward, whose
    models nobody has told apart."""
    area = kept.content
    if area.hamlet:
        return None
    of_ward = [
        model for model in models if (model.ward_code, model.version) == (area.ward_code, area.version)
    ]
    days = find_windows(kept).get("after")
    if days is None:
        return count_models(MODELS, of_ward)
    return count_models(MODELS, of_ward, start=days.start, end=days.end)


def _count(
    kept: KeptArea,
    chain: Chain,
    chosen: Selection,
    windows: dict[Phase, Period],
    n_selected: int,
) -> Counted:
    told = {phase: tell(chain, window, chosen) for phase, window in windows.items()}
    known = {phase: one for phase, one in told.items() if one is not None}
    unit = find_unit(chain, kept.content.ward_code, [one.at for one in known.values()])
    if unit is None:
        return Counted(chosen=chosen, gap="divided")
    counts = {phase: n for phase, one in known.items() if not math.isnan(n := unit.count(one))}
    files = {phase: _list_files(chain, known[phase], chosen) for phase in counts}
    before = known.get("before")
    lacks_days = len(windows) < len(("before", "after"))
    return Counted(
        observations=tuple(
            Observation(
                INCIDENTS,
                n,
                phase,
                start=known[phase].period.start,
                end=known[phase].period.end,
                counted_by="program",
                source=", ".join(dict.fromkeys(_name(fact) for fact in files[phase])),
            )
            for phase, n in counts.items()
        ),
        chosen=chosen,
        gap="no_days" if lacks_days else "no_figures" if len(counts) < len(windows) else "",
        is_cut=any(known[phase].period != windows[phase] for phase in counts),
        expected_fall_pct=expected_fall_pct(before.counts, n_selected)
        if before is not None and before.at == chain.at
        else math.nan,
        is_made_up=any(fact.source.illustrative for facts in files.values() for fact in facts),
    )


def _list_files(chain: Chain, told: Told, chosen: Selection) -> list[Joined]:
    return pick_counted(chain.held[told.at].of_kind("incidents"), told.period, chosen)


def _name(fact: Joined) -> str:
    return fact.source.file or fact.source.name
