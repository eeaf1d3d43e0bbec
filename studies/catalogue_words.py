"""A catalogue in a reader's words: its lists as tables, what differs from another, and the file to change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from i18n.messages import Words
from planning.catalogue import Catalogue
from planning.catalogue_changes import OWN, SHELVES, Change
from planning.catalogue_text import write_catalogue
from studies.kpi_words import write_promise
from studies.shortlist_words import name_criterion

NAMED = ("key", "name", "note", "source")
COLUMNS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("registers", "types", "reasons", "measures"), NAMED),
    "grades": ("key", "name", "state", "source"),
    "criteria": ("key", "name", "column", "weight", "floor", "source"),
    "rules": ("key", "name", "kind", "is_on", "n", "column", "valid_from", "source"),
    "dues": ("key", "name", "after", "months", "valid_from", "source"),
    "target_sets": ("key", "name", "promised", "level", "evidence", "source"),
}
CODED = ("state", "kind", "after", "level", "form", "operator")


@dataclass(frozen=True)
class Shelf:
    """One list of a catalogue as a table of texts. n: entries (sets, where a row is a target)."""

    key: str
    title: str
    n: int
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def list_shelves(catalogue: Catalogue, words: Words) -> list[Shelf]:
    """Every list, in the order of the file."""
    return [
        Shelf(
            shelf,
            words(f"catalogue.shelf.{shelf}"),
            len(getattr(catalogue, shelf)),
            tuple(words(f"catalogue.field.{column}") for column in COLUMNS[shelf]),
            tuple(_list_rows(catalogue, shelf, words)),
        )
        for shelf in SHELVES
    ]


def write_counts(catalogue: Catalogue, words: Words) -> str:
    """`3 sổ, 4 loại địa bàn, …`."""
    return ", ".join(words(f"catalogue.count.{shelf}", n=len(getattr(catalogue, shelf))) for shelf in SHELVES)


def list_changes(changes: Iterable[Change], words: Words) -> list[tuple[str, str, str, str, str]]:
    """(list, key, what happened, before, after) of each."""
    return [_write_change(change, words) for change in changes]


def write_changes(changes: Sequence[Change], words: Words) -> list[str]:
    """As `list_changes`, a line each under one that says what they are; none for none."""
    lines = [words("catalogue.cli_differs")] if changes else []
    for shelf, code, what, before, after in list_changes(changes, words):
        if before or after:
            place, sides = f"{shelf} {code}".strip(), {"before": before or "–", "after": after or "–"}
            lines.append("- " + words("catalogue.cli_change_pair", place=place, what=what, **sides))
        else:
            lines.append("- " + words("catalogue.cli_change", place=shelf, what=what, code=code).strip())
    return lines


def write_file(catalogue: Catalogue, words: Words) -> str:
    """The TOML text with a few lines that say how to go on with it."""
    notes = "".join(f"# {line}\n" for line in words("catalogue.file_note").splitlines())
    return f"{notes}\n{write_catalogue(catalogue)}"


def _list_rows(catalogue: Catalogue, shelf: str, words: Words) -> Iterable[tuple[str, ...]]:
    for entry in getattr(catalogue, shelf):
        if shelf == "target_sets":
            yield (entry.key, entry.name, "", "", "", entry.source)
            for target in entry.targets:
                yield (
                    f"{entry.key}/{target.key}", target.name, write_promise(target, words),
                    words(f"kpi.level.{target.level}"), target.evidence, target.source,
                )  # fmt: skip
        else:
            told = {name: write_value(name, getattr(entry, name, ""), words) for name in COLUMNS[shelf]}
            if shelf == "criteria":
                told["name"] = name_criterion(entry.key, entry.column, words)
            yield tuple(told.values())


def write_value(field: str, value: Any, words: Words) -> str:
    """A field's value; "" for none."""
    if value is None or value in ((), ""):
        return ""
    if isinstance(value, bool):
        return words("catalogue.yes" if value else "catalogue.no")
    if field in CODED:
        coded = {"state": f"state.{value}", "level": f"kpi.level.{value}", "form": f"kpi.form.{value}"}
        key = coded.get(field, f"catalogue.{field}.{value}")
        return words(key) if words.has(key) else str(value)
    return words.plain(value)


def _write_change(change: Change, words: Words) -> tuple[str, str, str, str, str]:
    own = change.shelf == OWN
    shelf = words("catalogue.itself" if own else f"catalogue.shelf.{change.shelf}")
    what = words(f"catalogue.change.{change.kind}")
    if change.field:
        what = words("catalogue.change.of_field", field=words(f"catalogue.field.{change.field}"))
    before, after = (write_value(change.field, side, words) for side in (change.before, change.after))
    return shelf, change.key, what, before, after
