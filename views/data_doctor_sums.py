"""The reconciliation in one line: given = joined + what is left over, in counts and in rows."""

from i18n.messages import Words
from studies.doctor import ClassCount, Diagnosis, Repair
from views.widgets import escape


def sums_html(diagnosis: Diagnosis, unit: str, words: Words) -> str:
    """given = matched + each kind of left-over row that there is; below it, the parts of matched."""
    given, *others = diagnosis.classes
    terms = [line for line in others if not line.part and (line.n_rows or line.key == "matched")]
    shown = [_term(given, unit, words)]
    for place, line in enumerate(terms):
        shown.append(f'<span class="db-sign">{"+" if place else "="}</span>')
        shown.append(_term(line, unit, words))
    parts = [words(f"doctor.part_{line.key}", n=line.n_rows) for line in others if line.part and line.n_rows]
    thereof = f'<p class="db-sub">{escape("; ".join(parts))}.</p>' if parts else ""
    return f'<div class="db-sum">{"".join(shown)}</div>{thereof}'


def _term(line: ClassCount, unit: str, words: Words) -> str:
    rows = words("doctor.rows", n=line.n_rows)
    figure, below = (rows, "") if line.n is None else (f"{words.number(line.n)} {unit}", rows)
    return (
        f'<span class="db-term db-{line.key}">'
        f'<span class="db-label">{escape(words(f"doctor.class.{line.key}"))}</span> '
        f'<b>{escape(figure)}</b> <span class="db-why">{escape(below)}</span></span>'
    )


def write_applied(repair: Repair, *, in_counts: bool, unit: str, words: Words) -> str:
    """What the repair moved, and that the sum did not change."""
    before, after = (repair.n_before, repair.n_after) if in_counts else (repair.before, repair.after)
    return words(
        "doctor.moved", before=words.number(before["joined"]), after=words.number(after["joined"]),
        given_before=words.number(before["given"]), given=words.number(after["given"]), unit=unit,
    )  # fmt: skip
