"""Which old encoding the letters are in: found by the reader, or chosen by a person who sees samples."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar, cast

import streamlit as st

from errors import UnknownEncoding
from geo.findings import Finding
from geo.reading.encoding_tables import CODECS
from i18n.messages import Words
from views.data_step import show_trouble
from views.widgets import escape, show_html

Answer = TypeVar("Answer")
AS_GUESSED = "guessed"
GUESSED = "EncodingGuessed"


def name_encoding(codec: str, words: Words) -> str:
    """`tcvn3` -> `TCVN3 (ABC)`; a name we do not know stays as it is."""
    key = f"data.encoding.name.{codec.lower()}"
    return words(key) if words.has(key) else codec


def look_with_encoding(
    key: str,
    look: Callable[[str | None], Answer | None],
    findings: Callable[[Answer], Iterable[Finding]],
    words: Words,
) -> Answer | None:
    """Read; where the letters are unclear, show how they would read and ask. None until that is answered.

    A guess can be overruled. look: reads under a codec name, None for as found out; it may ask things of
    its own and give None. findings: of an answer. Raises what reading does.
    """
    try:
        answer = look(None)
    except UnknownEncoding as error:
        codec = _ask(key, error, words)
        return look(codec) if codec else None
    if answer is None:
        return None
    guesses = [finding for finding in findings(answer) if finding.code == GUESSED]
    if not guesses:
        return answer
    codec = _offer(key, guesses, words)
    return answer if codec == AS_GUESSED else look(codec)


def _ask(key: str, error: UnknownEncoding, words: Words) -> str | None:
    trouble = st.container()
    samples = cast("Mapping[str, Sequence[str]]", error.facts.get("samples", {}))
    options = [*samples, *(codec for codec in CODECS if codec not in samples)]
    codec = st.selectbox(
        words("data.encoding.label"), options, index=None, key=f"{key}_encoding", width=480,
        format_func=lambda codec: name_encoding(codec, words), placeholder=words("data.encoding.choose"),
    )  # fmt: skip
    with trouble:
        if codec is None:
            show_trouble(error, words)
        if samples:
            show_html(_samples_html(samples, words))
    return codec


def _offer(key: str, guesses: Sequence[Finding], words: Words) -> str:
    found = dict.fromkeys(str(guess.facts.get("encoding", "")) for guess in guesses)
    guessed = words("data.encoding.guessed", name=", ".join(name_encoding(codec, words) for codec in found))
    chosen: str = st.selectbox(
        words("data.encoding.label"), [AS_GUESSED, *CODECS], key=f"{key}_encoding", width=480,
        format_func=lambda codec: guessed if codec == AS_GUESSED else name_encoding(codec, words),
    )  # fmt: skip
    seen = words("data.encoding.seen", values="; ".join(guess.seen for guess in guesses if guess.seen))
    show_html(f'<p class="db-sub">{escape(seen)}</p>')
    return chosen


def _samples_html(samples: Mapping[str, Sequence[str]], words: Words) -> str:
    """One row a candidate: its name and three values as they would read."""
    rows = "".join(
        f"<tr><td>{escape(name_encoding(codec, words))}</td>"
        + "".join(f"<td><b>{escape(value)}</b></td>" for value in values)
        + "</tr>"
        for codec, values in samples.items()
    )
    return (
        f'<p class="db-sub">{escape(words("data.encoding.samples"))}</p>'
        f'<table class="db-plain db-samples"><tbody>{rows}</tbody></table>'
    )
