"""What is wrong or worth knowing about a row, a column or a file, as data.

Many bad rows are findings; one impossible thing is an error. The words for a finding stand in
`i18n` under `finding.<code>` (text) and `finding.<code>_hint` (what would help).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["info", "warning", "error"]
EXAMPLES = 5


@dataclass(frozen=True)
class Finding:
    """One remark.

    where: `file`, `file:row` or `file:row:COLUMN`; row 0 is the first row of data.
    seen: the offending text as it stood in the file, or a short list of examples.
    facts: what the words need besides (numbers as numbers).
    """

    code: str
    severity: Severity
    where: str
    seen: str = ""
    facts: dict[str, object] = field(default_factory=dict)


def list_examples(values: Iterable[object], *, most: int = EXAMPLES) -> str:
    """The first few distinct values, comma-separated, with `…` when there are more."""
    distinct = list(dict.fromkeys(str(value) for value in values))
    return ", ".join(distinct[:most]) + (", …" if len(distinct) > most else "")


def count_by_code(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings carry each code."""
    return dict(Counter(finding.code for finding in findings))
