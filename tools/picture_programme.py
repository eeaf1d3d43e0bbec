"""A made-up programme of 2020 on the example's wards, for the pictures of what comes a year later.

It says that it is made up, is of a register of its own, and is kept in the pictures' own store alone.
"""

import datetime as dt
from contextlib import closing
from pathlib import Path

from planning.catalogue import Catalogue
from planning.papers import Document
from planning.programme import Programme, Step, TargetArea
from planning.targets import Observation
from studies.catalogues import find_catalogue
from studies.example import open_with_example

KEY = "minh-hoa-2020"
BODY = "Ban Chỉ đạo (minh họa)"
PLAN = Document("Kế hoạch minh họa", "01/KH-MH", BODY, dt.date(2020, 1, 6))
RESULT = Document("Quyết định minh họa", "02/QĐ-MH", BODY, dt.date(2020, 12, 28))
EXIT = Document("Thông báo minh họa", "03/TB-MH", BODY, dt.date(2021, 7, 5))
START, END = dt.date(2020, 1, 1), dt.date(2020, 12, 31)
BASE = (dt.date(2019, 1, 1), dt.date(2019, 12, 31))
TARGETS = ("kpi_1", "kpi_2", "kpi_5", "kpi_8", "transformed", "not_relapsed")
COMPARISON = ("31300", "31309")
PASSED = {"31303": "dat", "31219": "tot", "31228": "dat", "31244": "dat"}
FAILED = "31213"
STATED = (("cleared", 6.0), ("tips_received", 14.0), ("tips_handled", 14.0), ("gangs", 0.0))


def keep_picture_programme(url: str, boundaries_folder: Path) -> None:
    """Fill a new store with the example and the programme."""
    with closing(open_with_example(url, boundaries_folder)) as store:
        home = store.list_areas()[0]
        wards = store.load_wards(home.id).frame
        areas = []
        for code in (*PASSED, FAILED):
            told = wards.loc[code]
            area = TargetArea(
                code, str(told["ward_name"]), str(told["parent"]), home.version or "", home.id,
                reasons=("trom_cap",), responsible="Công an phường, xã (minh họa)", origin="both",
                start=START, end=END, comparison=COMPARISON, base_start=BASE[0], base_end=BASE[1],
                observations=_state(code), source=PLAN.title,
            )  # fmt: skip
            areas.append((area, _take_steps(code)))
        store.keep_programme_whole(_make_programme(find_catalogue(store, 2020)), areas)


def _make_programme(catalogue: Catalogue) -> Programme:
    known = {target.key: target for group in catalogue.target_sets for target in group.targets}
    return Programme(
        KEY, "Chương trình minh họa năm 2020", "province", "Thành phố Cần Thơ", "ANTT", 2020, PLAN,
        start=START, end=END, n_selected=len(PASSED) + 1, targets=tuple(known[key] for key in TARGETS),
        source="Số liệu minh họa của dự án", illustrative=True,
    )  # fmt: skip


def _state(code: str) -> tuple[Observation, ...]:
    if code == FAILED:
        return ()
    return tuple(
        Observation(key, value, "after", start=START, end=END, stated_by=BODY, stated_on=RESULT.issued_on)
        for key, value in STATED
    )


def _take_steps(code: str) -> tuple[Step, ...]:
    begun = (
        Step("de_xuat", dt.date(2019, 12, 20), PLAN, "Công an quận, huyện (minh họa)"),
        Step("duoc_lua_chon", dt.date(2020, 1, 6), PLAN, BODY),
        Step("dang_chuyen_hoa", dt.date(2020, 1, 6), PLAN, BODY),
    )
    if code == FAILED:
        return (*begun, Step("chua_dat", dt.date(2020, 12, 28), RESULT, BODY, "chua_dat"))
    kept = (
        *begun,
        Step("chuyen_hoa_thanh_cong", dt.date(2020, 12, 28), RESULT, BODY, PASSED[code]),
        Step("duy_tri", dt.date(2021, 1, 1), RESULT, BODY),
    )
    return kept if code != "31219" else (*kept, Step("ra_khoi_dien", dt.date(2021, 7, 5), EXIT, BODY))
