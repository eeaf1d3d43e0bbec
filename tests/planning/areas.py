"""A small catalogue, and steps as a clerk would enter them, for tests of what becomes of an area."""

import datetime as dt

from planning.catalogue import Catalogue, Due, Grade
from planning.papers import Document
from planning.programme import Programme, State, Step, TargetArea

GRADES = (
    Grade("tot", "Tốt", "chuyen_hoa_thanh_cong"),
    Grade("dat", "Đạt", "chuyen_hoa_thanh_cong"),
    Grade("chua_dat", "Chưa đạt", "chua_dat"),
)
DUES = (
    Due("sub_plan", "Kế hoạch riêng", "start", 1),
    Due("review_3", "Rà soát 3 tháng", "start", 3),
    Due("review_6", "Rà soát 6 tháng", "start", 6),
    Due("report", "Báo cáo kết quả", "end", 1),
    Due("maintenance_end", "Hết thời gian duy trì", "maintenance_start", 6),
)
COMMITTEE = Document("Quyết định", "12/QĐ-BCĐ", "Ban Chỉ đạo 138", dt.date(2022, 1, 10))
NOBODY = Document(title="Danh sách đề nghị")
GRADE_OF: dict[State, str] = {"chuyen_hoa_thanh_cong": "dat", "chua_dat": "chua_dat"}


def make_catalogue() -> Catalogue:
    return Catalogue(
        name="Mẫu",
        valid_from=dt.date(2022, 1, 1),
        source="",
        registers=(),
        types=(),
        reasons=(),
        measures=(),
        grades=GRADES,
        criteria=(),
        rules=(),
        target_sets=(),
        dues=DUES,
        maintenance_months=6,
        watch_months=24,
    )


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def step(
    to: State,
    on: str,
    *,
    document: Document = COMMITTEE,
    actor: str = "Công an phường",
    grade: str | None = None,
    note: str = "",
    corrects: int | None = None,
) -> Step:
    """With the grade that goes with the state, unless another is told."""
    given = GRADE_OF.get(to, "") if grade is None else grade
    return Step(to, day(on), document, actor, given, note, corrects)


def walk(*stops: tuple[State, str]) -> tuple[Step, ...]:
    """Plain steps, the first one taken over from a report where it is no proposal."""
    return tuple(step(to, on, note="" if n else "Theo báo cáo năm 2021") for n, (to, on) in enumerate(stops))


def make_area(**told: object) -> TargetArea:
    return TargetArea("00001", "Phường Một", "Quận Đông", "mau-2022", **told)


def make_programme(**told: object) -> Programme:
    plain: dict[str, object] = {
        "key": "mau-2022",
        "name": "Chuyển hóa năm 2022",
        "level": "province",
        "place": "Thành phố Mẫu",
        "register": "TTATXH",
        "year": 2022,
        "document": COMMITTEE,
    }
    return Programme(**(plain | told))
