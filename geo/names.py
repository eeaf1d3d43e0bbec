"""Vietnamese unit names folded to one spelling, so that equal names compare equal.

Accents are kept: Hoa Lộc and Hòa Lộc are two communes of one district. `strip_accents` is for
suggestions that a person confirms, never for a match.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

UnitType = Literal["phuong", "xa", "thi_tran", "dac_khu", "quan", "huyen", "thi_xa", "thanh_pho", "tinh", ""]

APOSTROPHES = re.compile(r"\s*['’‘`´ʼ′]\s*")
HYPHENS = re.compile(r"\s*[-‐‑‒–—−]\s*")
INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff]")
VOWEL_PAIR = re.compile("([oòóỏõọ])([aàáảãạeèéẻẽẹ])|([uùúủũụ])([yỳýỷỹỵ])")
PADDING = re.compile(r"(?<![\w.,])0+(?=\d+(?![\w.,]))")

TYPES: tuple[tuple[str, UnitType], ...] = (
    (r"phường\b\.?|p\.", "phuong"),
    (r"xã\b\.?|x\.", "xa"),
    (r"thị trấn\b\.?|t\.?t\.", "thi_tran"),
    (r"đặc khu\b\.?|đk\.", "dac_khu"),
    (r"quận\b\.?|q\.", "quan"),
    (r"huyện\b\.?|h\.", "huyen"),
    (r"thị xã\b\.?|t\.?x\.", "thi_xa"),
    (r"thành phố\b\.?|t\.?p\.", "thanh_pho"),
    (r"tỉnh\b\.?|t\.", "tinh"),
    (r"p(?=\s|\d)", "phuong"),
    (r"q(?=\s|\d)", "quan"),
    (r"x(?=\s)", "xa"),
    (r"h(?=\s)", "huyen"),
    (r"tt(?=\s)", "thi_tran"),
    (r"tx(?=\s)", "thi_xa"),
    (r"tp(?=\s)", "thanh_pho"),
    (r"đk(?=\s)", "dac_khu"),
)
KINDS = tuple(kind for _, kind in TYPES)
PREFIX = re.compile(rf"(?:{'|'.join(f'({pattern})' for pattern, _ in TYPES)})\s*(?=\w)")
BARE_TYPES: tuple[tuple[str, UnitType], ...] = (
    ("phuong", "phuong"), ("xa", "xa"), ("thi tran", "thi_tran"), ("dac khu", "dac_khu"), ("quan", "quan"),
    ("huyen", "huyen"), ("thi xa", "thi_xa"), ("thanh pho", "thanh_pho"), ("tinh", "tinh"),
)  # fmt: skip
BARE_KINDS = tuple(kind for _, kind in BARE_TYPES)
BARE_PREFIX = re.compile(rf"(?:{'|'.join(f'({word})' for word, _ in BARE_TYPES)})\b\.?\s*(?=\w)")
# y and i sound alike as a syllable's only vowel (Quý, Quí), never after another one (Thúy, Thúi).
LONE_Y = re.compile(r"(?:(?<=[bcdđghklmnprstvx])|(?<=qu))[yỳýỷỹỵ](?!\w)")
Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")
NO_SOUND = str.maketrans("", "", " '")


@dataclass(frozen=True)
class UnitName:
    """A unit's type ("" when the text does not say) and the rest of its name, folded."""

    type: UnitType
    core: str


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """One spelling for comparing: composed, lower case, tone marks placed one way (hòa, not hoà),
    đ for look-alikes, plain apostrophes and hyphens without spaces, single spaces. Accents stay."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    folded = INVISIBLE.sub("", folded).replace("ð", "đ").replace("ɖ", "đ")
    folded = HYPHENS.sub("-", APOSTROPHES.sub("'", folded))
    folded = VOWEL_PAIR.sub(_place_tone, " ".join(folded.split()))
    return unicodedata.normalize("NFC", folded)


def _place_tone(pair: re.Match[str]) -> str:
    """oà -> òa at a syllable's end, òan -> oàn before another letter; quý keeps its mark on the y."""
    marks = [unicodedata.normalize("NFD", vowel) for vowel in pair[0]]
    tones = [mark[1:] for mark in marks]
    after = pair.string[pair.end() : pair.end() + 1]
    if bool(tones[0]) == bool(tones[1]) or unicodedata.combining(after or "a"):
        return pair[0]
    before = pair.string[pair.start() - 1 : pair.start()]
    on_second = after.isalpha() or (marks[0][0] == "u" and before == "q")
    tone = tones[0] or tones[1]
    first, second = marks[0][0], marks[1][0]
    return unicodedata.normalize("NFC", first + second + tone if on_second else first + tone + second)


@lru_cache(maxsize=65_536)
def parse_unit(text: str) -> UnitName:
    """Split "P. An Bình", "Phường 01", "TT. Chi Lăng" into type and core; a name without a type keeps
    type "". Leading zeros of numbers go. TP. stands for cities of either level."""
    kind, core = _split_type(fold(text))
    return UnitName(kind, _strip_padding(core))


def _split_type(text: str) -> tuple[UnitType, str]:
    found = PREFIX.match(text)
    return (KINDS[(found.lastindex or 1) - 1], text[found.end() :]) if found else ("", text)


def parse_whole(text: str) -> UnitName:
    """The text as a name without a type: "Phường Đúc" is the name of a ward of Huế."""
    return UnitName("", _strip_padding(fold(text)))


def _strip_padding(name: str) -> str:
    return PADDING.sub("", name)


def trim_name(text: str) -> str:
    """The name without its type as it is written: composed, lower case, single spaces, and no more."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    return _split_type(" ".join(plain.split()))[1]


def join_y_and_i(core: str) -> str:
    """One letter for the two of Quý and Quí, Mỹ and Mĩ. Official lists use both; so may two places."""
    return LONE_Y.sub(lambda letter: letter[0].translate(Y_TO_I), core)


@lru_cache(maxsize=65_536)
def strip_accents(text: str) -> str:
    """Folded and without any accent. Different places become equal: suggestions only."""
    plain = unicodedata.normalize("NFD", fold(text).replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def bare_letters(core: str) -> str:
    """Without accents, spaces and apostrophes, y as i: what is left when a name was typed in haste."""
    return strip_accents(core).translate(NO_SOUND).replace("y", "i")


@lru_cache(maxsize=65_536)
def parse_bare(text: str) -> UnitName:
    """As `parse_unit`, also where the type's own accents are missing ("Phuong Tan An"). "Quan Hoa" may be
    Quận Hoa or Quan Hóa: suggestions only."""
    unit = parse_unit(text)
    if unit.type:
        return unit
    folded, plain = fold(text), strip_accents(text)
    found = BARE_PREFIX.match(plain)
    if not found:
        return unit
    core = (folded if len(folded) == len(plain) else plain)[found.end() :]
    return UnitName(BARE_KINDS[(found.lastindex or 1) - 1], _strip_padding(core))
