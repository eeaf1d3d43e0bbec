"""The columns that a table may have besides: severity, how it came to light, what a camera is like.

Shown folded, filled with what was guessed; none of them is needed.
"""

import datetime as dt

import streamlit as st

from geo.reading.columns import TableColumns
from geo.reading.days import needs_year
from geo.reading.read import Table
from i18n.messages import Words
from studies.intake import TableProposal
from views.data_names import name_column

MORE = {
    "incidents": ("start", "end", "severity", "known_by", "measure", "unit"),
    "cameras": (
        "connected", "live", "stored", "stored_days", "camera_type", "owner_kind", "placement", "direction",
        "angle", "range", "checked_on",
    ),
}  # fmt: skip
MARKS = (None, ",", ".")
MARK_NAMES = {None: "unsaid", ",": "comma", ".": "dot"}
ACROSS = 3
NONE = ""  # no column is called so


def ask_more(proposal: TableProposal, token: str, words: Words) -> dict[str, str | None]:
    """Column by role, None where there is none; and the decimal mark."""
    roles = MORE.get(proposal.kind, ())
    chosen: dict[str, str | None] = {}
    n_guessed = sum(role in proposal.guess for role in roles)
    label = words("data.table.more_guessed", n=n_guessed) if n_guessed else words("data.table.more")
    with st.expander(label, expanded=bool(n_guessed)):
        places = [place for _ in range(-(-len(roles) // ACROSS)) for place in st.columns(ACROSS)]
        for place, role in zip(places, roles, strict=False):
            options = [NONE, *proposal.columns]
            guess = proposal.guess.get(role, NONE)
            column = place.selectbox(
                _name(role, words), options, index=options.index(guess) if guess in options else 0,
                key=f"column_{role}_{token}",
                format_func=lambda name: name_column(name, words) if name else words("data.none"),
            )  # fmt: skip
            chosen[role] = column or None
        mark = st.selectbox(
            words("data.table.decimal_mark"), MARKS, key=f"decimal_mark_{token}", width=480,
            format_func=lambda sign: words(f"data.table.decimal_{MARK_NAMES[sign]}"),
        )  # fmt: skip
    return chosen | {"decimal_mark": mark}


def _name(role: str, words: Words) -> str:
    name = words(f"role.{role}")
    return name[:1].upper() + name[1:]


def ask_year(table: Table, columns: TableColumns, token: str, words: Words) -> int | None:
    """The year of dates that name none ("11-2"); asked only where there are such."""
    dates = [column for column in (columns.date, columns.start, columns.end) if column]
    if not any(needs_year(table.frame[column], None) for column in dates):
        return None
    year: int | None = st.number_input(
        words("data.table.default_year"), 1990, 2100, value=None, step=1, key=f"default_year_{token}",
        placeholder=str(dt.datetime.now(tz=dt.UTC).year), width=300,
    )  # fmt: skip
    return year
