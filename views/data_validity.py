"""Which boundary version outlines are of: its name, its days in force, and the law it rests on."""

import streamlit as st

from geo.boundaries.registry import Entry
from geo.frames import BoundaryVersion
from i18n.messages import Words
from studies.intake_boundaries import read_validity


def settle_validity(token: str, entry: Entry | None, words: Words) -> BoundaryVersion | None:
    """As typed, or as the registry knows it; None where nothing is known. Raises BadOption."""
    known = entry.validity if entry else None
    days = [words.date(day) if day else "" for day in (known and known.valid_from, known and known.valid_to)]
    version, first, last = st.columns([46, 27, 27])
    typed = version.text_input(
        words("data.bounds.version"), key=f"bounds_version_{token}", value=known.id if known else "",
        disabled=bool(known), placeholder=words("data.bounds.version_hint"),
        help=words("data.bounds.version_known" if known else "data.bounds.version_help"),
    )  # fmt: skip
    valid_from = first.text_input(
        words("data.bounds.valid_from"), key=f"bounds_from_{token}", value=days[0], disabled=bool(known),
        placeholder=words("data.bounds.day_hint"),
    )  # fmt: skip
    valid_to = last.text_input(
        words("data.bounds.valid_to"), key=f"bounds_to_{token}", value=days[1], disabled=bool(known),
        placeholder=words("data.bounds.open_end"),
    )  # fmt: skip
    basis = st.text_input(
        words("data.bounds.basis"), key=f"bounds_basis_{token}", value=known.basis if known else "",
        disabled=bool(known), placeholder=words("data.bounds.basis_hint"),
    )  # fmt: skip
    return known or read_validity(typed, valid_from, valid_to, basis)
