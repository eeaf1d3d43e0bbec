"""MapInfo tables: TAB with its .dat, .map, .id, .ind, and the exchange format MIF with its .mid.

A TAB may also be a view of other tables, a picture or a link to a database: such a file names paths to
open, and is refused. The private copy declares no character set, so that text comes as raw bytes; GDAL has
no table for some sets and drops letters for others.
"""

import re
import shutil
from pathlib import Path

from errors import UnreadableFile

TAB_PARTS = (".dat", ".dbf", ".map", ".id", ".ind")
MIF_PARTS = (".mid",)
PARTS = (*TAB_PARTS, *MIF_PARTS)
STARTS = {".tab": b"!table", ".mif": b"version"}
HEAD = 65_536
KIND = re.compile(rb"^\s*type\s+\"?(\w+)", re.IGNORECASE | re.MULTILINE)
ELSEWHERE = re.compile(
    rb"^\s*(create\s+view|open\s+table)|isseamless\"?\s*=\s*\"?true", re.IGNORECASE | re.MULTILINE
)
CHARSET = re.compile(
    rb"^(\s*(?:!charset|charset|type\s+\w+\s+charset)\s+\"?)([\w.-]+)", re.IGNORECASE | re.MULTILINE
)
CODECS = {
    "windowslatin1": "cp1252", "windowslatin2": "cp1250", "windowscyrillic": "cp1251", "utf-8": "utf-8",
    "windowsvietnamese": "cp1258", "iso8859_1": "iso8859-1", "codepage437": "cp437", "codepage850": "cp850",
    "windowssimpchinese": "gbk", "windowstradchinese": "big5", "windowsjapanese": "cp932",
}  # fmt: skip


def stage(path: Path, into: Path, file: str) -> tuple[Path, str | None]:
    """(copy, codec that the file declares): its parts under one plain name in the folder `into`."""
    suffix, parts = path.suffix.lower(), find_parts(path)
    with path.open("rb") as stream:
        head = stream.read(HEAD)
        _check(head, suffix, file)
        _check_parts(parts, suffix, file)
        copy, declared = into / f"layer{suffix}", CHARSET.search(head)
        with copy.open("wb") as target:
            target.write(CHARSET.sub(rb"\1Neutral", head))
            shutil.copyfileobj(stream, target)
    for ending, part in parts.items():
        shutil.copyfile(part, into / f"layer{ending}")
    return copy, CODECS.get(declared[2].decode("ascii", "ignore").lower()) if declared else None


def find_parts(path: Path) -> dict[str, Path]:
    """The files that belong to a .tab or .mif, by lower-case ending, however their endings are written."""
    wanted = TAB_PARTS if path.suffix.lower() == ".tab" else MIF_PARTS
    return {
        part.suffix.lower(): part
        for part in sorted(path.parent.iterdir())
        if part.stem.lower() == path.stem.lower() and part.suffix.lower() in wanted and part.is_file()
    }


def _check(head: bytes, suffix: str, file: str) -> None:
    if not head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(STARTS[suffix]):
        raise UnreadableFile("wrong_ending", file=file)
    if suffix == ".tab":
        kind = KIND.search(head)
        if ELSEWHERE.search(head) or (kind and kind[1].upper() not in (b"NATIVE", b"DBF")):
            raise UnreadableFile("mapinfo_elsewhere", file=file)


def _check_parts(parts: dict[str, Path], suffix: str, file: str) -> None:
    if suffix == ".mif":
        missing = [] if ".mid" in parts else [".mid"]
    else:
        missing = [] if ".dat" in parts or ".dbf" in parts else [".dat"]
        missing += [".map"] if ".map" not in parts else [] if ".id" in parts else [".id"]
    if missing:
        raise UnreadableFile("mapinfo_parts", file=file, missing=", ".join(missing))
