"""The map of a programme: states as colours, the unknown as the unknown, and what has no outline."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import NoData
from geo.frames import STATUSES
from i18n.messages import load_words
from planning.programme import STATES, Step
from store.opening import open_store
from store.plan_records import KeptArea, KeptStep
from store.repository import Store
from studies.follow import Followed, Lights, follow
from studies.follow_map import AreaMap, draw_areas, pick_home
from studies.follow_rows import find_status, write_rows
from studies.holdings import load_holdings
from tests.mau import CODES
from tests.studies.followed_city import FAILED, KEPT, PAPER, TODAY, WELL, WORK, Way, begin, make_content, see
from tests.studies.test_follow import DAY
from tests.studies.watched_city import WRITTEN

VI = load_words("vi")
NO_LIGHTS = Lights({}, {})
PROPOSED: Way = WORK[:1]
LEFT: Way = (*KEPT, ("ra_khoi_dien", "2025-06-30", ""))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/kho.sqlite")
    yield opened
    opened.close()


def draw(store: Store, followed: Followed) -> AreaMap:
    home = pick_home(store, followed.areas)
    assert home is not None
    rows = write_rows(followed, NO_LIGHTS, VI)
    return draw_areas(store, followed, load_holdings(store, home), rows, VI)


def classes_of(drawn: AreaMap) -> dict[str, str]:
    shown = drawn.spec.choropleth
    return {code: shown.classes[place].key for code, place in zip(CODES, shown.ward_class, strict=True)}


def test_every_state_has_its_colour_and_a_whole_list_leaves_the_others_out_of_scope(store: Store) -> None:
    drawn = draw(store, see(store, ("00001", WELL, {}), ("00002", FAILED, {}), ("00005", KEPT, {})))
    assert classes_of(drawn) == {
        "00001": "tot", "00002": "chua_dat", "00003": "khong_thuoc_dien", "00004": "khong_thuoc_dien",
        "00005": "duy_tri", "00006": "khong_thuoc_dien",
    }  # fmt: skip
    (outline,) = drawn.spec.outlines
    assert (outline.ward_codes, outline.numbers) == (("00001", "00002", "00005"), (1, 2, 3))
    assert drawn.notes == ()
    assert drawn.spec.subtitle == "Thành phố Mẫu, tình trạng đến ngày 01/07/2025"
    assert drawn.spec.source.startswith("Quyết định 12/QĐ. Tình trạng ghi theo văn bản")


def test_wards_off_an_incomplete_list_are_unknown_not_out_of_scope(store: Store) -> None:
    drawn = draw(store, see(store, ("00001", WORK, {}), n_selected=3))
    assert set(list(classes_of(drawn).values())[1:]) == {"no_data"}
    assert drawn.notes == (
        "Các xã, phường không có trong danh sách để «chưa có thông tin»: 2 địa bàn được lựa chọn chưa biết "
        "tên.",
    )


def test_how_many_were_selected_is_unknown_then_so_are_the_other_wards(store: Store) -> None:
    drawn = draw(store, see(store, ("00001", WORK, {}), n_selected=None))
    assert classes_of(drawn)["00002"] == "no_data"


def test_a_hamlet_does_not_colour_its_ward_and_is_named(store: Store) -> None:
    drawn = draw(store, see(store, ("00001", WORK, {}), ("00003", WORK, {"hamlet": "Ấp 1"})))
    assert classes_of(drawn)["00003"] == "no_data"
    assert drawn.area_of.keys() == {"00001"}
    assert drawn.notes == ("Chỉ một phần của xã, phường nên không tô màu: Ấp 1, X. Tân Thới, Q. Đông.",)


def test_an_area_that_left_and_one_that_is_proposed_are_out_of_scope_and_named(store: Store) -> None:
    drawn = draw(store, see(store, ("00001", WORK, {}), ("00002", LEFT, {}), ("00003", PROPOSED, {})))
    assert classes_of(drawn)["00002"] == classes_of(drawn)["00003"] == "khong_thuoc_dien"
    assert drawn.notes == (
        "Mới được đề xuất, chưa thuộc diện: X. Tân Thới, Q. Đông.",
        "Đã đưa ra khỏi diện: P. Hòa Bình, Q. Đông.",
    )


def test_areas_of_other_boundaries_are_named_beside_the_map(store: Store) -> None:
    drawn = draw(store, see(store, ("00001", WORK, {}), ("00002", WORK, {"version": "mau-1990"})))
    assert classes_of(drawn)["00002"] == classes_of(drawn)["00006"] == "no_data"
    assert drawn.notes == ("Không có trên bản đồ này vì kho chưa có ranh giới: P. Hòa Bình, Q. Đông.",)


def test_without_boundaries_there_is_no_home(store: Store) -> None:
    kept = begin(store, [("00001", WORK, {"version": "mau-1990"})])
    assert pick_home(store, follow(store, kept, TODAY).areas) is None


def test_areas_without_a_step_on_an_incomplete_list_give_no_map(store: Store) -> None:
    followed = see(store, ("00001", (), {}), n_selected=2)
    with pytest.raises(NoData):
        draw(store, followed)


def test_the_table_says_what_is_not_known(store: Store) -> None:
    drawn = draw(store, see(store, ("00001", WELL, {"responsible": "Công an phường"})))
    expected = pd.DataFrame(
        {
            "TT": ["1"], "Địa bàn": ["P. Một"], "Quận, huyện": ["Q. Đông"], "Loại": ["chưa có thông tin"],
            "Lý do": ["chưa có thông tin"], "Đơn vị phụ trách": ["Công an phường"],
            "Từ – đến": ["chưa có thông tin"], "Tình trạng": ["chuyển hóa thành công"],
            "Từ ngày": ["từ 31/12/2024"], "Kết luận của Ban Chỉ đạo": ["Tốt"],
            "Chỉ tiêu": ["chưa có thông tin"],
            "Việc kế tiếp": ["Sơ kết: hạn 01/08/2024, trễ 334 ngày"],
        }
    )  # fmt: skip
    pd.testing.assert_frame_equal(drawn.table, expected)


def test_the_nine_areas_of_can_tho_lie_on_their_own_boundaries(example: Store) -> None:
    kept = example.find_programme("can-tho-2022")
    assert kept is not None
    drawn = draw_example(example, follow(example, kept, DAY))
    counts = {entry.key: entry.count for entry in drawn.spec.choropleth.classes if entry.count}
    assert counts == {"dang_chuyen_hoa": 9, "khong_thuoc_dien": 74}
    assert len(drawn.area_of) == 9
    assert drawn.spec.note == "RANH GIỚI SƠ ĐỒ, không có giá trị pháp lý"


def draw_example(example: Store, followed: Followed) -> AreaMap:
    home = pick_home(example, followed.areas)
    assert home is not None
    rows = write_rows(followed, NO_LIGHTS, VI)
    return draw_areas(example, followed, load_holdings(example, home), rows, VI)


@given(st.sampled_from(STATES), st.sampled_from(["", "tot", "kha"]))
def test_every_state_reads_as_a_status_of_the_map(state: Any, grade: str) -> None:
    step = KeptStep(Step(state, TODAY, PAPER, "Thường trực", grade), WRITTEN, "")
    kept = KeptArea(1, 1, 1, make_content("00001"), (step,), WRITTEN, "")
    assert find_status(kept) in STATUSES
    assert (find_status(kept) == "tot") == ((state, grade) == ("chuyen_hoa_thanh_cong", "tot"))
