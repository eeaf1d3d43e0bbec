"""Columns that look like personal data. They are never taken in: no name, telephone, identity number.

Found by header and by content. A street or a ward may bear a person's name, so columns of places are left
alone, and so are known unit names. The finding names the column and the reason, never a value.
"""

import re
from collections.abc import Callable
from itertools import takewhile
from typing import Literal

import numpy as np
import pandas as pd

from geo.findings import Finding
from geo.matching.gazetteer import known_names
from geo.names import fold, parse_unit, strip_accents
from geo.reading.blanks import is_blank
from geo.reading.columns import find_column

Why = Literal["header", "phone", "number", "email", "name"]
LIKE_PCT = 60
MOST_CELLS = 2_000
LARGEST_COUNT = 100_000

BIRTH = re.compile(r"^(ngay|nam)( thang)?( nam)? sinh\b|^sinh (ngay|nam)\b|\b(date of birth|dob)\b")
PERSONS = re.compile(
    r"\b(ho ten|ho va ten|hoten|hovaten|sdt|so dt|cccd|cmnd|cmtnd|full name)\b"
    r"|^(so )?(dien thoai|chung minh|can cuoc|the can cuoc|ho chieu|tai khoan)\b"
    r"|^(bien so|bien kiem soat|e ?mail|thu dien tu|phone|passport|telephone|mobile)\b"
    r"|^(dia chi )?(cho o|noi cu tru|noi thuong tru|thuong tru|tam tru|ho khau|hktt)\b|^dia chi nha\b"
    r"|^(ten )?(doi tuong|bi hai|nguoi bi hai|nan nhan|nguoi bao tin|nguoi to giac|chu ho|chu camera)\b"
    r"|^(ten )?(chu nha|nghi pham|bi can|bi cao|nguoi pham toi|nguoi lien he|nguoi quan ly)\b"
    r"|^(victim|suspect|offender|owner name)\b"
)
PLACES = re.compile(
    r"\b(duong|pho|tuyen|vi tri|dia diem|noi|cho|cau|truong|hem|ngo|street|road|location|place|dia ban|"
    r"quan|huyen|tinh|thanh pho|province|district|phuong|xa|ward|dien tich|area|shape|longitude|latitude)\b"
)
POSTS = re.compile(
    r"\b(can bo|cskv|canh sat khu vuc|cong an vien|(truong|pho) (cong an|ca|ban|phong|thon|ap|khom|khu)|"
    r"to truong|doi truong|nguoi|phu trach|lanh dao|chi huy|chu tich|bi thu)\b"
)
TITLE = re.compile(
    r"^((?:đ/c|đồng chí|ông|bà|anh|chị|(?:thiếu|trung|thượng|đại) (?:úy|uý|tá|sĩ|sỹ))\b[.:]?\s*)+",
    re.I,
)
INSIDE_TITLE = re.compile(
    r"\b(đ/c|đồng chí|ông|bà|anh|chị|(?:thiếu|trung|thượng|đại) (?:úy|uý|tá|sĩ|sỹ))\b[.:]?\s+", re.I
)
PARTS = re.compile(r"[,;:()\n]|\s[-–—]\s")
DIGITS = re.compile(r"(?<![\d.,])\+?\d[\d\s.()-]{7,}\d(?!\d)")
PHONE = re.compile(r"(\+?84|0)\d{8,10}")
NUMBER = re.compile(r"\d{9}|0\d{11}|[1-9]\d[0-3]\d{8}")
GROUPS = re.compile(r"\d{3}([ .]\d{3}){2,3}")
FLAGS = {"true", "false", "yes", "no", "có", "không", "x"}
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
SURNAMES = frozenset((
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô",
    "dương", "lý", "đào", "đoàn", "vương", "trịnh", "trương", "đinh", "lâm", "phùng", "mai", "tô", "hà",
    "cao", "châu", "thạch", "lương", "tạ", "quách", "tăng", "lưu", "thái", "triệu", "kiều", "nghiêm", "tống",
    "chu", "hứa", "giang", "doãn", "khổng", "bạch", "tôn", "đàm", "danh", "kim", "lục", "lò", "vàng", "giàng",
    "thào", "sùng", "ma", "nông",
))  # fmt: skip
PLAIN_SURNAMES = frozenset((
    "nguyen", "tran", "pham", "hoang", "huynh", "phan", "dang", "bui", "dinh", "doan", "truong", "trinh",
))  # fmt: skip
NO_NAMES = ("phạm tội", "phạm pháp", "lý do", "ma túy")


def find_person_columns(frame: pd.DataFrame) -> tuple[tuple[str, Why], ...]:
    """Each column that looks personal, and why."""
    headers = [str(column) for column in frame.columns]
    code = find_column(headers, "code")
    units = {find_column(headers, role) for role in ("name", "parent")}
    units -= {header for header in headers if _plain(header) in ("ten", "name")}
    found: list[tuple[str, Why]] = []
    for at, column in enumerate(headers):
        cells = frame.iloc[:, at]
        why = _judge_header(column, cells)
        if why is None and column != code:
            may_be_names = column not in units and not _names_place(column)
            why = _judge_content(cells, may_be_names=may_be_names)
        if why is not None:
            found.append((column, why))
    return tuple(found)


def drop_persons(frame: pd.DataFrame, file: str) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """The frame without them, and a finding for each."""
    found = find_person_columns(frame)
    if not found:
        return frame, ()
    findings = tuple(
        Finding("PersonColumn", "warning", file, facts={"column": column, "why": why})
        for column, why in found
    )
    dropped = {column for column, _ in found}
    return frame[[column for column in frame.columns if str(column) not in dropped]], findings


def _plain(header: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", strip_accents(header)).split())


def _names_place(header: str) -> bool:
    """ "Trưởng CA xã" holds the chief's name, not a commune's."""
    return PLACES.search(_plain(header)) is not None and POSTS.search(_plain(header)) is None


def _judge_header(header: str, cells: pd.Series) -> Why | None:
    """A header that says so; but small numbers under it count things and a yes or no tells of nobody, unless
    it asks for a birthday."""
    plain = _plain(header)
    if BIRTH.search(plain):
        return "header"
    if not PERSONS.search(plain) or _are_counts(cells):
        return None
    filled = {fold(str(cell)) for cell in _sample(cells)}
    return None if filled and filled <= FLAGS else "header"


def _are_counts(cells: pd.Series) -> bool:
    filled = [str(cell).strip() for cell in _sample(cells)]
    numbers = [text for text in filled if re.fullmatch(r"\d{1,3}([.,]?\d{3})*(\.0)?", text)]
    small = all(float(re.sub(r"[.,](?=\d{3})", "", text)) < LARGEST_COUNT for text in numbers)
    return bool(filled) and 100 * len(numbers) >= LIKE_PCT * len(filled) and small


def _judge_content(cells: pd.Series, *, may_be_names: bool) -> Why | None:
    if pd.api.types.is_bool_dtype(cells) or pd.api.types.is_datetime64_any_dtype(cells):
        return None
    texts = [text for cell in _sample(cells) if (text := _as_text(cell))]
    tests: list[tuple[Why, Callable[[str], bool]]] = [
        ("email", lambda text: EMAIL.fullmatch(text) is not None),
        ("phone", lambda text: PHONE.fullmatch(re.sub(r"[\s.()-]", "", text)) is not None),
        ("number", _is_number),
    ]
    if may_be_names:
        tests.append(("name", _is_name))
    for why, test in tests:
        if texts and 100 * sum(map(test, texts)) >= LIKE_PCT * len(texts):
            return why
    return None


def _sample(cells: pd.Series) -> list[object]:
    """At most so many filled cells, evenly spread."""
    filled = cells[cells.notna()]
    step = max(1, len(filled) // MOST_CELLS)
    return [cell for cell in filled.iloc[::step] if not is_blank(cell)]


def _as_text(cell: object) -> str:
    """Whole numbers without decimals; numbers with decimals are no personal data."""
    if isinstance(cell, float | np.floating):
        return str(int(cell)) if float(cell).is_integer() else "-"
    return " ".join(str(cell).split())


def _is_number(text: str) -> bool:
    """An identity number; a round sum of money is none."""
    digits = re.sub(r"[ .]", "", text) if GROUPS.fullmatch(text) else text
    return NUMBER.fullmatch(digits) is not None and not digits.endswith("000")


def _is_name(text: str) -> bool:
    """A Vietnamese surname and one to four more words, each with a capital, after a rank or none, up to a
    bracket or a dash; no unit, no known place."""
    text = re.split(r"\s*[(;,]|\s+[-–]", TITLE.sub("", text))[0]
    words = [word.rstrip(".") for word in text.split()]
    if not 2 <= len(words) <= 5 or not all(word.isalpha() and word[0].isupper() for word in words):
        return False
    unit = parse_unit(text)
    if unit.type or unit.core in known_names() or fold(text).startswith(NO_NAMES):
        return False
    first = fold(words[0])
    return first in SURNAMES or (first in PLAIN_SURNAMES and len(words) > 2)


def find_person_text(text: str) -> Why | None:
    """Why one typed text seems to tell of a person, None where it does not: an address of mail, a telephone
    or identity number anywhere in it, a full name as a part of it (between commas, brackets, dashes) or after
    a rank or title. A place called after a person passes with its kind before it ("phường Lê Lợi")."""
    if EMAIL.search(text):
        return "email"
    for found in DIGITS.finditer(text):
        if PHONE.fullmatch(re.sub(r"[\s.()-]", "", found[0])):
            return "phone"
        if found[0].isdecimal() and _is_number(found[0]):
            return "number"
    parts = [part.strip() for part in PARTS.split(text)]
    parts += [_take_capitals(text[found.end() :]) for found in INSIDE_TITLE.finditer(text)]
    return "name" if any(part and _is_name(part) for part in parts) else None


def _take_capitals(text: str) -> str:
    """The words with a capital at its beginning, at most five."""
    return " ".join(takewhile(lambda word: word[:1].isupper(), PARTS.split(text)[0].split()[:5]))
