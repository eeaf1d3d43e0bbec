"""A programme on the six wards, with areas that went different ways."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from planning.papers import Document
from planning.programme import Programme, State, Step, TargetArea
from store.plan_records import Kept
from store.repository import Store
from studies.follow import Followed, follow
from tests.mau import CODES, NAMES, PARENTS, VERSION
from tests.store.plans import make_catalogue
from tests.studies.watched_city import keep

PAPER = Document("Quyết định", "12/QĐ", "Ban Chỉ đạo 138", dt.date(2024, 1, 2))
TODAY = dt.date(2025, 7, 1)
Way = Sequence[tuple[State, str, str]]
WORK: Way = (
    ("de_xuat", "2024-01-02", ""),
    ("duoc_lua_chon", "2024-01-05", ""),
    ("dang_chuyen_hoa", "2024-02-01", ""),
)
WELL: Way = (*WORK, ("chuyen_hoa_thanh_cong", "2024-12-31", "tot"))
KEPT: Way = (*WELL, ("duy_tri", "2025-01-01", ""))
FAILED: Way = (*WORK, ("chua_dat", "2024-12-31", "chua_dat"))


def make_steps(way: Way) -> tuple[Step, ...]:
    return tuple(
        Step(to, dt.date.fromisoformat(day), PAPER, "Thường trực Ban Chỉ đạo", grade)
        for to, day, grade in way
    )


def make_content(code: str, **content: Any) -> TargetArea:
    place = CODES.index(code)
    plain: dict[str, Any] = {"ward_name": NAMES[place], "parent": PARENTS[place], "version": VERSION}
    return TargetArea(**({"ward_code": code} | plain | content))


def begin(
    store: Store, areas: Sequence[tuple[str, Way, dict[str, Any]]] = (), **changes: Any
) -> Kept[Programme]:
    """Keep a programme with its areas: (ward code, steps, what else is told)."""
    if not store.list_catalogues():
        store.keep_catalogue(make_catalogue(day="2023-01-01"))
    plain: dict[str, Any] = {
        "key": "mau-2024", "name": "Chuyển hóa năm 2024", "level": "province", "place": "Thành phố Mẫu",
        "register": "TTATXH", "year": 2024, "document": PAPER, "n_selected": len(areas) or None,
        "source": "Quyết định 12/QĐ",
    }  # fmt: skip
    programme = Programme(**(plain | changes))
    store.keep_programme_whole(
        programme, tuple((make_content(code, **told), make_steps(way)) for code, way, told in areas)
    )
    found = store.find_programme(programme.key)
    assert found is not None
    return found


def see(
    store: Store, *areas: tuple[str, Way, dict[str, Any]], today: dt.date = TODAY, **changes: Any
) -> Followed:
    """The programme as followed on a day, on the six wards' own boundaries."""
    keep(store)
    return follow(store, begin(store, areas, **changes), today)
