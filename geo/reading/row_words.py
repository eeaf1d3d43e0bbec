"""What the first words of a row say: a total, a district's heading, a note, a signature, or a ward.

Wards may be called Cộng Hòa, Tổng Cọt or Toàn Thắng, so "cộng" alone never makes a total.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from geo.names import UnitType, parse_unit

WordKind = Literal["total", "heading", "note", "signature", "other"]
DISTRICT_TYPES: tuple[UnitType, ...] = ("quan", "huyen", "thi_xa", "thanh_pho", "tinh")
WARD_TYPES: tuple[UnitType, ...] = ("phuong", "xa", "thi_tran", "dac_khu")
WIDE_TYPES: tuple[UnitType, ...] = ("thanh_pho", "tinh")

DISTRICT_WORD = r"(?:quận|huyện|thị xã|thành phố|tỉnh)\b"
DISTRICT_SHORT = rf"(?:{DISTRICT_WORD}|(?:q|h|tx|tp)\.)"
DISTRICT_LED = re.compile(rf"{DISTRICT_SHORT}|q\s?\d|t[px]\s", re.I)
ROMAN = r"(?:i{1,3}|iv|vi{0,3}|ix|x{1,2}(?:i{1,3}|iv|vi{0,3}|ix)?)"
ENUMERATED = re.compile(rf"^(?:{ROMAN}|[a-zđ]|\d{{1,2}})\s*[.)/:–-]\s*", re.I)
ROMAN_ORDER = re.compile(rf"\(?{ROMAN}\s*[.)/]?", re.I)
ROMAN_LED = re.compile(rf"^(?!x\s*\.){ROMAN}\s*[.)/:–-]\s*", re.I)
ENDS = r"(?=\s*(?:$|[:.(,;*/–-])|\s+(?:toàn|cả|của|các|chung)\b|\s+(?:" + DISTRICT_SHORT + r"))"
TOTAL = re.compile(
    rf"(?:tổng\s+(?:số|cộng)\b|(?:tổng|cộng|tất cả){ENDS}|cộng\s+(?:{ROMAN}|[a-z])$"
    rf"|(?:toàn|cả)\s+{DISTRICT_WORD}|(?:grand |sub-?)?totals?\b)",
    re.I,
)
GROUP = re.compile(r"\b(?:các|khối|nhóm|khu vực|cụm|vùng|địa bàn|đơn vị|loại|phường|xã|thị trấn)\b", re.I)
NOTE = re.compile(
    r"\(?\*|(?:ghi chú|chú thích|chú ý|lưu ý|notes?|source)\s*[:(.]|nguồn(?: số liệu)?\s*:"
    r"|số liệu (?:tạm|sơ bộ|ước|tính đến)",
    re.I,
)
SIGNATURE = re.compile(
    r"(?:người|cán bộ|đơn vị)\s+(?:lập|báo cáo|tổng hợp|thực hiện)\b|lập (?:biểu|bảng)\b|thủ trưởng\b"
    r"|\(\s*(?:đã\s+)?ký\b|(?:đã ký|ký tên)\b|ký,|(?:tm|kt|tl|tuq)\s*\."
    r"|(?:phó\s+)?(?:trưởng (?:công an|phòng|ban|đội)|giám đốc|chủ tịch|chỉ huy trưởng)\b"
    r"|nơi nhận|xác nhận của|.{0,40}\bngày\b.{0,12}\btháng\b.{0,12}\bnăm\b",
    re.I,
)

MOST_WORDS = 5


@dataclass(frozen=True)
class Heading:
    """A row that names what the rows below it belong to. parent: the district, or None for a mere group
    ("I. Các phường"). type: of the district, "" for a bare name."""

    parent: str | None
    type: UnitType


@lru_cache(maxsize=65_536)
def sort_words(text: str) -> WordKind:
    """By the words alone; a heading without a unit's type is seen only beside its Roman number."""
    plain = tidy(text)
    if is_total_label(plain):
        return "total"
    if read_heading(plain):
        return "heading"
    if NOTE.match(plain):
        return "note"
    return "signature" if SIGNATURE.match(plain) else "other"


def tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_total_label(text: str) -> bool:
    """`Tổng số`, `Cộng quận Ninh Kiều`, `A. Tổng cộng`, `Toàn thành phố`; never `Cộng Hòa`."""
    plain = tidy(text)
    return any(TOTAL.match(said) is not None for said in (plain, ENUMERATED.sub("", plain)))


def read_scope(label: str) -> str | None:
    """The district that a total names: "quận Ninh Kiều" of "Cộng quận Ninh Kiều"."""
    plain = tidy(label)
    place = re.search(DISTRICT_SHORT, plain, re.I)
    if place is None or not parse_unit(plain[place.start() :]).type:
        return None
    return plain[place.start() :].rstrip(" :.;,")


def read_heading(label: str, order: str = "") -> Heading | None:
    """A district's heading, from its words and from what stands in the column of running numbers."""
    plain = tidy(label).rstrip(" :")
    bare = ENUMERATED.sub("", plain)
    said = bare if re.match(DISTRICT_WORD, bare, re.I) else plain
    unit = parse_unit(said)
    if unit.type in DISTRICT_TYPES and DISTRICT_LED.match(said):
        return Heading(said, unit.type)
    led = ROMAN_LED.match(plain)
    if not led and not ROMAN_ORDER.fullmatch(order.strip()):
        return None
    said = plain[led.end() :] if led else plain
    if parse_unit(said).type or not said[:1].isupper() or len(said.split()) > MOST_WORDS:
        return None
    return Heading(None if GROUP.match(said) else said, "")
