"""Thêm ranh giới: choose a file, correct its columns, look, keep."""

import streamlit as st

from geo.boundaries.registry import Entry, list_entries
from geo.findings import list_examples
from geo.frames import BoundaryVersion
from geo.reading.columns import BoundaryColumns
from i18n.messages import Words
from studies.intake import Received, receive
from studies.intake_boundaries import (
    BoundaryProposal,
    BoundaryTrial,
    keep_boundaries,
    look_at_boundaries,
    try_boundaries,
)
from views import session
from views.context import Context
from views.data_coverage import show_coverage
from views.data_crs import look_with_crs
from views.data_encoding import look_with_encoding
from views.data_report_findings import show_findings
from views.data_step import heed, show_trouble, step
from views.data_upload import empty, once, take
from views.data_validity import settle_validity
from views.widgets import escape, show_html

SLOT = "boundaries"
NONE = ""  # no column is called so
ROLES = ("code", "name", "parent", "population")


def show(context: Context) -> None:
    words = context.words
    with step("file", words("data.bounds.step_file")):
        received = _receive(context)
        proposal = None
        if received is not None:
            with heed(words):
                proposal = _look(received, context)
    if received is None or proposal is None:
        return
    settled = None
    with step("columns", words("data.bounds.step_columns")), heed(words):
        settled = _settle(proposal, words)
    if settled is None:
        return
    with step("check", words("data.bounds.step_check")), heed(words):
        key = (
            received.sha256, proposal.layer.layer, proposal.crs_given, proposal.encoding_given, settled,
        )  # fmt: skip
        columns, title, validity = settled
        trial = once(
            f"{SLOT}_trial", key, lambda: try_boundaries(proposal, columns, title=title, validity=validity)
        )
        _show_trial(trial, context)


def _receive(context: Context) -> Received | None:
    words = context.words
    entries = {entry.path.name: entry for entry in list_entries(context.boundaries_folder)}
    origin = "uploaded"
    if entries:
        origin = st.segmented_control(
            words("data.bounds.origin"), ["listed", "uploaded"], key="boundaries_origin", default="uploaded",
            required=True, format_func=lambda name: words(f"data.bounds.{name}"),
        )  # fmt: skip
    if origin != "listed":
        return take(SLOT, words("data.bounds.upload"), words("data.bounds.formats"), words)
    chosen = st.selectbox(
        words("data.bounds.entry"), list(entries), key="boundaries_entry", index=None, width=480,
        placeholder=words("data.choose_hint"), format_func=lambda name: _name_entry(entries[name]),
    )  # fmt: skip
    return receive([entries[chosen].path]) if chosen else None


def _name_entry(entry: Entry) -> str:
    return entry.title if entry.title == entry.path.name else f"{entry.title} ({entry.path.name})"


def _look(received: Received, context: Context) -> BoundaryProposal | None:
    words = context.words
    token = received.sha256[:12]
    layer: str | None = session.recall(f"layer_{token}")

    def look(crs: str | None, encoding: str | None) -> BoundaryProposal:
        def read() -> BoundaryProposal:
            with st.spinner(words("data.reading")):
                return look_at_boundaries(
                    received, context.boundaries_folder, layer=layer, crs=crs, encoding=encoding
                )

        return once(f"{SLOT}_look", (received.sha256, received.path, layer, crs, encoding), read)

    def look_as(encoding: str | None) -> BoundaryProposal | None:
        return look_with_crs(
            f"boundaries_{token}", lambda crs: look(crs, encoding),
            lambda found: found.layer.crs.name if found.layer.crs else "", words,
            findings=lambda found: found.layer.findings,
        )  # fmt: skip

    proposal = look_with_encoding(f"boundaries_{token}", look_as, lambda found: found.layer.findings, words)
    if proposal is not None and len(proposal.layers) > 1:
        chosen = st.selectbox(
            words("data.bounds.layer"), proposal.layers, key=f"layer_of_{token}", width=480,
            index=proposal.layers.index(proposal.layer.layer),
        )  # fmt: skip
        if chosen != proposal.layer.layer:
            session.keep(f"layer_{token}", chosen)
            st.rerun()
    return proposal


def _settle(proposal: BoundaryProposal, words: Words) -> tuple[BoundaryColumns, str, BoundaryVersion | None]:
    """The columns, the title and the version, as corrected. Raises BadOption for a day that is none."""
    if proposal.trouble:
        show_trouble(proposal.trouble, words)
    else:
        st.caption(words("data.bounds.proposed"))
    token = f"{proposal.received.sha256[:12]}_{proposal.layer.layer}"
    chosen: dict[str, str | None] = {}
    for place, role in zip(st.columns(4), ROLES, strict=True):
        options = [*([] if role == "code" else [NONE]), *proposal.columns]
        guess = getattr(proposal.guess, role) or NONE
        column = place.selectbox(
            words(f"data.bounds.{role}"), options, key=f"bounds_{role}_{token}",
            index=options.index(guess) if guess in options else None,
            format_func=lambda column: column or words("data.none"), placeholder=words("data.choose"),
        )  # fmt: skip
        chosen[role] = column or None
    entry = proposal.entry
    title = st.text_input(
        words("data.bounds.own_title"), key=f"bounds_title_{token}",
        value=entry.title if entry else proposal.received.path.stem,
    )  # fmt: skip
    return BoundaryColumns(**chosen), title.strip(), settle_validity(token, entry, words)


def _show_trial(trial: BoundaryTrial, context: Context) -> None:
    words, frame = context.words, trial.wards.frame
    n_parents, n_peopled = frame["parent"].replace("", None).nunique(), int(frame["population"].notna().sum())
    facts = [words("data.bounds.area", n=words.number(float(frame["area_km2"].sum()), decimals=1))]
    if n_parents:
        facts.append(words("data.bounds.n_parents", n=int(n_parents)))
    peopled = words("data.bounds.population_known", n=n_peopled)
    facts.append(peopled if n_peopled else words("data.bounds.population_none"))
    named = frame["ward_name"].where(frame["ward_name"] != "", frame.index)
    examples = words("data.bounds.examples", names=list_examples(named))
    show_html(
        f'<p class="db-sentence"><b>{escape(words("data.bounds.n_wards", n=len(frame)))}</b>; '
        f'{escape("; ".join(facts))}.</p><p class="db-sub">{escape(examples)}</p>'
    )
    show_coverage(trial, words)
    show_findings(trial.findings, words("data.bounds.remarks"), words)
    if st.button(words("data.bounds.keep"), type="primary", key="keep_boundaries"):
        with heed(words):
            _keep(trial, context)


def _keep(trial: BoundaryTrial, context: Context) -> None:
    words = context.words
    with st.spinner(words("data.keeping")):
        area_id, is_new = keep_boundaries(context.store, trial)
    key = "data.bounds.kept" if is_new else "data.bounds.kept_before"
    session.keep("done", (words(key, title=trial.title, n=len(trial.wards.frame)), str(area_id)))
    session.keep("latest_area", area_id)
    for name in ("bo", "area_shown", "area_joined"):
        session.set_choice(name, str(area_id))
    empty(SLOT)
    st.rerun()
