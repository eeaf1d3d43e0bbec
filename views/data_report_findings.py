"""Remarks on a file, each with its weight and its way out."""

from collections.abc import Iterable

from geo.findings import Finding
from i18n.messages import Words
from studies.report import describe
from views.widgets import escape, show_html

MOST_OPEN = 3


def show_findings(findings: Iterable[Finding], heading: str, words: Words, *, file: str = "") -> None:
    """What needs a person first; many remarks that need nobody lie folded below it.

    file: where all of them are of one file, its name, which is then not said with each.
    """
    told = list(findings)
    notes = [finding for finding in told if finding.severity == "info"]
    if len(notes) <= MOST_OPEN or not file:
        notes = []
    shown = [finding for finding in told if finding not in notes]
    markup = _list_html(shown, file, words)
    if notes:
        label = escape(words("data.report.notes", n=len(notes)))
        markup += (
            f'<details class="db-notes"><summary>{label}</summary>{_list_html(notes, file, words)}</details>'
        )
    if markup:
        show_html(f'<h4 class="db-h4">{escape(heading)}</h4>{markup}')


def _list_html(findings: Iterable[Finding], file: str, words: Words) -> str:
    rows = ""
    for finding in findings:
        shown = describe(finding, words)
        hint = f'<span class="db-hint">{escape(shown["hint"])}</span>' if shown["hint"] else ""
        level = escape(words(f"data.report.level_{finding.severity}"))
        rows += (
            f'<li class="db-{finding.severity}"><span class="db-level">{level}</span>'
            f"<span>{escape(_shorten(shown['text'], file, words))} {hint}</span></li>"
        )
    return f'<ul class="db-findings">{rows}</ul>' if rows else ""


def _shorten(text: str, file: str, words: Words) -> str:
    """`tep.xlsx: bỏ qua…` without the file's name; `tep.xlsx:Số vụ: …` with the column's name alone."""
    if not file or not text.startswith(f"{file}:"):
        return text
    rest = text.removeprefix(f"{file}:")
    if not rest.startswith(" "):
        return words("data.report.of_column", text=rest)
    return rest[1:2].upper() + rest[2:]
