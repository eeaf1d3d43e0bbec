"""The proposal in words: rows of the table, tiles, what entered and left, and why a ward is on it."""

import datetime as dt
import math
from dataclasses import dataclass

import pandas as pd

from errors import NotFeasible
from geo.indicators import INDICATORS
from i18n.messages import Words
from layers.naming import name_with_type, write_value
from layers.sheet import NamedList, Tile
from planning.cutoff import shares_by_k
from planning.robustness import FRAGILE, N_DRAWS
from planning.rules import RuleResult
from planning.scenario import Scenario
from studies.clash_words import write_clash
from studies.shortlist import LongList, Shortlist, cell, find_terms

NEXT_ROWS = 8
TELLING = ("excluded", "required", "overridden")


@dataclass(frozen=True)
class Part:
    """One criterion's share of a score. key: of its colour. points: of 100; 0 where unknown, as the tip
    tells."""

    key: str
    points: float
    tip: str


@dataclass(frozen=True)
class ShortRow:
    """One ward in the table; cells are final text. number: its place in the proposal, ""
    outside it. outcome: of the hard rules in short; rules: the same in full."""

    ward_code: str
    number: str
    name: str
    parent: str
    score: str
    parts: tuple[Part, ...]
    stability: str
    is_fragile: bool
    beside: str
    beside_kind: str
    origin: str
    outcome: str
    rules: str


def name_criterion(key: str, column: str, words: Words) -> str:
    """The committee's criterion by our words, else by those of the figure it rests on."""
    if words.has(f"criterion.{key}"):
        return words(f"criterion.{key}")
    return words(f"indicator.{column}.name") if column in INDICATORS else key


def name_of(found: Shortlist, code: str, words: Words) -> str:
    row = found.table.loc[code]
    return name_with_type(str(row["ward_name"]) or code, words)


def parent_of(found: Shortlist, code: str, words: Words) -> str:
    return name_with_type(str(cell(found.table, code, "parent")), words)


def write_rows(
    found: Shortlist, stability: pd.Series, words: Words, *, also: str | None = None
) -> tuple[list[ShortRow], list[ShortRow]]:
    """The proposal, and the wards that come next by score, were on the list of the year before, are kept out
    or lack a figure. also: a ward that is to be seen in any case."""
    chosen = [
        make_row(found, stability, code, str(place), words) for place, code in enumerate(found.chosen, 1)
    ]
    others = [code for code in found.scored.order() if code not in found.chosen]
    following = others[:NEXT_ROWS]
    following += [code for code in found.changes.leaving if code not in following]
    following += sorted((found.excluded | find_unscored(found)) - {*following, *found.chosen})
    following += [code for code in [also] if code is not None and code not in {*following, *found.chosen}]
    return chosen, [make_row(found, stability, code, "", words) for code in following]


def find_unscored(found: Shortlist) -> set[str]:
    """Wards that lack a figure of a criterion that counts."""
    return {str(code) for code in found.scored.score.index[found.scored.score.isna()]}


def make_row(found: Shortlist, stability: pd.Series, code: str, number: str, words: Words) -> ShortRow:
    is_known = not math.isnan(found.scored.score[code])
    share = float(stability[code])
    origin = str(cell(found.table, code, "origin"))
    before = "stay" if code in found.changes.staying else "enter"
    kind = before if number else ("leave" if code in found.changes.leaving else "")
    kind = kind if found.register.listed else ""
    told = tell_results(found, code)
    return ShortRow(
        ward_code=code,
        number=number,
        name=name_of(found, code, words),
        parent=parent_of(found, code, words),
        score=write_score(found, code, words),
        parts=tuple(write_parts(found, code, words)),
        stability=words("shortlist.share", pct=words.number(100 * share)) if is_known else "",
        is_fragile=bool(number) and is_known and share < FRAGILE,
        beside=words(f"shortlist.{kind}") if kind else "",
        beside_kind=kind,
        origin=words(f"origin.{origin}") if origin else "",
        outcome=", ".join(dict.fromkeys(words(f"rules.outcome.{each.outcome}") for each in told)),
        rules="; ".join(write_rule(result, words) for result in told),
    )


def write_score(found: Shortlist, code: str, words: Words) -> str:
    """The score, or between what and what it lies where a figure lacks."""
    value = found.scored.score[code]
    if not math.isnan(value):
        return words.number(value, decimals=1)
    low, high = (words.number(each[code]) for each in (found.scored.low, found.scored.high))
    return words("shortlist.between", low=low, high=high)


def write_parts(found: Shortlist, code: str, words: Words) -> list[Part]:
    parts = []
    for criterion in found.criteria:
        weight = found.scored.weights[criterion.key]
        if weight <= 0:
            continue
        points = float(cell(found.scored.contributions, code, criterion.key))
        value = write_value(criterion.column, cell(found.table, code, criterion.column), words)
        name = name_criterion(criterion.key, criterion.column, words)
        shown = words("legend.no_data") if math.isnan(points) else words.number(points, decimals=1)
        tip = words("shortlist.part", name=name, value=value, points=shown, weight=words.number(weight))
        parts.append(Part(criterion.key, 0.0 if math.isnan(points) else points, tip))
    return parts


def tell_results(found: Shortlist, code: str) -> list[RuleResult]:
    """What the hard rules say of a ward beyond "free to choose"."""
    return [each for each in found.results if each.ward_code == code and each.outcome in TELLING]


def write_rule(result: RuleResult, words: Words) -> str:
    """`không chọn: mới được công nhận`, with the reason of an exception, or the day that decided."""
    is_by_hand = words.has(f"rules.by_hand.{result.rule}")
    outcome = words(f"rules.outcome.{result.outcome}")
    text = words(f"rules.by_hand.{result.rule}") if is_by_hand else f"{outcome}: {_lower(result.name)}"
    if not result.detail:
        return text
    if is_by_hand or result.outcome == "overridden":
        return text + words("shortlist.reason", reason=result.detail)
    return text + words("shortlist.day", day=dt.date.fromisoformat(result.detail))


def tell_clash(clash: NotFeasible, listed: LongList, scenario: Scenario, words: Words) -> str:
    """Which rules cannot hold together, and the way out; wards by name."""
    names = {str(code): name_with_type(str(name), words) for code, name in listed.table["ward_name"].items()}
    names |= {each.key: each.name for each in listed.catalogue.types}
    if clash.reason:
        facts = {**clash.facts, "ward_code": names.get(str(clash.facts["ward_code"]), "")}
        return words.error(NotFeasible(clash.reason, **facts))
    return write_clash(clash, find_terms(listed, scenario).limits, words, names=names)


def tell_unfillable(found: Shortlist, words: Words) -> tuple[str, ...]:
    """Groups of which a rule asks for wards and none can be chosen."""
    return tuple(
        words("rules.unfillable", group=each.group, least=each.least, n_wards=each.n_wards)
        for each in found.unfillable
    )


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def make_tiles(found: Shortlist, stability: pd.Series, words: Words) -> tuple[Tile, ...]:
    """How many, beside last year, what they hold, and how firmly the list stands."""
    fragile = [code for code in found.chosen if stability[code] < FRAGILE]
    n = len(found.chosen)
    covered, curve = found.covered, found.curve
    tiles = [
        Tile(
            words("shortlist.tile_n"), words.number(n), words("shortlist.of_n", n=found.scenario.n),
            sentence=words("shortlist.tile_n_note", n=len(found.required)) if found.required
            else words("shortlist.tile_n_free"),
        )
    ]  # fmt: skip
    if found.register.listed:
        entering, leaving, staying = (
            len(each) for each in (found.changes.entering, found.changes.leaving, found.changes.staying)
        )
        tiles.append(
            Tile(
                words("shortlist.tile_changes", year=str(found.register.year)),
                words("shortlist.entering", n=entering),
                words("shortlist.leaving", leaving=leaving, staying=staying),
                sentence=words("shortlist.tile_changes_note"),
            )
        )
    if "n_incidents" in covered:
        by_score = words.number(curve["n_incidents"].iloc[min(n, len(curve) - 1)])
        tiles.append(
            Tile(
                words("shortlist.tile_covered", n=n),
                words("shortlist.share", pct=words.number(covered["n_incidents"])),
                sentence=words("shortlist.tile_covered_note", n=n, pct=by_score),
            )
        )
    names = ", ".join(name_of(found, code, words) for code in fragile)
    tiles.append(
        Tile(
            words("shortlist.tile_fragile"), words.number(len(fragile)), words("shortlist.wards"),
            sentence=words(
                "shortlist.tile_fragile_note" if fragile else "shortlist.tile_firm_note",
                names=names, pct=round(100 * FRAGILE), draws=words.number(N_DRAWS),
            ),
        )
    )  # fmt: skip
    return tuple(tiles)


def name_changes(found: Shortlist, words: Words) -> tuple[NamedList, ...]:
    """Who enters, who leaves, who stays, by name."""
    changes = found.changes
    if not found.register.listed:
        return ()
    return tuple(
        NamedList(
            words(f"shortlist.{kind}_list", n=len(codes)),
            kind,
            tuple(name_of(found, c, words) for c in codes),
        )
        for kind, codes in (
            ("entering", changes.entering),
            ("leaving", changes.leaving),
            ("staying", changes.staying),
        )
        if codes
    )


def write_former_cover(found: Shortlist, words: Words) -> str:
    """What the list of the year before holds on the figures of now; "" without such a list."""
    codes = [code for code in found.register.listed if code in found.table.index]
    if not codes:
        return ""
    shares = shares_by_k(codes, found.table, [str(column) for column in found.curve]).iloc[-1]
    told = (
        words("shortlist.covers", name=words(f"shortlist.line_{column}"), pct=words.number(share))
        for column, share in shares.items()
        if pd.notna(share)
    )
    return words("shortlist.former_cover", year=str(found.register.year), n=len(codes), told=", ".join(told))
