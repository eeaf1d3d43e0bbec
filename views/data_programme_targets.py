"""Targets of a programme as a table to be changed in place, started from a set of the catalogue."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from i18n.messages import Words
from planning.catalogue import Catalogue
from planning.programme import Programme
from planning.targets import FORMS, OPERATORS, Target
from studies.target_rows import LEVELS, SHOWN, list_counted, list_rows, read_rows
from views.programme_draft import Draft

NO_SET = ""
SIGNS = {">=": "≥", "<=": "≤"}


@dataclass(frozen=True)
class TargetTable:
    """The table as it stands. base: the targets it began with."""

    frame: pd.DataFrame
    base: tuple[Target, ...]

    def read(self) -> tuple[Target, ...]:
        """Raises BadOption as `studies.target_rows.read_rows`."""
        return read_rows(self.frame, self.base)


def ask_targets(told: Programme, catalogue: Catalogue, draft: Draft, words: Words) -> TargetTable:
    """A new programme may start from a set; one that is there starts from its own targets."""
    st.markdown(f"**{words('programme_entry.targets')}**")
    chosen, base = NO_SET, told.targets
    if draft.base is None:
        sets = {each.key: each for each in catalogue.target_sets}
        chosen = st.selectbox(
            words("programme_entry.target_set"), [NO_SET, *sets], key=draft.key("set"),
            format_func=lambda key: sets[key].name if key else words("programme_entry.no_set"),
        )  # fmt: skip
        base = sets[chosen].targets if chosen else ()
    st.caption(words("programme_entry.targets_hint"))
    frame = st.data_editor(
        list_rows(base), key=draft.key(f"targets_{chosen}"), num_rows="dynamic", hide_index=True,
        placeholder="", column_order=SHOWN,
        column_config=_describe_columns(list_counted(catalogue, base), words),
    )  # fmt: skip
    return TargetTable(frame, base)


def _describe_columns(counted: tuple[str, ...], words: Words) -> dict[str, Any]:
    def head(name: str) -> str:
        return words(f"programme_entry.target.{name}")

    def say_counted(key: object) -> str:
        return words(f"kpi.key.{key}") if words.has(f"kpi.key.{key}") else str(key)

    config = st.column_config
    texts = {name: config.TextColumn(head(name)) for name in ("unit", "evidence", "when")}
    return {
        "name": config.TextColumn(head("name"), width="large"),
        "level": config.SelectboxColumn(
            head("level"), options=LEVELS, width="medium",
            format_func=lambda key: words(f"programme_entry.target_level.{key}"),
        ),
        "form": config.SelectboxColumn(
            head("form"), options=FORMS, format_func=lambda key: words(f"programme_entry.form.{key}")
        ),
        "operator": config.SelectboxColumn(
            head("operator"), options=OPERATORS, width="small",
            format_func=lambda key: SIGNS.get(str(key), str(key)),
        ),
        "value": config.NumberColumn(head("value"), width="small"),
        "numerator": config.SelectboxColumn(head("numerator"), options=counted, format_func=say_counted),
        "denominator": config.SelectboxColumn(head("denominator"), options=counted, format_func=say_counted),
        **texts,
    }  # fmt: skip
