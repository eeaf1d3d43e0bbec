"""One programme as it stands: results, what is due, later steps elsewhere, and what is not known."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.messages import load_words
from planning.catalogue import Due
from planning.papers import Figure
from planning.programme import Meeting
from planning.targets import Light
from store.opening import open_store
from store.repository import Store
from studies.follow import Elsewhere, Followed, Lights, follow, list_newest
from studies.follow_dues import list_dues, write_distance
from studies.follow_rows import find_silent, write_rows
from studies.follow_tiles import make_tiles
from studies.follow_words import name_programme, write_facts, write_headline, write_subtitle
from tests.mau_2025 import NEW_VERSION, make_crosswalk, make_new_wards
from tests.store.plans import make_catalogue
from tests.studies.followed_city import FAILED, KEPT, TODAY, WELL, WORK, Way, begin, see

VI = load_words("vi")
NO_LIGHTS = Lights({}, {})
DAY = dt.date(2026, 11, 22)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/kho.sqlite")
    yield opened
    opened.close()


def reported(example: Store, key: str) -> Followed:
    kept = example.find_programme(key)
    assert kept is not None
    return follow(example, kept, DAY)


def headline(followed: Followed, watched: tuple[int, int] = (0, 0)) -> list[str]:
    return [sentence.text for sentence in write_headline(followed, watched, VI)]


def tiles(followed: Followed, lights: Lights = NO_LIGHTS) -> list[tuple[str, str, str]]:
    return [(tile.value, tile.beside, tile.sentence) for tile in make_tiles(followed, lights, VI)]


def test_nine_areas_without_a_result_have_not_failed(example: Store) -> None:
    followed = reported(example, "can-tho-2022")
    assert headline(followed)[0] == (
        "Năm 2022: **9 địa bàn** được lựa chọn; 0 đạt, 0 chưa đạt, **9 chưa có kết quả**."
    )
    assert tiles(followed)[:3] == [
        ("9", "địa bàn", "Tất cả đã có tên trong danh sách."),
        ("9", "đang chuyển hóa", "Theo các bước đã ghi đến ngày 22/11/2026."),
        ("chưa có", "", "Chỉ văn bản của Ban Chỉ đạo ghi kết quả."),
    ]


def test_the_eighty_four_unnamed_areas_are_told_as_unknown(example: Store) -> None:
    followed = reported(example, "thanh-hoa-2023")
    assert headline(followed)[0] == (
        "Năm 2023: **88 địa bàn** được lựa chọn; báo nêu **4 địa bàn đạt sớm**, chưa có văn bản công nhận; "
        "**84 địa bàn khác: chưa có thông tin**."
    )
    assert tiles(followed)[:2] == [
        ("88", "4 đã có tên", "84 địa bàn khác: chưa có tên trong nguồn."),
        ("4", "đang chuyển hóa", "84 địa bàn khác: chưa có thông tin"),
    ]
    assert write_subtitle(followed, VI) == (
        "Tỉnh Thanh Hóa; cấp tỉnh, thành phố; diện trọng điểm, phức tạp về an ninh, trật tự; "
        "Kế hoạch tăng cường Công an xã số 156 của Công an tỉnh Thanh Hóa"
    )
    assert ("Hội nghị", "sơ kết, ngày họp: chưa có thông tin, trực tuyến tới các huyện, thị xã, thành phố; "
            "báo ngày 19/5/2023 không nêu ngày họp") in write_facts(followed, VI)  # fmt: skip


def test_results_reported_without_names_are_told_as_reported(example: Store) -> None:
    followed = reported(example, "can-tho-2021")
    assert headline(followed) == [
        "Năm 2021: báo nêu **9 địa bàn** chuyển hóa thành công, trong đó **6** chuyển hóa tốt; tên các địa "
        "bàn và số địa bàn được lựa chọn: **chưa có thông tin**."
    ]
    assert [value for value, _, _ in tiles(followed)] == [
        "chưa có thông tin", "chưa có thông tin", "9", "không nêu", "chưa có thông tin",
    ]  # fmt: skip


def test_a_source_that_names_no_area_says_so(example: Store) -> None:
    followed = reported(example, "ben-cat-2022")
    assert headline(followed) == [
        "Năm 2022: nguồn **không nêu địa bàn chuyển hóa nào**; các số liệu dưới đây là của cả Thị xã Bến "
        "Cát, Tỉnh Bình Dương."
    ]


def test_programmes_stand_newest_year_first(example: Store) -> None:
    keys = [kept.content.key for kept in list_newest(example)]
    assert keys == ["ngoc-lac-2024", "thanh-hoa-2023", "can-tho-2022", "ben-cat-2022", "can-tho-2021"]
    assert name_programme(list_newest(example)[1], VI) == (
        "2023 – Tỉnh Thanh Hóa – Chuyển hóa xã, phường, thị trấn trọng điểm, phức tạp về an ninh, trật tự "
        "(ANTT)"
    )


def test_a_made_up_programme_is_marked_in_the_list(store: Store) -> None:
    kept = begin(store, illustrative=True)
    assert name_programme(kept, VI).startswith("[DỮ LIỆU MINH HỌA] 2024 – Thành phố Mẫu")


def test_only_papers_judge_and_grades_are_counted_by_name(store: Store) -> None:
    followed = see(store, ("00001", KEPT, {}), ("00002", FAILED, {}), ("00003", WORK, {}), n_selected=5)
    results = followed.results
    assert (results.n_passed, results.n_failed, results.n_open, results.n_unnamed) == (1, 1, 1, 2)
    assert headline(followed)[0] == (
        "Năm 2024: **5 địa bàn** được lựa chọn; 1 đạt, 1 chưa đạt, **1 chưa có kết quả**; "
        "**2 địa bàn khác: chưa có thông tin**."
    )
    assert tiles(followed)[2] == ("1", "đạt / 2 đã kết luận", "1 Tốt; 1 Chưa đạt; 3 chưa có kết quả")
    assert tiles(followed)[1][:2] == ("1", "duy trì sau chuyển hóa")


def test_an_area_that_is_worked_on_again_keeps_the_result_it_was_given(store: Store) -> None:
    again = (*FAILED, ("dang_chuyen_hoa", "2025-02-01", ""))
    followed = see(store, ("00002", again, {}))
    assert (followed.results.n_failed, followed.results.n_open) == (1, 0)


def test_a_row_says_state_day_grade_and_what_comes_next(store: Store) -> None:
    told = {"types": ("1",), "reasons": ("trom", "bến xe"), "responsible": "Công an phường",
            "start": dt.date(2024, 2, 1), "end": dt.date(2025, 1, 31)}  # fmt: skip
    followed = see(store, ("00001", KEPT, told), ("00003", WORK, {}), today=dt.date(2024, 8, 13))
    lights: dict[Light, int] = {"met": 2, "not_met": 1}
    first, second = write_rows(followed, Lights(lights, {followed.areas[0].id: lights}), VI)
    assert (first.number, first.name, first.parent, first.state) == (
        "1", "P. Một", "Q. Đông", "duy trì sau chuyển hóa",
    )  # fmt: skip
    assert (first.types, first.reasons, first.responsible) == ("Loại 1", "Trộm cắp; bến xe", "Công an phường")
    assert (first.days, first.since, first.grade) == ("01/02/2024 – 31/01/2025", "từ 01/01/2025", "Tốt")
    assert first.targets == "2/3 đạt; 1 chưa đạt"
    assert (second.status, second.state, second.grade) == ("dang_chuyen_hoa", "đang chuyển hóa", "")
    assert second.next_due == "Sơ kết: hạn 01/08/2024, trễ 12 ngày"
    assert (second.types, second.days, second.targets) == ("", "", "")
    assert find_silent([first, second]) == []
    assert find_silent([second]) == ["types", "reasons", "responsible", "days", "targets"]


def test_targets_without_any_evidence_are_not_told_as_missed(store: Store) -> None:
    followed = see(store, ("00001", WORK, {}))
    unknown: dict[Light, int] = {"unknown": 12}
    lights = Lights(unknown, {followed.areas[0].id: unknown})
    (row,) = write_rows(followed, lights, VI)
    assert row.targets == "chưa chỉ tiêu nào trong 12 đủ căn cứ để xét"
    assert tiles(followed, lights)[3][0] == "chưa đủ căn cứ"


def test_work_is_told_late_first_with_its_days_and_areas(store: Store) -> None:
    review = Due("tong_ket", "Tổng kết", "start", 12)
    store.keep_catalogue(make_catalogue(day="2023-01-01", dues=(*make_catalogue().dues, review)))
    held = (Meeting("so_ket", dt.date(2024, 7, 20)),)
    followed = see(
        store, ("00001", WORK, {}), ("00003", WORK, {}), ("00005", WORK, {"meetings": held}),
        today=dt.date(2024, 8, 13),
    )  # fmt: skip
    shown, folded = list_dues(followed, VI)
    assert [(row.state, row.name, row.on, row.told, row.areas) for row in shown] == [
        ("late", "Sơ kết", "01/08/2024", "trễ 12 ngày", "P. Một, Q. Đông; X. Tân Thới, Q. Đông"),
    ]
    assert [(row.state, row.name, row.told, row.areas) for row in folded] == [
        ("later", "Tổng kết", "còn 172 ngày", "cả 3 địa bàn"),
        ("done", "Sơ kết", "đã xong ngày 20/07/2024", "P. Phường 5, H. Tây"),
    ]
    assert headline(followed)[1] == (
        "**2 việc quá hạn** ở 2 địa bàn, nghĩa là kho chưa ghi nhận đã làm; 0 việc đến hạn trong 30 ngày tới."
    )
    assert tiles(followed)[4] == ("2", "việc", "Lâu nhất: Sơ kết, P. Một, Q. Đông: trễ 12 ngày.")


def test_work_of_an_area_without_days_has_no_day(example: Store) -> None:
    followed = reported(example, "ngoc-lac-2024")
    shown, folded = list_dues(followed, VI)
    assert [(row.name, row.on, row.told) for row in shown] == [
        ("Kế hoạch riêng của xã, phường", "chưa rõ hạn", ""),
        ("Rà soát sau 3 tháng", "chưa rõ hạn", ""),
        ("Sơ kết 6 tháng", "chưa rõ hạn", ""),
        ("Rà soát sau 9 tháng", "chưa rõ hạn", ""),
        ("Tổng kết, thẩm định sau 12 tháng", "chưa rõ hạn", ""),
    ]
    assert folded == []
    assert headline(followed)[1].endswith("15 việc chưa rõ hạn.")


def test_signs_after_transformation_are_a_sentence_of_their_own(store: Store) -> None:
    followed = see(store, ("00001", KEPT, {}))
    assert headline(followed, (1, 4))[2] == (
        "**1 trong 4 địa bàn** đang theo dõi sau chuyển hóa có dấu hiệu phức tạp trở lại."
    )


CHOSEN_AGAIN: Way = (("de_xuat", "2025-03-01", ""), ("duoc_lua_chon", "2025-03-10", ""))


def elsewhere_of(store: Store, way: Way = CHOSEN_AGAIN, **changes: Any) -> Elsewhere | None:
    """What is told of ward 00001 of a programme of 2024, with another programme of 2025 on it."""
    followed = see(store, ("00001", WELL, {}))
    told: dict[str, Any] = {"key": "mau-2025", "name": "Chuyển hóa năm 2025", "year": 2025}
    begin(store, [("00001", way, {})], **(told | changes))
    found = follow(store, followed.kept, TODAY)
    return found.elsewhere.get(found.areas[0].id)


def test_a_later_step_on_the_same_register_is_told_with_its_programme(store: Store) -> None:
    found = elsewhere_of(store)
    assert found is not None
    assert (found.programme.key, found.state, found.on) == ("mau-2025", "duoc_lua_chon", dt.date(2025, 3, 10))
    kept = store.find_programme("mau-2024")
    assert kept is not None
    (row,) = write_rows(follow(store, kept, TODAY), NO_LIGHTS, VI)
    assert row.beside == (
        "Cùng diện này, theo chương trình «Chuyển hóa năm 2025»: được lựa chọn từ 10/03/2025."
    )


def test_another_register_says_nothing_of_this_one(store: Store) -> None:
    assert elsewhere_of(store, register="MA_TUY") is None


def test_a_made_up_programme_says_nothing_of_a_real_one(store: Store) -> None:
    assert elsewhere_of(store, illustrative=True) is None


def test_an_earlier_step_elsewhere_says_nothing(store: Store) -> None:
    assert elsewhere_of(store, way=(("de_xuat", "2024-06-01", ""),)) is None


def test_the_later_step_is_found_through_changed_boundaries(store: Store) -> None:
    followed = see(store, ("00001", WELL, {}))
    old = store.list_areas()[0].id
    new = store.keep_boundaries(make_new_wards(), key="mau-2025", title="Thành phố Mẫu")
    store.keep_crosswalk(old, new, make_crosswalk())
    way: Way = (("de_xuat", "2025-03-01", ""),)
    begin(store, [("00001", way, {"version": NEW_VERSION})], key="mau-2025", name="Năm 2025", year=2025)
    found = follow(store, followed.kept, TODAY)
    (row,) = write_rows(found, NO_LIGHTS, VI)
    assert found.elsewhere[found.areas[0].id].ground == "larger"
    assert row.beside.startswith("Cùng diện này, P. Một, Q. Đông (có phần chung với địa bàn này)")


@given(st.integers(min_value=-400, max_value=4000))
def test_a_distance_names_one_side_only(n_days: int) -> None:
    told = write_distance(TODAY - dt.timedelta(days=n_days), TODAY, VI)
    assert told.startswith("trễ" if n_days > 0 else "còn" if n_days < 0 else "hạn hôm nay")


def test_a_figure_in_words_stays_in_words(store: Store) -> None:
    figures = (Figure("transformed", "Địa bàn đạt", None, "địa bàn", "text", "hầu hết các"),)
    kept = begin(store, figures=figures)
    followed = follow(store, replace(kept), TODAY)
    assert headline(followed)[0].startswith(
        "Năm 2024: báo nêu **hầu hết các địa bàn** chuyển hóa thành công;"
    )
