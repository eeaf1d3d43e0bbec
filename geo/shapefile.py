"""A shapefile is several files: put together in a folder of our own, and its text decoded.

GDAL is asked for raw bytes only. Its own decoding fails on a wrong .cpg, and its CP1258 drops the
last letter of every name.
"""

import codecs
import re
import shutil
import struct
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyproj
from numpy.typing import NDArray
from pyproj.exceptions import CRSError

from errors import UnreadableFile
from geo.findings import Finding, list_examples

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
RAW = "ISO-8859-1"
MULTIBYTE = frozenset(("big5", "big5hkscs", "cp950", "gbk", "gb2312", "gb18030", "shift_jis", "cp932",
                       "euc_jp", "euc_kr", "cp949"))  # fmt: skip
LANGUAGE_DRIVERS = {
    0x01: "cp437", 0x02: "cp850", 0x13: "cp932", 0x26: "cp866", 0x4D: "gbk", 0x4E: "cp949", 0x4F: "cp950",
    0x65: "cp866", 0x78: "cp950", 0x79: "cp949", 0x7A: "gbk", 0x7B: "cp932", 0xC8: "cp1250", 0xC9: "cp1251",
}  # fmt: skip


def find_parts(shp: Path) -> dict[str, Path]:
    """The files that belong to a .shp, by lower-case ending, however their endings are written."""
    stem = shp.stem.lower()
    beside = sorted(shp.parent.iterdir())
    return {
        path.suffix.lower(): path
        for path in beside
        if path.stem.lower() == stem and path.suffix.lower() in PARTS and path.is_file()
    } | {".shp": shp}


def stage(shp: Path, into: Path, file: str) -> tuple[Path, tuple[Finding, ...]]:
    """Copies the parts under one plain name into the folder `into` and says what is missing.

    A missing .shx is left to be restored there by the reader, never beside the user's file.
    """
    parts = find_parts(shp)
    _check_complete(shp, file)
    for suffix in (".shp", ".shx", ".dbf", ".prj"):
        if suffix in parts and (suffix != ".prj" or _is_crs(parts[suffix])):
            shutil.copyfile(parts[suffix], into / f"layer{suffix}")
    findings = []
    if ".shx" not in parts:
        findings.append(Finding("MissingShx", "warning", file, facts={"file": file}))
    if ".dbf" not in parts:
        findings.append(Finding("MissingDbf", "warning", file, facts={"file": file}))
    elif ".shx" in parts:
        n_shapes, n_records = _count_shapes(parts[".shx"]), _count_records(parts[".dbf"])
        if n_shapes != n_records:
            facts: dict[str, object] = {"file": file, "n_shapes": n_shapes, "n_records": n_records}
            findings.append(Finding("RecordCountDiffers", "warning", file, facts=facts))
    return into / "layer.shp", tuple(findings)


def _is_crs(prj: Path) -> bool:
    """GDAL refuses the whole layer for a .prj that it cannot read; without it we can ask."""
    try:
        pyproj.CRS.from_wkt(prj.read_text(encoding="utf-8", errors="replace"))
    except CRSError:
        return False
    return True


def _check_complete(shp: Path, file: str) -> None:
    """The header says how long the file is; a shorter one lost its end on the way."""
    size = shp.stat().st_size
    if size == 0:
        raise UnreadableFile("empty", file=file)
    with shp.open("rb") as stream:
        header = stream.read(100)
    if len(header) < 100 or header[:4] != b"\x00\x00\x27\x0a":
        raise UnreadableFile("corrupt", file=file)
    if 2 * struct.unpack(">i", header[24:28])[0] > size:
        raise UnreadableFile("truncated", file=file)


def _count_shapes(shx: Path) -> int:
    return max(0, (shx.stat().st_size - 100) // 8)


def _count_records(dbf: Path) -> int:
    with dbf.open("rb") as stream:
        header = stream.read(8)
    return int(struct.unpack("<I", header[4:8])[0]) if len(header) == 8 else 0


def decode(
    shp: Path, names: Sequence[str], columns: Sequence[NDArray[Any]], file: str
) -> tuple[list[str], list[NDArray[Any]], tuple[Finding, ...]]:
    """Column names and text cells, read by GDAL as raw bytes, in their true letters (composed).

    Bytes that are strictly UTF-8 are UTF-8 whatever the .cpg says, unless it names a double-byte
    table; then the .cpg, then the code-page byte of the .dbf; else ISO-8859-1 with a finding.
    """
    worded = [column.dtype == object for column in columns]
    cells = (cell for column, is_text in zip(columns, worded, strict=True) if is_text for cell in column)
    texts = set(names) | {cell for cell in cells if isinstance(cell, str)}
    raw = {text: text.encode(RAW) for text in texts if not text.isascii()}
    declared = read_cpg(find_parts(shp).get(".cpg"))
    codec = _choose_codec(list(raw.values()), declared, _read_language_driver(shp))
    decoded = {text: _decode_text(value, codec or RAW) for text, value in raw.items()}
    letters = {text: unicodedata.normalize("NFC", pair[0]) for text, pair in decoded.items() if pair}
    findings = []
    if raw and (codec is None or (declared is not None and codec != declared)):
        seen = list_examples(letters[text] for text in sorted(raw))
        facts: dict[str, object] = {"file": file, "encoding": codec or RAW}
        findings.append(Finding("EncodingGuessed", "info" if codec else "warning", file, seen, facts))
    rewritten = [
        pd.Series(column, dtype=object).map(lambda cell: letters.get(cell, cell)).to_numpy()
        if is_text
        else column
        for column, is_text in zip(columns, worded, strict=True)
    ]
    return [letters.get(name, name) for name in names], rewritten, tuple(findings)


def _choose_codec(raw: list[bytes], declared: str | None, language_driver: str | None) -> str | None:
    codecs_to_try = (declared, "utf-8") if declared in MULTIBYTE else ("utf-8", declared)
    for codec in (*codecs_to_try, language_driver):
        if codec is not None and _fits(raw, codec):
            return codec
    return None


def _fits(raw: list[bytes], codec: str) -> bool:
    """All decode; a letter cut in half by a field's width is let go only where whole ones bear witness."""
    decoded = [_decode_text(value, codec) for value in raw]
    return None not in decoded and any(text is not None and text[1] for text in decoded)


def _decode_text(value: bytes, codec: str) -> tuple[str, bool] | None:
    """The text and whether it is whole, or None."""
    for cut in range(4 if codec == "utf-8" else 1):
        try:
            return value[: len(value) - cut].decode(codec), cut == 0
        except UnicodeDecodeError as error:
            if error.reason != "unexpected end of data":
                return None
    return None


def read_cpg(cpg: Path | None) -> str | None:
    """Python's name for the encoding that a .cpg file declares; None when it declares nothing sensible."""
    if cpg is None:
        return None
    with cpg.open("rb") as stream:
        text = stream.read(64).decode("ascii", "ignore").strip().lower()
    number = re.fullmatch(r"(?:ansi|cp|windows|oem|ibm)?[ _-]*(\d{3,5})", text)
    iso = re.fullmatch(r"(?:iso[ _-]*)?8859[ _-]?(\d{1,2})", text)
    name = {"65001": "utf-8"}.get(number[1], f"cp{number[1]}") if number else text
    try:
        codec = codecs.lookup(f"iso8859-{iso[1]}" if iso else name).name
        b"".decode(codec)
    except (LookupError, ValueError):
        return None
    return None if codec.startswith(("utf-16", "utf-32")) else codec


def _read_language_driver(shp: Path) -> str | None:
    dbf = find_parts(shp).get(".dbf")
    if dbf is None:
        return None
    with dbf.open("rb") as stream:
        header = stream.read(32)
    return LANGUAGE_DRIVERS.get(header[29]) if len(header) == 32 else None
