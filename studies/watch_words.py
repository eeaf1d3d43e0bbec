"""What is said beside each watched ward, and of the method."""

import math
from collections.abc import Mapping, Sequence

from geo.frames import Period
from geo.question import Selection
from i18n.messages import Words
from layers.naming import label_period, name_with_type
from planning.programme import TargetArea
from planning.relapse import FALSE_ALARM, N_DRAWS, Watch, expect_delay
from studies.following import Chain, Unit, name_parts, name_unit
from studies.registers import name_selection
from studies.watch_plan import Level, Plan

DOUBLED = 2.0


def name_area(content: TargetArea, words: Words) -> str:
    """`P. An Bình, Q. Ninh Kiều`, a part of a ward before its ward."""
    names = (content.hamlet, content.ward_name or content.ward_code, content.parent)
    return ", ".join(name_with_type(name, words) for name in names if name)


def name_month(month: Period, words: Words) -> str:
    """`tháng 03/2024`, or its days."""
    return label_period(month, words) or f"{words.date(month.start)} – {words.date(month.end)}"


def write_course(
    found: Watch, level: Level, months: Sequence[Period], words: Words, *, of_months: int, seed: int
) -> list[str]:
    """The first sign with its counts, the level and what it rests on, and how soon a doubling would show."""
    if math.isnan(level.mean):
        return [words("watch.no_level")]
    lines = []
    mean = words.number(level.mean, decimals=1)
    if found.first_alarm is not None:
        lines.append(
            words(
                "watch.alarm",
                month=name_month(months[found.first_alarm - 1], words),
                n=found.first_alarm,
                sum=words.number(found.sums[found.first_alarm], decimals=1),
                limit=words.number(found.limit, decimals=1),
            )
        )
    lines.append(words(f"watch.level_{level.of}", mean=mean, n=level.n_months))
    delay = expect_delay(level.mean, of_months, factor=DOUBLED, seed=seed, n_level_months=level.n_months)
    if not math.isnan(delay.month):
        share = words.number(100 * delay.share)
        lines.append(words("watch.delay", share=share, months=of_months, n=round(delay.month)))
    return lines


def write_gaps(
    found: Watch, plan: Plan, partly: Sequence[Period], words: Words, *, of_months: int
) -> list[str]:
    """Months left out because only a part of them lies in the watch or in the figures, months without a
    figure, and whether the watch has run out."""
    lines = []
    if plan.cut_first is not None:
        lines.append(words("watch.cut_first", month=name_month(plan.cut_first, words)))
    if partly:
        lines.append(words("watch.partly", months=", ".join(name_month(month, words) for month in partly)))
    if found.n_missing:
        lines.append(words("watch.missing", n=found.n_missing, of=found.months_since_exit))
    if not plan.months:
        lines.append(words("watch.none_yet"))
    if len(plan.months) >= of_months:
        lines.append(words("watch.over", months=of_months))
    return lines


def write_unit(content: TargetArea, chain: Chain, unit: Unit, words: Words) -> list[str]:
    """Where what is counted is more than the area: a later ward that took it in, the ward around a hamlet."""
    lines = []
    if unit.at != chain.at:
        name = name_with_type(name_unit(chain, unit), words)
        parts = ", ".join(name_with_type(part, words) for part in name_parts(chain, unit))
        key = "watch.merged" if parts else "watch.renamed"
        lines.append(words(key, name=name, parts=parts) if parts else words(key, name=name))
    if content.hamlet:
        ward = name_with_type(content.ward_name or content.ward_code, words)
        lines.append(words("watch.hamlet", ward=ward, hamlet=content.hamlet))
    return lines


def write_counted(counted: Mapping[Selection, Sequence[str]], words: Words) -> tuple[str, ...]:
    """Which incidents were counted, with the names of the areas where these are not the same for all."""
    if len(counted) == 1:
        return tuple(
            words("register_counts.counted", name=name_selection(chosen, words)) for chosen in counted
        )
    return tuple(
        words("register_counts.counted_of", name=name_selection(chosen, words), names="; ".join(names))
        for chosen, names in counted.items()
    )


def write_method(words: Words, *, months: int, seed: int) -> tuple[str, ...]:
    """What holds of every row: the method, its false alarms and its limits."""
    chance = words.number(100 * FALSE_ALARM)
    return (
        words("watch.caution"),
        words("watch.method", months=months, chance=chance, draws=N_DRAWS, seed=str(seed)),
        words("watch.bursts"),
    )
