"""A committee's own weights of harm. None is built in: what a theft weighs beside a robbery is a choice."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from geo.categories import key_of
from geo.names import fold


@dataclass(frozen=True)
class HarmWeights:
    """One dated table of weights.

    weights: category as the table names it -> weight per incident (0 or more). valid_from: first day on
    which it holds. name, source: the document it comes from, as text.
    """

    name: str
    valid_from: dt.date
    weights: tuple[tuple[str, float], ...]
    source: str = ""


def find_weights(table: HarmWeights, categories: Iterable[str]) -> dict[str, float]:
    """The weight of each category that has one: named so in the table, or else the only one there that the
    catalogue holds for the same offence ("Trộm cắp" weighs "Trộm cắp tài sản")."""
    named = {fold(text): weight for text, weight in table.weights}
    keys = [key_of(text) for text, _ in table.weights]
    by_key = {
        key: weight for key, (_, weight) in zip(keys, table.weights, strict=True) if keys.count(key) == 1
    }
    found = {text: named.get(fold(text), by_key.get(key_of(text) or "")) for text in categories}
    return {text: weight for text, weight in found.items() if weight is not None}
