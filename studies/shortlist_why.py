"""Why a ward is on the proposal or not: one paragraph to paste into the paper that asks for it."""

import math
from collections.abc import Sequence

import pandas as pd

from i18n.messages import Words
from layers.naming import label_period, name_period, write_value
from planning.robustness import N_DRAWS, SEED
from studies.shortlist import Shortlist, cell
from studies.shortlist_words import Part, name_criterion, tell_results, write_parts, write_rule


def explain(found: Shortlist, stability: pd.Series, code: str, words: Words) -> str:
    """One paragraph to paste into the proposal. The figures are those of the table beside it."""
    row, scored = found.table.loc[code], found.scored
    period = found.measured.question.period
    days = (label_period(period, words) or name_period(period, words)) if period else ""
    ward = words("shortlist.ward_of", ward=row["ward_name"] or code, parent=row["parent"])
    parts = sorted(write_parts(found, code, words), key=lambda part: -part.points)
    sentences = [words("why.figures", ward=ward.strip(", "), days=days, facts=_facts(found, code, words))]
    if not math.isnan(scored.score[code]):
        place = scored.order().index(code) + 1
        strongest = _name_strongest(found, parts, words)
        sentences.append(
            words("why.score", score=words.number(scored.score[code], decimals=1), place=place,
                  of=len(scored.order()), strongest=strongest)
        )  # fmt: skip
        if code in found.chosen:
            pct = words.number(100 * stability[code])
            sentences.append(words("why.stability", pct=pct, draws=words.number(N_DRAWS), seed=str(SEED)))
    else:
        lacking = [
            name_criterion(each.key, each.column, words)
            for each in found.criteria
            if scored.weights[each.key] > 0 and math.isnan(cell(scored.points, code, each.key))
        ]
        sentences.append(words("why.unscored", names=", ".join(lacking)))
    if row["proposed"]:
        reason = words("why.unit_reason", reason=row["reason"]) if row["reason"] else ""
        sentences.append(words("why.unit", unit=row["unit"] or words("why.some_unit"), reason=reason))
    sentences += [words("why.rule", text=write_rule(each, words)) for each in tell_results(found, code)]
    if code not in found.chosen:
        sentences.append(words("why.outside", n=len(found.chosen)))
    sentences.append(words("why.people"))
    return " ".join(sentences)


def _facts(found: Shortlist, code: str, words: Words) -> str:
    """The values themselves, only those that are known."""
    facts = []
    for criterion in found.criteria:
        value = cell(found.table, code, criterion.column)
        if pd.isna(value) or not words.has(f"why.fact_{criterion.column}"):
            continue
        shown = write_value(criterion.column, value, words)
        of = found.measured.history.shape[1]
        facts.append(words(f"why.fact_{criterion.column}", value=shown, of=of))
    return ", ".join(facts) or words("legend.no_data")


def _name_strongest(found: Shortlist, parts: Sequence[Part], words: Words) -> str:
    columns = {each.key: each.column for each in found.criteria}
    named = [
        words("why.part", name=name_criterion(part.key, columns[part.key], words).lower(),
              points=words.number(part.points, decimals=1))
        for part in parts[:2] if part.points > 0
    ]  # fmt: skip
    return words("why.and").join(named)
