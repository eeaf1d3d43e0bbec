"""The page "Theo dõi, đánh giá" without a browser: what is known of each programme, and what is not."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planning.models import CrimeModel
from store.opening import open_store
from tests.studies.followed_city import FAILED, KEPT, WORK, begin
from tests.studies.watched_city import every, keep, months, tabulate


def show_follow_page(url: str, folder: str) -> None:
    """The page as a script of its own; it runs apart from this module."""
    from pathlib import Path

    from i18n.messages import load_words
    from store.opening import open_store
    from views import follow
    from views.context import Context

    store = open_store(url)
    areas = tuple(store.list_areas())
    follow.page(Context(store, load_words("vi"), Path(folder), True, store.revision(), areas))
    store.close()


def show(url: str, folder: Path, **chosen: str) -> AppTest:
    shown = AppTest.from_function(show_follow_page, args=(url, str(folder)))
    for name, value in chosen.items():
        shown.query_params[name] = value
    shown.run(timeout=120)
    assert not shown.exception
    return shown


def read(shown: AppTest) -> str:
    return "".join(element.proto.body for element in shown.get("html"))


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/kho.sqlite"


def test_a_store_without_a_programme_says_how_one_begins(url: str, tmp_path: Path) -> None:
    open_store(url).close()
    assert "Chưa có chương trình nào trong kho." in read(show(url, tmp_path))


def test_a_programme_is_shown_from_its_results_to_its_papers(url: str, tmp_path: Path) -> None:
    store = open_store(url)
    keep(store, tabulate(dict.fromkeys(months("2024-01", 18), every(4))))
    begin(store, [("00001", KEPT, {}), ("00002", FAILED, {}), ("00003", WORK, {})], n_selected=4)
    store.close()
    shown = show(url, tmp_path)
    told = read(shown)
    assert "1 đạt, 1 chưa đạt, <b>1 chưa có kết quả</b>; <b>1 địa bàn khác: chưa có thông tin</b>." in told
    assert "Chưa có thông tin ở mọi địa bàn: loại, lý do, đơn vị phụ trách, từ – đến, chỉ tiêu." in told
    assert "Theo dõi sau chuyển hóa" in told
    assert "Đây là dấu hiệu thống kê để kiểm tra thực tế, không phải kết luận" in told
    assert shown.query_params["chuong_trinh"] == "mau-2024"
    picker = next(box for box in shown.selectbox if box.label == "Xem một địa bàn")
    assert picker.options == [
        "Chọn địa bàn, hoặc bấm vào bản đồ",
        "1. P. Một, Q. Đông",
        "2. P. Hòa Bình, Q. Đông",
        "3. X. Tân Thới, Q. Đông",
    ]


def test_areas_without_kept_boundaries_get_a_calm_line_in_place_of_the_map(url: str, tmp_path: Path) -> None:
    store = open_store(url)
    begin(store, [("00001", WORK, {})])
    store.close()
    shown = show(url, tmp_path)
    assert "kho chưa có ranh giới của các địa bàn này (địa giới «mau-2022»)" in read(shown)
    assert [button.label for button in shown.get("download_button")] == [
        "Tải bảng chỉ tiêu (XLSX)",
        "Tải sổ chương trình (XLSX)",
    ]


def test_the_address_opens_the_programme_and_the_area_it_names(url: str, tmp_path: Path) -> None:
    store = open_store(url)
    keep(store)
    begin(store, [("00001", WORK, {})], key="cu", name="Kế hoạch cũ", year=2023)
    begin(store, [("00002", WORK, {})], key="moi", name="Kế hoạch mới", year=2024)
    (_, kept) = store.list_target_areas()
    store.close()
    assert "<h1>Kế hoạch mới</h1>" in read(show(url, tmp_path))
    assert "<h1>Kế hoạch cũ</h1>" in read(show(url, tmp_path, chuong_trinh="cu"))
    chosen = show(url, tmp_path, chuong_trinh="moi", dia_ban_ct=str(kept.id))
    assert 'class="db-chosen"' in read(chosen)
    elsewhere = show(url, tmp_path, chuong_trinh="cu", dia_ban_ct=str(kept.id))
    assert 'class="db-chosen"' not in read(elsewhere)
    assert "dia_ban_ct" not in elsewhere.query_params


def test_text_of_the_data_is_shown_as_text(url: str, tmp_path: Path) -> None:
    store = open_store(url)
    told = {"responsible": "<img src=x>", "ward_name": "Phường <b>Một</b>"}
    begin(store, [("00001", WORK, told)], name="<script>1</script>", note="<i>chú</i>")
    store.keep_model(CrimeModel("<u>Camera</u>", "province", "Thành phố Mẫu", note="<a>x</a>"))
    store.close()
    shown = read(show(url, tmp_path))
    for raw in ("<script>1", "<img src=x>", "<b>Một</b>", "<i>chú", "<u>Camera", "<a>x"):
        assert raw not in shown
    assert "&lt;script&gt;1&lt;/script&gt;" in shown
