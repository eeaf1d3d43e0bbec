"""The annex of a proposal: the list, every score with what it was made from, rules and exceptions, method."""

import pandas as pd

from briefing.annex import Annex, AnnexTable, Cell, make_annex
from briefing.annex_scores import make_score_table
from geo.indicators import INDICATORS
from i18n.messages import Words
from layers.naming import name_note, name_period, name_sources
from planning.robustness import FRAGILE, N_DRAWS, SEED, SPREAD
from studies.holdings import Holdings
from studies.paper_words import write_paper
from studies.shortlist import Shortlist, cell
from studies.shortlist_ties import tell_limits
from studies.shortlist_words import (
    find_unscored,
    make_row,
    name_criterion,
    name_of,
    parent_of,
    write_rule,
)

RULE_ORDER = ("required", "excluded", "overridden", "unknown")


def write_shortlist(found: Shortlist, stability: pd.Series, holdings: Holdings, words: Words) -> bytes:
    """The workbook as bytes. An approved scenario names its decision; another one says it is a proposal."""
    names = {each.key: name_criterion(each.key, each.column, words) for each in found.criteria}
    decimals = {each.key: _decimals(each.column) for each in found.criteria}
    scores = make_score_table(
        found.scored, found.criteria, found.table, names, words, decimals=decimals, chosen=found.chosen
    )
    scenario, period = found.scenario, found.measured.question.period
    annex = Annex(
        title=words("annex.list_title", year=str(scenario.year)),
        subtitle=f"{holdings.area.title}, {name_period(period, words)}",
        document=_name_document(found, words),
        notes=tuple(note for note in (words("shortlist.people"), name_note(found.measured, words)) if note),
        tables=(
            _list_chosen(found, stability, words),
            scores,
            _list_rules(found, words),
            _tell_method(found, words),
        ),
        source=name_sources(found.measured, "priority_score", len(find_unscored(found)), words),
        boundary_version=holdings.area.version or "",
        is_illustrative=found.measured.is_illustrative,
        signature=(words("annex.signature"),),
        language=words.language,
    )
    return make_annex(annex)


def _decimals(column: str) -> int:
    return INDICATORS[column].decimals if column in INDICATORS else 1


def _name_document(found: Shortlist, words: Words) -> str:
    approval = found.scenario.approval
    if approval is None:
        return words("annex.draft", name=found.scenario.name, version=found.scenario.version)
    return write_paper(approval.document, words)


def _list_chosen(found: Shortlist, stability: pd.Series, words: Words) -> AnnexTable:
    """Areas in order, as the usual list: ward, district, types, reason, score, how firm."""
    types = {each.key: each.name for each in found.catalogue.types}
    heads = ("number", "code", "ward", "parent", "types", "origin", "reason", "score", "stability", "beside")
    rows: list[tuple[Cell, ...]] = []
    for place, code in enumerate(found.chosen, start=1):
        row = make_row(found, stability, code, str(place), words)
        kinds = "; ".join(types.get(key, key) for key in cell(found.table, code, "type"))
        reason = str(cell(found.table, code, "reason"))
        score, share = found.scored.score[code], stability[code]
        told = "; ".join(text for text in (reason, row.rules) if text)
        numbers = [None if pd.isna(value) else float(value) for value in (score, 100 * share)]
        rows.append((place, code, row.name, row.parent, kinds, row.origin, told, *numbers, row.beside))
    return AnnexTable(
        title=words("annex.list_title", year=str(found.scenario.year)),
        heads=tuple(words(f"annex.list.{head}") for head in heads),
        rows=tuple(rows),
        notes=(words("annex.list_note", pct=round(100 * FRAGILE), draws=words.number(N_DRAWS)),),
        sheet=words("annex.sheet.list"),
        decimals=(0, None, None, None, None, None, None, 1, 0, None),
        is_signed=True,
    )


def _list_rules(found: Shortlist, words: Words) -> AnnexTable:
    """What each rule said beyond "free to choose", and every exception with its written reason."""
    told = sorted(
        (each for each in found.results if each.outcome in RULE_ORDER),
        key=lambda each: (RULE_ORDER.index(each.outcome), each.rule, each.ward_code),
    )
    rows: list[tuple[Cell, ...]] = [
        (each.ward_code, name_of(found, each.ward_code, words), parent_of(found, each.ward_code, words),
         write_rule(each, words), each.detail if each.outcome == "overridden" or not each.name else "")
        for each in told
    ]  # fmt: skip
    return AnnexTable(
        title=words("annex.rules_title"),
        heads=tuple(words(f"annex.rules.{head}") for head in ("code", "ward", "parent", "outcome", "reason")),
        rows=tuple(rows),
        notes=(words("annex.rules_note"), *tell_limits(found, words)),
        sheet=words("annex.sheet.rules"),
    )


def _tell_method(found: Shortlist, words: Words) -> AnnexTable:
    """How the list came to be, in lines that a reader can follow."""
    scenario, weights = found.scenario, found.scored.weights
    on = [rule for rule in found.catalogue.rules if rule.key in scenario.rules]
    names = {each.key: name_criterion(each.key, each.column, words) for each in found.criteria}
    budget = words("annex.no_budget") if scenario.budget is None else scenario.budget
    unscored = ", ".join(sorted(name_of(found, code, words) for code in find_unscored(found)))
    tried = words("annex.robustness", draws=words.number(N_DRAWS), pct=round(100 * SPREAD), seed=str(SEED))
    in_force = f"{found.catalogue.name} ({words.date(found.catalogue.valid_from)})"
    lines: list[tuple[Cell, ...]] = [
        (words("annex.method.base"), name_period(found.measured.question.period, words)),
        (words("annex.method.n"), scenario.n),
        (words("annex.method.catalogue"), in_force),
        *((words("annex.method.weight", name=names[key]), each) for key, each in weights.items() if each),
        *((words("annex.method.rule"), rule.name) for rule in on),
        *((words("annex.method.limit"), _write_limit(each.label, each.least, each.most, words))
          for each in found.limits),
        (words("annex.method.budget"), budget),
        (words("annex.method.robustness"), tried),
        (words("annex.method.unscored"), unscored or words("annex.nobody")),
    ]  # fmt: skip
    return AnnexTable(
        title=words("annex.method_title"),
        heads=(words("annex.method.what"), words("annex.method.value")),
        rows=tuple(lines),
        sheet=words("annex.sheet.methods"),
        decimals=(None, 1),
    )


def _write_limit(label: str, least: int | None, most: int | None, words: Words) -> str:
    parts = [words("annex.least", n=least)] if least is not None else []
    parts += [words("annex.most", n=most)] if most is not None else []
    return f"{label}: {', '.join(parts)}"
