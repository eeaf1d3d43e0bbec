"""What may not be taken in at all: operational police cameras. One of them refuses the whole file.

Every column is looked at, chosen or not: a file that lists such cameras must not lie about here.
"""

import re

import numpy as np
import pandas as pd

from errors import ForbiddenContent
from geo.findings import list_examples
from geo.names import fold, strip_accents
from geo.reading.read import Table

SECRET = re.compile(r"\b(camera|cam) nghiep vu|nghiep vu cong an|operational police|covert")
KIND_SECRET = re.compile(r"nghiep vu|covert")
DENIED = re.compile(
    r"\b(khong|ngoai|tru|chua|not|non|no|excluding)( (phai|la|bao gom|gom|thuoc|co|tinh|ke|tru|cac|loai))*"
    r"( camera| cam)? (nghiep vu|operational|covert)"
)
GRADES = {"mật", "tối mật", "tuyệt mật", "bí mật"}
KIND_HEADERS = re.compile(
    r"\b(loai|kieu|chu (quan|so huu|dau tu|camera)|quan ly|muc dich|don vi|type|owner|kind)\b"
)
NOTHING = re.compile(r"(0(\.0)?|-|no|false|khong\b.*|chua\b.*)?")


def refuse_operational(table: Table) -> None:
    """Raise ForbiddenContent("operational_cameras") where a header, or a cell of any column, speaks of
    operational police cameras or is a secrecy grade."""
    for column in table.frame.columns:
        found = _find_secret(str(column), table.frame[column])
        if found.any():
            raise ForbiddenContent(
                "operational_cameras",
                file=table.file,
                column=str(column),
                rows=list_examples(np.flatnonzero(found) + 1),
                n=int(found.sum()),
            )


def _find_secret(column: str, cells: pd.Series) -> pd.Series:
    """Rows that say so; or, under a header that does, rows that are not empty, nought or "no"."""
    headed = _is_secret(_plain(column), SECRET)
    if not headed and pd.api.types.is_numeric_dtype(cells):
        return pd.Series(False, index=cells.index)
    text = cells.astype(object).where(cells.notna(), "").astype(str)
    distinct = text.unique()
    if headed:
        said = [cell for cell in distinct if not NOTHING.fullmatch(_plain(cell))]
    else:
        words = KIND_SECRET if KIND_HEADERS.search(_plain(column)) else SECRET
        said = [cell for cell in distinct if _is_secret(_plain(cell), words) or fold(cell) in GRADES]
    return text.isin(said)


def _plain(text: str) -> str:
    return strip_accents(text).replace("_", " ").strip()


def _is_secret(plain: str, words: re.Pattern[str]) -> bool:
    return words.search(plain) is not None and DENIED.search(plain) is None
