"""One numbered step of a task: a card with a heading, and a calm word when it cannot be done."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import streamlit as st

from errors import AppError
from i18n.messages import Words
from views.widgets import escape, show_error, show_html


def step(name: str, heading: str) -> AbstractContextManager[object]:
    """A card on the page; what is written inside the `with` goes into it. heading: our own words."""
    card = st.container(border=True, key=f"step_{name}")
    card.subheader(heading, anchor=False)
    return card


def show_trouble(error: AppError, words: Words) -> None:
    """As `show_error`, but the way out names the boxes of this page where it has words for that."""
    key = f"data.trouble.{error.code}_{error.reason}"
    if words.has(key):
        show_html(f'<div class="db-note" role="alert">{escape(words(key, **error.facts))}</div>')
    else:
        show_error(error, words)


@contextmanager
def heed(words: Words) -> Iterator[None]:
    """An AppError inside becomes one calm message, and the page goes on after it."""
    try:
        yield
    except AppError as error:
        show_trouble(error, words)
