"""What each row of a tried table says of its ward, beside what became of the row."""

from collections.abc import Sequence

import pandas as pd

from geo.matching.leftovers import fold_choice
from geo.matching.match import read_asked
from geo.matching.ward_index import join_text
from geo.reading.columns import is_total
from studies.intake import Trial

ROLES = ("key", "name", "parent")


def list_told(trial: Trial) -> pd.DataFrame:
    """One row per input row, in order: key, name, parent, text (key and name) as they stand, "" where blank;
    line; text_key and parent_key, folded as a choice is filed; can_be_fixed (neither blank nor a sum);
    ward_code, method, outcome; n, the sum of its counts (NaN for a status, which counts nothing)."""
    columns, frame = trial.settled.columns, trial.proposal.table.frame
    cells = dict.fromkeys(ROLES, pd.Series("", index=frame.index, dtype=object))
    if not trial.joined.by_place:
        cells |= {role: frame[column] for role in ROLES if (column := getattr(columns, role))}
    told = read_asked(cells["key"], names=cells["name"], parents=cells["parent"]).reset_index(drop=True)
    told["text"] = [join_text(key, name) for key, name in zip(told["key"], told["name"], strict=True)]
    folded = [fold_choice(*pair) for pair in zip(told["text"], told["parent"], strict=True)]
    told["text_key"] = [text for text, _ in folded]
    told["parent_key"] = [parent for _, parent in folded]
    is_sum = told["key"].map(is_total) | told["name"].map(is_total)
    told["can_be_fixed"] = (told["text"] != "") & ~is_sum
    told["line"] = list(list_lines(trial))
    return told.join(_list_outcomes(trial))


def _list_outcomes(trial: Trial) -> pd.DataFrame:
    """A wide table has several joined rows for one of its own: one outcome, one sum."""
    rows = trial.joined.rows.groupby("row")
    first = rows[["ward_code", "method", "outcome"]].first()
    return first.assign(n=rows["n"].sum() if has_counts(trial) else float("nan"))


def has_counts(trial: Trial) -> bool:
    """A list of states counts nothing but its rows."""
    return trial.joined.kind != "status"


def list_lines(trial: Trial) -> Sequence[int]:
    """The file's own line of every row; the row's number (1 is the first row of data) where none is known."""
    table = trial.proposal.table
    return table.lines or range(1, len(table.frame) + 1)
