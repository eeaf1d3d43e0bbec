"""A select box for every spelling: its suggestions first, then to leave it out, then all wards."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from briefing.leftovers import label_wards
from geo.frames import Wards
from geo.matching.leftovers import ChoiceKey, LeftOver
from geo.matching.suggest import Suggestion
from i18n.messages import Words
from studies.doctor import Matched
from views.data_doctor_bench import Bench, Choices
from views.data_names import as_label
from views.widgets import escape, show_html

MOST_LINES = 4
LEAVE_OUT = "-"


@dataclass(frozen=True)
class Wall:
    """All wards to choose from, and what was chosen and applied before."""

    labels: dict[str, str]
    bench: Bench
    words: Words

    @classmethod
    def build(cls, wards: Wards, bench: Bench, words: Words) -> "Wall":
        return cls(label_wards(wards), bench, words)

    def ask_left_over(self, place: int, left: LeftOver) -> Choices:
        """The choice for a spelling without a ward; empty while there is none."""
        answer = self._ask(
            f"left_{place}", left.text, _left_html(left, self._tell(left.choice), self.words),
            self.bench.choices.get(left.choice, ""), left.suggestions,
        )  # fmt: skip
        return {left.choice: None if answer == LEAVE_OUT else answer} if answer else {}

    def ask_remembered(self, place: int, matched: Matched) -> Choices:
        """The choice for spellings that an earlier confirmation led to a ward; empty while it stands."""
        held = self.bench.choices.get(matched.choices[0], matched.ward_code)
        text = ", ".join(matched.spellings)
        answer = self._ask(f"known_{place}", text, _known_html(matched, self.words), held, ())
        if answer in (None, matched.ward_code):
            return {}
        return dict.fromkeys(matched.choices, None if answer == LEAVE_OUT else answer)

    def _ask(
        self, name: str, text: str, about: str, held: str | None, suggestions: Sequence[Suggestion]
    ) -> str | None:
        words, likely = self.words, {hit.ward_code: hit for hit in suggestions}
        options = [*likely, LEAVE_OUT, *(code for code in self.labels if code not in likely)]
        first = LEAVE_OUT if held is None else held

        def label(option: str) -> str:
            if option == LEAVE_OUT:
                return words("doctor.leave_out")
            if option not in likely:
                return self.labels[option]
            why = words(f"doctor.why.{likely[option].why}")
            return words("doctor.suggestion", name=self.labels[option], why=why)

        left, right = st.columns([48, 52], vertical_alignment="center")
        with left:
            show_html(about)
        with right:
            return st.selectbox(
                words("doctor.for", text=as_label(text)), options, key=f"doctor_{name}_{self.bench.turn}",
                index=options.index(first) if first in options else None, format_func=label,
                placeholder=words("doctor.choose"), label_visibility="collapsed",
            )  # fmt: skip

    def _tell(self, choice: ChoiceKey) -> str:
        """What the choices applied so far made of a spelling; "" when they say nothing of it."""
        if self.bench.repair is None or choice not in self.bench.choices:
            return ""
        code = self.bench.choices[choice]
        if code is None:
            return self.words("doctor.reason.left_out")
        return self.words("doctor.joined_to", ward=self.labels[code])


def _left_html(left: LeftOver, told: str, words: Words) -> str:
    where = [list_lines(left.lines, words)]
    if left.n is not None:
        where.append(f"{words('doctor.sum').lower()} {words.number(left.n)}")
    state = (
        f'<b class="db-good">{escape(told)}</b>' if told else escape(words(f"doctor.reason.{left.reason}"))
    )
    parent = f" <span>({escape(left.parent)})</span>" if left.parent else ""
    return (
        f'<div class="db-file"><b>{escape(left.text)}</b>{parent}</div>'
        f'<div class="db-sub">{state}; {escape("; ".join(where))}</div>'
    )


def _known_html(matched: Matched, words: Words) -> str:
    return (
        f'<div class="db-file"><b>{escape(", ".join(matched.spellings))}</b></div>'
        f'<div class="db-sub">{escape(list_lines(matched.lines, words))}</div>'
    )


def list_lines(lines: Sequence[int], words: Words) -> str:
    shown = ", ".join(str(line) for line in lines[:MOST_LINES])
    return words("doctor.lines", lines=f"{shown}, …" if len(lines) > MOST_LINES else shown)
