"""The committee's catalogue and a list of models on the data page, in a real Chromium."""

import pytest
from playwright.sync_api import FilePayload, expect

from planning.catalogue import Named
from planning.catalogue_text import write_catalogue
from tests.browser.desk import PHONE, READY_MS, Desk
from tests.store.plans import make_catalogue

pytestmark = pytest.mark.browser

PLACE = "/du-lieu?muc=extras"
CATALOGUE, KEEP = "Danh mục mới", "Giữ danh mục này"
MODELS = "Bảng mô hình"


def make_toml(text: str) -> FilePayload:
    return FilePayload(name="danh_muc.toml", mimeType="application/toml", buffer=text.encode())


def test_a_changed_catalogue_is_shown_beside_the_one_in_force_and_kept_by_name(desk: Desk) -> None:
    desk.open(PLACE)
    desk.sees("Danh mục mẫu của chương trình chuyển hóa địa bàn: áp dụng từ 22/03/2021")
    with desk.page.expect_download(timeout=READY_MS) as download:
        desk.press("Tải danh mục (TOML)")
    text = download.value.path().read_text(encoding="utf-8")
    assert download.value.suggested_filename == "danh-muc-2021-03-22.toml"
    changed = text.replace("watch_months = 24", "watch_months = 18").replace("2021-03-22", "2023-01-01", 1)
    desk.hand_in(CATALOGUE, make_toml(changed))
    desk.sees("ở 2 điểm: 0 mục thêm, 0 mục bỏ, 2 chỗ đổi.")
    desk.sees("đổi Số tháng theo dõi")
    expect(desk.page.get_by_role("button", name=KEEP)).to_be_disabled()
    desk.page.get_by_role("textbox", name="Người nạp (chức danh hoặc đơn vị)").last.fill("Ban Chỉ đạo 138")
    desk.page.keyboard.press("Tab")
    desk.rest()
    desk.press(KEEP)
    desk.sees("Đã giữ danh mục «Danh mục mẫu của chương trình chuyển hóa địa bàn», áp dụng từ 01/01/2023.")
    kept = desk.store.list_catalogues()
    assert [(each.content.watch_months, each.by) for each in kept] == [(24, ""), (18, "Ban Chỉ đạo 138")]


def test_a_broken_catalogue_is_one_calm_line_and_markup_stays_text(desk: Desk) -> None:
    desk.page.set_viewport_size(PHONE)
    before = desk.store.revision()
    desk.open(PLACE)
    desk.hand_in(
        CATALOGUE, make_toml(write_catalogue(make_catalogue()).replace("weight = 60", "weight = -1"))
    )
    desk.sees("trọng số ở criteria[1].weight là -1.0")
    assert desk.page.get_by_role("button", name=KEEP).count() == 0
    desk.open(PLACE)
    named = make_catalogue(types=(Named("x", "<b>đậm</b>"),), name="<i>Danh mục</i>")
    desk.hand_in(CATALOGUE, make_toml(write_catalogue(named)))
    desk.sees("Đọc được danh mục «<i>Danh mục</i>»")
    assert not desk.overflows
    assert desk.store.revision() == before


def test_a_list_of_models_is_read_looked_at_and_kept(desk: Desk) -> None:
    n_before = len(desk.store.list_models())
    desk.open(PLACE)
    head = "Tên mô hình|Nơi|Thành viên|Nguồn|Kết quả|Số"
    rows = f"{head}\nĐội <b>xung kích</b>|Quận Mẫu|12|BC 1|Tuần tra|trên 30\n"
    desk.hand_in(MODELS, FilePayload(name="mo_hinh.csv", mimeType="text/csv", buffer=rows.encode()))
    desk.sees("Đọc được 1 mô hình: 1 mô hình mới, 0 mô hình có thay đổi.")
    desk.sees("Tuần tra: trên 30")
    desk.press("Giữ bảng mô hình này")
    desk.sees("Đã giữ 1 mô hình.")
    models = desk.store.list_models()
    assert len(models) == n_before + 1
    assert (models[-1].content.name, models[-1].content.n_members) == ("Đội <b>xung kích</b>", 12.0)
