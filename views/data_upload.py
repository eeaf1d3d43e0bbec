"""Files on their way in: written to a folder of this session alone and removed when done.

The names of uploaded files are text from strangers: only their last part is used, and shown as text.
"""

import shutil
import tempfile
import weakref
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.reading.archive import UPLOAD_LIMIT_MB
from geo.reading.read import check_size
from i18n.messages import Words
from studies.intake import Received, receive
from views import session
from views.data_step import heed
from views.widgets import show_html

Answer = TypeVar("Answer")
LONGEST_NAME = 120


class Upload:
    """Uploaded files on disk, in a folder that only this user may enter; gone when this object is."""

    def __init__(self, files: Sequence[UploadedFile]) -> None:
        self.ids = _identify(files)
        folder = Path(tempfile.mkdtemp(prefix="diaban-"))
        self._remove = weakref.finalize(self, shutil.rmtree, folder, True)
        self.paths = [_write(file, folder) for file in files]

    def discard(self) -> None:
        self._remove()


def _identify(files: Sequence[UploadedFile]) -> tuple[str, ...]:
    return tuple(file.file_id for file in files)


def _write(file: UploadedFile, folder: Path) -> Path:
    path = folder / plain_name(file.name)
    path.write_bytes(file.getbuffer())
    return path


def plain_name(name: str) -> str:
    """The last part of a file name without control characters, short enough for any disk."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(sign for sign in last if sign.isprintable()).strip()
    stem, suffix = Path(printable).stem, Path(printable).suffix
    while len((stem + suffix).encode()) > LONGEST_NAME and stem:
        stem = stem[:-1]
    return (stem + suffix).lstrip(".") or "tep"


def take(slot: str, label: str, hint: str, words: Words) -> Received | None:
    """The uploader and what it holds; None until there is a usable file."""
    show_html(_uploader_words(words))
    turn = session.recall(f"{slot}_turn", 0)
    files = st.file_uploader(label, accept_multiple_files=True, key=f"{slot}_files_{turn}", help=None)
    st.caption(hint)
    held: Upload | None = session.recall(slot)
    if held is not None and held.ids != _identify(files):
        drop(slot)
        held = None
    if not files:
        return None
    with heed(words):
        for file in files:
            check_size(file.size, plain_name(file.name))
        if held is None:
            held = Upload(files)
            session.keep(slot, held)
        return receive(held.paths)
    return None


def drop(slot: str) -> None:
    """Remove the files and whatever was remembered of them."""
    held: Upload | None = session.recall(slot)
    if held is not None:
        held.discard()
    for name in (slot, f"{slot}_look", f"{slot}_trial"):
        session.forget(name)


def empty(slot: str) -> None:
    """As `drop`, and the uploader on the page becomes empty."""
    drop(slot)
    session.keep(f"{slot}_turn", session.recall(f"{slot}_turn", 0) + 1)


def once(name: str, key: Hashable, make: Callable[[], Answer]) -> Answer:
    """What was made under that key in this session, else made now. An error is not remembered."""
    held: tuple[Hashable, Any] | None = session.recall(name)
    if held is None or held[0] != key:
        held = (key, make())
        session.keep(name, held)
    answer: Answer = held[1]
    return answer


def _uploader_words(words: Words) -> str:
    """Streamlit has no words of ours inside its uploader; style sheets put them there."""
    limit = words("data.upload.limit", n=UPLOAD_LIMIT_MB)
    return (
        "<style>"
        '[data-testid="stFileUploaderDropzoneInstructions"] * { display: none; }'
        '[data-testid="stFileUploaderDropzoneInstructions"]::after { content: '
        f'"{words("data.upload.drop")}. {limit}."; font-size: 13px; line-height: 18px; }}'
        '[data-testid="stFileUploaderDropzone"] > span > button p { display: none; }'
        '[data-testid="stFileUploaderDropzone"] > span > button [data-testid="stMarkdownContainer"]::after '
        f'{{ content: "{words("data.upload.button")}"; }}'
        "</style>"
    )
