"""The guessed columns of a table, each in a select box to be corrected."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from errors import SeveralChoices
from geo.crs import DEGREES
from geo.frames import MEASURES
from geo.periods import CALENDARS, Calendar
from geo.reading.columns import CountColumn, TableColumns
from geo.reading.count_headers import propose_counts
from geo.reading.days import parse_period
from i18n.messages import Words
from store.records import Area
from studies.intake import Settled, TableProposal
from views.data_crs import choose_crs
from views.data_more_columns import ask_more, ask_year
from views.data_names import name_column
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
            format_func=lambda column: name_column(column, self.words) if column else self.words(none),
            placeholder=self.words("data.choose"),
        )  # fmt: skip
        return column or None


def settle(proposal: TableProposal, area: Area, words: Words) -> Settled | None:
    """What a person says of the table; None while a needed column is not chosen. Raises BadOption,
    SeveralChoices."""
    top = st.empty()
    boxes = Boxes(proposal, words)
    by_key = _choose_place(proposal, boxes.token, words)
    place, points_crs = _ask_key(boxes) if by_key else _ask_point(boxes)
    facts, counts = _ask_facts(boxes, place)
    with top:
        _show_guess(proposal, counts, words)
    version, title = _ask_origin(proposal, area, boxes.token, words)
    complete = proposal.kind == "status" and st.checkbox(
        words("data.table.complete"), key=f"complete_{boxes.token}"
    )
    illustrative = st.checkbox(words("data.table.illustrative"), key=f"illustrative_{boxes.token}")
    needed = [place["key"]] if by_key else [place["longitude"], place["latitude"]]
    if proposal.kind == "status":
        needed.append(facts.value)
    if proposal.kind == "population":
        needed.append(counts[0].column if counts else None)
    if None in needed:
        return None
    return Settled(
        replace(facts, **place, counts=counts, by_key=by_key),  # type: ignore[arg-type]
        points_crs=points_crs, version=version, complete=complete, illustrative=illustrative, title=title,
    )  # fmt: skip


def _show_guess(proposal: TableProposal, counts: Sequence[CountColumn], words: Words) -> None:
    """What was guessed, or why not; said after the boxes have raised nothing, so that one thing is asked at
    a time."""
    trouble = proposal.trouble
    if trouble is None:
        st.caption(words("data.table.proposed"))
    elif isinstance(trouble, SeveralChoices) and trouble.reason == "count" and len(counts) > 1:
        text = words("data.table.counts_proposed", **trouble.facts)
        show_html(f'<div class="db-note db-ask" role="status">{escape(text)}</div>')
    else:
        show_trouble(trouble, words)


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


def _ask_facts(boxes: Boxes, place: dict[str, str | None]) -> tuple[TableColumns, tuple[CountColumn, ...]]:
    """The columns of the kind itself, and those that count."""
    kind, none = boxes.proposal.kind, "data.none"
    if kind == "incidents":
        return _ask_incidents(boxes, place)
    if kind == "cameras":
        cameras = boxes.ask(
            ("count", "data.table.camera_count", False, "data.table.camera_count_none"),
            ("working", "data.table.working", False, none),
        )
        more = ask_more(boxes.proposal, boxes.token, boxes.words)
        return TableColumns(working=cameras["working"], **more), _as_counts([cameras["count"]])  # type: ignore[arg-type]
    if kind == "population":
        value = boxes.ask(("value", "data.table.residents", True, none))["value"]
        more = ask_more(boxes.proposal, boxes.token, boxes.words)
        return TableColumns(**more), _as_counts([value])  # type: ignore[arg-type]
    told = boxes.ask(("value", "data.table.value", True, none), ("year", "data.table.year", False, none))
    return TableColumns(value=told["value"], year=told["year"]), ()


def _ask_incidents(
    boxes: Boxes, place: dict[str, str | None]
) -> tuple[TableColumns, tuple[CountColumn, ...]]:
    words, none = boxes.words, "data.none"
    places = st.columns(ACROSS)
    told = boxes.ask(
        ("category", "data.table.category", False, none), ("date", "data.table.date", False, none),
        places=places,
    )  # fmt: skip
    with places[2]:
        calendar: Calendar | None = st.selectbox(
            words("data.table.calendar"), [None, *CALENDARS], key=f"calendar_{boxes.token}",
            format_func=lambda name: words(f"data.table.calendar_{name or 'unsaid'}"),
            help=words("data.table.calendar_help"),
        )  # fmt: skip
    more = ask_more(boxes.proposal, boxes.token, words)
    columns = TableColumns(category=told["category"], date=told["date"], calendar=calendar, **more)  # type: ignore[arg-type]
    columns = replace(columns, default_year=ask_year(boxes.proposal.table, columns, boxes.token, words))
    proposed = _propose(boxes, replace(columns, **place))  # type: ignore[arg-type]
    return columns, _tell_counts(_choose_counts(boxes, proposed), proposed, boxes)


def _propose(boxes: Boxes, columns: TableColumns) -> dict[str, CountColumn]:
    """What the headers of a wide table seem to say, by column; for a table with one count column nothing."""
    if "count" in boxes.proposal.guess:
        return {}
    return {count.column: count for count in propose_counts(columns, boxes.proposal.table)}


def _as_counts(columns: Sequence[str | None]) -> tuple[CountColumn, ...]:
    return tuple(CountColumn(column) for column in columns if column)


def _choose_counts(boxes: Boxes, proposed: dict[str, CountColumn]) -> list[str]:
    """One count column, none (each row is one incident), or several."""
    words, guess = boxes.words, boxes.proposal.guess.get("count")
    is_wide = isinstance(boxes.proposal.trouble, SeveralChoices)
    default = [guess] if guess else list(proposed) if is_wide else []
    return st.multiselect(
        words("data.table.counts"), boxes.proposal.columns, default=default,
        key=f"counts_{boxes.token}", placeholder=words("data.table.counts_hint"),
        help=words("data.table.counts_help"), format_func=lambda column: name_column(column, words),
    )  # fmt: skip


def _tell_counts(
    columns: Sequence[str], proposed: dict[str, CountColumn], boxes: Boxes
) -> tuple[CountColumn, ...]:
    """Several count columns say what each stands for. Raises BadOption for a period that is none."""
    if len(columns) < 2:
        return _as_counts(columns)
    st.caption(boxes.words("data.table.meaning"))
    return tuple(
        _ask_meaning(proposed.get(column, CountColumn(column)), boxes, is_first=not place)
        for place, column in enumerate(columns)
    )


def _ask_meaning(proposed: CountColumn, boxes: Boxes, *, is_first: bool) -> CountColumn:
    words = boxes.words
    shown: Literal["visible", "collapsed"] = "visible" if is_first else "collapsed"
    left, second, third, right = st.columns([28, 28, 24, 20], vertical_alignment="bottom")
    with left:
        show_html(f'<p class="db-count">{escape(proposed.column)}</p>')
    key = f"{boxes.token}_{proposed.column}"
    category = second.text_input(
        words("data.table.meaning_category"), value=proposed.category or "", key=f"category_{key}",
        label_visibility=shown, placeholder=words("data.table.meaning_category"),
    )  # fmt: skip
    span = proposed.period
    told = f"{words.date(span.start)}..{words.date(span.end)}" if span else ""
    period = third.text_input(
        words("data.table.meaning_period"), value=told, key=f"period_{key}", label_visibility=shown,
        placeholder=words("data.table.period_hint"),
    ).strip()  # fmt: skip
    measure = right.selectbox(
        words("data.table.meaning_measure"), MEASURES, index=MEASURES.index(proposed.measure),
        key=f"measure_{key}", label_visibility=shown, format_func=lambda name: words(f"measure.{name}"),
    )  # fmt: skip
    return replace(
        proposed, category=category.strip() or None, period=parse_period(period) if period else None,
        measure=measure,
    )  # fmt: skip


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
