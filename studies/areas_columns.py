"""Which column of a hand-typed list of target areas holds what, by its header alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.reading.columns import plain_header

STEMS: dict[str, tuple[str, ...]] = {
    "hamlet": ("thon", "thonto", "thontodanpho", "thonap", "apkhuvuc", "khuvuc", "khupho", "todanpho", "ban",
               "ap", "khom", "hamlet"),
    "types": ("loai", "loaidiaban", "phanloai", "loaihinh", "areatype", "areatypes", "type", "types"),
    "reasons": ("lydo", "lydoluachon", "lydochon", "reason", "reasons"),
    "responsible": ("donviphutrach", "coquanphutrach", "phutrach", "donvichutri", "donvithuchien",
                    "responsible", "responsibleunit", "unitincharge"),
    "start": ("tungay", "ngaybatdau", "batdau", "start", "startdate", "from", "firstday"),
    "end": ("denngay", "ngayketthuc", "ketthuc", "end", "enddate", "to", "lastday"),
    "issued_on": ("ngayvanban", "ngaybanhanh", "ngaykyvanban", "documentdate", "issuedon"),
    "issued_by": ("coquanbanhanh", "noibanhanh", "issuedby"),
    "document": ("vanbancuatinhtrang", "vanban", "sovanban", "vanbancongnhan", "quyetdinhcongnhan",
                 "soquyetdinh", "documentofthestate", "document", "documentnumber"),
    "state_on": ("ngaytinhtrang", "ngaycuatinhtrang", "ngaycongnhan", "ngayketqua", "ngayghinhan", "stateon",
                 "dayofthestate", "statusdate"),
    "state": ("tinhtrang", "trangthai", "ketqua", "ketquachuyenhoa", "state", "status"),
    "grade": ("muc", "mucdanhgia", "muccongnhan", "xeploai", "danhgia", "grade"),
    "version": ("phienban", "phienbandiagioi", "phienbanranhgioi", "boundaryversion", "version"),
}  # fmt: skip
IN_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class AreaColumns:
    """A column for each role, None where the list has none. start, end: of the area's own work. state_on,
    document, issued_on, issued_by: of the listed state. version: of the boundaries the codes are of."""

    hamlet: str | None = None
    types: str | None = None
    reasons: str | None = None
    responsible: str | None = None
    start: str | None = None
    end: str | None = None
    state: str | None = None
    state_on: str | None = None
    grade: str | None = None
    document: str | None = None
    issued_on: str | None = None
    issued_by: str | None = None
    version: str | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """Every column that tells something of an area."""
        return tuple(column for column in vars(self).values() if column is not None)


def find_columns(headers: Sequence[str], *, taken: Sequence[str | None]) -> AreaColumns:
    """The columns by their headers, without what stands in brackets; those of the ward (`taken`) are left
    alone."""
    plain = {header: plain_header(IN_BRACKETS.sub("", header)) for header in headers if header not in taken}
    found: dict[str, str] = {}
    for role, stems in STEMS.items():
        fitting = (header for stem in stems for header, text in plain.items() if text == stem)
        header = next((each for each in fitting if each not in found.values()), None)
        if header is not None:
            found[role] = header
    return AreaColumns(**found)
