"""What the store holds, for a reader or a program."""

from dataclasses import dataclass
from typing import Any

from i18n.messages import Words
from store.records import Area, Dataset, KeptCrosswalk
from store.repository import Store
from studies.report import tidy, write_balance


@dataclass(frozen=True)
class Held:
    """Areas with their files, the first kept first, and the crosswalks between them."""

    areas: tuple[tuple[Area, tuple[Dataset, ...]], ...]
    crosswalks: tuple[KeptCrosswalk, ...]


def list_store(store: Store, area: Area | None, *, every: bool) -> Held:
    """One area or all; `every`: files no longer in use too."""
    held = []
    for each in [area] if area else store.list_areas():
        files = store.list_datasets(each.id)
        if every:
            files += store.list_datasets(each.id, active=False)
        held.append((each, tuple(sorted(files, key=lambda entry: entry.id))))
    ids = {each.id for each, _ in held}
    crosswalks = tuple(kept for kept in store.list_crosswalks() if {kept.old_area_id, kept.new_area_id} & ids)
    return Held(tuple(held), crosswalks)


def as_lines(held: Held, words: Words) -> list[str]:
    """One block per area: its version, then its files with their balance."""
    if not held.areas:
        return [words("keeping.empty")]
    lines = []
    for area, files in held.areas:
        version = area.version or words("atlas.version_unknown")
        lines.append(
            words("keeping.area", id=str(area.id), title=area.title, n=area.n_wards, version=version)
        )
        lines += [f"  {_line(entry, words)}" for entry in files] or [f"  {words('keeping.no_files')}"]
    for kept in held.crosswalks:
        ids = {"old": str(kept.old_area_id), "new": str(kept.new_area_id)}
        lines.append(words("keeping.crosswalk", n=kept.n_rows, **ids))
    return lines


def _line(entry: Dataset, words: Words) -> str:
    marks = [] if entry.active else [words("keeping.inactive")]
    marks += [words("revision.settled")] if entry.settled else []
    marks += [words("revision.by", by=entry.by)] if entry.by else []
    balance = write_balance(entry.tally["n"], words, unit=words(f"balance.unit_{entry.kind}"))
    text = words(
        "keeping.file", id=str(entry.id), kind=words(f"kind.{entry.kind}"), file=entry.file_name,
        n=entry.revision, date=words.date(entry.added_at), balance=balance,
    )  # fmt: skip
    return f"{text} ({'; '.join(marks)})" if marks else text


def as_json(held: Held) -> dict[str, Any]:
    """The same as plain JSON; days as ISO text, missing as null."""
    return {
        "areas": [
            {
                "id": area.id, "key": area.key, "title": area.title, "version": area.version,
                "valid_from": _day(area.valid_from), "valid_to": _day(area.valid_to), "basis": area.basis,
                "wards": area.n_wards, "datasets": [_describe(entry) for entry in files],
            }
            for area, files in held.areas
        ],
        "crosswalks": [
            {"id": kept.id, "old_area": kept.old_area_id, "new_area": kept.new_area_id, "rows": kept.n_rows}
            for kept in held.crosswalks
        ],
    }  # fmt: skip


def _describe(entry: Dataset) -> dict[str, Any]:
    return {
        "id": entry.id, "kind": entry.kind, "file": entry.file_name, "sha256": entry.sha256,
        "added_at": entry.added_at.isoformat(), "by": entry.by, "revision": entry.revision,
        "supersedes": entry.supersedes, "settled": entry.settled, "active": entry.active,
        "period_start": _day(entry.period_start), "period_end": _day(entry.period_end),
        "tally": {part: tidy(numbers) for part, numbers in entry.tally.items()},
        "findings": [finding.code for finding in entry.findings],
    }  # fmt: skip


def _day(day: object) -> str | None:
    return None if day is None else str(day)
