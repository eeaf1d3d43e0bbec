"""What is said of a change: the counts first, then only what they can bear."""

import pytest

from geo.stats.evaluation import displacement_difference
from geo.stats.projection import project_year
from i18n.messages import load_words
from studies.change_words import quote_pct, write_change, write_evaluation, write_interval, write_projection

WORDS = load_words("vi")
ENGLISH = load_words("en")
NAN = float("nan")


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        (9, 12, "12 → 9 vụ, giảm 3 vụ; chưa đủ căn cứ để kết luận"),
        (90, 40, "40 → 90 vụ, tăng 50 vụ; tăng rõ rệt (z = 6,3)"),
        (40, 90, "90 → 40 vụ, giảm 50 vụ; giảm rõ rệt (z = −6,3)"),
        (1, 0, "0 → 1 vụ, tăng 1 vụ; chưa đủ căn cứ để kết luận"),
        (12, 12, "12 → 12 vụ, không tăng, không giảm"),
        (1_250, 1_000, "1.000 → 1.250 vụ, tăng 250 vụ; tăng rõ rệt (z = 7,5)"),
        (8.6, 12.2, "12 → 9 vụ, giảm 3 vụ; chưa đủ căn cứ để kết luận"),
        (9, NAN, "9 vụ; chưa có số liệu kỳ so sánh"),
        (NAN, 12, "Chưa có số liệu kỳ này"),
    ],
)
def test_a_change_is_told_in_counts_with_what_they_can_bear(now: float, before: float, sentence: str) -> None:
    assert write_change(now, before, WORDS) == sentence


def test_a_percentage_stands_behind_counts_on_a_base_of_twenty_and_more() -> None:
    assert write_change(25, 20, WORDS, with_pct=True) == (
        "20 → 25 vụ, tăng 5 vụ (+25,0 %); chưa đủ căn cứ để kết luận"
    )
    assert "%" not in write_change(25, 19, WORDS, with_pct=True)
    assert "%" not in write_change(25, 20, WORDS)


def test_a_fall_with_fewer_reports_or_missing_months_must_be_checked() -> None:
    fall = "90 → 40 vụ, giảm 50 vụ; giảm rõ rệt (z = −6,3)"
    check = "; cần kiểm tra việc tiếp nhận, thống kê "
    tips = "số tin báo, tố giác cũng giảm: 120 → 80"
    parts = "còn thiếu số liệu của 2 kỳ báo cáo"
    assert write_change(40, 90, WORDS, tips_now=80, tips_before=120) == f"{fall}{check}({tips})"
    assert write_change(40, 90, WORDS, n_missing_parts=2) == f"{fall}{check}({parts})"
    both = write_change(40, 90, WORDS, tips_now=80, tips_before=120, n_missing_parts=2)
    assert both == f"{fall}{check}({tips}; {parts})"
    assert write_change(40, 90, WORDS, tips_now=120, tips_before=120) == fall
    assert write_change(40, 90, WORDS, tips_now=80) == fall
    assert "kiểm tra" not in write_change(90, 40, WORDS, tips_now=80, tips_before=120, n_missing_parts=2)


def test_the_interval_is_a_second_sentence() -> None:
    assert write_interval(9, 12, WORDS) == (
        "Tính theo ngày, kỳ này bằng 0,75 lần kỳ so sánh; với độ tin cậy 95 %, từ 0,28 đến 1,94 lần."
    )
    assert "bằng 1,50 lần" in write_interval(9, 12, WORDS, days_now=90, days_before=180)
    assert write_interval(5, 0, WORDS).endswith("kỳ này ít nhất bằng 0,92 lần kỳ so sánh.")
    assert write_interval(0, 0, WORDS) == ""
    assert write_interval(NAN, 4, WORDS) == ""


def test_a_quoted_percentage_names_its_source() -> None:
    assert quote_pct(-32, "Báo cáo năm 2021", WORDS) == "giảm 32 % (theo nguồn: Báo cáo năm 2021)"
    assert quote_pct(6.72, " Báo cáo ", WORDS) == "tăng 6,72 % (theo nguồn: Báo cáo)"
    assert quote_pct(0, "", WORDS) == "không tăng, không giảm (theo nguồn không nêu tên)"


def test_a_projection_says_its_range_and_what_it_rests_on() -> None:
    told = write_projection(project_year(90, 270, 365, 85, 30), WORDS)
    assert told.startswith("Ước cả năm khoảng 120 vụ, có thể từ 107 đến 137 vụ (độ tin cậy 95 %)")
    assert told.endswith("như năm trước.")
    assert "vì năm nay đã khác rõ rệt" in write_projection(project_year(200, 270, 365, 85, 30), WORDS)
    assert "chưa tính được theo mùa" in write_projection(project_year(5, 90, 365), WORDS)
    assert "chưa ước được" in write_projection(project_year(NAN, 90, 365), WORDS)


def test_the_remark_on_an_evaluation_is_one_of_five() -> None:
    told = write_evaluation(displacement_difference(100, 80, 100, 90), WORDS)
    assert told == (
        "Chưa đủ căn cứ để kết luận: so với địa bàn đối chứng, bớt khoảng 10 vụ "
        "(với độ tin cậy 95 %: từ −48 đến +28 vụ)."
    )
    beginnings = {
        (100, 40): "Giảm rõ rệt",
        (100, 66): "Có dấu hiệu giảm",
        (100, 136): "Có dấu hiệu tăng",
        (100, 160): "Tăng rõ rệt",
    }
    for (before, after), words in beginnings.items():
        assert write_evaluation(displacement_difference(before, after, 100, 100), WORDS).startswith(words)
    assert "không chênh lệch" in write_evaluation(displacement_difference(10, 10, 10, 10), WORDS)
    assert write_evaluation(displacement_difference(0, 0, 0, 0), WORDS).startswith("Chưa đủ số liệu")


def test_english_says_the_same() -> None:
    assert write_change(9, 12, ENGLISH) == "12 → 9 incidents, 3 fewer; not enough ground to conclude"
    assert write_interval(9, 12, ENGLISH).endswith("at 95% confidence, 0.28 to 1.94 times.")
