"""Wards that passed, month by month: signs that incidents creep up again, and what they do not say."""

import math

from i18n.messages import Words
from studies.watch import Watched, WatchRow
from studies.watch_words import name_month
from views.follow_rows import row_html
from views.widgets import escape, show_html


def show_watch(watched: Watched, words: Words) -> None:
    """A line per watched area with bars from zero; a month without a figure is hatched."""
    none = f"<p>{escape(words('follow.watch_none'))}</p>"
    body = _table(watched, words) if watched.rows else none
    show_html(f'<section class="db-card db-follow"><h2>{escape(words("watch.heading"))}</h2>{body}</section>')


def _table(watched: Watched, words: Words) -> str:
    heads = [words(f"watch.{name}") for name in ("name", "months", "expected", "counts", "state_column")]
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(_row(row, heads, words) for row in watched.rows)
    caution, *method = watched.notes
    made_up = words("atlas.illustrative")
    cautions = [caution, *watched.counted, *([made_up] if made_up in method else [])]
    said = "".join(f'<p class="db-sub">{escape(line)}</p>' for line in cautions)
    how = "".join(f"<p>{escape(line)}</p>" for line in method if line != made_up)
    fold = f"<summary>{escape(words('follow.watch_how'))}</summary>{how}"
    return (
        f'<table class="db-plain"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        f'{said}<details class="db-notes">{fold}</details>'
    )


def _row(row: WatchRow, heads: list[str], words: Words) -> str:
    notes = "".join(f'<span class="db-under">{escape(note)}</span>' for note in row.notes)
    unknown = f'<span class="db-muted">{escape(words("reports.unknown"))}</span>'
    expected = unknown if math.isnan(row.expected) else escape(words.number(row.expected, decimals=1))
    sign = ' class="db-sign-on"' if row.state == "relapse" else ""
    cells = [
        f"<b>{escape(row.name)}</b>",
        escape(words("watch.months_of", n=row.months_since_exit, of=row.of_months)),
        expected,
        _bars(row, words) or unknown,
        f"<b{sign}>{escape(row.told)}</b>{notes}",
    ]
    return row_html(heads, cells)


def _bars(row: WatchRow, words: Words) -> str:
    """Counts by month; the month of the first sign is set apart."""
    highest = max([1.0, *(n for n in row.counts if not math.isnan(n))])
    bars = []
    for period, n in zip(row.periods, row.counts, strict=True):
        month = name_month(period, words)
        if math.isnan(n):
            tip = f"{month}: {words('legend.no_data')}"
            bars.append(f'<i class="db-hatch" style="height:100%" title="{escape(tip)}"></i>')
        else:
            kind = ' class="db-alarm"' if period == row.alarm else ""
            tip = f"{month}: {words.number(n)}"
            bars.append(f'<i{kind} style="height:{100 * n / highest:.1f}%" title="{escape(tip)}"></i>')
    if not bars:
        return ""
    told = words("follow.bars", highest=words.number(highest), n=len(bars))
    return f'<span class="db-spark" role="img" aria-label="{escape(told)}">{"".join(bars)}</span>'
