"""The remark beside the committee's conclusion: frozen comparison wards, missing figures, and the whole."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geo.frames import Period
from i18n.messages import load_words
from store.opening import open_store
from store.plan_records import KeptArea
from store.repository import Store
from studies.judging import Remark, judge_area, judge_programme
from tests.grid_city import year
from tests.mau_2025 import NEW_VERSION, make_crosswalk, make_new_wards
from tests.studies.watched_city import every, keep, make_area, months, tabulate

VI = load_words("vi")
CAUTION = "Nhận xét thống kê, đặt cạnh kết luận của Ban Chỉ đạo, không thay thế."
FELL = {year(2021): every(100), year(2022): every(100, w1=50)}
QUARTER = Period(dt.date(2022, 1, 1), dt.date(2022, 3, 31))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/kho.sqlite")
    yield opened
    opened.close()


def chosen(code: str = "00001", *comparison: str, **content: Any) -> KeptArea:
    return make_area(code, comparison=comparison, **content)


def judge(store: Store, area: KeptArea, *beside: KeptArea) -> Remark:
    return judge_area(store, area, VI, beside=beside)


def test_an_area_is_set_beside_the_wards_frozen_for_it(store: Store) -> None:
    keep(store, tabulate(FELL))
    found = judge(store, chosen("00001", "00003", "00006"))
    # (50 − 100) − 0 = −50; √(150 + 400/4) = √250 = 15.8; 1.96 · 15.8 = 31.0
    assert found.sentence == (
        "Giảm rõ rệt so với địa bàn đối chứng: bớt khoảng 50 vụ (với độ tin cậy 95 %: từ −81 đến −19 vụ). "
        "Loại vụ được tính: mọi tội phạm."
    )
    assert found.notes == (
        CAUTION,
        "Trước: năm 2021 (365 ngày). Sau: năm 2022 (365 ngày).",
        "100 → 50 vụ, giảm 50 vụ (−50,0 %); giảm rõ rệt (z = −5,9).",
        "Tính theo ngày, kỳ này bằng 0,50 lần kỳ so sánh; với độ tin cậy 95 %, từ 0,35 đến 0,71 lần.",
        "Địa bàn đối chứng đã chốt khi phê duyệt: X. Tân Thới, TT. Sáu; 200 vụ trước, 200 vụ sau.",
        "Liền kề, theo dõi việc dịch chuyển: P. Hòa Bình, X. Thạnh Lộc, P. Phường 5; 300 vụ kỳ trước, "
        "300 vụ kỳ này.",
        "Liền kề: chưa đủ căn cứ để nói vụ việc có dịch sang hay không.",
        "Không làm gì, những nơi cao nhất cũng thường giảm khoảng 0 % ở kỳ sau (hồi quy về trung bình).",
    )
    assert [(row.side, row.name, row.before, row.after) for row in found.rows] == [
        ("treated", "P. Một", "100", "50"),
        ("comparison", "X. Tân Thới", "100", "100"),
        ("comparison", "TT. Sáu", "100", "100"),
        ("ring", "P. Hòa Bình", "100", "100"),
        ("ring", "X. Thạnh Lộc", "100", "100"),
        ("ring", "P. Phường 5", "100", "100"),
    ]


def test_a_rise_next_door_is_told_as_possible_displacement(store: Store) -> None:
    keep(store, tabulate({year(2021): every(100), year(2022): every(100, w1=50, w2=200)}))
    found = judge(store, chosen("00001", "00003", "00006"))
    # three neighbours: +100 beyond the comparison wards' 0; √(300 + 400 + 400·9/4) = √1600 = 40; z = 2.5
    assert "Liền kề: thêm khoảng 100 vụ; có thể vụ việc dịch sang, cần kiểm tra." in found.notes
    assert found.sentence.startswith("Giảm rõ rệt so với địa bàn đối chứng: bớt khoảng 50 vụ")


def test_the_programmes_other_areas_are_no_neighbours_to_watch(store: Store) -> None:
    keep(store, tabulate(FELL))
    area = chosen("00001", "00003", "00006")
    found = judge(store, area, area, chosen("00002", "00003", id_=2))
    assert [row.name for row in found.rows if row.side == "ring"] == ["X. Thạnh Lộc", "P. Phường 5"]


def test_a_comparison_ward_without_figures_gives_no_verdict_and_is_not_replaced(store: Store) -> None:
    now = {code: n for code, n in every(100, w1=50).items() if code != "00006"}
    keep(store, tabulate({year(2021): every(100), year(2022): now}))
    found = judge(store, chosen("00001", "00003", "00006"))
    assert found.sentence == (
        "Chưa nhận xét được so với đối chứng: địa bàn đối chứng đã chốt chưa có số liệu trước hoặc sau "
        "(TT. Sáu); không thay bằng địa bàn khác sau khi đã biết kết quả. Loại vụ được tính: mọi tội phạm."
    )
    assert found.notes[2].startswith("100 → 50 vụ")
    assert found.judgement is not None
    assert found.judgement.verdict is None
    assert ("comparison", "TT. Sáu", "100", "chưa có thông tin") in [
        (row.side, row.name, row.before, row.after) for row in found.rows
    ]


def test_without_frozen_wards_none_are_chosen(store: Store) -> None:
    keep(store, tabulate(FELL))
    found = judge(store, chosen("00001"))
    assert found.sentence.startswith("Chưa nhận xét được so với đối chứng: khi phê duyệt chưa chốt địa bàn")
    assert {row.side for row in found.rows} == {"treated", "ring"}


def test_an_area_without_figures_is_named(store: Store) -> None:
    now = {code: n for code, n in every(100).items() if code != "00001"}
    keep(store, tabulate({year(2021): every(100), year(2022): now}))
    found = judge(store, chosen("00001", "00003", "00006"))
    assert found.sentence == (
        "Chưa nhận xét được so với đối chứng: chưa có số liệu trước hoặc sau của P. Một. "
        "Loại vụ được tính: mọi tội phạm."
    )
    assert found.notes[2] == "Chưa có số liệu kỳ này."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"base_start": None}, "Chưa nhận xét được: địa bàn chưa có ngày bắt đầu"),
        ({"ward_code": "99999", "area_id": 1}, "Chưa nhận xét được: không tìm thấy ranh giới"),
        ({"start": dt.date(2023, 1, 1)}, "Chưa nhận xét được: địa bàn chưa có ngày bắt đầu"),
        ({"version": "khac"}, "Chưa nhận xét được: không tìm thấy ranh giới"),
        (
            {"base_start": dt.date(2020, 1, 1), "base_end": dt.date(2020, 12, 31)},
            "Chưa nhận xét được: số liệu",
        ),
    ],
)
def test_what_cannot_be_counted_is_told_with_the_caution_alone(
    store: Store, content: dict[str, Any], told: str
) -> None:
    keep(store, tabulate(FELL))
    found = judge(store, chosen("00001", "00003", **content))
    assert found.sentence.startswith(told)
    assert (found.notes, found.rows, found.judgement) == ((CAUTION,), (), None)


def test_three_months_after_a_year_are_compared_by_the_day(store: Store) -> None:
    counts = dict.fromkeys(months("2021-01", 12), every(10)) | dict.fromkeys(months("2022-01", 3), every(10))
    keep(store, tabulate(counts))
    found = judge(store, chosen("00001", "00003", "00006", end=QUARTER.end))
    assert found.notes[1] == "Trước: năm 2021 (365 ngày). Sau: quý 1/2022 (90 ngày)."
    assert found.notes[2] == "120 vụ trong 365 ngày trước, 30 vụ trong 90 ngày sau."
    assert found.notes[3].startswith("Hai kỳ dài khác nhau nên số vụ kỳ trước được quy về 90 ngày")
    assert found.sentence.startswith("Chưa đủ căn cứ để kết luận: so với địa bàn đối chứng, không chênh lệch")


def test_work_that_begins_within_a_month_is_counted_in_whole_months(store: Store) -> None:
    keep(store, tabulate(dict.fromkeys(months("2021-01", 24), every(10))))
    found = judge(store, chosen("00001", "00003", start=dt.date(2022, 2, 11)))
    assert found.notes[1] == "Trước: năm 2021 (365 ngày). Sau: 01/03/2022 – 31/12/2022 (306 ngày)."
    assert found.notes[2] == "Số liệu theo tháng nên chỉ tính các tháng trọn trong thời gian đã định."
    assert (found.rows[0].before, found.rows[0].after) == ("120", "100")


def test_a_ward_that_sent_fewer_months_than_others_has_no_figure(store: Store) -> None:
    counts = dict.fromkeys(months("2021-01", 24), every(10))
    july = {code: n for code, n in every(10).items() if code != "00001"}
    keep(store, tabulate(counts | {months("2022-07", 1)[0]: july}))
    assert judge(store, chosen("00001", "00003")).rows[0].after == "chưa có thông tin"


def merge(store: Store) -> None:
    old = keep(store, tabulate({year(2021): every(100)}))
    counts = {"00001": 120.0, "00003": 200.0, "00005": 200.0}
    new = keep(
        store, tabulate({year(2022): counts}, version=NEW_VERSION), wards=make_new_wards(), key="mau-moi"
    )
    store.keep_crosswalk(old, new, make_crosswalk())


def test_an_area_merged_with_its_comparison_ward_cannot_be_told_from_it(store: Store) -> None:
    merge(store)
    found = judge(store, chosen("00001", "00002"))
    assert found.sentence == (
        "Chưa nhận xét được so với đối chứng: sau khi đổi địa giới, địa bàn chuyển hóa và địa bàn đối chứng "
        "nằm chung một đơn vị (P. Hòa Bình). Loại vụ được tính: mọi tội phạm."
    )
    assert found.judgement is not None
    assert found.judgement.difference is None
    # both old wards before, the one new ward after
    assert (found.rows[0].before, found.rows[0].after) == ("200", "120")


def test_a_comparison_ward_that_was_divided_has_no_figure(store: Store) -> None:
    merge(store)
    found = judge(store, chosen("00001", "00005"))
    assert "địa bàn đối chứng đã chốt chưa có số liệu trước hoặc sau (P. Phường 5)" in found.sentence


def test_a_divided_area_is_not_guessed(store: Store) -> None:
    merge(store)
    found = judge(store, chosen("00005", "00001"))
    assert found.sentence.startswith("Chưa nhận xét được: địa bàn đã chia")


def test_areas_with_one_comparison_group_are_judged_as_one(store: Store) -> None:
    keep(store, tabulate({year(2021): every(100), year(2022): every(100, w1=50, w2=70)}))
    areas = [chosen("00001", "00003", "00006", id_=1), chosen("00002", "00003", "00006", id_=2)]
    found = judge_programme(store, areas, VI)
    # (50 + 70 − 200) − 0 = −80; √(320 + 400) = 26.8; 1.96 · 26.8 = 52.6
    assert found.sentence == (
        "Cả chương trình (2 địa bàn, chung một nhóm đối chứng và chung thời gian): Giảm rõ rệt so với địa "
        "bàn đối chứng: bớt khoảng 80 vụ (với độ tin cậy 95 %: từ −133 đến −27 vụ). "
        "Loại vụ được tính: mọi tội phạm."
    )
    assert sorted(found.by_area) == [1, 2]
    assert found.notes == (CAUTION,)


def test_areas_with_wards_of_their_own_are_pooled_and_the_others_named(store: Store) -> None:
    keep(store, tabulate({year(2021): every(100), year(2022): every(100, w1=50, w2=70)}))
    areas = [
        chosen("00001", "00003", id_=1),
        chosen("00002", "00006", id_=2),
        chosen("00005", id_=3),
    ]
    found = judge_programme(store, areas, VI)
    # −50 and −30; √(150 + 200 + 170 + 200) = 26.8
    assert found.difference is not None
    assert (found.difference.estimate, found.difference.standard_error) == pytest.approx((-80, 720**0.5))
    assert found.sentence.startswith("Cả chương trình (2 địa bàn, đối chứng riêng từng nơi): Giảm rõ rệt")
    assert found.notes[1] == "Không tính 1 địa bàn chưa so được với đối chứng: P. Phường 5, H. Tây."


def test_a_ward_that_serves_two_areas_forbids_the_sum_and_is_named(store: Store) -> None:
    keep(store, tabulate(FELL))
    areas = [chosen("00001", "00003", "00006", id_=1), chosen("00002", "00006", id_=2)]
    found = judge_programme(store, areas, VI)
    assert found.difference is None
    assert found.sentence == (
        "Không cộng chung cả chương trình vì một số địa bàn dùng làm đối chứng nhiều lần hoặc vừa là đối "
        "chứng vừa chuyển hóa (TT. Sáu); chỉ xem từng địa bàn."
    )


def test_a_programme_of_which_nothing_can_be_compared_says_so(store: Store) -> None:
    keep(store, tabulate(FELL))
    found = judge_programme(store, [chosen("00001")], VI)
    assert (found.sentence, found.notes) == (
        "Chưa địa bàn nào của chương trình so được với đối chứng.",
        (CAUTION,),
    )


def test_comparison_wards_that_became_one_unit_count_once_and_are_named(store: Store) -> None:
    merge(store)
    found = judge(store, chosen("00006", "00001", "00002"))
    assert [(row.name, row.before, row.after) for row in found.rows if row.side == "comparison"] == [
        ("P. Hòa Bình", "200", "120")
    ]
    assert (
        "Một số địa bàn đối chứng nay thuộc cùng một địa bàn mới, chỉ tính một lần: P. Một, P. Hòa Bình."
        in found.notes
    )


def test_areas_counted_on_different_boundaries_are_not_added_up(store: Store) -> None:
    first = keep(store, tabulate(FELL))
    second = keep(store, tabulate(FELL), key="mau-2")
    areas = [
        chosen("00001", "00003", id_=1, area_id=first),
        chosen("00002", "00006", id_=2, area_id=second),
    ]
    found = judge_programme(store, areas, VI)
    assert (found.difference, found.sentence) == (
        None,
        "Không cộng chung cả chương trình vì các địa bàn được thống kê trên các bộ ranh giới khác nhau; "
        "chỉ xem từng địa bàn.",
    )


def test_a_frozen_ward_that_the_boundaries_lack_is_told_by_its_code(store: Store) -> None:
    keep(store, tabulate(FELL))
    assert "chưa có số liệu trước hoặc sau (99999)" in judge(store, chosen("00001", "99999")).sentence
