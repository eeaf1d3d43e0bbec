"""The programme under way on the data page: the revision its boxes began with, whoever wrote meanwhile."""

from dataclasses import dataclass

from planning.programme import Programme
from store.plan_records import Kept
from views import session


@dataclass(frozen=True)
class Draft:
    """base: the revision that the boxes began with, None for a new programme. generation: sets the boxes of
    one beginning apart from those of the next."""

    base: Kept[Programme] | None
    generation: int

    def key(self, name: str) -> str:
        return f"programme_{self.generation}_{name}"


def begin(base: Kept[Programme] | None) -> Draft:
    """Start the boxes anew."""
    draft = Draft(base, int(session.recall("programme_generation", 0)) + 1)
    session.keep("programme_generation", draft.generation)
    session.keep("programme_draft", draft)
    return draft


def current() -> Draft:
    """The one under way in this session, else a new programme."""
    draft: Draft | None = session.recall("programme_draft")
    return draft or begin(None)
