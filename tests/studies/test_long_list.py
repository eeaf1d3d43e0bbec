"""What the register says of a ward before the plan year."""

import datetime as dt

import geopandas as gpd
import pytest
from shapely.geometry import box

from geo.frames import Source
from geo.measure import Measured
from geo.question import Question
from planning.papers import Document
from planning.programme import Programme, State, Step, TargetArea
from store.plan_records import Kept, KeptArea, KeptStep
from studies.long_list import Register, read_register

NOW = dt.datetime(2023, 1, 1, tzinfo=dt.UTC)
PAPER = Document("Kế hoạch", "1/KH", "Ban Chỉ đạo 138", dt.date(2021, 1, 5))


def make_measured(status: str | None = None) -> Measured:
    frame = gpd.GeoDataFrame(
        {"ward_name": ["Phường Một"], "parent": [""], "status": [status]},
        geometry=[box(0, 0, 1, 1)], index=["00001"], crs="EPSG:4326",
    )  # fmt: skip
    return Measured(frame, Question(), "v1", Source(), (), {})


def make_programme(record: int, year: int) -> Kept[Programme]:
    told = Programme(f"ct-{record}", "Chương trình", "province", "Nơi ấy", "TTATXH", year, PAPER)
    return Kept(record, 1, told, NOW, "")


def make_area(record: int, programme: int, *steps: tuple[State, dt.date]) -> KeptArea:
    taken = tuple(KeptStep(Step(to, on, PAPER, "Ban Chỉ đạo 138"), NOW, "") for to, on in steps)
    area = TargetArea("00001", "Phường Một", "", "v1", area_id=7)
    return KeptArea(record, 1, programme, area, taken, NOW, "")


def read(areas: list[KeptArea], status: str | None = None) -> Register:
    programmes = [make_programme(1, 2021), make_programme(2, 2022)]
    return read_register(
        make_measured(status),
        programmes,
        areas,
        area_id=7,
        register="TTATXH",
        year=2023,
        maintenance_months=6,
    )


KEPT_UP = make_area(
    11, 1, ("duoc_lua_chon", dt.date(2021, 1, 5)), ("dang_chuyen_hoa", dt.date(2021, 2, 1)),
    ("chuyen_hoa_thanh_cong", dt.date(2021, 12, 20)), ("duy_tri", dt.date(2022, 12, 1)),
)  # fmt: skip
EARLIER = make_area(12, 2, ("duoc_lua_chon", dt.date(2022, 1, 5)), ("dang_chuyen_hoa", dt.date(2022, 2, 1)))


@pytest.mark.parametrize("areas", [[KEPT_UP, EARLIER], [EARLIER, KEPT_UP]])
def test_the_latest_step_speaks_whichever_programme_was_kept_last(areas: list[KeptArea]) -> None:
    found = read(areas)
    assert found.states == {"00001": "duy_tri"}
    assert found.maintained_until == {"00001": dt.date(2023, 6, 1)}
    assert (found.listed, found.year) == (("00001",), 2022)


def test_steps_of_the_plan_year_itself_are_not_known_yet() -> None:
    later = make_area(13, 2, ("duoc_lua_chon", dt.date(2023, 1, 5)))
    assert read([later]).states == {}


def test_the_yearly_table_speaks_only_where_no_step_does() -> None:
    assert read([], "chua_dat").states == {"00001": "chua_dat"}
    assert read([KEPT_UP], "chua_dat").states == {"00001": "duy_tri"}


def test_a_register_is_read_by_itself_and_the_yearly_table_is_of_the_first_alone() -> None:
    programmes = [make_programme(1, 2021), make_programme(2, 2022)]
    found = read_register(
        make_measured("chua_dat"), programmes, [KEPT_UP], area_id=7, register="MA_TUY", year=2023,
        maintenance_months=6, has_statuses=False,
    )  # fmt: skip
    assert (found.states, found.listed, found.key) == ({}, (), "MA_TUY")
