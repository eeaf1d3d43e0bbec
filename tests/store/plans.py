"""Small things of planning on the six wards: a catalogue, a scenario, its approval, a programme, an area."""

import datetime as dt
from dataclasses import replace
from typing import Any

from planning.catalogue import Catalogue, Criterion, Due, Grade, Named, Rule, TargetSet
from planning.models import CrimeModel
from planning.papers import Document, Figure
from planning.programme import Meeting, Programme, State, Step, TargetArea
from planning.scenario import Approval, Departure, Frozen, GroupBound, Proposal, Scenario
from planning.targets import Observation, Target

VERSION = "mau-2024"
DECISION = Document("Quyết định", "12/QĐ-UBND", "UBND thành phố Mẫu", dt.date(2024, 2, 11))
TARGET = Target("giam_5", "Giảm 5 %", "area", "change_pct", "<=", -5.0, "incidents", source="KH 12")


def make_catalogue(day: str = "2024-01-01", **changes: Any) -> Catalogue:
    plain = Catalogue(
        name="Danh mục mẫu",
        valid_from=dt.date.fromisoformat(day),
        source="KH 12",
        registers=(Named("TTATXH", "Trật tự, an toàn xã hội"),),
        types=(Named("1", "Loại 1"),),
        reasons=(Named("trom", "Trộm cắp"),),
        measures=(Named("tuan_tra", "Tuần tra"),),
        grades=(
            Grade("tot", "Tốt", "chuyen_hoa_thanh_cong"),
            Grade("chua_dat", "Chưa đạt", "chua_dat"),
        ),
        criteria=(Criterion("so_vu", "n_incidents", 60.0, 0.0),),
        rules=(Rule("moi_quan_1", "at_least_per_group", "Mỗi quận 1", n=1, column="parent"),),
        target_sets=(TargetSet("kh12", "KH 12", "KH 12", (TARGET,)),),
        dues=(Due("so_ket", "Sơ kết", "start", 6),),
        maintenance_months=12,
        watch_months=24,
    )
    return replace(plain, **changes)


def make_scenario(area_id: int, **changes: Any) -> Scenario:
    plain = Scenario(
        name="Phương án 1",
        year=2025,
        register="TTATXH",
        area_id=area_id,
        base_start=dt.date(2024, 1, 1),
        base_end=dt.date(2024, 12, 31),
        n=2,
        weights=(("so_vu", 60.0), ("camera", 40.5)),
        rules=("moi_quan_1",),
        bounds=(GroupBound("parent", "Quận A", 1, None),),
        exceptions=(Departure("00002", "exclude", "mới công nhận", by="Ban Chỉ đạo"),),
        budget=1000.0,
        chosen=("00001", "00003"),
    )
    return replace(plain, **changes)


def make_approval() -> Approval:
    return Approval(
        document=DECISION,
        approved_on=dt.date(2024, 2, 11),
        approved_by="Ban Chỉ đạo 138",
        base_start=dt.date(2024, 1, 1),
        base_end=dt.date(2024, 12, 31),
        boundary_version=VERSION,
        boundary_sha256="aa11",
        datasets=((1, "a"), (2, "b")),
        targets=(TARGET,),
        comparison=(("00001", ("00004", "00005")),),
        wards=(
            Frozen(
                "00001",
                "Phường Một",
                "Quận A",
                (("n", 8.0), ("camera", None)),
                (("so_vu", 100.0),),
                60.0,
                True,
            ),
        ),
        seed=2000,
    )


def make_programme(key: str = "mau-2025", **changes: Any) -> Programme:
    plain = Programme(
        key=key,
        name="Chuyển hóa địa bàn 2025",
        level="province",
        place="Thành phố Mẫu",
        register="TTATXH",
        year=2025,
        document=DECISION,
        start=dt.date(2024, 2, 11),
        n_selected=2,
        targets=(TARGET,),
        observations=(Observation("incidents", None, "before"),),
        figures=(Figure("camera", "camera", None, "lượt", "text", "hàng chục lượt"),),
        meetings=(Meeting("so_ket", dt.date(2024, 8, 15), DECISION), Meeting("tong_ket", None)),
    )
    return replace(plain, **changes)


def make_area(code: str = "00001", *, area_id: int | None = None, **changes: Any) -> TargetArea:
    plain = TargetArea(
        ward_code=code,
        ward_name=f"Phường {code}",
        parent="Quận A",
        version=VERSION,
        area_id=area_id,
        types=("1",),
        responsible="Công an phường",
        start=dt.date(2024, 2, 11),
        comparison=("00004",),
        observations=(Observation("incidents", 8.0, "before"),),
    )
    return replace(plain, **changes)


def make_step(to: State, day: str, **changes: Any) -> Step:
    plain = Step(to, dt.date.fromisoformat(day), DECISION, "Ban Chỉ đạo 138")
    return replace(plain, **changes)


STEPS = (make_step("de_xuat", "2024-01-05"), make_step("duoc_lua_chon", "2024-02-11"))
WORK = make_step("dang_chuyen_hoa", "2024-03-01")


def make_areas(area_id: int | None = None) -> list[tuple[TargetArea, tuple[Step, ...]]]:
    """Two areas, both proposed and selected."""
    return [(make_area(code, area_id=area_id), STEPS) for code in ("00001", "00003")]


def make_model(**changes: Any) -> CrimeModel:
    figure = Figure("tips_received", "tin tiếp nhận", 31.0, "tin", ">=", level="ward", source="báo cáo")
    plain = CrimeModel("Tiếng kẻng an ninh", "ward", "Xã Ba", n_members=28.0, figures=(figure,))
    return replace(plain, **changes)


PROPOSALS = (
    Proposal("00001", unit="Quận A", reason="trộm cắp", types=("1", "3"), cost=120.5),
    Proposal("00003", proposed=False, recognised_on=dt.date(2023, 12, 1)),
)
