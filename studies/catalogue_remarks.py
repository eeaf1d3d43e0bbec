"""What a sound catalogue may still cause: columns that nobody measures, keys that programmes on file use."""

from collections.abc import Iterator, Sequence

from geo.findings import Finding, list_examples
from geo.indicators import INDICATORS
from planning.catalogue import Catalogue
from store.repository import Store
from studies.catalogues import pick_catalogue

GROUP_COLUMNS = ("parent", "area_label", "type")


def list_remarks(
    store: Store, catalogue: Catalogue, known: Sequence[Catalogue], file: str
) -> Iterator[Finding]:
    """Remarks on a catalogue that would stand among `known` (by valid_from, itself with them)."""
    unknown = [each.column for each in catalogue.criteria if each.column not in INDICATORS]
    if unknown:
        yield Finding("CriterionColumn", "warning", file, list_examples(unknown), {"n": len(unknown)})
    groups = [each.column for each in catalogue.rules if each.column and each.column not in GROUP_COLUMNS]
    if groups:
        columns = ", ".join(GROUP_COLUMNS)
        yield Finding("RuleColumn", "warning", file, list_examples(groups), {"columns": columns})
    total = sum(each.weight for each in catalogue.criteria)
    if abs(total - 100) > 1e-9:
        yield Finding("WeightsSum", "info", file, "", {"total": total})
    for shelf, keys in _list_used(store, catalogue, known).items():
        lacking = sorted(keys - {entry.key for entry in getattr(catalogue, shelf)})
        if lacking:
            facts: dict[str, object] = {"why": shelf, "n": len(lacking)}
            yield Finding("CatalogueKeyUsed", "warning", file, list_examples(lacking), facts)


def _list_used(store: Store, catalogue: Catalogue, known: Sequence[Catalogue]) -> dict[str, set[str]]:
    """Keys that programmes name which would be read with this catalogue. A type or a reason may be free
    text, so only what another catalogue knows as a key counts as one."""
    used: dict[str, set[str]] = {"registers": set(), "types": set(), "reasons": set(), "grades": set()}
    programmes = {
        kept.id: kept.content
        for kept in store.list_programmes()
        if pick_catalogue(known, kept.content.year) is catalogue
    }
    used["registers"] = {each.register for each in programmes.values() if each.register}
    for area in store.list_target_areas() if programmes else ():
        if area.programme_id in programmes:
            used["types"] |= set(area.content.types)
            used["reasons"] |= set(area.content.reasons)
            used["grades"] |= {step.grade for step in area.taken if step.grade}
    listed = [each.content for each in store.list_catalogues()]
    keys = {shelf: {entry.key for each in listed for entry in getattr(each, shelf)} for shelf in used}
    return {shelf: found & keys[shelf] for shelf, found in used.items()}
