"""What a file is, what it can serve as, and what is wrong with it. Writes nothing."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from errors import AppError, BadOption, UnreadableFile
from geo.boundaries.check import check_wards
from geo.boundaries.registry import find_entry
from geo.findings import Finding
from geo.frames import Kind, Source
from geo.reading.columns import BoundaryColumns, TableColumns, find_column, guess_place
from geo.reading.read import Table, read_boundaries, read_table
from geo.rows.facts import list_roles, look_at_rows
from i18n.messages import Words
from studies.refusals import explain, tell_kind
from studies.report import describe, write_findings
from studies.ward_table import trust_crs

KINDS = ("boundaries", "incidents", "cameras", "population", "status")
TABLE_KINDS: tuple[Kind, ...] = ("incidents", "cameras", "population", "status")


@dataclass(frozen=True)
class Answer:
    """shape: wards, points or table. serves: kinds it can serve as, each with its columns by role."""

    file: str
    shape: str = ""
    n_rows: int = 0
    crs: str = ""
    columns: tuple[str, ...] = ()
    serves: dict[str, dict[str, str]] = field(default_factory=dict)
    refused: dict[str, AppError] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    error: AppError | None = None


def check_file(path: Path, as_kind: str | None, registry_folder: Path) -> Answer:
    """Look at one file. as_kind: only this use, and a refusal of it is the answer's error."""
    if as_kind is not None and as_kind not in KINDS:
        raise BadOption("kind", value=as_kind, choices=", ".join(KINDS))
    try:
        answer = _look(path, as_kind, registry_folder)
    except AppError as error:
        return Answer(path.name, error=error)
    if as_kind is not None and as_kind in answer.refused:
        return replace(answer, error=answer.refused[as_kind])
    return answer


def _look(path: Path, as_kind: str | None, registry_folder: Path) -> Answer:
    if as_kind in (None, "boundaries"):
        try:
            return _look_at_wards(path, registry_folder)
        except UnreadableFile as error:
            if as_kind == "boundaries" or error.reason not in ("not_polygons", "not_vector"):
                raise
    return _look_at_table(path, TABLE_KINDS if as_kind is None else (as_kind,))  # type: ignore[arg-type]


def _look_at_wards(path: Path, registry_folder: Path) -> Answer:
    try:
        layer = read_boundaries(path)
    except AppError as error:
        tell_kind(error, "boundaries")
        raise
    columns = tuple(str(name) for name in layer.frame.columns if name != layer.frame.geometry.name)
    answer = Answer(path.name, "wards", len(layer.frame), layer.crs.name if layer.crs else "", columns)
    try:
        told = find_entry(path, registry_folder)
        version = told.version if told else None
        layer = trust_crs(layer) if told else layer
        wards, findings, used = check_wards(
            layer, BoundaryColumns(), version=version, source=Source(file=path.name)
        )
    except AppError as error:
        tell_kind(error, "boundaries")
        return replace(answer, refused={"boundaries": error}, findings=layer.findings, error=error)
    roles = {
        role: column for role in ("code", "name", "parent", "population") if (column := getattr(used, role))
    }
    return replace(answer, n_rows=len(wards.frame), serves={"boundaries": roles}, findings=findings)


def _look_at_table(path: Path, kinds: tuple[Kind, ...]) -> Answer:
    try:
        table = read_table(path)
    except AppError as error:
        tell_kind(error, kinds[0])
        raise
    has_place = table.points or find_column(table.frame.columns, "longitude") is not None
    answer = Answer(
        path.name,
        "points" if has_place else "table",
        len(table.frame),
        "",
        tuple(str(name) for name in table.frame.columns),
        findings=table.findings,
    )
    serves: dict[str, dict[str, str]] = {}
    refused: dict[str, AppError] = {}
    findings = [*table.findings]
    as_asked = len(kinds) == 1
    for kind in kinds:
        try:
            serves[kind], remarks = _serve(table, kind)
            if as_asked or kind == "incidents":
                findings += remarks
        except AppError as error:
            tell_kind(error, kind)
            refused[kind] = error
    return replace(answer, serves=serves, refused=refused, findings=tuple(findings))


def _serve(table: Table, kind: Kind) -> tuple[dict[str, str], tuple[Finding, ...]]:
    columns = guess_place(table.frame, TableColumns(), file=table.file, points=table.points)
    return list_roles(table, kind, columns), look_at_rows(table, kind, columns)


def as_json(answer: Answer, words: Words) -> dict[str, Any]:
    """The answer for a program."""
    return {
        "file": answer.file,
        "shape": answer.shape,
        "rows": answer.n_rows,
        "crs": answer.crs,
        "columns": list(answer.columns),
        "serves": answer.serves,
        "refused": {kind: explain(error, words) for kind, error in answer.refused.items()},
        "findings": [describe(finding, words) for finding in answer.findings],
        "error": {"code": answer.error.code, "text": explain(answer.error, words)} if answer.error else None,
    }


def as_lines(answer: Answer, words: Words) -> list[str]:
    """The answer for a reader; none for a file that could not be read."""
    if not answer.shape:
        return []
    crs = words("check.crs", crs=answer.crs) if answer.crs else ""
    lines = [f"{answer.file}: {words(f'check.{answer.shape}', n=answer.n_rows)}{crs}"]
    lines.append("  " + words("check.columns", columns=", ".join(answer.columns) or "–"))
    for kind, roles in answer.serves.items():
        used = ", ".join(f"{words(f'role.{role}')} = {column}" for role, column in roles.items())
        lines.append("  ✓ " + words("check.serves", kind=words(f"kind.{kind}"), columns=used))
    for kind, error in answer.refused.items():
        lines.append("  – " + words("check.refused", kind=words(f"kind.{kind}"), why=explain(error, words)))
    lines += [f"  ! {line}" for line in write_findings(answer.findings, words)]
    return lines
