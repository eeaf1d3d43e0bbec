"""What a reader should know of a coverage. A warning only where an incident could be lost or land in one of
two wards; islands, enclaves and borders drawn twice within a few metres are told, and are no faults."""

from collections.abc import Iterable

import pandas as pd

from geo.boundaries.topology import SLIVER_WIDTH_M, SNAP_M, Coverage
from geo.findings import Finding, Severity, list_examples


def list_coverage_findings(coverage: Coverage, ward_name: pd.Series, file: str) -> tuple[Finding, ...]:
    """ward_name: index ward_code; a nameless ward is called by its code."""
    called = ward_name.where(ward_name != "", pd.Series(ward_name.index, index=ward_name.index))

    def find(code: str, severity: Severity, seen: str, n: int, **facts: object) -> list[Finding]:
        return [Finding(code, severity, file, seen, {"n": n, **facts})] if n else []

    def name_places(groups: Iterable[Iterable[str]]) -> str:
        return list_examples(" – ".join(called[code] for code in codes) for codes in groups)

    overlaps, gaps, slivers = coverage.overlaps, coverage.gaps, coverage.slivers
    pairs = list(zip(overlaps["code_a"], overlaps["code_b"], strict=True))
    has_lost_ground = bool((slivers["kind"] == "gap").any())
    is_several, is_holed = coverage.n_parts > 1, coverage.n_holes > 0
    return (
        *find("CoverageOverlaps", "warning", name_places(pairs[:1]), len(pairs), **_sizes(overlaps)),
        *find("CoverageGaps", "warning", name_places(gaps["codes"][:1]), len(gaps), **_sizes(gaps)),
        *find(
            "Slivers", "warning" if has_lost_ground else "info", name_places(slivers["codes"][:1]),
            len(slivers), width_m=SLIVER_WIDTH_M, **_sizes(slivers),
        ),
        *find(
            "BordersFit", "info", "", coverage.n_fitting, tolerance_m=SNAP_M,
            area_m2=round(coverage.fitting_m2),
        ),
        *find(
            "MultipartWards", "info", list_examples(called[is_several]), int(is_several.sum()),
            n_parts=int(coverage.n_parts[is_several].sum()),
        ),
        *find(
            "WardHoles", "info", list_examples(called[is_holed]), int(is_holed.sum()),
            n_holes=int(coverage.n_holes.sum()),
        ),
        *find("CoverageNotMeasured", "warning", "", coverage.n_unmeasured),
    )  # fmt: skip


def _sizes(places: pd.DataFrame) -> dict[str, object]:
    """Whole square metres; frames stand largest first."""
    largest = places["area_m2"].max() if len(places) else 0.0
    return {"area_m2": round(places["area_m2"].sum()), "largest_m2": round(largest)}
