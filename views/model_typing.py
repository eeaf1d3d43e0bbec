"""A model under way: what a person began with, what is written, and what is shown when somebody was quicker.

The form keeps the version it began with; a page that is drawn anew must not move what a person types onto a
version that they never saw.
"""

from dataclasses import dataclass, replace

import streamlit as st

from errors import ChangedMeanwhile
from planning.models import CrimeModel
from store.plan_records import Kept
from studies.model_editing import carry_over, keep_model, load_model
from studies.model_words import compare_models
from views import session
from views.context import Context
from views.widgets import calm, escape, show_error, show_html, table_html

BY = "by"
NEW = ""


@dataclass(frozen=True)
class ModelTyping:
    """base: the version it began with, None for a new model. generation: sets the boxes of one beginning
    apart from those of the next."""

    base: Kept[CrimeModel] | None
    generation: int

    def key(self, name: str) -> str:
        return f"model_{self.base.id if self.base else NEW}_{self.generation}_{name}"


@dataclass(frozen=True)
class ModelConflict:
    """A change that was not written because `theirs` was kept after `base`."""

    mine: CrimeModel
    base: Kept[CrimeModel]
    theirs: Kept[CrimeModel]
    error: ChangedMeanwhile
    by: str
    said: str


def take_up(kept: Kept[CrimeModel] | None) -> ModelTyping:
    """The form of this model as it stands; begun anew where another was chosen or the page was left since."""
    known: ModelTyping | None = session.recall("model_typing")
    same = known is not None and _id(known.base) == _id(kept)
    return known if known is not None and same and session.holds(known.key(BY)) else restart(kept)


def restart(kept: Kept[CrimeModel] | None) -> ModelTyping:
    """Boxes as this version has them."""
    known: ModelTyping | None = session.recall("model_typing")
    typing = ModelTyping(kept, known.generation + 1 if known else 1)
    session.keep("model_typing", typing)
    return typing


def write_model(typing: ModelTyping, model: CrimeModel, by: str, said: str, context: Context) -> None:
    """Write it over the version that the person saw, and draw the page anew; where somebody was quicker
    nothing is written, and both are kept to be shown. Raises what `keep_model` raises besides."""
    session.keep("user_name", by)
    try:
        kept = keep_model(context.store, model, typing.base, by=by)
    except ChangedMeanwhile as error:
        assert typing.base is not None, "only a model on file can have changed"
        theirs = load_model(context.store, typing.base.id)
        session.keep("model_conflict", ModelConflict(model, typing.base, theirs, error, by, said))
    else:
        _settle(kept, said)
    st.rerun()


def show_conflict(context: Context) -> None:
    """Who was quicker, both contents field by field, and the two ways out."""
    found: ModelConflict | None = session.recall("model_conflict")
    if found is None:
        return
    words = context.words
    show_error(found.error, words)
    rows = compare_models(found.mine, found.theirs.content, words)
    heads = ("", words("model_form.yours"), words("model_form.theirs"))
    show_html(
        table_html(
            heads,
            rows,
            title=found.theirs.content.name,
            foot=words("model_form.conflict_note"),
            texts=(0, 1, 2),
        )
    )
    with st.container(horizontal=True, key="model_conflict"):
        if st.button(words("model_form.overwrite"), type="primary", key="model_conflict_mine"):
            with calm(words):
                _write_over(found, context)
        if st.button(words("model_form.take_theirs"), key="model_conflict_theirs"):
            session.forget("model_conflict")
            restart(found.theirs)
            st.rerun()


def show_said() -> None:
    text = session.recall("model_said", "")
    if text:
        session.forget("model_said")
        show_html(f'<p class="db-change" role="status"><b>{escape(text)}</b></p>')


def _write_over(found: ModelConflict, context: Context) -> None:
    mine = carry_over(found.base.content, found.mine, found.theirs.content)
    try:
        kept = keep_model(context.store, mine, found.theirs, by=found.by)
    except ChangedMeanwhile as error:
        theirs = load_model(context.store, found.base.id)
        session.keep("model_conflict", replace(found, theirs=theirs, error=error))
    else:
        _settle(kept, found.said)
    st.rerun()


def _settle(kept: Kept[CrimeModel], said: str) -> None:
    session.forget("model_conflict")
    session.keep("model_chosen", str(kept.id))
    session.keep("model_turn", session.recall("model_turn", 0) + 1)
    session.keep("model_said", said)
    restart(kept)


def _id(kept: Kept[CrimeModel] | None) -> int | None:
    return kept.id if kept else None
