"""A value that is known only between two ends, and what a limit says of it."""

from dataclasses import dataclass
from fractions import Fraction

from planning.exact import holds
from planning.papers import Qualifier
from planning.targets import Light, Operator


@dataclass(frozen=True)
class Span:
    """Where the value lies, both ends included, None no end; point: as the numbers were told."""

    low: Fraction | None
    high: Fraction | None
    point: Fraction

    @property
    def qualifier(self) -> Qualifier:
        is_less, is_more = self.low != self.point, self.high != self.point
        return "~" if is_less and is_more else "<=" if is_less else ">=" if is_more else "="


def judge(operator: Operator, span: Span, limit: Fraction) -> Light:
    """met where every value of the span holds, not_met where none does, else unknown."""
    rises = operator in (">=", ">")
    best, worst = (span.high, span.low) if rises else (span.low, span.high)
    if operator == "=":
        is_out = (span.low is not None and span.low > limit) or (span.high is not None and span.high < limit)
        return "not_met" if is_out else "met" if span.low == span.high == limit else "unknown"
    if worst is not None and holds(operator, worst, limit):
        return "met"
    return "not_met" if best is not None and not holds(operator, best, limit) else "unknown"
