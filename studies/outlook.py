"""What changed and what a running year may come to, in as many words as the counts bear."""

from geo.measure import Measured
from i18n.messages import Words
from studies.change_words import write_change, write_interval, write_projection
from studies.holdings import Holdings
from studies.reference import Count
from studies.reporting import find_reporting, project


def write_outlook(holdings: Holdings, measured: Measured, count: Count, words: Words) -> list[str]:
    """The change of all wards known in both periods, its interval, and the year's projection; what is not
    known is left out."""
    lines = []
    frame, question = measured.frame, measured.question
    if "n_incidents_previous" in frame:
        told = frame[["n_incidents", "n_incidents_previous"]].dropna()
        now, before = float(told["n_incidents"].sum()), float(told["n_incidents_previous"].sum())
        if len(told):
            tips_now, tips_before, n_missing = find_reporting(holdings, measured).of_all()
            lines.append(
                write_change(
                    now, before, words, with_pct=True,
                    tips_now=tips_now, tips_before=tips_before, n_missing_parts=n_missing,
                )
                + "."
            )  # fmt: skip
            lines.append(_write_interval(measured, now, before, words))
    projection = project(holdings, measured, count)
    if projection is not None and question.asked is not None:
        lines.append(write_projection(projection, words))
    return [line for line in lines if line]


def write_ward_change(holdings: Holdings, measured: Measured, code: str, words: Words) -> list[str]:
    """The same of one ward; nothing where the two periods cannot be compared."""
    row = measured.row(code)
    if "n_incidents_difference" not in row or row.isna()["n_incidents_difference"]:
        return []
    now, before = float(row["n_incidents"]), float(row["n_incidents_previous"])
    tips_now, tips_before, n_missing = find_reporting(holdings, measured).of_ward(code)
    told = write_change(
        now, before, words, tips_now=tips_now, tips_before=tips_before, n_missing_parts=n_missing
    )
    lines = [f"{told}.", _write_interval(measured, now, before, words)]
    return [line for line in lines if line]


def _write_interval(measured: Measured, now: float, before: float, words: Words) -> str:
    period, previous = measured.question.period, measured.question.previous
    if period is None or previous is None:
        return ""
    return write_interval(now, before, words, days_now=period.n_days, days_before=previous.n_days)
