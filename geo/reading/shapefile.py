"""A shapefile is several files: put together in a folder of our own, and its text decoded.

GDAL is asked for raw bytes only. Its own decoding fails on a wrong .cpg, and its CP1258 drops the
last letter of every name.
"""

import codecs
import re
import shutil
import struct
import unicodedata
from pathlib import Path

import pandas as pd
import pyproj
from pyproj.exceptions import CRSError

from errors import UnreadableFile
from geo.findings import Finding, list_examples
from geo.reading import encodings

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
RAW = "ISO-8859-1"
MULTIBYTE = frozenset(("big5", "big5hkscs", "cp950", "gbk", "gb2312", "gb18030", "shift_jis", "cp932",
                       "euc_jp", "euc_kr", "cp949"))  # fmt: skip
WESTERN = frozenset(("cp1252", "cp1258", "iso8859-1", "iso8859-15"))
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
    shp: Path, frame: pd.DataFrame, file: str, *, encoding: str | None = None
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Column names and text cells, read by GDAL as raw bytes, in their true letters (composed).

    Bytes that are strictly UTF-8 are UTF-8 whatever the .cpg says, unless it names a double-byte
    table; then the .cpg, then the code-page byte of the .dbf, where they name a script of elsewhere. The
    rest is found out column by column, for a .cpg that says 1252 or 1258 may lie. `encoding`: what a person
    says. Raises as `geo.reading.encodings.decode_columns`.
    """
    cells = [encodings.list_texts(frame.iloc[:, place]) for place in range(frame.shape[1])]
    texts = sorted(set(encodings.list_texts(frame.columns)).union(*cells))
    raw = [text.encode(RAW) for text in texts]
    declared = read_cpg(find_parts(shp).get(".cpg"))
    codec = _choose_codec(raw, declared, _read_language_driver(shp), encoding)
    if not raw or codec is None:
        return encodings.decode_columns(frame, file=file, encoding=encoding, raw=True, declared=declared)
    letters = {text: _decode_text(value, codec) for text, value in zip(texts, raw, strict=True)}
    composed = {text: unicodedata.normalize("NFC", pair[0]) for text, pair in letters.items() if pair}
    decoded = encodings.rewrite(frame, [composed] * (frame.shape[1] + 1))
    findings: tuple[Finding, ...] = ()
    if declared not in (None, codec) and encoding is None:
        facts: dict[str, object] = {"file": file, "encoding": codec}
        findings = (Finding("EncodingGuessed", "info", file, list_examples(composed.values()), facts),)
    decoded, more = encodings.decode_columns(decoded, file=file, encoding=encoding)
    return decoded, findings + more


def _choose_codec(
    raw: list[bytes], declared: str | None, language_driver: str | None, encoding: str | None
) -> str | None:
    """One codec for all texts; None when each column is to be looked at."""
    said = None if encoding is None else encodings.check_encoding(encoding)
    if said is not None:
        return "utf-8" if said in ("utf-8", "tcvn3", "vni") and _fits(raw, "utf-8") else None
    codecs_to_try = (declared, "utf-8") if declared in MULTIBYTE else ("utf-8", declared)
    for codec in codecs_to_try:
        if codec is not None and codec not in WESTERN and _fits(raw, codec):
            return codec
    if language_driver is None or declared in WESTERN or not _fits(raw, language_driver):
        return None
    choice = encodings.choose_encoding([value.decode(RAW) for value in raw])
    return None if choice.clear and choice.codec != "cp1252" else language_driver


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
