"""What a row of cameras adds to its place: how many, working, of use, and what they look at.

Installed is not working, and working is not of use: connected, watched live and stored long enough are each
told apart, and unknown stays unknown.
"""

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from geo.findings import Finding
from geo.names import fold
from geo.reading.cells import to_coordinate, to_qualified_number
from geo.reading.columns import TableColumns
from geo.reading.days import to_days
from geo.reading.read import Table
from geo.rows.fact_cells import by_word, fold_words, note, note_bad, read_counts, read_text, read_words
from geo.rows.ward_rows import refuse_repeats

YES = {"1", "yes", "co", "true", "x"}
NO = {"0", "no", "khong", "false", "chua"}
WORKING = YES | {"hoat dong", "dang hoat dong", "con hoat dong", "hoat dong tot", "tot", "binh thuong",
                 "working", "active"}  # fmt: skip
BROKEN = NO | {"hong", "bi hong", "hu hong", "khong hoat dong", "ngung", "ngung hoat dong", "mat tin hieu",
               "dang sua", "broken", "inactive"}  # fmt: skip
CONNECTED = YES | {"ket noi", "da ket noi", "co ket noi", "dang ket noi", "connected"}
APART = NO | {"khong ket noi", "chua ket noi", "mat ket noi", "not connected"}
LIVE = YES | {"truc tuyen", "xem truc tuyen", "co truc", "co nguoi truc", "live", "watched live"}
UNWATCHED = NO | {"khong truc tuyen", "khong xem truc tuyen", "khong truc", "khong co nguoi truc",
                  "khong nguoi truc", "chi luu", "chi luu tru", "not watched"}  # fmt: skip
TYPE_WORDS = by_word({
    "fixed": ("co dinh", "than", "camera co dinh", "than co dinh", "bullet"),
    "dome": ("ban cau", "op tran", "camera ban cau", "camera dome"),
    "ptz": ("quay quet", "camera quay quet", "xoay", "panning", "speed dome"),
    "panoramic": ("toan canh", "camera toan canh", "mat ca", "360", "fisheye"),
    "other": ("khac",),
})  # fmt: skip
OWNER_WORDS = by_word({
    "residents": ("nguoi dan", "ho dan", "ho gia dinh", "ca nhan", "xa hoi hoa", "khu pho", "to dan pho"),
    "business": ("doanh nghiep", "cong ty", "cua hang", "co so kinh doanh", "ngan hang", "private"),
    "agency": ("co quan", "truong hoc", "benh vien", "don vi", "co quan, to chuc", "co quan, don vi"),
    "government": ("ubnd", "uy ban nhan dan", "nha nuoc", "ngan sach", "ngan sach nha nuoc", "public"),
    "police": ("cong an", "cong an xa", "cong an phuong"),
})  # fmt: skip
PLACEMENT_WORDS = by_word({
    "pole": ("cot", "tru", "cot dien", "tru dien"),
    "wall": ("tuong", "nha", "tuong nha"),
    "gate": ("cong", "cong chao"),
    "junction": ("nga tu", "nga ba", "nga nam", "giao lo", "nut giao"),
    "other": ("khac",),
})  # fmt: skip
BEARINGS = dict.fromkeys(("bac", "n", "north"), 0.0) | dict.fromkeys(("dong bac", "ne"), 45.0)
BEARINGS |= dict.fromkeys(("dong", "e", "east"), 90.0) | dict.fromkeys(("dong nam", "se"), 135.0)
BEARINGS |= dict.fromkeys(("nam", "s", "south"), 180.0) | dict.fromkeys(("tay nam", "sw"), 225.0)
BEARINGS |= dict.fromkeys(("tay", "w", "west"), 270.0) | dict.fromkeys(("tay bac", "nw"), 315.0)
MOST_DAYS = 3660.0
DAY_MARKS = re.compile(r"\s*(ngày|ngay|days?)\.?$")
UNIT_MARKS = re.compile(r"\s*(°|độ|m|mét|met|deg)\.?$")


def build_cameras(
    table: Table, columns: TableColumns, placed: pd.DataFrame, findings: list[Finding]
) -> pd.DataFrame:
    """One row per input row: a camera, or a ward's number of cameras where a count column is named."""
    rows = placed.assign(
        n=1.0,
        n_working=np.nan,
        n_connected=np.nan,
        n_live=np.nan,
        n_stored=np.nan,
        stored_days=_read_stored_days(table, columns.stored_days, findings),
        camera_type=read_words(table, columns.camera_type, TYPE_WORDS, "UnknownCameraType", findings),
        owner_kind=read_words(table, columns.owner_kind, OWNER_WORDS, "UnknownOwnerKind", findings),
        placement=read_words(table, columns.placement, PLACEMENT_WORDS, "UnknownPlacement", findings),
        direction_deg=_read_direction(table, columns.direction, findings),
        angle_deg=_read_measured(table, columns.angle, (0.0, 360.0), findings),
        range_m=_read_measured(table, columns.range, (0.0, np.inf), findings),
        checked_on=_read_checked(table, columns, findings),
        qualifier="",
        source=read_text(table.frame, columns.source),
    )
    if columns.counts:
        column = columns.counts[0].column
        rows["n"], rows["qualifier"] = read_counts(table, column, columns, findings)
        refuse_repeats(rows, table, column)
    for part, column_of, yes, no, code in (
        ("n_working", columns.working, WORKING, BROKEN, "MoreWorking"),
        ("n_connected", columns.connected, CONNECTED, APART, "MoreConnected"),
        ("n_live", columns.live, LIVE, UNWATCHED, "MoreLive"),
        ("n_stored", columns.stored, YES, NO, "MoreStored"),
    ):
        if column_of is not None:
            rows[part] = _read_part(table, columns, column_of, yes, no, findings)
            note(code, rows["ward_code"], rows[part] > rows["n"], table.file, findings)
    return rows


def _read_part(
    table: Table, columns: TableColumns, column: str, yes: set[str], no: set[str], findings: list[Finding]
) -> pd.Series:
    """How many of a ward's cameras, or whether this one: in words. NaN where neither is told."""
    if columns.counts:
        return read_counts(table, column, columns, findings)[0]
    cells = table.frame[column]
    words = fold_words(read_text(table.frame, column))
    state = np.select([words.isin(yes), words.isin(no)], [1.0, 0.0], np.nan)
    note_bad(cells, words.notna() & np.isnan(state), f"{table.file}:{column}", findings)
    return pd.Series(state, index=cells.index)


def _read_stored_days(table: Table, column: str | None, findings: list[Finding]) -> pd.Series:
    """Days that pictures are kept: "30 ngày" and "trên 30" are 30. "Dưới 30" may be any number below and is
    unknown, as is a month, which has no fixed days."""
    if column is None:
        return pd.Series(np.nan, index=table.frame.index)
    cells, where = table.frame[column], f"{table.file}:{column}"
    bare = cells.astype(object).map(
        lambda cell: DAY_MARKS.sub("", fold(cell)) if isinstance(cell, str) else cell, na_action="ignore"
    )
    numbers, bad = to_coordinate(bare)
    rough, sign = to_qualified_number(bare[bad])
    numbers = numbers.where(~bad, rough.where(sign != "<=").reindex(cells.index))
    note_bad(cells, bad & numbers.isna(), where, findings)
    outside = (numbers < 0) | (numbers > MOST_DAYS)
    note("OutOfRange", cells, outside, where, findings)
    return numbers.mask(outside)


def _read_measured(
    table: Table, column: str | None, limits: tuple[float, float], findings: list[Finding]
) -> pd.Series:
    """Degrees or metres; "90°" and "50 m" are numbers too. What lies outside the limits is unknown."""
    if column is None:
        return pd.Series(np.nan, index=table.frame.index)
    cells, where = table.frame[column], f"{table.file}:{column}"
    bare = cells.astype(object).map(
        lambda cell: UNIT_MARKS.sub("", fold(cell)) if isinstance(cell, str) else cell, na_action="ignore"
    )
    numbers, bad = to_coordinate(bare)
    note_bad(cells, bad, where, findings)
    outside = (numbers < limits[0]) | (numbers > limits[1])
    note("OutOfRange", cells, outside, where, findings)
    return numbers.mask(outside)


def _read_direction(table: Table, column: str | None, findings: list[Finding]) -> pd.Series:
    """Clockwise from north, 0 up to 360; "đông bắc" is 45."""
    if column is None:
        return pd.Series(np.nan, index=table.frame.index)
    words = fold_words(read_text(table.frame, column)).astype(object)
    named = words.str.removeprefix("huong ").map(BEARINGS.get, na_action="ignore").astype(float)
    frame = table.frame.assign(**{column: table.frame[column].astype(object).mask(named.notna(), None)})
    measured = _read_measured(replace(table, frame=frame), column, (0.0, 360.0), findings)
    return named.fillna(measured) % 360


def _read_checked(table: Table, columns: TableColumns, findings: list[Finding]) -> pd.Series:
    """The day of the last check; a month or a year is no day."""
    column = columns.checked_on
    if column is None:
        return pd.Series(pd.NaT, index=table.frame.index, dtype="datetime64[us]")
    year = columns.default_year
    years = None if year is None else pd.Series(float(year), index=table.frame.index)
    days = to_days(table.frame[column], calendar="civil", years=years)
    vague = days["bad"] | (days["start"] != days["end"]) & days["start"].notna()
    note("NotADate", table.frame[column], vague, f"{table.file}:{column}", findings)
    return days["start"].mask(vague)
