"""Fonts for the paper renderer: ours by explicit path, DejaVu Sans for the signs they lack."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontEntry, FontProperties, fontManager, get_font
from matplotlib.ft2font import LoadFlags

from layers.fonts import FontName, font_file

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
UNITS = 2048
LINE_BREAKS = re.compile(r"[\s\x00-\x1f\x7f]*[\n\r\t\x00-\x1f\x7f][\s\x00-\x1f\x7f]*")


@cache
def font(name: FontName, weight: int) -> FontProperties:
    """One of our fonts with its fallback. Raises MissingFont.

    The files are registered under family names of our own: a system's older file of the same family
    can then not take their place.
    """
    families = [_register(path, weight) for path in _files(name, weight)]
    return FontProperties(family=families, weight=weight)


def _register(path: Path, weight: int) -> str:
    family = f"diaban {path.stem} {weight}"
    fontManager.ttflist.append(FontEntry(fname=str(path), name=family, weight=weight))
    return family


def _files(name: FontName, weight: int) -> tuple[Path, Path]:
    fallback = "DejaVuSans.ttf" if weight < 600 else "DejaVuSans-Bold.ttf"
    return font_file(name, weight), Path(mpl.get_data_path()) / "fonts" / "ttf" / fallback


@cache
def _glyphs(name: FontName, weight: int) -> frozenset[int]:
    charmaps = [get_font(path).get_charmap() for path in _files(name, weight)]
    return frozenset(sign for charmap in charmaps for sign in charmap)


@lru_cache(maxsize=16_384)
def printable(text: str, name: FontName, weight: int) -> str:
    """The text on one line, composed (NFC); a sign that no font has becomes U+FFFD."""
    glyphs = _glyphs(name, weight)
    composed = unicodedata.normalize("NFC", LINE_BREAKS.sub(" ", text))
    return "".join(sign if ord(sign) in glyphs else REPLACEMENT for sign in composed)


@lru_cache(maxsize=16_384)
def width_em(text: str, name: FontName, weight: int) -> float:
    """Width of a printable text, in ems."""
    face = get_font(_files(name, weight))
    face.set_size(UNITS, 72)
    face.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(face.get_width_height()[0]) / 64 / UNITS
