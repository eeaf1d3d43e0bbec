"""The remark beside the committee's conclusion, in words."""

import math
from collections.abc import Iterable

import pandas as pd

from geo.frames import Period
from geo.question import Selection
from geo.stats.evaluation import WDD, verdict
from i18n.messages import Words
from layers.naming import label_period, name_with_type
from planning.evaluation import Judgement
from studies.change_words import write_change, write_evaluation, write_interval
from studies.judging_frames import Sides
from studies.registers import name_selection

LIKE_DAYS = 3


def write_sentence(judgement: Judgement, sides: Sides, words: Words) -> str:
    """What the counts say beside the comparison wards, or why that cannot be told; of which incidents."""
    return _name_counted(_write_told(judgement, sides, words), sides.chosen, words)


def _write_told(judgement: Judgement, sides: Sides, words: Words) -> str:
    if sides.overlap:
        return words("judging.lack_overlap", names=name_all(sides.overlap, sides, words))
    if judgement.difference is None:
        names = name_all(judgement.missing, sides, words)
        key = f"judging.lack_{judgement.lack}"
        return words(key, names=names) if names else words(key)
    return write_evaluation(judgement.difference, words)


def write_notes(judgement: Judgement, sides: Sides, words: Words) -> tuple[str, ...]:
    """The caution first; then the days, the plain change with its interval, who it is compared with, the
    neighbours, and the fall to be expected."""
    before, after = sides.counted
    lines = [words("judging.caution"), _write_days(before, after, words)]
    if sides.counted != sides.asked:
        lines.append(words("judging.cut"))
    lines += _write_change(judgement, before, after, words)
    if len(sides.comparison):
        lines.append(words("judging.comparison", **_tell(sides.comparison, sides, words)))
    if sides.merged:
        names = ", ".join(name_with_type(name, words) for name in sides.merged)
        lines.append(words("judging.merged_comparison", names=names))
    lines += _write_ring(judgement, sides, words)
    if not math.isnan(judgement.expected_fall_pct):
        lines.append(words("expert.fall", pct=words.number(judgement.expected_fall_pct)))
    return tuple(lines)


def write_count(n: float, words: Words) -> str:
    """One count, or that it is not known."""
    return words("legend.no_data") if math.isnan(n) else words.number(n)


def _write_days(before: Period, after: Period, words: Words) -> str:
    return words(
        "judging.periods",
        before=_days(before, words), n_before=before.n_days, after=_days(after, words), n_after=after.n_days,
    )  # fmt: skip


def _days(period: Period, words: Words) -> str:
    return label_period(period, words) or f"{words.date(period.start)} – {words.date(period.end)}"


def _write_change(judgement: Judgement, before: Period, after: Period, words: Words) -> list[str]:
    now, then = judgement.after, judgement.before
    if math.isnan(now) or math.isnan(then) or abs(after.n_days - before.n_days) <= LIKE_DAYS:
        lines = [write_change(now, then, words, with_pct=True) + "."]
    else:
        days = {"n_before": before.n_days, "n_after": after.n_days}
        lines = [
            words("judging.change_unequal", before=round(then), after=round(now), **days),
            words("judging.unequal", n=after.n_days),
        ]
    interval = write_interval(now, then, words, days_now=after.n_days, days_before=before.n_days)
    return [*lines, interval] if interval else lines


def _write_ring(judgement: Judgement, sides: Sides, words: Words) -> list[str]:
    if not judgement.ring_wards:
        return [words("expert.no_ring")]
    lines = [words("expert.ring", **_tell(sides.ring.loc[list(judgement.ring_wards)], sides, words))]
    if judgement.ring is not None and not sides.overlap:
        found = verdict(judgement.ring)
        if found in ("signs_rise", "clear_rise"):
            told = words("evaluation.more", n=round(judgement.ring.estimate))
            lines.append(words("judging.ring_rose", told=told))
        else:
            lines.append(words("judging.ring_no_ground" if found == "no_ground" else "judging.ring_fell"))
    return lines


def write_whole(key: str, difference: WDD, n: int, chosen: Selection, words: Words) -> str:
    """The programme's areas together; key: `joint` or `pooled`."""
    told = words(f"judging.{key}", n=n, told=write_evaluation(difference, words))
    return _name_counted(told, chosen, words)


def _name_counted(told: str, chosen: Selection, words: Words) -> str:
    return f"{told} {words('register_counts.counted', name=name_selection(chosen, words))}"


def _tell(frame: pd.DataFrame, sides: Sides, words: Words) -> dict[str, object]:
    counts = frame[["before", "after"]].sum(skipna=False)
    return {
        "names": name_all(map(str, frame.index), sides, words),
        "before": write_count(float(counts["before"]), words),
        "after": write_count(float(counts["after"]), words),
    }


def name_all(codes: Iterable[str], sides: Sides, words: Words) -> str:
    """`P. An Bình, P. An Thới`."""
    return ", ".join(name_with_type(sides.names.get(code, code), words) for code in codes)
