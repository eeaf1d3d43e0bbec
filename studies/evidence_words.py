"""Figures that targets are judged by, in words: what, of which days, who vouches for it."""

from dataclasses import dataclass

from i18n.messages import Words
from planning.targets import Observation


@dataclass(frozen=True)
class ObservationRow:
    """Cells are final text, "" where nothing is told. by: the office that stated it and when, or that the
    program counted it."""

    key: str
    phase: str
    value: str
    days: str
    by: str
    source: str
    note: str


def name_key(key: str, words: Words) -> str:
    """`số vụ`; a key of a committee's own stands as it is."""
    return words(f"kpi.key.{key}") if words.has(f"kpi.key.{key}") else key


def write_observation(told: Observation, words: Words) -> ObservationRow:
    """One figure as a line of a table."""
    return ObservationRow(
        key=name_key(told.key, words),
        phase=words(f"evidence.phase.{told.phase}") if told.phase else "",
        value=write_value(told, words),
        days=_write_days(told, words),
        by=_write_by(told, words),
        source=told.source,
        note=told.note,
    )


def write_value(told: Observation, words: Words) -> str:
    """`từ 700 trở lên`; a value that nobody knows is said to be unknown."""
    if told.qualifier == "text":
        return told.note or words("kpi.value.unknown")
    if told.value is None:
        return words("kpi.value.unknown")
    return words(f"kpi.qualifier.{told.qualifier}", value=words.plain(float(told.value)))


def write_line(told: Observation, words: Words) -> str:
    """`số vụ trước chuyển hóa: 100 (01/01/2021 – 31/12/2021; phần mềm tổng hợp, so_vu.csv)`."""
    row = write_observation(told, words)
    name = " ".join(part for part in (row.key, row.phase) if part)
    known = ", ".join(part for part in (row.by, row.source) if part)
    beside = "; ".join(part for part in (row.days, known) if part)
    line = words("evidence.line", name=name, value=row.value)
    return f"{line} ({beside})" if beside else line


def _write_days(told: Observation, words: Words) -> str:
    if told.start and told.end:
        return words("reports.period_days", start=told.start, end=told.end)
    if told.start:
        return words("reports.period_from", start=told.start)
    return words("reports.period_to", end=told.end) if told.end else ""


def _write_by(told: Observation, words: Words) -> str:
    if told.counted_by == "program":
        return words("evidence.by_program")
    day = words.date(told.stated_on) if told.stated_on else ""
    return ", ".join(part for part in (told.stated_by, day) if part)
