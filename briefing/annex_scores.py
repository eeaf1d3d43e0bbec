"""The sheet by which anyone can recompute every score: values, ends, points, weights, contributions.

points = 100 · (value − low end) / (high end − low end), not under 0, and 0 where the high end is not above
the low; score = Σ points · weight / 100.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from briefing.annex import AnnexTable, Cell, Formula
from i18n.messages import Words
from planning.catalogue import Criterion
from planning.score import Scored

HEAD_ROWS = 3
SCORE_DECIMALS = 2


def make_score_table(
    scored: Scored,
    criteria: Sequence[Criterion],
    table: pd.DataFrame,
    names: Mapping[str, str],
    words: Words,
    *,
    decimals: Mapping[str, int] | None = None,
    chosen: Sequence[str] = (),
) -> AnnexTable:
    """Every ward of the long list, best first, those without a score last in the list's order.

    Criteria without weight change no score and are left out. table: the long list, index ward_code, with
    ward_name, parent and the criteria's columns; a column it lacks is unknown. names, decimals: by criterion
    key. Above the wards stand the weights and the ends. The score stands twice: reckoned by the reader's
    spreadsheet from the printed points and weights, and as the program reckoned it; a ward that lacks a
    figure of its criteria has neither. chosen: marked.
    """
    counted = [criterion for criterion in criteria if scored.weights.get(criterion.key, 0.0) > 0]
    scored_wards = scored.order()
    codes = [*scored_wards, *(code for code in scored.score.index if code not in set(scored_wards))]
    lead = 5
    n = len(counted)
    rows = _write_head_rows(scored, counted, words, lead)
    for place, code in enumerate(codes):
        row = table.loc[code]
        values: list[Cell] = [_known(row.get(criterion.column)) for criterion in counted]
        points: list[Cell] = [_known(scored.points.at[code, each.key]) for each in counted]
        parts: list[Cell] = [_known(scored.contributions.at[code, each.key]) for each in counted]
        is_scored = pd.notna(scored.score[code])
        at = HEAD_ROWS + place
        first, last = lead + n, lead + 2 * n - 1
        sums = Formula(f"SUMPRODUCT(R{at}C{first}:R{at}C{last},R0C{first}:R0C{last})/100")
        name, parent = str(row.get("ward_name") or ""), str(row.get("parent") or "")
        mark = words("annex.scores.chosen") if code in chosen else ""
        rows.append((
            place + 1 if is_scored else None, str(code), name or str(code), parent, mark, *values, *points,
            *parts, sums if is_scored else None, _known(scored.score[code]),
        ))  # fmt: skip
    heads = [words(f"annex.scores.{head}") for head in ("rank", "code", "ward", "parent", "mark")]
    told = [names[criterion.key] for criterion in counted]
    given = decimals or {}
    return AnnexTable(
        title=words("annex.scores.title"),
        heads=(*heads, *told, *told, *told, words("annex.scores.formula"), words("annex.scores.score")),
        rows=tuple(rows),
        notes=tuple(words(f"annex.scores.note_{note}") for note in ("points", "score", "unknown")),
        sheet=words("annex.sheet.scores"),
        decimals=(0, *[None] * 4, *(given.get(each.key, 1) for each in counted),
                  *[SCORE_DECIMALS] * (2 * n + 2)),
        groups=(("", lead), (words("annex.scores.values"), n), (words("annex.scores.points"), n),
                (words("annex.scores.parts"), n), (words("annex.scores.total"), 2)),
    )  # fmt: skip


def _write_head_rows(
    scored: Scored, counted: Sequence[Criterion], words: Words, lead: int
) -> list[tuple[Cell, ...]]:
    """Weights above the points they go with, ends above the values they belong to."""
    n = len(counted)
    empty: list[Cell] = [""] * n
    weights: list[Cell] = [scored.weights[each.key] for each in counted]
    lows: list[Cell] = [_known(scored.ends[each.key][0]) for each in counted]
    highs: list[Cell] = [_known(scored.ends[each.key][1]) for each in counted]
    labels = [("", "", words(f"annex.scores.{row}"), *[""] * (lead - 3)) for row in ("weight", "low", "high")]
    return [
        (*labels[0], *empty, *weights, *empty, "", ""),
        (*labels[1], *lows, *empty, *empty, "", ""),
        (*labels[2], *highs, *empty, *empty, "", ""),
    ]


def _known(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(value)  # type: ignore[arg-type,call-overload]
