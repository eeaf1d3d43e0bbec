"""What a reader is told of a target: counts first, no grade, nothing guessed."""

import dataclasses
import datetime as dt

import pytest

from i18n.messages import LANGUAGES, load_words
from planning.kpi import REASONS, assess
from planning.papers import QUALIFIERS, Qualifier
from planning.targets import FORMS, LIGHTS, OPERATORS, Observation, Operator, Target
from studies.kpi_words import KpiRow, write_assessment, write_promise

VI = load_words("vi")
DOWN_5 = Target(
    "kpi_1", "Số vụ giảm", "area", "change_pct", "<=", -5, "incidents", unit="vụ", evidence="hai số"
)
OF_9 = Target(
    "60", "Chuyển hóa", "programme", "share_pct", ">=", 60, "transformed", "selected", unit="địa bàn"
)
YEAR = {"start": dt.date(2023, 1, 1), "end": dt.date(2023, 12, 31)}
NEXT = {"start": dt.date(2024, 1, 1), "end": dt.date(2024, 12, 31)}


def change(before: float | None, after: float | None) -> list[Observation]:
    return [
        Observation("incidents", before, phase="before", **YEAR),
        Observation("incidents", after, phase="after", **NEXT),
    ]


def test_a_share_says_how_many_were_needed() -> None:
    told = assess(OF_9, [Observation("transformed", 6), Observation("selected", 9)])
    assert write_assessment(told, VI) == KpiRow(
        "Chuyển hóa", "ít nhất 60 %", "6/9 = 66,7 %", "đạt chỉ tiêu", "ít nhất 6 trong 9 địa bàn", "", ""
    )


def test_a_fall_on_eight_incidents_has_its_chance_beside_it() -> None:
    assert write_assessment(assess(DOWN_5, change(8, 7)), VI) == KpiRow(
        "Số vụ giảm",
        "giảm ít nhất 5 %",
        "8 → 7 vụ, giảm 12,5 %",
        "đạt chỉ tiêu",
        "sau chuyển hóa nhiều nhất 7 vụ",
        "Với 8 vụ, giảm 5 % xảy ra ngẫu nhiên khoảng 45 % số lần. "
        "Trước đó có dưới 20 vụ: đọc số vụ, không đọc riêng tỷ lệ.",
        "",
    )


def test_what_lacks_is_named_with_its_side() -> None:
    row = write_assessment(assess(DOWN_5, change(8, None)), VI)
    assert (row.value, row.light) == ("8 → chưa rõ vụ", "chưa đủ căn cứ")
    assert (row.needed, row.missing) == (
        "sau chuyển hóa nhiều nhất 7 vụ",
        "số vụ sau chuyển hóa (cần: hai số)",
    )


def test_nothing_to_judge_is_no_failure() -> None:
    row = write_assessment(assess(DOWN_5, change(0, 0)), VI)
    assert (row.value, row.light, row.missing) == ("0 → 0 vụ", "không áp dụng", "")
    assert "không phải chưa đạt" in row.remark


def test_the_program_s_own_count_is_named_where_it_differs() -> None:
    counted = dataclasses.replace(change(8, 9)[1], counted_by="program")
    row = write_assessment(assess(DOWN_5, [*change(8, 7), counted]), VI)
    assert row.remark.endswith("Số chương trình đếm khác số đã báo cáo ở: số vụ; đang dùng số đã báo cáo.")


def test_windows_of_unlike_length_are_told() -> None:
    quarter = Observation("incidents", 9, phase="after", start=dt.date(2024, 6, 1), end=dt.date(2024, 8, 31))
    row = write_assessment(assess(DOWN_5, [change(40, None)[0], quarter]), VI)
    assert row.value == "40 → 9 vụ, giảm 10,7 %"
    assert row.remark.startswith("Trước 365 ngày, sau 92 ngày: đã so trên cùng số ngày")


@pytest.mark.parametrize(
    ("qualifier", "value"),
    [("=", "700 camera"), (">=", "từ 700 camera trở lên"), ("<=", "không quá 700 camera"),
     ("~", "khoảng 700 camera")],
)  # fmt: skip
def test_a_qualified_number_keeps_its_word(qualifier: Qualifier, value: str) -> None:
    target = Target("c", "Camera", "area", "count", ">=", 800, "cameras", unit="camera")
    row = write_assessment(assess(target, [Observation("cameras", 700, qualifier=qualifier)]), VI)
    assert row.value == value


def test_rounding_never_lifts_a_share_onto_its_limit() -> None:
    """1699 of 1999 are 84.99 %, which is not 85 %."""
    target = dataclasses.replace(OF_9, value=85)
    row = write_assessment(
        assess(target, [Observation("transformed", 1699), Observation("selected", 1999)]), VI
    )
    assert (row.value, row.light) == ("1.699/1.999 = 84,99 %", "chưa đạt chỉ tiêu")


@pytest.mark.parametrize(
    ("form", "operator", "value", "promised"),
    [
        ("share_pct", ">=", 100, "đủ 100 %"), ("share_pct", "<", 15, "dưới 15 %"),
        ("change_pct", "<", -10, "giảm trên 10 %"), ("change_pct", ">=", 5, "tăng ít nhất 5 %"),
        ("change_pct", "<=", 0, "mức thay đổi nhiều nhất 0 %"), ("count", ">=", 1, "ít nhất 1 vụ"),
        ("absent", "=", 0, "không có"), ("fewer", "<", 0, "ít hơn trước"),
        ("stated", "=", 1, "có xác nhận bằng văn bản"),
    ],
)  # fmt: skip
def test_each_promise_reads_as_a_plan_writes_it(
    form: str, operator: Operator, value: float, promised: str
) -> None:
    target = dataclasses.replace(DOWN_5, form=form, operator=operator, value=value)
    assert write_promise(target, VI) == promised
    full = dataclasses.replace(target, when="trong và sau", counts_only="mô hình hiệu quả")
    assert write_promise(full, VI) == f"{promised}, trong và sau; chỉ tính mô hình hiệu quả"


def test_a_committee_s_own_key_stands_as_it_is() -> None:
    target = Target("x", "Việc riêng", "area", "count", ">=", 1, "viec_rieng")
    assert write_assessment(assess(target, []), VI).missing == "viec_rieng"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_words(language: str) -> None:
    words = load_words(language)
    codes = {
        "reason": REASONS,
        "light": LIGHTS,
        "form": FORMS,
        "operator": OPERATORS,
        "qualifier": QUALIFIERS[:-1],
    }
    assert [
        f"{kind}.{c}" for kind, keys in codes.items() for c in keys if not words.has(f"kpi.{kind}.{c}")
    ] == []


def test_what_the_plan_counts_without_a_unit_is_counted_in_cases() -> None:
    bare = dataclasses.replace(DOWN_5, unit="")
    row = write_assessment(assess(bare, change(12, 11)), VI)
    assert row.value.startswith("12 → 11 trường hợp")
    assert row.remark.startswith("Với 12 trường hợp, giảm 5 %")
