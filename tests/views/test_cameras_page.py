"""The camera page without a browser: what it says of what is missing, and what a shared address shows."""

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.cover.zones import camera_zones
from geo.frames import Joined
from store.opening import open_store
from tests.mau import make_wards
from tests.studies.camera_city import EYES, INCIDENTS, make_counts, make_eyes

SHARED = "chỉ mở trên máy trực tiếp chạy chương trình"
WARNING = "Độ phủ camera không phải kết quả phòng ngừa"
LAYERS = ["Vụ việc và mật độ camera", "Mật độ", "Camera/1.000 dân", "Đang hoạt động, %",
          "Trong vùng quan sát", "Diện tích quan sát", "Quan sát bởi từ hai camera"]  # fmt: skip


def show_camera_page(url: str, is_local: bool) -> None:
    """The page as a script of its own, its map told in one line; it runs apart from this module."""
    from pathlib import Path
    from unittest import mock

    import streamlit as st

    from i18n.messages import load_words
    from layers.spec import MapSpec
    from store.opening import open_store
    from views import cameras
    from views.context import Context

    def say(spec: MapSpec, *told: object) -> None:
        st.text(f"{spec.key} {sum(len(markers.places) for markers in spec.markers)}")

    store = open_store(url)
    areas = tuple(store.list_areas())
    with mock.patch("views.map_sheet.show_map", say):
        cameras.page(Context(store, load_words("vi"), Path(), is_local, store.revision(), areas))
    store.close()


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """What is remembered is kept by a store's revision; these tests have many stores."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def run(folder: Path, *facts: Joined, is_local: bool = True, **told: str) -> AppTest:
    """The page on a store of Thành phố Mẫu with these files."""
    url = f"sqlite:///{folder}/kho.sqlite"
    store = open_store(url)
    area_id = store.keep_boundaries(make_wards(), key="mau", title="Thành phố Mẫu")
    for place, fact in enumerate(facts):
        store.keep(area_id, fact, file_name=f"{place}.csv", sha256=f"{place}", findings=(), replace=False)
    store.close()
    shown = AppTest.from_function(show_camera_page, args=(url, is_local))
    for name, value in told.items():
        shown.query_params[name] = value
    shown.run(timeout=120)
    assert not shown.exception
    return shown


def words_of(shown: AppTest) -> str:
    return "".join(element.proto.body for element in shown.get("html"))


def test_a_shared_address_shows_counts_and_no_place_even_where_the_link_asks_for_them(tmp_path: Path) -> None:
    shown = run(tmp_path, INCIDENTS, EYES, is_local=False, noi_bo="sites")
    assert shown.text[0].value == "incidents_and_cameras 0"
    said = words_of(shown)
    assert SHARED in said
    assert WARNING in said
    assert "Vị trí đề xuất" not in said
    assert "Khoảng trống" not in said
    assert "Hiện trên bản đồ" not in [group.label for group in shown.get("button_group")]


def test_gaps_stand_on_the_map_and_in_the_list_and_all_incidents_are_accounted_for(tmp_path: Path) -> None:
    shown = run(tmp_path, INCIDENTS, EYES, noi_bo="gaps")
    assert shown.text[0].value == f"inside_gap {5 + 3 + 1}"
    said = words_of(shown)
    assert "8 vụ có vị trí = 3 trong vùng quan sát + 3 trong 1 khoảng trống + 2 lẻ." in said
    assert "P. Hòa Bình, Q. Đông" in said
    assert SHARED not in said


def test_proposals_follow_the_number_and_the_wards_asked_for(tmp_path: Path) -> None:
    shown = run(tmp_path, INCIDENTS, EYES, noi_bo="sites", so_camera="2")
    assert shown.text[0].value == f"inside_site {5 + 3 + 2}"
    assert "2 vị trí thêm <b>3 vụ</b> vào vùng quan sát" in words_of(shown)
    shown.multiselect[0].select("00005").run(timeout=120)
    assert not shown.exception
    assert "1 vị trí thêm <b>1 vụ</b> vào vùng quan sát, trong 1 vụ ngoài vùng" in words_of(shown)


def test_layers_are_those_that_have_a_value(tmp_path: Path) -> None:
    shown = run(tmp_path, INCIDENTS, EYES)
    boxes = {box.label: box.options for box in shown.selectbox}
    assert boxes["Lớp bản đồ"] == LAYERS
    assert boxes["Bán kính quan sát"] == ["25 m", "50 m", "100 m"]


@pytest.mark.parametrize("layer", ["gaps", "sites"])
@pytest.mark.parametrize(
    ("cameras", "words"),
    [
        (make_counts("cameras", 1, 2, 3), "Hãy dùng tệp điểm camera."),
        (make_eyes("", "", "", ""), "Hãy bổ sung cột tình trạng ở trang Dữ liệu."),
    ],
)
def test_what_is_missing_is_said_once_and_the_rest_of_the_page_stands(
    tmp_path: Path, cameras: Joined, words: str, layer: str
) -> None:
    shown = run(tmp_path, INCIDENTS, cameras, noi_bo=layer)
    said = words_of(shown)
    assert said.count(words) == 1
    assert "Ba bước: lắp đặt, hoạt động, khai thác được" in said
    assert shown.text[0].value == "incidents_and_cameras 0"


def test_a_second_look_works_no_zone_out_anew(tmp_path: Path) -> None:
    shown = run(tmp_path, INCIDENTS, EYES, noi_bo="gaps")
    with mock.patch("studies.cameras.camera_zones", wraps=camera_zones) as zones:
        shown.run(timeout=120)
        assert zones.call_count == 0
        radius = next(box for box in shown.selectbox if box.label == "Bán kính quan sát")
        radius.select("25").run(timeout=120)
        assert zones.call_count == 1
    assert not shown.exception


def test_a_list_is_waited_for_and_nothing_is_proposed_meanwhile(tmp_path: Path) -> None:
    shown = run(tmp_path, INCIDENTS, EYES, noi_bo="sites", noi_dat="list")
    assert len(shown.get("file_uploader")) == 1
    assert shown.text[0].value == "incidents_and_cameras 0"
    assert "Cộng dồn" not in words_of(shown)


def test_without_cameras_the_page_says_where_to_add_them(tmp_path: Path) -> None:
    shown = run(tmp_path, INCIDENTS)
    said = words_of(shown)
    assert "Chưa có số liệu camera cho bộ ranh giới này. Thêm ở trang Dữ liệu." in said
    assert WARNING in said
    assert not shown.text
