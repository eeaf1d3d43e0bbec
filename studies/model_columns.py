"""Which column of a hand-typed list of models holds what, by its header alone."""

import re
from collections.abc import Sequence

from geo.reading.columns import plain_header

STEMS: dict[str, tuple[str, ...]] = {
    "name": ("tenmohinh", "mohinh", "ten", "model", "modelname", "name"),
    "level": ("cap", "level"),
    "place": ("diaphuong", "noi", "noithuchien", "noiapdung", "diabanapdung", "place"),
    "ward": (
        "maxa", "maphuong", "maphuongxa", "tenxa", "tenphuong", "phuongxa", "xaphuong", "phuong", "xa",
        "diaban", "wardcode", "ward",
    ),
    "kind": ("loaimohinh", "hinhthuc", "kind"),
    "n_units": ("somohinh", "sonhom", "soto", "sodoi", "soluongmohinh", "nunits", "units"),
    "n_members": ("thanhvien", "sothanhvien", "nmembers", "members"),
    "n_premises": ("cosodangky", "socosodangky", "socoso", "coso", "npremises", "premises"),
    "effective": ("hieuqua", "hoatdonghieuqua", "danhgia", "danhgiahieuqua", "effective"),
    "assessed_by": ("noidanhgia", "donvidanhgia", "coquandanhgia", "assessedby"),
    "assessed_on": ("ngaydanhgia", "assessedon"),
    "started": ("ngayxaydung", "ngaythanhlap", "ngayramat", "ngaycungco", "started"),
    "measure": ("ketqua", "chitieu", "noidungketqua", "measure", "result"),
    "value": ("so", "soketqua", "giatri", "soluong", "value", "number"),
    "unit": ("donvitinh", "dvt", "donvi", "unit"),
    "start": ("tungay", "start", "from"),
    "end": ("denngay", "end", "to"),
    "as_of": ("thoidiem", "thoidiemsolieu", "kysolieu", "asof"),
    "overlaps": ("cothetrung", "trungvoi", "overlaps"),
    "source": ("nguon", "vanban", "source"),
    "note": ("ghichu", "note"),
}  # fmt: skip
IN_BRACKETS = re.compile(r"\([^)]*\)")


def find_columns(headers: Sequence[str]) -> dict[str, str]:
    """Column by role; a role without one is left out. What stands in brackets explains a header."""
    plain = {header: plain_header(IN_BRACKETS.sub("", header)) for header in headers}
    found: dict[str, str] = {}
    for role, stems in STEMS.items():
        for header in (header for stem in stems for header in headers if plain[header] == stem):
            if header not in found.values():
                found[role] = header
                break
    return found
