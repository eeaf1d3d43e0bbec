"""What the store tells about the records of planning."""

import datetime as dt
from dataclasses import dataclass
from typing import Generic, TypeVar

from geo.findings import Finding
from planning.catalogue import Catalogue
from planning.models import CrimeModel
from planning.programme import Programme, Step, TargetArea
from planning.scenario import Proposal, Scenario

T = TypeVar("T")


@dataclass(frozen=True)
class Kept(Generic[T]):
    """One revision of a record, the newest unless a list of revisions was asked for. revision: from 1;
    at, by: when it was written and by which user."""

    id: int
    revision: int
    content: T
    at: dt.datetime
    by: str


@dataclass(frozen=True)
class KeptStep:
    """One step as it was taken. at, by: when it was written down and by which user."""

    step: Step
    at: dt.datetime
    by: str


@dataclass(frozen=True)
class KeptArea:
    """A target area's newest revision with all its steps, the first taken first."""

    id: int
    revision: int
    programme_id: int
    content: TargetArea
    steps: tuple[KeptStep, ...]
    at: dt.datetime
    by: str

    @property
    def taken(self) -> tuple[Step, ...]:
        """The steps alone."""
        return tuple(kept.step for kept in self.steps)


@dataclass(frozen=True)
class ProposalList:
    """The units' proposals for one year, from one file or typed in. findings: remarks on the file."""

    year: int
    proposals: tuple[Proposal, ...]
    file_name: str = ""
    sha256: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Kind(Generic[T]):
    """A kind of record, the dataclass of its content, and the event that tells of a new revision."""

    name: str
    content: type[T]
    event: str


@dataclass(frozen=True)
class Writer:
    """Who writes, and the one moment that everything written in a transaction bears."""

    by: str
    at: dt.datetime


SCENARIO = Kind("scenario", Scenario, "scenario.kept")
PROGRAMME = Kind("programme", Programme, "programme.kept")
TARGET_AREA = Kind("target_area", TargetArea, "area.target_kept")
MODEL = Kind("model", CrimeModel, "model.kept")
CATALOGUE = Kind("catalogue", Catalogue, "catalogue.kept")
PROPOSALS = Kind("proposals", ProposalList, "proposals.kept")


def sign(by: str) -> Writer:
    """The writer at this moment."""
    return Writer(by, dt.datetime.now(dt.UTC))
