"""What one catalogue says differently from another: entries that came, went, changed or changed places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from planning.catalogue import Catalogue

Kind = Literal["added", "removed", "changed", "moved"]
OWN = "catalogue"
SHELVES = (
    "registers", "types", "reasons", "measures", "grades", "criteria", "rules", "dues", "target_sets",
)  # fmt: skip
TARGETS = "targets"


@dataclass(frozen=True)
class Change:
    """shelf: of the catalogue, `targets` for those of a set, `catalogue` for its own fields. key: of the
    entry, "" for the catalogue; a target's has its set's before it ("S3/kpi_1"). field, before, after: of a
    changed entry, one Change for each. `moved`: the entries that both have stand in another order; key is
    that of the set, "" for a shelf."""

    shelf: str
    kind: Kind
    key: str = ""
    field: str = ""
    before: object = None
    after: object = None


def compare_catalogues(old: Catalogue, new: Catalogue) -> tuple[Change, ...]:
    """Empty exactly for equal catalogues."""
    changes = [*_compare_fields(OWN, "", old, new, skipped=SHELVES)]
    for shelf in SHELVES:
        changes += _compare_entries(shelf, "", getattr(old, shelf), getattr(new, shelf))
    before = {group.key: group for group in old.target_sets}
    for group in new.target_sets:
        if group.key in before:
            changes += _compare_entries(TARGETS, group.key, before[group.key].targets, group.targets)
    return tuple(changes)


def _compare_entries(shelf: str, group: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    prefix = f"{group}/" if group else ""
    before, after = ({entry.key: entry for entry in entries} for entries in (old, new))
    yield from (Change(shelf, "removed", prefix + key) for key in before if key not in after)
    for key, entry in after.items():
        if key not in before:
            yield Change(shelf, "added", prefix + key)
        else:
            yield from _compare_fields(shelf, prefix + key, before[key], entry, skipped=(TARGETS,))
    if [key for key in before if key in after] != [key for key in after if key in before]:
        yield Change(shelf, "moved", group)


def _compare_fields(shelf: str, key: str, old: Any, new: Any, *, skipped: Sequence[str]) -> Iterator[Change]:
    for field in fields(old):
        pair = getattr(old, field.name), getattr(new, field.name)
        if field.name not in skipped and pair[0] != pair[1]:
            yield Change(shelf, "changed", key, field.name, *pair)
