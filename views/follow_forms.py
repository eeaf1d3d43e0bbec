"""Forms on one area's card: what they began with, what is written, and what is shown when somebody was
quicker.

A form keeps the version it began with until it is saved or given up: a page that is drawn anew must not move
what a person types onto a version that they never saw.
"""

from dataclasses import dataclass, replace

import streamlit as st

from errors import ChangedMeanwhile
from i18n.messages import Words
from planning.catalogue import Catalogue
from store.plan_records import KeptArea
from studies.area_editing import Edit, apply_edit, compare_versions
from views import session
from views.context import Context
from views.follow_labelled import labelled_table, plain_rows
from views.widgets import calm, escape, show_error, show_html

BY = "by"


@dataclass(frozen=True)
class Typing:
    """A form under way. base: the version it began with. generation: sets the boxes of one beginning apart
    from those of the next."""

    kind: str
    base: KeptArea
    generation: int

    def key(self, name: str) -> str:
        return f"area_{self.kind}_{self.base.id}_{self.generation}_{name}"


@dataclass(frozen=True)
class Conflict:
    """An edit that was not written because `theirs` was kept after `base`. kind: of the form it came from;
    said: what is told once it is written after all."""

    kind: str
    edit: Edit
    base: KeptArea
    theirs: KeptArea
    error: ChangedMeanwhile
    by: str
    said: str


def take_up(kind: str, kept: KeptArea) -> Typing:
    """The form of this kind as it stands; begun anew where the page was left since."""
    known: Typing | None = session.recall(f"typing_{kind}_{kept.id}")
    return known if known is not None and session.holds(known.key(BY)) else restart(kind, kept)


def restart(kind: str, kept: KeptArea) -> Typing:
    """Empty boxes, or those of this version."""
    known: Typing | None = session.recall(f"typing_{kind}_{kept.id}")
    typing = Typing(kind, kept, known.generation + 1 if known else 1)
    session.keep(f"typing_{kind}_{kept.id}", typing)
    return typing


def ask_name(typing: Typing, words: Words) -> str:
    """Who writes; the name stays for the session."""
    typed: str = st.text_input(
        words("area_card.by"), session.recall("user_name", ""), key=typing.key(BY),
        placeholder=words("area_card.by_hint"),
    )  # fmt: skip
    return typed.strip()


def recall_shown(kept: KeptArea) -> KeptArea:
    """The version that the person last saw on the page."""
    shown: KeptArea = session.recall(f"area_shown_{kept.id}", kept)
    return shown


def note_shown(kept: KeptArea) -> None:
    session.keep(f"area_shown_{kept.id}", kept)


def write_edit(typing: Typing, base: KeptArea, edit: Edit, by: str, said: str, context: Context) -> None:
    """Write it over the version that the person saw, and draw the page anew; where somebody was quicker
    nothing is written, and both versions are kept to be shown."""
    session.keep("user_name", by)
    try:
        new = _write(base, edit, by, context)
    except ChangedMeanwhile as error:
        theirs = context.store.load_target_area(base.id)
        session.keep(f"conflict_{base.id}", Conflict(typing.kind, edit, base, theirs, error, by, said))
    else:
        _settle(typing.kind, base, new, said)
    st.rerun()


def show_conflict(kept: KeptArea, catalogue: Catalogue | None, context: Context) -> None:
    """Who was quicker and when, both versions part by part, and the two ways out."""
    found: Conflict | None = session.recall(f"conflict_{kept.id}")
    if found is None:
        return
    words, theirs = context.words, found.theirs
    show_error(found.error, words)
    by = theirs.by or words("record.someone")
    day = theirs.at.astimezone().strftime("%H:%M %d/%m/%Y")
    rows = compare_versions(found.base.content, found.edit, theirs.content, catalogue, words)
    heads = ("", words("record.yours"), words("record.theirs", by=by, day=day))
    cells = [(row.name, row.yours or words("record.untouched"), row.theirs) for row in rows]
    title, foot = escape(words("record.conflict")), escape(words("record.conflict_note"))
    show_html(
        f'<div class="db-follow"><h3 class="db-inside">{title}</h3>'
        f'{labelled_table(heads, plain_rows(cells))}<p class="db-sub">{foot}</p></div>'
    )
    with st.container(horizontal=True, key=f"area_conflict_{kept.id}"):
        label = "record.append" if found.edit.only_adds else "record.overwrite"
        if st.button(words(label), type="primary", key=f"conflict_mine_{kept.id}"):
            with calm(words):
                _write_over(found, context)
        if st.button(words("record.take_theirs"), key=f"conflict_theirs_{kept.id}"):
            session.forget(f"conflict_{kept.id}")
            restart(found.kind, theirs)
            st.rerun()


def say(kept: KeptArea, text: str) -> None:
    """Tell it once, on the page as it is drawn next."""
    session.keep(f"said_{kept.id}", text)


def show_said(kept: KeptArea) -> None:
    text = session.recall(f"said_{kept.id}", "")
    if text:
        session.forget(f"said_{kept.id}")
        show_html(f'<p class="db-change" role="status"><b>{escape(text)}</b></p>')


def _write_over(found: Conflict, context: Context) -> None:
    try:
        new = _write(found.theirs, found.edit, found.by, context)
    except ChangedMeanwhile as error:
        theirs = context.store.load_target_area(found.base.id)
        session.keep(f"conflict_{found.base.id}", replace(found, theirs=theirs, error=error))
    else:
        _settle(found.kind, found.theirs, new, found.said)
    st.rerun()


def _write(base: KeptArea, edit: Edit, by: str, context: Context) -> KeptArea:
    return context.store.keep_target_area(
        base.programme_id,
        apply_edit(base.content, edit),
        by=by,
        record_id=base.id,
        base_revision=base.revision,
    )


def _settle(kind: str, base: KeptArea, new: KeptArea, said: str) -> None:
    """After a write its own form is begun anew; others of the same version go on with the new one."""
    session.forget(f"conflict_{new.id}")
    for other in ("record", "evidence", "removal", "meeting", "step", "correction"):
        known: Typing | None = session.recall(f"typing_{other}_{new.id}")
        if other == kind:
            restart(kind, new)
        elif known is not None and known.base.revision == base.revision:
            session.keep(f"typing_{other}_{new.id}", replace(known, base=new))
    say(new, said)
