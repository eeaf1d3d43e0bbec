"""Zip files from strangers: opened only when their names and sizes are harmless."""

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from errors import TooLarge, UnreadableFile

MEGABYTE = 1024 * 1024
UPLOAD_LIMIT_MB = 200
UNPACKED_LIMIT_MB = 2048
RATIO_LIMIT = 200
RATIO_FREE_MB = 100
MEMBER_LIMIT = 10_000


def check_size(n_bytes: int, file: str) -> None:
    """Raises TooLarge (reason "file") above the upload limit."""
    if n_bytes > UPLOAD_LIMIT_MB * MEGABYTE:
        megabytes = round(n_bytes / MEGABYTE)
        raise TooLarge("file", file=Path(file).name, megabytes=megabytes, limit_megabytes=UPLOAD_LIMIT_MB)


def check_zip(path: Path) -> None:
    """Raises UnreadableFile (corrupt, encrypted, unsafe_zip) or TooLarge (zip) by what the directory of
    the archive declares; reading stops at the declared sizes, so a lie gains nothing."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile("corrupt", file=path.name) from error
    for member in members:
        _check_member(member, path)
    unpacked = sum(member.file_size for member in members)
    packed = max(1, path.stat().st_size)
    is_bomb = unpacked > RATIO_FREE_MB * MEGABYTE and unpacked / packed > RATIO_LIMIT
    if unpacked > UNPACKED_LIMIT_MB * MEGABYTE or is_bomb or len(members) > MEMBER_LIMIT:
        raise TooLarge("zip", file=path.name, megabytes=round(unpacked / MEGABYTE))


def _check_member(member: zipfile.ZipInfo, path: Path) -> None:
    name = member.filename.replace("\\", "/")
    drive = len(name) > 1 and name[1] == ":"
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    if name.startswith("/") or drive or ".." in PurePosixPath(name).parts or is_link:
        raise UnreadableFile("unsafe_zip", file=path.name, member=member.filename)
    if member.flag_bits & 0x1:
        raise UnreadableFile("encrypted", file=path.name)


def unzip(path: Path, into: Path) -> list[PurePosixPath]:
    """Checks, then unpacks every file; gives their paths below `into`, in archive order.

    Litter of file managers (`__MACOSX`, names that begin with a dot) stays behind.
    """
    check_zip(path)
    names: list[PurePosixPath] = []
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                name = PurePosixPath(member.filename.replace("\\", "/"))
                if member.is_dir() or any(part.startswith((".", "__MACOSX")) for part in name.parts):
                    continue
                target = into / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(member))
                names.append(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile("corrupt", file=path.name) from error
    return names
