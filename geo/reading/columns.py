"""Which column holds what. A guess is made by header words alone, is always reported, and is refused
when two columns would do: a wrong count column gives a map that looks right.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

import pandas as pd
from pandas.api import types

from errors import BadOption, MissingColumns, SeveralChoices
from geo.categories import find_sums
from geo.frames import MEASURES, Period
from geo.names import fold, strip_accents
from geo.periods import Calendar
from geo.reading.cells import to_coordinate, to_number
from geo.reading.days import parse_period

STEMS: dict[str, tuple[str, ...]] = {
    "order": ("tt", "stt", "sott", "sothutu"),
    "code": (
        "maxa", "maphuong", "mapx", "maphuongxa", "madvhc", "gsocode", "wardcode", "gsscode", "code", "ma",
        "adm3pcode", "comid", "idxa", "hoodid", "areanumbe", "mapid", "wardid", "ward", "officialward",
        "geoid", "id",
    ),
    "name": (
        "tenxa", "tenphuong", "tenpx", "tenphuongxa", "tendvhc", "wardname", "xaphuong", "phuongxa", "phuong",
        "xa", "diaban", "tendiaban", "donvi", "name", "ten", "neighbourhood", "neighbourh", "community",
        "adm3vi", "comname", "tendonvi", "donvihanhchinh", "tendonvihanhchinh", "tenxaphuong",
        "xaphuongthitran", "tenxaphuongthitran", "phuongxathitran", "tenphuongxathitran",
    ),
    "parent": (
        "tenhuyen", "quanhuyen", "tenquan", "tenqh", "quan", "huyen", "district", "borough", "parent",
        "adm2vi", "distname", "parentheading", "tentinh", "tinh", "province",
    ),
    "population": ("danso", "population", "pop", "sodan", "nhankhau"),
    "incident_count": (
        "sovu", "sovuviec", "vuviec", "vu", "nincidents", "incidents", "count", "tongsovu", "soluong",
        "tongso",
    ),
    "camera_count": ("socamera", "camera", "cameras", "ncameras", "solapdat", "lapdat", "installed"),
    "camera_working": (
        "danghoatdong", "hoatdong", "working", "nworking", "ncamerasworking", "trangthai", "status",
    ),
    "category": (
        "loaivu", "loaivuviec", "toidanh", "nhomtoi", "loai", "category", "crimetype", "offense", "type",
    ),
    "date": (
        "ngay", "thang", "thoigian", "ky", "date", "month", "quy", "quarter", "period", "nam", "year",
    ),
    "start": ("tungay", "tu", "ngaybatdau", "batdau", "start", "startdate", "datefrom", "from"),
    "end": ("denngay", "den", "ngayketthuc", "ketthuc", "end", "enddate", "dateto", "to"),
    "severity": ("mucdonghiemtrong", "mucdo", "tinhchatmucdo", "severity"),
    "known_by": ("nguonphathien", "nguontin", "cachphathien", "hinhthucphathien", "knownby"),
    "measure": ("chitieu", "chiso", "noidungthongke", "measure"),
    "unit": ("donvitinh", "dvt", "unit", "unitofcount"),
    "connected": ("ketnoi", "daketnoi", "soketnoi", "connected", "nconnected", "ncamerasconnected"),
    "live": (
        "tructuyen", "xemtructuyen", "theodoitructuyen", "giamsattructuyen", "sotructuyen",
        "socameratructuyen", "conguoitruc", "nguoitruc", "live", "watchedlive", "nlive", "ncameraslive",
    ),
    "stored": (
        "luutu30ngay", "luutrutu30ngay", "luudu30ngay", "luutrudu30ngay", "luutru30ngay", "soluutru",
        "socameraluutru", "stored30daysormore", "stored", "nstored", "ncamerasstored",
    ),
    "stored_days": (
        "songayluu", "songayluutru", "thoigianluu", "thoigianluutru", "ngayluutru", "daysstored",
        "storeddays", "storagedays", "retentiondays",
    ),
    "camera_type": ("loaicamera", "kieucamera", "loaithietbi", "cameratype"),
    "owner_kind": ("chuquan", "chusohuu", "nguondautu", "hinhthucdautu", "donviquanly", "ownerkind", "owner"),
    "placement": ("loaivitri", "kieulapdat", "placement"),
    "direction": ("huong", "huongquay", "huongcamera", "phuongvi", "direction", "directiondeg", "azimuth"),
    "angle": ("gocnhin", "gocmo", "goc", "angle", "angledeg", "viewangle", "fov"),
    "range": ("tamxa", "tamnhin", "tamquansat", "range", "rangem"),
    "checked_on": ("ngaykiemtra", "kiemtra", "ngayrasoat", "checkedon", "checked"),
    "longitude": ("longitude", "lon", "lng", "long", "kinhdo"),
    "latitude": ("latitude", "lat", "vido"),
    "status_year": ("nam", "year", "namkehoach"),
    "status_value": ("tinhtrang", "trangthai", "status", "value"),
    "source": ("nguon", "source"),
    "harm_weight": ("trongso", "trongsogayhai", "mucgayhai", "weight", "harmweight", "harm"),
}  # fmt: skip
STARTS_WITH = {"population", "incident_count", "camera_count"}
NEVER_COUNTS = {"order", "code", "name", "parent", "population", "date", "longitude", "latitude"}
NO_COLUMNS = {"counts", "by_key", "calendar", "default_year", "decimal_mark"}
TOTAL = re.compile(r"(tổng|total)\b|(cộng|tất cả|all)$")


@dataclass(frozen=True)
class CountColumn:
    """A column of counts. In a wide table it stands for one category, one period, one measure, or some of
    these. measure: key of MEASURES. unit: of count, as text."""

    column: str
    category: str | None = None
    period: Period | None = None
    measure: str = "occurred"
    unit: str | None = None


@dataclass(frozen=True)
class BoundaryColumns:
    """None means: guess."""

    code: str | None = None
    name: str | None = None
    parent: str | None = None
    population: str | None = None


@dataclass(frozen=True)
class TableColumns:
    """Where a table keeps what is asked of it; None or () means: guess.

    key: the ward's code or name. name: used only to prove that a code means the same unit.
    by_key: the key was named by a person, so coordinates are left aside.
    start, end: columns of the first and the last day; both or none. calendar: what labels such as
    "tháng 9/2021" mean; never guessed. default_year: of cells that name no year, where no year column does.
    decimal_mark: "," or "." where a person said which.
    """

    key: str | None = None
    name: str | None = None
    parent: str | None = None
    counts: tuple[CountColumn, ...] = ()
    working: str | None = None
    longitude: str | None = None
    latitude: str | None = None
    category: str | None = None
    date: str | None = None
    year: str | None = None
    value: str | None = None
    source: str | None = None
    by_key: bool = False
    start: str | None = None
    end: str | None = None
    calendar: Calendar | None = None
    default_year: int | None = None
    severity: str | None = None
    known_by: str | None = None
    measure: str | None = None
    unit: str | None = None
    connected: str | None = None
    live: str | None = None
    stored: str | None = None
    stored_days: str | None = None
    camera_type: str | None = None
    owner_kind: str | None = None
    placement: str | None = None
    direction: str | None = None
    angle: str | None = None
    range: str | None = None
    checked_on: str | None = None
    decimal_mark: str | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """Every column that has a role, counts apart."""
        told = ((f.name, getattr(self, f.name)) for f in fields(self) if f.name not in NO_COLUMNS)
        return tuple(column for _, column in told if column is not None)


def plain_header(header: str) -> str:
    """`TEN_XA`, `Tên xã` and `ten xa` are one header."""
    return re.sub(r"[^a-z0-9]", "", strip_accents(str(header)).lower())


def find_column(columns: Iterable[str], role: str, *, taken: Iterable[str] = ()) -> str | None:
    """The column whose header is the earliest stem of the role; None when there is none."""
    plain = {column: plain_header(column) for column in columns if column not in set(taken)}
    for stem in STEMS[role]:
        for column, header in plain.items():
            if header == stem or (role in STARTS_WITH and re.fullmatch(stem + r"[a-z]?\d*", header)):
                return column
    return None


def find_population(columns: Iterable[str], *, file: str, taken: Iterable[str] = ()) -> str | None:
    """The one population column; SeveralChoices when several years stand side by side."""
    left = [column for column in columns if column not in set(taken)]
    found = []
    while (column := find_column(left, "population")) is not None:
        found.append(column)
        left.remove(column)
    if len(found) > 1:
        raise SeveralChoices("population", file=file, choices=", ".join(found))
    return found[0] if found else None


def check_named(columns: Sequence[str], named: Iterable[str | None], *, file: str) -> None:
    """Raise MissingColumns for a named column that the file does not have."""
    for column in named:
        if column is not None and column not in columns:
            raise MissingColumns("named", file=file, column=column, columns=", ".join(columns))


def guess_boundaries(columns: Sequence[str], given: BoundaryColumns, *, file: str) -> BoundaryColumns:
    """Fill the blanks. Without a code column the name serves as code; without either it is refused."""
    check_named(columns, (given.code, given.name, given.parent, given.population), file=file)
    name = given.name or find_column(columns, "name")
    code = given.code or find_column(columns, "code", taken=[name] if name else [])
    if code is None and name is None:
        raise MissingColumns("ward", file=file, columns=", ".join(columns) or "–")
    return BoundaryColumns(
        code=code or name,
        name=name,
        parent=given.parent or find_column(columns, "parent"),
        population=given.population or find_population(columns, file=file),
    )


def guess_place(table: pd.DataFrame, given: TableColumns, *, file: str, points: bool) -> TableColumns:
    """Decide between coordinates and key, and find the columns of either.

    points: the table came from a point layer and carries `longitude` and `latitude` in degrees.
    """
    columns = list(table.columns)
    optional = {given.name, given.source}
    named = [column for column in given.named if column not in optional]
    check_named(columns, [*named, *(count.column for count in given.counts)], file=file)
    if given.by_key or given.key:
        return _guess_key(columns, replace(given, by_key=True), file=file)
    if points:
        return replace(given, longitude="longitude", latitude="latitude")
    longitude = given.longitude or find_column(columns, "longitude")
    latitude = given.latitude or find_column(columns, "latitude")
    if (longitude is None) != (latitude is None) and (
        given.longitude or given.latitude or not _has_key(columns)
    ):
        raise MissingColumns(
            "coordinates", file=file, column=longitude or latitude, columns=", ".join(columns)
        )
    if longitude and latitude and (given.longitude or _has_places(table, longitude, latitude)):
        return replace(given, longitude=longitude, latitude=latitude)
    return _guess_key(columns, given, file=file)


def _has_places(table: pd.DataFrame, longitude: str, latitude: str) -> bool:
    """Whether any row tells both coordinates; empty columns are no reason to leave the key aside."""
    x, y = (to_coordinate(table[column])[0] for column in (longitude, latitude))
    return bool((x.notna() & y.notna()).any()) or not _has_key(list(table.columns))


def _has_key(columns: Sequence[str]) -> bool:
    return find_column(columns, "code") is not None or find_column(columns, "name") is not None


def _guess_key(columns: Sequence[str], given: TableColumns, *, file: str) -> TableColumns:
    code = find_column(columns, "code")
    name = find_column(columns, "name", taken=[code] if code else [])
    key = given.key or code or name
    if key is None:
        raise MissingColumns("key", file=file, columns=", ".join(columns) or "–")
    parent = given.parent or find_column(columns, "parent", taken=[key])
    return replace(given, key=key, name=given.name or (name if name != key else None), parent=parent)


def guess_counts(
    table: pd.DataFrame, given: TableColumns, role: str, *, file: str
) -> tuple[CountColumn, ...]:
    """The count column of a long or per-ward table; () when each row is one item.

    Refused with SeveralChoices when two columns would do: a wide table is never guessed.
    """
    if given.counts:
        return given.counts
    free = [column for column in table.columns if not is_taken(column, given)]
    by_word = [column for column in free if _names_counts(column, table[column], role)]
    plausible = by_word or ([] if given.longitude else [c for c in free if _holds_numbers(table[c])])
    if len(plausible) > 1:
        raise SeveralChoices("count", file=file, choices=", ".join(plausible))
    return tuple(CountColumn(column) for column in plausible)


def _names_counts(column: str, cells: pd.Series, role: str) -> bool:
    """The header is a count word, or begins with one and the cells are mostly numbers."""
    header = plain_header(column)
    if header in STEMS[role]:
        return True
    if not any(len(stem) > 3 and header.startswith(stem) for stem in STEMS[role]):
        return False
    return is_mostly_numbers(cells)


def is_taken(column: str, given: TableColumns) -> bool:
    """Whether a column has a role already, or a header that never heads counts."""
    header = plain_header(column)
    return column in given.named or any(
        header in STEMS[role] or (role == "population" and header.startswith(STEMS[role]))
        for role in NEVER_COUNTS
    )


def _holds_numbers(cells: pd.Series) -> bool:
    if types.is_bool_dtype(cells) or types.is_datetime64_any_dtype(cells):
        return False
    return is_mostly_numbers(cells)


def is_mostly_numbers(cells: pd.Series) -> bool:
    """More cells read as numbers than cannot be read; a stray "-" does not make a column text."""
    numbers, bad, _ = to_number(cells)
    return int(numbers.notna().sum()) > int(bad.sum())


def is_total(text: str) -> bool:
    """`Tổng số`, `Cộng`, `Total`: a sum, not one of its parts (`Tống tiền` is extortion)."""
    return TOTAL.match(fold(text)) is not None


def refuse_totals(category: pd.Series, *, column: str, file: str) -> None:
    """A total, or a whole series ("phạm pháp hình sự"), beside its parts would be counted twice."""
    values = [str(value) for value in category.dropna().unique()]
    sums = find_sums(values)
    totals = [value for value in values if is_total(value) or value in sums]
    parts = [value for value in values if value not in totals]
    if totals and parts:
        raise SeveralChoices(
            "total", file=file, column=column, total=totals[0], choices=", ".join([*totals, *parts[:6]])
        )


def parse_count_option(text: str) -> CountColumn:
    """`C`, `C=category`, `C=category@period` or `C=@period`; `#measure` may end each (`C=Trộm cắp#cleared`).

    A column whose name holds `#` stays whole unless a key of MEASURES stands behind it.
    """
    column, equals, meaning = text.partition("=")
    told, hash_mark, measure = (meaning if equals else column).rpartition("#")
    if hash_mark and (equals or measure.strip() in MEASURES):
        if measure.strip() not in MEASURES:
            raise BadOption("measure", value=measure.strip(), choices=", ".join(MEASURES))
        column, meaning = (column, told) if equals else (told, "")
    else:
        measure = "occurred"
    category, _, period = meaning.partition("@")
    if not column.strip():
        raise BadOption("count", value=text)
    return CountColumn(
        column=column.strip(),
        category=category.strip() or None,
        period=parse_period(period) if period.strip() else None,
        measure=measure.strip(),
    )
