"""The bytes of the 134 Vietnamese letters in TCVN3 (ABC), VNI-Windows and cp1258.

Text "as bytes" is one character per byte: ISO-8859-1, or cp1252 as Windows programs show it. Bytes 80-9F,
which none of the tables uses for letters, are cp1252's typographic marks in all of them.
"""

import re
import unicodedata
from functools import cache
from typing import Literal, get_args

Codec = Literal["utf-8", "tcvn3", "vni", "cp1258", "cp1252"]
CODECS: tuple[Codec, ...] = get_args(Codec)
STRAY = "\ufffd"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # grave, hook, tilde, acute, dot: the order of the tables below
CIRCUMFLEX, BREVE = "\u0302", "\u0306"

# TCVN3: modified letters, then each vowel with its five tones. A capital with a tone is two bytes.
TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđ", bytes(range(0xA1, 0xAF))
TCVN3_TONED = {
    "a": "B5B6B7B8B9", "ă": "BBBCBDBEC6", "â": "C7C8C9CACB", "e": "CCCECFD0D1", "ê": "D2D3D4D5D6",
    "i": "D7D8DCDDDE", "o": "DFE1E2E3E4", "ô": "E5E6E7E8E9", "ơ": "EAEBECEDEE", "u": "EFF1F2F3F4",
    "ư": "F5F6F7F8F9", "y": "FAFBFCFDFE",
}  # fmt: skip

# VNI: a mark follows its vowel. These stand alone; capitals of all are 20 (hexadecimal) less.
VNI_ALONE = {"ơ": "ô", "ư": "ö", "đ": "ñ", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î"}
VNI_TONES = "øûõùï"
VNI_CIRCUMFLEX, VNI_CIRCUMFLEX_TONES = "â", "àåãáä"
VNI_BREVE, VNI_BREVE_TONES = "ê", "èúüéë"

WINDOWS = {bytes([code]).decode("cp1252", "replace"): chr(code) for code in range(0x80, 0xA0)}
WINDOWS.pop(STRAY)
TO_BYTES = str.maketrans(WINDOWS)
FROM_BYTES = str.maketrans({code: mark for mark, code in WINDOWS.items()})
FROM_CP1258 = {code: bytes([code]).decode("cp1258", "replace") for code in range(0x80, 0x100)}
FROM_CP1258 = {code: letter for code, letter in FROM_CP1258.items() if letter != STRAY}
UNICODE = re.compile(f"[^\\x00-\\xff{re.escape(''.join(WINDOWS))}]")


def compose(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def is_unicode(text: str) -> bool:
    """Whether a character above U+00FF that is no typographic mark shows that letters are true already."""
    return UNICODE.search(text) is not None


def decode(text: str, encoding: Codec, *, stray: str | None = None) -> str:
    """Bytes shown as ISO-8859-1 or cp1252 -> letters, composed.

    stray: put in place of a letter or sign that the table does not have (None: it stays as it is).
    UnicodeDecodeError where the bytes are not UTF-8, UnicodeEncodeError where `text` cannot be bytes.
    """
    letters = text.translate(TO_BYTES)
    if encoding == "utf-8":
        return compose(letters.encode("latin-1").decode("utf-8"))
    if encoding == "cp1258":
        return compose(letters.translate(FROM_CP1258).translate(FROM_BYTES))
    if encoding == "cp1252":
        return compose(letters.translate(FROM_BYTES))
    table, pattern = _tables(encoding)
    if stray is None:
        decoded = pattern.sub(lambda found: table.get(found[0], found[0]), letters)
    else:
        decoded = pattern.sub(lambda found: table.get(found[0], stray), letters)
    return decoded.translate(FROM_BYTES)


def encode(text: str, encoding: Codec) -> str:
    """Letters -> bytes shown as ISO-8859-1; UnicodeEncodeError for a letter that the encoding lacks."""
    if encoding in ("tcvn3", "vni"):
        table = {letter: code for code, letter in reversed(_tables(encoding)[0].items())}
        coded = "".join(table.get(letter, letter) for letter in compose(text))
        return coded.encode("latin-1").decode("latin-1")
    if encoding == "cp1258":
        text = "".join(_split_tone(letter) for letter in compose(text))
    return text.encode(encoding).decode("latin-1")


def _split_tone(letter: str) -> str:
    """cp1258 has ê and the combining tones, but no ế."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in parts[1:] if mark in TONES)
    return compose("".join(part for part in parts if part not in tone)) + tone if tone else letter


@cache
def _tables(encoding: Codec) -> tuple[dict[str, str], re.Pattern[str]]:
    """(bytes -> letter, the pattern that finds them and any other byte above A0)."""
    table = _make_tcvn3() if encoding == "tcvn3" else _make_vni()
    pairs = sorted((code for code in table if len(code) > 1), key=len, reverse=True)
    return table, re.compile("|".join([*map(re.escape, pairs), "[\xa1-\xff]"]))


def _make_tcvn3() -> dict[str, str]:
    letters, codes = TCVN3_LETTERS
    table = dict(zip(codes.decode("latin-1"), letters, strict=True))
    single = {letter: code for code, letter in table.items()}
    for vowel, codes_of_tones in TCVN3_TONED.items():
        for tone, code in zip(TONES, bytes.fromhex(codes_of_tones).decode("latin-1"), strict=True):
            table[code] = compose(vowel + tone)
            capital = single.get(vowel.upper(), vowel.upper())
            table[capital + code] = compose(vowel.upper() + tone)
    return table


def _make_vni() -> dict[str, str]:
    small = {code: letter for letter, code in VNI_ALONE.items()}
    for vowel in "aeouyơư":
        small |= _mark(VNI_ALONE.get(vowel, vowel), vowel, VNI_TONES, TONES)
    for vowel in "aeo":
        small |= _mark(vowel, vowel, VNI_CIRCUMFLEX, CIRCUMFLEX)
        small |= _mark(vowel, compose(vowel + CIRCUMFLEX), VNI_CIRCUMFLEX_TONES, TONES)
    small |= _mark("a", "a", VNI_BREVE, BREVE) | _mark("a", "ă", VNI_BREVE_TONES, TONES)
    capitals = {code.upper(): letter.upper() for code, letter in small.items()}
    # Typists leave the mark of a capital small.
    mixed = {code[0].upper() + code[1]: letter.upper() for code, letter in small.items() if len(code) > 1}
    return small | capitals | mixed


def _mark(code: str, vowel: str, marks: str, accents: str) -> dict[str, str]:
    return {code + mark: compose(vowel + accent) for mark, accent in zip(marks, accents, strict=True)}


def restore_capitals(text: str) -> str:
    """Capitals lost in TCVN3, where one with a tone takes two bytes and many a typist gave the small letter:
    `Nhơn ái` when every other word has its capital, `HUYệN` when every other letter is one."""
    words = re.findall(r"[^\W\d_]+", text)
    firm = [[letter for letter in word if not _is_small_toned(letter)] for word in words]
    letters = [letter for word in firm for letter in word]
    if any(word[0].islower() for word in words if not _is_small_toned(word[0])):
        return text
    has_inner = any(letter.isupper() for word in words for letter in word[1:])
    if has_inner and all(letter.isupper() for letter in letters):
        return text.upper()
    if any(word[0].isupper() for word in words):
        return re.sub(r"[^\W\d_]+", lambda found: found[0][0].upper() + found[0][1:], text)
    return text


def _is_small_toned(letter: str) -> bool:
    return letter.islower() and any(mark in TONES for mark in unicodedata.normalize("NFD", letter))
