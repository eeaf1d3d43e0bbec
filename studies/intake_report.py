"""The join report of one trial for a reader: given = joined + left over, and what was left over."""

from dataclasses import dataclass

import pandas as pd

from geo.frames import OUTCOMES, Kind, find_occurred
from geo.reading.cells import to_code
from geo.reading.columns import TableColumns
from i18n.messages import Words
from studies.intake import TableProposal, Trial
from studies.report import write_balance
from studies.told_rows import list_lines

ROLES = ("key", "name", "parent", "longitude", "latitude", "working", "category", "date", "year", "value")
MOST_CATEGORIES = 6


@dataclass(frozen=True)
class BalanceRow:
    """One line of the reconciliation. n is None where rows are what is counted. part: thereof of joined."""

    key: str
    words: str
    rows: int
    n: float | None
    part: bool = False


def list_balance(trial: Trial, words: Words) -> list[BalanceRow]:
    """given, joined (thereof on an edge, nearest) and every kind of left-over row, zeros included."""
    joined = trial.joined
    sums, counts = joined.tally(), joined.tally_rows()
    shows_n = joined.kind != "status" and any(sums[key] != counts[key] for key in sums)
    rows = []
    for key in ("given", *OUTCOMES):
        rows.append(
            BalanceRow(key, words(f"data.outcome.{key}"), counts[key], sums[key] if shows_n else None)
        )
        if key == "joined":
            for method in ("edge", "nearest"):
                part = joined.rows[joined.rows["method"] == method]
                if len(part):
                    n = float(part["n"].sum()) if shows_n else None
                    rows.append(
                        BalanceRow(
                            method, words(f"data.method.{method}"), part["row"].nunique(), n, part=True
                        )
                    )
    return rows


def write_sentence(trial: Trial, words: Words) -> str:
    """`nhận 1.190 vụ = đã ghép 1.172 + …`."""
    kind = trial.joined.kind
    return write_balance(trial.joined.tally(), words, unit=words(f"balance.unit_{kind}"))


def count_left_over(trial: Trial) -> int:
    """Rows that found no ward."""
    counts = trial.joined.tally_rows()
    return counts["given"] - counts["joined"]


def list_left_over(trial: Trial, words: Words) -> pd.DataFrame:
    """Rows that found no ward, under headers for a reader: the file's own line (or the row's number, 1 is the
    first row of data), what the file says of the place, and what became of the row."""
    rows = trial.joined.rows
    left = rows[rows["outcome"] != "joined"].drop_duplicates("row")
    columns = trial.settled.columns
    roles = ("key", "name", "parent") if columns.by_key else ("longitude", "latitude")
    frame = trial.proposal.table.frame
    lines = list_lines(trial)
    shown = pd.DataFrame({words("data.row"): [lines[row] for row in left["row"]]})
    for role in roles:
        if column := getattr(columns, role):
            cells = to_code(frame[column].iloc[left["row"].to_numpy()])
            shown[_role(role, words)] = cells.fillna("").to_numpy()
    shown[words("data.became")] = [words(f"data.outcome.{outcome}") for outcome in left["outcome"]]
    return shown


def list_used(proposal: TableProposal, columns: TableColumns, words: Words) -> list[tuple[str, str, bool]]:
    """(role, column, guessed) of every column that was used; guessed: as first proposed."""
    used = [
        (_role(role, words), column, proposal.guess.get(role) == column)
        for role in ROLES
        if (column := getattr(columns, role))
    ]
    for count in columns.counts:
        meaning = [count.category or "", count.period.label if count.period else ""]
        said = ", ".join(part for part in meaning if part)
        guessed = count.column in (proposal.guess.get("count"), proposal.guess.get("value"))
        used.append((_role("count", words), f"{count.column} ({said})" if said else count.column, guessed))
    return used


def _role(role: str, words: Words) -> str:
    """The role's name as a heading: `Địa bàn`."""
    name = words(f"role.{role}")
    return name[:1].upper() + name[1:]


def describe_content(trial: Trial, n_wards: int, words: Words) -> list[str]:
    """What the joined rows hold: wards that have something, days, categories or states."""
    rows = trial.joined.rows
    joined = rows[rows["outcome"] == "joined"]
    lines = [words("data.wards_hit", n=int(joined["ward_code"].nunique()), of=n_wards)]
    kind: Kind = trial.joined.kind
    if "qualifier" in joined and (rough := int((joined["qualifier"].fillna("") != "").sum())):
        lines.append(words("data.report.rough", n=rough))
    if kind == "incidents":
        days = joined[["start", "end"]].dropna()
        if len(days):
            start, end = days["start"].min(), days["end"].max()
            lines.append(words("data.days", start=words.date(start), end=words.date(end)))
        else:
            lines.append(words("data.no_days"))
        lines += _list_values(joined["category"], words, "data.categories")
        others = joined.loc[~find_occurred(joined), "measure"].map(lambda key: words(f"measure.{key}"))
        lines += _list_values(others, words, "data.other_measures")
    if kind == "cameras":
        known = int(joined["n_working"].notna().sum())
        lines.append(words("data.working_known", n=known, of=len(joined)))
    if kind == "status":
        states = joined["status"].dropna().map(lambda status: words(f"status_name.{status}"))
        lines += _list_values(states, words, "data.states")
    return lines


def _list_values(values: pd.Series, words: Words, key: str) -> list[str]:
    counts = values.dropna().value_counts()
    if counts.empty:
        return []
    named = [f"{value} ({words.number(n)})" for value, n in counts.head(MOST_CATEGORIES).items()]
    more = len(counts) - len(named)
    return [words(key, n=len(counts), names=", ".join(named) + (", …" if more else ""))]
