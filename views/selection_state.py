"""The scenario under way: what the widgets show at first, and how a saved one is taken up."""

from dataclasses import dataclass

from planning.scenario import Scenario
from store.plan_records import Kept
from views import session


@dataclass(frozen=True)
class Work:
    """base: what the widgets began with. kept: the saved scenario it came from, None for a new one.
    generation: sets the widgets of one beginning apart from those of the next."""

    base: Scenario
    kept: Kept[Scenario] | None
    generation: int

    def key(self, name: str) -> str:
        return f"selection_{self.generation}_{name}"


def begin(base: Scenario, kept: Kept[Scenario] | None = None) -> Work:
    """Start the widgets anew from a scenario."""
    work = Work(base, kept, int(session.recall("selection_generation", 0)) + 1)
    session.keep("selection_generation", work.generation)
    session.keep("selection_work", work)
    remember(base)
    return work


def current() -> Work | None:
    """The scenario under way in this session. After another page was visited its widgets begin where they
    stood."""
    work: Work | None = session.recall("selection_work")
    if work is None or session.holds(work.key("n")):
        return work
    last: Scenario = session.recall("selection_last", work.base)
    return work if last == work.base else begin(last, work.kept)


def remember(scenario: Scenario) -> None:
    session.keep("selection_last", scenario)
