"""Which reference system the coordinates are in: of the file, or declared by a person."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from errors import UnknownCrs
from geo.crs import DEGREES
from i18n.messages import Words
from studies.intake_boundaries import VN2000_MERIDIANS
from views.data_step import show_trouble

Answer = TypeVar("Answer")
OF_FILE, OTHER = "file", "other"


def name_crs(code: str, words: Words) -> str:
    """`EPSG:5897: VN-2000, kinh tuyến trục 105°00'`."""
    if code == DEGREES:
        return words("data.crs.degrees", crs=code)
    if code in VN2000_MERIDIANS:
        return words("data.crs.vn2000", crs=code, meridian=VN2000_MERIDIANS[code])
    return code


def choose_crs(key: str, words: Words, *, label: str, first: str | None, names: dict[str, str]) -> str | None:
    """One of the systems in use in Việt Nam or any EPSG code; None when nothing is chosen yet.

    first: what is chosen to begin with; names: words for options that are no code.
    """
    options = [*names, DEGREES, *VN2000_MERIDIANS, OTHER]
    shown = names | {OTHER: words("data.crs.other")}
    chosen = st.selectbox(
        label,
        options,
        index=options.index(first) if first else None,
        key=f"{key}_crs",
        format_func=lambda code: shown.get(code) or name_crs(code, words),
        placeholder=words("data.crs.choose"),
    )
    if chosen != OTHER:
        return chosen
    typed = st.text_input(words("data.crs.code"), key=f"{key}_epsg", placeholder=words("data.crs.code_hint"))
    return typed.strip() or None


def look_with_crs(
    key: str, look: Callable[[str | None], Answer], declared: Callable[[Answer], str] | None, words: Words
) -> Answer | None:
    """Read as the file declares; where it cannot be right, ask. None until that is answered.

    declared: the name of the system that was read; None when it is not to be overruled here. Raises what
    reading does.
    """
    try:
        answer = look(None)
    except UnknownCrs as error:
        if error.reason == "swapped":
            raise
        show_trouble(error, words)
        suggestion = str(error.facts.get("suggestion", DEGREES))
        st.caption(words("data.crs.suggested", crs=name_crs(suggestion, words)))
        code = choose_crs(key, words, label=words("data.crs.label"), first=None, names={})
        return look(code) if code else None
    if declared is None:
        return answer
    names = {OF_FILE: words("data.crs.of_file", name=declared(answer))}
    code = choose_crs(key, words, label=words("data.crs.label"), first=OF_FILE, names=names)
    return look(code) if code and code != OF_FILE else answer
