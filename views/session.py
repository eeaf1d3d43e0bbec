"""The only door to session state and to the address bar: what is chosen is in the link.

A choice is read from the address on the first run of a session, kept by its widget's key, and written
back, so that a leader can send what is on the screen. Streamlit forgets the widgets of a page that is left;
the last choice is remembered beside them, so that the next page looks at the same place and period.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st


def choose(name: str, options: Sequence[str], default: str) -> str:
    """The chosen option: of this page, else of the address, else of the page before, else the default."""
    key = f"choice_{name}"
    told = (st.session_state.get(key), st.query_params.get(name), recall(f"last_{name}"))
    held = next((text for text in told if text in options), default)
    if st.session_state.get(key) != held:  # a widget that is drawn already may not be written to
        st.session_state[key] = held
    keep(f"last_{name}", held)
    return str(held)


def key_of(name: str) -> str:
    """The widget key under which a choice is kept."""
    return f"choice_{name}"


def set_choice(name: str, value: str | None) -> None:
    """Choose in a callback, before the widgets run."""
    st.session_state[f"choice_{name}"] = value


def mirror(**choices: str | None) -> None:
    """Write the choices into the address; what is None or "" leaves it."""
    for name, value in choices.items():
        if value:
            if st.query_params.get(name) != value:
                st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


def recall(name: str, default: Any = None) -> Any:
    """Something kept for this session alone (an upload under way)."""
    return st.session_state.get(f"kept_{name}", default)


def keep(name: str, value: Any) -> None:
    st.session_state[f"kept_{name}"] = value


def holds(key: str) -> bool:
    """Whether a widget of this key is on the page, or was in the run before."""
    return key in st.session_state


def forget(name: str) -> None:
    st.session_state.pop(f"kept_{name}", None)


def chosen_ward(codes: pd.Index) -> str | None:
    """The chosen ward's code, of this session or, before its select box runs, of the address; None when
    the area has no such ward."""
    key = key_of("dia_ban")
    if key not in st.session_state:
        told = (st.query_params.get("dia_ban"), recall("last_dia_ban"))
        st.session_state[key] = next((code for code in told if code in codes), None)
    held = st.session_state[key]
    keep("last_dia_ban", held)
    return str(held) if held in codes else None
