"""What the counts say of a target area, set beside the committee's conclusion and never in its place.

Comparison wards are those frozen in the area at approval; none is ever chosen or replaced here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from geo.question import EVERY_CRIME, Selection
from geo.stats.evaluation import WDD
from i18n.messages import Words
from layers.naming import name_with_type
from planning.evaluation import Judgement, judge, pool_apart
from store.plan_records import KeptArea
from store.repository import Store
from studies.following import Chain, Load, find_home, load_chain, note_sources
from studies.judging_frames import Refusal, Sides, gather
from studies.judging_words import name_all, write_count, write_notes, write_sentence, write_whole
from studies.watch_words import name_area

Side = Literal["treated", "comparison", "ring"]


@dataclass(frozen=True)
class RemarkRow:
    """One ward's counts before and after; side: key of its group. The others are final text."""

    side: Side
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Remark:
    """sentence: the remark in words; notes: how it was made, the caution first. judgement: the numbers, None
    where nothing could be counted."""

    sentence: str
    notes: tuple[str, ...]
    rows: tuple[RemarkRow, ...] = ()
    judgement: Judgement | None = None


@dataclass(frozen=True)
class ProgrammeRemark:
    """by_area: by id of the kept target area. sentence: of all together, or why they are not added up."""

    sentence: str
    notes: tuple[str, ...]
    by_area: Mapping[int, Remark]
    difference: WDD | None = None


def judge_area(
    store: Store,
    kept: KeptArea,
    words: Words,
    *,
    beside: Sequence[KeptArea] = (),
    n_selected: int | None = None,
    selections: Sequence[Selection] = (EVERY_CRIME,),
    load: Load | None = None,
) -> Remark:
    """One area's base period against the days of its work, beside its frozen comparison wards.

    beside: all areas of the programme; they are kept out of the ring. n_selected: how many areas were chosen,
    for the fall that is to be expected of the highest; None: as many as `beside` lists. selections: see
    `registers.list_selections`. load: where holdings come from, else from the store.
    """
    sides = _gather(store, kept, beside, selections, load, {})
    return _remark(sides, n_selected or max(len(beside), 1), words)


def judge_programme(
    store: Store,
    areas: Sequence[KeptArea],
    words: Words,
    *,
    n_selected: int | None = None,
    selections: Sequence[Selection] = (EVERY_CRIME,),
    load: Load | None = None,
) -> ProgrammeRemark:
    """Every area by itself, and all together where that is sound: areas with one comparison group and the
    same days are judged as one; areas whose comparison wards serve nobody else are pooled; else only by
    themselves, and it is said why. selections: see `registers.list_selections`."""
    chains = dict[int, Chain]()
    sides = {kept.id: _gather(store, kept, areas, selections, load, chains) for kept in areas}
    by_area = {id_: _remark(one, n_selected or len(areas), words) for id_, one in sides.items()}
    judged = {
        id_: one
        for id_, one in sides.items()
        if isinstance(one, Sides) and (found := by_area[id_].judgement) and found.difference is not None
    }
    sentence, difference = _judge_all(list(judged.values()), words)
    lost = [name_area(kept.content, words) for kept in areas if kept.id not in judged]
    notes = [words("judging.caution")]
    if lost and judged:
        notes.append(words("judging.left_out", n=len(lost), names="; ".join(lost)))
    return ProgrammeRemark(sentence, tuple(notes), by_area, difference)


def _gather(
    store: Store,
    kept: KeptArea,
    beside: Sequence[KeptArea],
    selections: Sequence[Selection],
    load: Load | None,
    chains: dict[int, Chain],
) -> Sides | Refusal:
    home = find_home(store, kept.content)
    if home is None:
        return "no_boundaries"
    if home not in chains:
        chains[home] = load_chain(store, home, load)
    others = [each for each in beside if each.content.version == kept.content.version]
    return gather(kept, chains[home], others, selections)


def _remark(sides: Sides | Refusal, n_selected: int, words: Words) -> Remark:
    if isinstance(sides, str):
        return Remark(words(f"judging.{sides}"), (words("judging.caution"),))
    judgement = _judge(sides, sides.treated, n_selected)
    rows = [
        RemarkRow(
            side,
            name_with_type(sides.names.get(str(code), str(code)), words),
            *(write_count(float(n), words) for n in counts),
        )
        for side, frame in _list_sides(sides)
        for code, counts in zip(frame.index, frame[["before", "after"]].to_numpy(), strict=True)
    ]
    notes = (*write_notes(judgement, sides, words), *note_sources([sides.chain], words))
    return Remark(write_sentence(judgement, sides, words), notes, tuple(rows), judgement)


def _list_sides(sides: Sides) -> list[tuple[Side, pd.DataFrame]]:
    return [("treated", sides.treated), ("comparison", sides.comparison), ("ring", sides.ring)]


def _judge(sides: Sides, treated: pd.DataFrame, n_selected: int) -> Judgement:
    before, after = sides.counted
    # What is treated and comparison at once can be neither.
    comparison = sides.comparison.iloc[:0] if sides.overlap else sides.comparison
    return judge(
        treated,
        comparison,
        sides.ring,
        days_before=before.n_days,
        days_after=after.n_days,
        city_before=sides.city_before,
        n_selected=n_selected,
    )


def _judge_all(judged: Sequence[Sides], words: Words) -> tuple[str, WDD | None]:
    if not judged:
        return words("judging.none_judged"), None
    if len({(id(one.chain), one.at) for one in judged}) > 1:
        return words("judging.other_versions"), None
    if len({one.chosen for one in judged}) > 1:
        return words("judging.other_selections"), None
    first, n = judged[0], len(judged)
    treated = pd.concat([one.treated for one in judged])
    alike = {(frozenset(one.comparison.index), one.counted) for one in judged}
    if len(alike) == 1 and treated.index.is_unique and not treated.index.isin(first.comparison.index).any():
        whole = _judge(first, treated, n)
        assert whole.difference is not None, "each of them has one"
        return write_whole("joint", whole.difference, n, first.chosen, words), whole.difference
    pooled = pool_apart({str(place): _judge(one, one.treated, n) for place, one in enumerate(judged)})
    if pooled.difference is None:
        return words("judging.twice", names=name_all(pooled.twice, first, words)), None
    return write_whole("pooled", pooled.difference, n, first.chosen, words), pooled.difference
