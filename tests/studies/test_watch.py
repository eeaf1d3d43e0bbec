"""Transformed wards month by month: what is counted, what is left out, and what is said."""

import datetime as dt
import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.frames import Period
from geo.periods import tile
from i18n.messages import load_words
from store.opening import open_store
from store.plan_records import KeptArea
from store.repository import Store
from studies.watch import Watched, WatchRow, watch_areas
from tests.mau import VERSION
from tests.mau_2025 import NEW_VERSION, make_crosswalk, make_new_wards
from tests.studies.watched_city import (
    WORK,
    every,
    keep,
    make_area,
    month,
    months,
    place_points,
    tabulate,
)

VI = load_words("vi")
TODAY = dt.date(2024, 1, 1)
QUIET, RELAPSE = "chưa có dấu hiệu", "có dấu hiệu phức tạp trở lại"
UNKNOWN, DIVIDED = "chưa đủ số liệu", "không theo dõi được: địa bàn đã chia"
WORKED = dict.fromkeys(months("2022-01", 12), every(4))
AFTER_MERGER = {period: {"00001": 6.0, "00003": 90.0, "00005": 90.0} for period in months("2023-01", 12)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/kho.sqlite")
    yield opened
    opened.close()


def look(store: Store, *areas: KeptArea, today: dt.date = TODAY, n: int = 12) -> Watched:
    return watch_areas(store, areas, VI, today=today, months=n)


def look_at(store: Store, area: KeptArea, today: dt.date = TODAY, n: int = 12) -> WatchRow:
    (row,) = look(store, area, today=today, n=n).rows
    return row


def test_a_ward_that_stays_at_its_level_shows_no_sign(store: Store) -> None:
    keep(store, tabulate(WORKED | dict.fromkeys(months("2023-01", 12), every(4))))
    row = look_at(store, make_area())
    assert (row.area_id, row.name, row.state, row.told) == (1, "P. Một, Q. Đông", "quiet", QUIET)
    assert (row.months_since_exit, row.of_months, row.is_over, row.alarm) == (12, 12, True, None)
    assert (row.expected, row.level_of, row.n_level_months, row.n_missing) == (4.0, "work", 12, 0)
    assert row.counts == (4.0,) * 12
    assert set(row.sums) == {0.0}
    assert row.notes[0] == "Mức để so: 4,0 vụ/tháng, trung bình 12 tháng trong thời gian chuyển hóa."
    assert row.notes[-1] == "Đã hết 12 tháng theo dõi."


def test_a_ward_where_incidents_double_raises_a_sign_with_its_month(store: Store) -> None:
    later = months("2023-01", 12)
    counts = {period: every(4, w1=9 if place >= 3 else 4) for place, period in enumerate(later)}
    keep(store, tabulate(WORKED | counts))
    row = look_at(store, make_area())
    assert (row.state, row.told) == ("relapse", RELAPSE)
    # 2·1/√(1 + 1/12) − 0.5 = 1.42 a month from April on
    assert row.sums[:6] == pytest.approx((0, 0, 0, 1.42, 2.84, 4.26), abs=0.01)
    assert row.alarm == month("2023-06")
    assert row.sums[4] <= row.limit < row.sums[5]
    assert row.notes[0] == (
        "Có dấu hiệu từ tháng 06/2023, tháng thứ 6 sau chuyển hóa: tổng cộng dồn 4,3, vượt ngưỡng "
        f"{VI.number(row.limit, decimals=1)}."
    )


def test_only_areas_under_maintenance_or_off_the_register_are_watched_in_their_order(store: Store) -> None:
    keep(store, tabulate(WORKED | dict.fromkeys(months("2023-01", 12), every(4))))
    off = make_area("00003", *WORK, ("duy_tri", "2023-01-01"), ("ra_khoi_dien", "2023-07-01"), id_=3)
    back = make_area("00004", *WORK, ("duy_tri", "2023-01-01"), ("phuc_tap_tro_lai", "2023-07-01"), id_=4)
    found = look(store, off, make_area("00002", *WORK, id_=2), back, make_area(id_=1))
    assert [(row.area_id, row.months_since_exit) for row in found.rows] == [(3, 12), (1, 12)]


def test_the_month_in_which_the_watch_begins_and_the_running_one_are_left_out(store: Store) -> None:
    keep(store, tabulate(WORKED | dict.fromkeys(months("2023-01", 8), every(4))))
    row = look_at(store, make_area(left="2023-01-10"), dt.date(2023, 6, 20))
    assert row.periods == tuple(months("2023-02", 4))
    assert (row.months_since_exit, row.is_over) == (4, False)
    assert "Không tính tháng 01/2023 vì địa bàn chỉ được chuyển sang duy trì giữa tháng đó." in row.notes


def test_before_a_whole_month_has_passed_there_is_not_enough(store: Store) -> None:
    keep(store, tabulate(WORKED))
    row = look_at(store, make_area(), dt.date(2023, 1, 31))
    assert (row.told, row.periods, row.months_since_exit) == (UNKNOWN, (), 0)
    assert "Chưa có tháng trọn nào kể từ khi chuyển sang duy trì." in row.notes


def test_months_without_figures_are_missing_and_too_many_of_them_leave_it_open(store: Store) -> None:
    keep(store, tabulate(WORKED | dict.fromkeys(months("2023-01", 6), every(4))))
    half = look_at(store, make_area())
    assert (half.told, half.n_missing) == (QUIET, 6)
    assert half.counts[:6] == (4.0,) * 6
    assert all(math.isnan(n) for n in (*half.counts[6:], *half.sums[6:]))
    assert "6 trong 12 tháng chưa có số liệu; các tháng này để trống, không coi là 0 vụ." in half.notes
    more = look_at(store, make_area(), dt.date(2024, 2, 1), 13)
    assert (more.told, more.n_missing, more.months_since_exit) == (UNKNOWN, 7, 13)


def test_a_sign_stands_however_many_months_are_missing(store: Store) -> None:
    keep(store, tabulate(WORKED | dict.fromkeys(months("2023-01", 2), every(30))))
    row = look_at(store, make_area())
    assert (row.told, row.n_missing, row.alarm) == (RELAPSE, 10, month("2023-01"))


def test_a_ward_that_alone_sent_nothing_is_missing_in_that_month(store: Store) -> None:
    sent = dict.fromkeys(months("2023-01", 12), every(4))
    silent = {code: n for code, n in every(4).items() if code != "00001"}
    keep(store, tabulate(WORKED | sent | {month("2023-05"): silent}))
    row = look_at(store, make_area())
    assert (row.n_missing, row.counts[3], math.isnan(row.counts[4])) == (1, 4.0, True)


def test_the_level_is_that_of_the_days_before_where_the_work_has_no_figures(store: Store) -> None:
    before = dict.fromkeys(months("2021-01", 12), every(8))
    keep(store, tabulate(before | dict.fromkeys(months("2023-01", 12), every(4))))
    row = look_at(store, make_area())
    assert (row.expected, row.level_of, row.n_level_months, row.told) == (8.0, "base", 12, QUIET)
    assert row.notes[0].startswith("Mức để so: 8,0 vụ/tháng, trung bình 12 tháng trước khi chuyển hóa")


def test_two_months_make_no_level_and_without_one_nothing_is_said(store: Store) -> None:
    two = dict.fromkeys(months("2022-11", 2), every(4))
    keep(store, tabulate(two | dict.fromkeys(months("2023-01", 12), every(40))))
    row = look_at(store, make_area())
    assert (row.told, row.level_of, row.alarm) == (UNKNOWN, "", None)
    assert math.isnan(row.expected)
    assert row.notes[0].startswith("Chưa có mức để so")


def test_days_of_work_that_an_area_does_not_tell_are_those_of_its_steps(store: Store) -> None:
    keep(store, tabulate(WORKED | dict.fromkeys(months("2023-01", 12), every(4))))
    row = look_at(store, make_area(start=None, end=None))
    assert (row.level_of, row.n_level_months) == ("work", 12)


def test_police_months_are_watched_where_figures_are_dated_by_them(store: Store) -> None:
    periods = tile(dt.date(2022, 1, 20), dt.date(2023, 6, 1), "month", "police")
    keep(store, tabulate(dict.fromkeys(periods, every(4))))
    row = look_at(store, make_area(left="2023-01-15"), dt.date(2023, 6, 15))
    assert row.periods[0] == Period(dt.date(2023, 1, 15), dt.date(2023, 2, 14))
    assert (row.n_level_months, row.months_since_exit, row.told) == (11, 5, QUIET)
    assert row.periods[-1] == Period(dt.date(2023, 5, 15), dt.date(2023, 6, 14))


def test_a_month_that_points_reach_only_in_part_is_left_out_and_named(store: Store) -> None:
    days = [f"2022-{number:02d}-{day}" for number in range(1, 13) for day in ("01", "15", "28")]
    days += [f"2023-0{number}-{day}" for number in (1, 2) for day in ("01", "15", "28")] + ["2023-03-10"]
    keep(store, place_points({"00001": days}))
    row = look_at(store, make_area(), dt.date(2023, 4, 1))
    assert row.counts[:2] == (3.0, 3.0)
    assert (math.isnan(row.counts[2]), row.n_missing, row.told) == (True, 1, QUIET)
    assert "Không tính vì số liệu chưa trọn tháng: tháng 03/2023." in row.notes


def test_a_ward_without_a_point_has_nothing_and_that_is_a_figure(store: Store) -> None:
    days = [
        f"{year}-{number:02d}-{day}" for year in (2022, 2023) for number in range(1, 13) for day in (3, 28)
    ]
    keep(store, place_points({"00002": days}))
    row = look_at(store, make_area())
    assert (row.counts, row.expected, row.told) == ((0.0,) * 12, 0.0, QUIET)


def connect(store: Store, first: int, second: int) -> None:
    store.keep_crosswalk(first, second, make_crosswalk())


def test_a_ward_that_was_merged_whole_is_watched_with_all_of_the_new_one(store: Store) -> None:
    old = keep(store, tabulate(dict.fromkeys(months("2022-01", 12), every(4, w2=2))))
    new = keep(store, tabulate(AFTER_MERGER, version=NEW_VERSION), wards=make_new_wards(), key="mau-moi")
    connect(store, old, new)
    row = look_at(store, make_area())
    assert (row.expected, row.counts, row.told) == (6.0, (6.0,) * 12, QUIET)
    assert (
        "Theo dõi trên P. Hòa Bình, địa bàn mới gồm trọn: P. Một, P. Hòa Bình; số vụ và mức để so đều tính "
        "cho cả địa bàn mới." in row.notes
    )
    assert row.name == "P. Một, Q. Đông"


def test_a_new_ward_takes_its_level_from_the_old_ones_that_it_is_made_of(store: Store) -> None:
    old = keep(store, tabulate(dict.fromkeys(months("2022-01", 12), every(4, w2=2))))
    new = keep(store, tabulate(AFTER_MERGER, version=NEW_VERSION), wards=make_new_wards(), key="mau-moi")
    connect(store, old, new)
    row = look_at(store, make_area(version=NEW_VERSION, ward_name="Phường Hòa Bình"))
    assert (row.expected, row.n_level_months, row.told) == (6.0, 12, QUIET)
    assert not any("Theo dõi trên" in note for note in row.notes)


@pytest.mark.parametrize("code", ["00005", "00004"])
def test_a_divided_ward_and_one_merged_with_a_part_of_it_are_not_guessed(store: Store, code: str) -> None:
    old = keep(store, tabulate(WORKED))
    new = keep(store, tabulate(AFTER_MERGER, version=NEW_VERSION), wards=make_new_wards(), key="mau-moi")
    connect(store, old, new)
    row = look_at(store, make_area(code))
    assert (row.state, row.told, row.alarm) == ("divided", DIVIDED, None)


def test_a_ward_keeps_its_own_boundaries_while_its_figures_are_there(store: Store) -> None:
    old = keep(store, tabulate(WORKED | dict.fromkeys(months("2023-01", 12), every(4))))
    new = keep(store, wards=make_new_wards(), key="mau-moi")
    connect(store, old, new)
    assert (look_at(store, make_area("00005")).told, look_at(store, make_area()).counts[0]) == (QUIET, 4.0)


def test_an_area_without_boundaries_is_told_and_kept_in_the_list(store: Store) -> None:
    keep(store, tabulate(WORKED))
    row = look_at(store, make_area(version="thanh-hoa-2023"))
    assert (row.told, row.periods) == (UNKNOWN, ())
    assert row.notes[0].startswith("Không tìm thấy ranh giới của địa bàn này trong kho.")


def test_an_area_that_names_its_boundaries_needs_no_search(store: Store) -> None:
    area_id = keep(store, tabulate(WORKED | dict.fromkeys(months("2023-01", 12), every(4))))
    keep(store, key="mau-2")
    assert look_at(store, make_area()).told == UNKNOWN
    assert look_at(store, make_area(area_id=area_id)).told == QUIET
    absent = look_at(store, make_area("99999", area_id=area_id))
    assert absent.notes[0].startswith("Không tìm thấy ranh giới của địa bàn này trong kho.")


def test_a_hamlet_is_told_to_have_the_figures_of_its_whole_ward(store: Store) -> None:
    keep(store, tabulate(WORKED | dict.fromkeys(months("2023-01", 12), every(4))))
    row = look_at(store, make_area(hamlet="Tổ 5"))
    assert row.name == "Tổ 5, P. Một, Q. Đông"
    assert "Số liệu là của cả P. Một, không riêng Tổ 5." in row.notes


def test_the_method_is_told_with_its_chance_and_seed(store: Store) -> None:
    notes = look(store, n=24).notes
    assert notes[0].endswith("chỉ văn bản của Ban Chỉ đạo mới kết luận địa bàn phức tạp trở lại.")
    assert (
        "nhiều nhất 5 % khả năng bị báo nhầm trong cả 24 tháng (mô phỏng 20.000 lần, hạt giống 138)"
        in (notes[1])
    )
    assert VERSION not in " ".join(notes)
