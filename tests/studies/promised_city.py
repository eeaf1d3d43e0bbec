"""Thành phố Mẫu with programmes that promise something, kept in a store."""

import datetime as dt
from typing import Any

from planning.catalogue_file import read_catalogue
from planning.papers import Document
from planning.programme import Programme, State, Step, TargetArea
from planning.targets import Observation, Target
from store.plan_records import KeptArea
from store.repository import Store
from studies.kpi_assessing import KpiLine
from studies.kpi_report import KpiReport, assess_programme
from tests.mau import CODES, NAMES, PARENTS, VERSION
from tests.studies.conftest import BOUNDARIES

TODAY = dt.date(2024, 6, 1)
PLAN = Document("Kế hoạch", "1/KH-BCĐ", "Ban Chỉ đạo 138", dt.date(2022, 1, 5))
RESULT = Document("Quyết định", "9/QĐ-BCĐ", "Ban Chỉ đạo 138", dt.date(2022, 12, 31))
BASE = {"base_start": dt.date(2021, 1, 1), "base_end": dt.date(2021, 12, 31)}
WORK = {"start": dt.date(2022, 1, 1), "end": dt.date(2022, 12, 31)}
FALL = Target("fall", "Số vụ giảm", "area", "change_pct", "<=", -5, "incidents", unit="vụ")
CLEARED = Target("cleared", "Khám phá", "area", "share_pct", ">=", 80, "cleared", "incidents", unit="vụ")
MODELS = Target("models", "Mô hình", "area", "count", ">=", 1, "effective_models", unit="mô hình")
PASS_60 = Target(
    "pass", "Chuyển hóa", "programme", "share_pct", ">=", 60, "transformed", "selected", unit="địa bàn"
)
STAY_85 = Target(
    "stay", "Không phức tạp trở lại", "cohort", "share_pct", ">=", 85, "not_relapsed", "transformed",
    unit="địa bàn", not_applicable_when=("transformed",),
)  # fmt: skip


def start_catalogue(store: Store) -> None:
    store.keep_catalogue(read_catalogue(BOUNDARIES.parent / "planning" / "catalogue.toml"))


def make_programme(key: str = "mau-2022", **told: Any) -> Programme:
    year = int(key[-4:])
    plain: dict[str, Any] = {"name": f"Chương trình {year}", "level": "district", "place": "Thành phố Mẫu"}
    plain |= {"register": "TTATXH", "year": year, "document": PLAN}
    return Programme(key=key, **(plain | told))


def make_area(place: int = 1, **told: Any) -> TargetArea:
    """The ward of that number, its base year and its year of work."""
    plain: dict[str, Any] = {"ward_code": CODES[place - 1], "ward_name": NAMES[place - 1]}
    plain |= {"parent": PARENTS[place - 1], "version": VERSION, **BASE, **WORK}
    return TargetArea(**(plain | told))


def step(to: State, on: str = "2022-12-31", grade: str = "", document: Document = RESULT) -> Step:
    return Step(to, dt.date.fromisoformat(on), document, "Ban Chỉ đạo 138", grade, "Theo báo cáo")


UNDER_WAY = (step("dang_chuyen_hoa", "2022-01-05", document=PLAN),)
PASSED = (*UNDER_WAY, step("chuyen_hoa_thanh_cong", grade="dat"))
FAILED = (*UNDER_WAY, step("chua_dat", grade="chua_dat"))
KEPT = (*PASSED, step("duy_tri", "2023-01-01"))
RELAPSED = (*KEPT, step("phuc_tap_tro_lai", "2023-06-01"))


def keep_programme(
    store: Store, programme: Programme, *areas: tuple[TargetArea, tuple[Step, ...]]
) -> list[KeptArea]:
    return store.list_target_areas(store.keep_programme_whole(programme, areas))


def look(store: Store, key: str = "mau-2022", **asked: Any) -> KpiReport:
    return assess_programme(store, key, TODAY, **asked)


def look_at(store: Store, *targets: Target, area: TargetArea | None = None) -> KpiLine:
    """The only line of a programme with one area and these targets."""
    keep_programme(store, make_programme(targets=targets, n_selected=1), (area or make_area(), UNDER_WAY))
    (line,) = look(store).lines
    return line


def stated(key: str, value: float | None, phase: Any = "after", **told: Any) -> Observation:
    return Observation(key, value, phase, stated_by="Công an phường", **told)
