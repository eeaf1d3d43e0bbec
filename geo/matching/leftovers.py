"""Spellings that found no single ward, as the join doctor and the workbook for corrections know them."""

from dataclasses import dataclass
from typing import Literal

from geo.matching.suggest import Suggestion
from geo.matching.ward_index import join_text
from geo.names import fold

Reason = Literal[
    "ambiguous", "other_unit", "suggested", "lost_zeros", "unmatched", "totals", "blank", "left_out"
]
ChoiceKey = tuple[str, str]


@dataclass(frozen=True)
class LeftOver:
    """Rows of one spelling under one parent; spellings that fold to one are one.

    key, name, parent: as the first row has them, "" where blank. reason: why there is no ward (left_out: a
    person said so). rows: 0-based places in the table. lines: of the file, as its reader counts them.
    n: the sum of their counts, None where rows are what is counted.
    """

    key: str
    name: str
    parent: str
    reason: Reason
    rows: tuple[int, ...]
    lines: tuple[int, ...]
    n: float | None
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def text(self) -> str:
        return join_text(self.key, self.name)

    @property
    def choice(self) -> ChoiceKey:
        """What a choice for this spelling is filed under: also the key and parent of its alias."""
        return fold_choice(self.text, self.parent)

    @property
    def can_be_fixed(self) -> bool:
        """A sum or a blank cell is no ward's spelling."""
        return self.reason not in ("totals", "blank")


def fold_choice(text: str, parent: str) -> ChoiceKey:
    return fold(text), fold(parent)
