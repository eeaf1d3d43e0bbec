"""What may be worked out from reported figures: the share of a part in its whole, a sum where one is sound.

Reports give counters side by side that may count one event twice (28 cases found, 21 thefts, 76 suspicions by
the same cameras). Whatever is not known to be apart is not added.
"""

from collections.abc import Sequence
from itertools import combinations

from errors import NotComparable
from planning.papers import Figure

WHOLE_OF = {"tips_valuable": "tips_received"}


def share(part: Figure, whole: Figure) -> float:
    """100·part/whole in percent; NaN where a value is not told or the whole is 0.

    Both must be exact and of one place, period, paper and unit. Raises NotComparable (reason `share`) else,
    and where the part exceeds the whole. The caller hands in figures of one model.
    """
    told = {"part": part.measure, "whole": whole.measure}
    if _frame(part) != _frame(whole) or {part.qualifier, whole.qualifier} != {"="}:
        raise NotComparable("share", **told)
    if part.value is None or not whole.value:
        return float("nan")
    if part.value > whole.value:
        raise NotComparable("share", **told)
    return 100 * part.value / whole.value


def list_shares(figures: Sequence[Figure]) -> list[tuple[Figure, Figure, float]]:
    """(part, whole, percent) of every figure of one model that is a known part of another of them."""
    return [
        (part, whole, share(part, whole))
        for part in figures
        for whole in figures
        if WHOLE_OF.get(part.key) == whole.key and _frame(part) == _frame(whole)
    ]


def may_add(figures: Sequence[Figure]) -> bool:
    """Whether the figures are exact counts of one thing, of one period, in places that lie apart.

    Percentages, words, figures of no told period, of one place, of a place inside another, or that share a
    word under `overlaps` are not.
    """
    exact = all(figure.value is not None and figure.qualifier == "=" for figure in figures)
    kinds = {(figure.key, figure.unit, *_period(figure)) for figure in figures}
    if not figures or not exact or len(kinds) != 1 or figures[0].unit == "%" or not any(_period(figures[0])):
        return False
    return not any(_may_overlap(one, other) for one, other in combinations(figures, 2))


def add(figures: Sequence[Figure]) -> float:
    """The sum. Raises NotComparable (reason `figures_overlap`) where it would not be sound; see `may_add`."""
    if not may_add(figures):
        raise NotComparable("figures_overlap", measures=", ".join(figure.measure for figure in figures))
    return sum(figure.value for figure in figures if figure.value is not None)


def _may_overlap(one: Figure, other: Figure) -> bool:
    is_inside = lies_in(one.place, other.place) or lies_in(other.place, one.place)
    return is_inside or bool(one.overlaps and one.overlaps == other.overlaps)


def lies_in(place: str, larger: str) -> bool:
    """Whether a place is another or its address ends with it ("Quận Ô Môn, Thành phố Cần Thơ")."""
    return place == larger or place.endswith(f", {larger}")


def _frame(figure: Figure) -> tuple[object, ...]:
    return (figure.place, figure.source, figure.unit, *_period(figure))


def _period(figure: Figure) -> tuple[object, ...]:
    return (figure.start, figure.end, figure.as_of, figure.period)
