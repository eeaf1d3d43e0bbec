"""A folder of incident files too large for memory, joined beside ordinary files."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from errors import AppError, BadOption, NotComparable, UnreadableFile
from geo.boundaries.registry import hash_file
from geo.findings import Finding
from geo.frames import Source, Wards
from geo.partition import join_partitions
from geo.partition_files import list_partitions
from geo.question import Question
from studies.refusals import tell_kind
from studies.ward_table import JoinedFile, TableFile, join_file


def check_options(folder: Path, outputs: Sequence[Path | None], others: Mapping[str, object]) -> None:
    """Refuse options that mean nothing for a folder, and results that the next run would read as incidents.

    others: option -> what was given for it. Raises UnreadableFile (reason `not_a_folder`) and BadOption
    (reasons `not_with_partitions`, `output_in_partitions`).
    """
    if not folder.is_dir():
        raise UnreadableFile("not_a_folder", file=folder.name)
    for option, given in others.items():
        if given:
            raise BadOption("not_with_partitions", option=option)
    for path in outputs:
        if path and folder.resolve() in path.resolve().parents:
            raise BadOption("output_in_partitions", file=path.name, folder=folder.name)


def choose_join(question: Question) -> Callable[[Wards, TableFile], JoinedFile]:
    """Folders are added up as the question needs, files joined row by row."""
    return lambda wards, file: (
        join_folder(wards, file, question) if file.path.is_dir() else join_file(wards, file)
    )


def join_folder(wards: Wards, file: TableFile, question: Question) -> JoinedFile:
    """The sums of a folder's files. Raises NotComparable when the versions differ, and what
    `geo.partition.join_partitions` does."""
    try:
        if wards.version and file.version and wards.version != file.version:
            raise NotComparable("version", file=file.path.name, given=file.version, known=wards.version)
        joined, findings, guessed = join_partitions(
            wards,
            file.path,
            file.columns,
            also=list_asked(question),
            points_crs=file.points_crs or "EPSG:4326",
            only=file.only,
            nearest_m=file.nearest_m,
            version=file.version,
        )
    except AppError as error:
        tell_kind(error, file.kind)
        raise
    if file.version is None and wards.version is not None:
        findings = (*findings, Finding("VersionUnknown", "warning", file.path.name))
    return JoinedFile(replace(joined, source=file.source or describe(file.path)), findings, guessed)


def list_asked(question: Question) -> tuple[str, ...]:
    """What must be kept apart besides categories to answer the question."""
    chosen = question.chosen
    asked = {"severity": chosen.severity, "known_by": chosen.known_by, "date": question.period}
    return tuple(role for role, value in asked.items() if value is not None)


def describe(path: Path) -> Source:
    """The folder as a source. sha256: of the digests of its files, in the order of their names."""
    folder = list_partitions(path)
    digests = "\n".join(f"{hash_file(each)}  {each.relative_to(path).as_posix()}" for each in folder.paths)
    return Source(name=folder.name, file=folder.name, sha256=hashlib.sha256(digests.encode()).hexdigest())
