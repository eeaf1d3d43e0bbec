"""The guessed columns of a table, each in a select box to be corrected."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.cells import parse_period
from geo.columns import CountColumn, TableColumns
from geo.crs import DEGREES
from i18n.messages import Words
from store.records import Area
from studies.intake import Settled, TableProposal
from views.data_crs import choose_crs
from views.data_step import show_trouble
from views.widgets import escape, show_html

UNKNOWN, SAME, OTHER = "unknown", "same", "other"
ACROSS = 3
NONE = ""  # no column is called so


class Boxes:
    """Select boxes of one table's columns, laid out three in a row."""

    def __init__(self, proposal: TableProposal, words: Words) -> None:
        self.proposal, self.words = proposal, words
        self.token = f"{proposal.received.sha256[:12]}_{proposal.kind}_{proposal.table.sheet}"

    def ask(
        self, *asked: tuple[str, str, bool, str], places: Sequence[DeltaGenerator] = ()
    ) -> dict[str, str | None]:
        """(role, key of the label, is needed, words for no column) of each; the column by role."""
        chosen: dict[str, str | None] = {}
        for place, (role, label, needed, none) in zip(places or st.columns(ACROSS), asked, strict=False):
            with place:
                chosen[role] = self._ask_one(role, label, needed, none)
        return chosen

    def _ask_one(self, role: str, label: str, needed: bool, none: str) -> str | None:
        options = [*self.proposal.columns] if needed else [NONE, *self.proposal.columns]
        guess = self.proposal.guess.get(role, NONE)
        column = st.selectbox(
            self.words(label), options, key=f"column_{role}_{self.token}",
            index=options.index(guess) if guess in options else None,
            format_func=lambda column: column or self.words(none), placeholder=self.words("data.choose"),
        )  # fmt: skip
        return column or None


def settle(proposal: TableProposal, area: Area, words: Words) -> Settled | None:
    """What a person says of the table; None while a needed column is not chosen. Raises BadOption."""
    if proposal.trouble:
        show_trouble(proposal.trouble, words)
    else:
        st.caption(words("data.table.proposed"))
    boxes = Boxes(proposal, words)
    by_key = _choose_place(proposal, boxes.token, words)
    place, points_crs = _ask_key(boxes) if by_key else _ask_point(boxes)
    facts, counts = _ask_facts(boxes)
    version, title = _ask_origin(proposal, area, boxes.token, words)
    complete = proposal.kind == "status" and st.checkbox(
        words("data.table.complete"), key=f"complete_{boxes.token}"
    )
    illustrative = st.checkbox(words("data.table.illustrative"), key=f"illustrative_{boxes.token}")
    needed = [place["key"]] if by_key else [place["longitude"], place["latitude"]]
    if proposal.kind == "status":
        needed.append(facts["value"])
    if proposal.kind == "population":
        needed.append(counts[0].column if counts else None)
    if None in needed:
        return None
    return Settled(
        TableColumns(**place, **facts, counts=counts, by_key=by_key),
        points_crs=points_crs, version=version, complete=complete, illustrative=illustrative, title=title,
    )  # fmt: skip


def _choose_place(proposal: TableProposal, token: str, words: Words) -> bool:
    """Whether rows find their ward by a key column; else by coordinates."""
    chosen = st.radio(
        words("data.table.place"), ["by_point", "by_key"], key=f"place_{token}", horizontal=True,
        index=0 if proposal.has_place else 1, format_func=lambda name: words(f"data.table.{name}"),
    )  # fmt: skip
    return chosen == "by_key"


def _ask_key(boxes: Boxes) -> tuple[dict[str, str | None], str]:
    none = "data.none"
    asked = (("key", "data.table.key", True, none), ("name", "data.table.name", False, none),
             ("parent", "data.table.parent", False, none))  # fmt: skip
    return boxes.ask(*asked), DEGREES


def _ask_point(boxes: Boxes) -> tuple[dict[str, str | None], str]:
    words = boxes.words
    if boxes.proposal.table.points:
        st.caption(words("data.table.points_of_file"))
        return {"longitude": "longitude", "latitude": "latitude"}, DEGREES
    asked = (("longitude", "data.table.longitude", True, ""), ("latitude", "data.table.latitude", True, ""))
    places = st.columns(ACROSS)
    place = boxes.ask(*asked, places=places)
    with places[2]:
        label = words("data.crs.of_points")
        crs = choose_crs(f"points_{boxes.token}", words, label=label, first=DEGREES, names={})
    return place, crs or DEGREES


def _ask_facts(boxes: Boxes) -> tuple[dict[str, str | None], tuple[CountColumn, ...]]:
    """The columns of the kind itself, and those that count."""
    kind, none = boxes.proposal.kind, "data.none"
    if kind == "incidents":
        places = st.columns(ACROSS)
        with places[0]:
            columns = _choose_counts(boxes)
        asked = (("category", "data.table.category", False, none), ("date", "data.table.date", False, none))
        return boxes.ask(*asked, places=places[1:]), _tell_counts(columns, boxes)
    if kind == "cameras":
        cameras = boxes.ask(
            ("count", "data.table.camera_count", False, "data.table.camera_count_none"),
            ("working", "data.table.working", False, none),
        )
        return {"working": cameras["working"]}, _as_counts([cameras["count"]])
    if kind == "population":
        return {}, _as_counts([boxes.ask(("value", "data.table.residents", True, none))["value"]])
    return boxes.ask(("value", "data.table.value", True, none), ("year", "data.table.year", False, none)), ()


def _as_counts(columns: Sequence[str | None]) -> tuple[CountColumn, ...]:
    return tuple(CountColumn(column) for column in columns if column)


def _choose_counts(boxes: Boxes) -> list[str]:
    """One count column, none (each row is one incident), or several."""
    words, guess = boxes.words, boxes.proposal.guess.get("count")
    return st.multiselect(
        words("data.table.counts"), boxes.proposal.columns, default=[guess] if guess else [],
        key=f"counts_{boxes.token}", placeholder=words("data.table.counts_hint"),
        help=words("data.table.counts_help"),
    )  # fmt: skip


def _tell_counts(columns: Sequence[str], boxes: Boxes) -> tuple[CountColumn, ...]:
    """Several count columns say what each stands for. Raises BadOption for a period that is none."""
    if len(columns) < 2:
        return _as_counts(columns)
    st.caption(boxes.words("data.table.meaning"))
    return tuple(_ask_meaning(column, boxes, is_first=not place) for place, column in enumerate(columns))


def _ask_meaning(column: str, boxes: Boxes, *, is_first: bool) -> CountColumn:
    words = boxes.words
    shown: Literal["visible", "collapsed"] = "visible" if is_first else "collapsed"
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    with left:
        show_html(f'<p class="db-count">{escape(column)}</p>')
    key = f"{boxes.token}_{column}"
    category = middle.text_input(
        words("data.table.meaning_category"), key=f"category_{key}", label_visibility=shown,
        placeholder=words("data.table.meaning_category"),
    )  # fmt: skip
    period = right.text_input(
        words("data.table.meaning_period"), key=f"period_{key}", label_visibility=shown,
        placeholder=words("data.table.period_hint"),
    )  # fmt: skip
    return CountColumn(
        column, category.strip() or None, parse_period(period.strip()) if period.strip() else None
    )


def _ask_origin(proposal: TableProposal, area: Area, token: str, words: Words) -> tuple[str | None, str]:
    """The boundary version of the file's codes, and the name of its source."""
    left, right = st.columns(2)
    names = {UNKNOWN: words("data.unknown"), OTHER: words("data.table.version_other")}
    options = [UNKNOWN, OTHER]
    if area.version:
        names[SAME] = words("data.table.version_same", version=area.version)
        options.insert(1, SAME)
    with left:
        said = st.selectbox(
            words("data.table.version"), options, key=f"version_{area.id}_{token}",
            format_func=names.__getitem__, help=words("data.bounds.version_help"),
        )  # fmt: skip
        version = area.version if said == SAME else None
        if said == OTHER:
            typed = st.text_input(
                words("data.table.version_name"), key=f"version_name_{token}",
                placeholder=words("data.table.version_hint"),
            )  # fmt: skip
            version = typed.strip() or None
    title = right.text_input(
        words("data.table.own_title"), value=proposal.received.path.stem, key=f"title_{token}"
    )
    return version, title.strip()
