"""From the long list to an approved decision and its annex, in a real Chromium on a fresh example."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, PageLog, Serve
from tests.browser.desk import PHONE, READY_MS, Desk, open_desk
from tests.browser.planner import ANNEX, APPROVE, AREAS, COMPARE, COPY, LOCK, SAVE, UNLOCK, Planner

pytestmark = pytest.mark.browser

AN_BINH = "P. An Bình, Q. Ninh Kiều"
RULES_SHEET, LIST_SHEET = "3 Quy tắc và ngoại lệ", "1 Danh sách đề xuất"
REASON = "kiến nghị của cử tri"


@pytest.fixture
def planner(desk: Desk) -> Planner:
    return Planner(desk)


def test_nine_areas_are_proposed_one_in_each_district(planner: Planner) -> None:
    planner.open()
    cells = planner.cells
    assert len({district for _, district in cells}) == 9
    assert planner.desk.tiles == [
        "Số địa bàn đề xuất",
        "So với danh sách 2022",
        "Phủ số vụ của 9 địa bàn",
        "Lựa chọn dễ thay đổi",
    ]
    planner.desk.see_map("s.wards === 83 && s.key === 'priority_score'")
    expect(planner.page.locator(".st-key-db-curve svg").first).to_be_visible(timeout=READY_MS)
    expect(planner.page.locator(".st-key-db-why")).to_contain_text("Ban Chỉ đạo quyết định")
    assert planner.desk.troubles == []
    assert planner.desk.name_unlabelled() == []
    assert "điểm nóng" not in planner.page.locator("body").inner_text().lower()


def test_a_weight_moved_with_the_keyboard_changes_the_list(planner: Planner) -> None:
    planner.open()
    before = planner.cells
    planner.slide("Số vụ trên 10.000 dân", "End")
    expect(planner.page.locator(".st-key-db-panel")).to_contain_text(
        "số vụ trên 10.000 dân 56", timeout=READY_MS
    )
    planner.desk.rest()
    assert planner.cells != before
    assert len({district for _, district in planner.cells}) == 9


def test_the_number_of_areas_moves_table_and_curve(planner: Planner) -> None:
    planner.open()
    planner.slide(AREAS, "ArrowRight", 3)
    planner.see_chosen(12)
    expect(planner.page.locator(".st-key-db-curve h3")).to_have_text("Ngưỡng chọn: 12 địa bàn phủ bao nhiêu?")
    assert planner.page.locator(".db-tile .db-value").first.inner_text().startswith("12")


def test_rules_that_clash_are_named_and_the_page_goes_on(planner: Planner) -> None:
    planner.open()
    planner.slide(AREAS, "ArrowLeft")
    told = planner.page.get_by_role("alert")
    expect(told).to_contain_text("Không có phương án nào thỏa cùng lúc", timeout=READY_MS)
    expect(told).to_contain_text("chỉ tiêu 8 địa bàn")
    expect(told).to_contain_text("mỗi quận, huyện ít nhất 1")
    expect(planner.page.get_by_role("combobox", name="Phương án", exact=True)).to_be_visible()
    planner.page.get_by_text("Mỗi quận, huyện ít nhất một địa bàn", exact=True).click()
    planner.see_chosen(8)
    assert planner.desk.troubles == []


def test_one_district_has_its_own_bound_beside_that_of_each(planner: Planner) -> None:
    planner.open()
    planner.unfold("Ràng buộc theo nhóm")
    planner.add("Quận, huyện", "Quận Ninh Kiều", "Ninh")
    planner.desk.write("Quận Ninh Kiều, ít nhất", "2")
    told = planner.page.get_by_role("alert")
    expect(told).to_contain_text("Quận Ninh Kiều (quận, huyện): ít nhất 2", timeout=READY_MS)
    planner.slide(AREAS, "ArrowRight")
    planner.see_chosen(10)
    districts = [district for _, district in planner.cells]
    assert (districts.count("Q. Ninh Kiều"), len(set(districts))) == (2, 9)


def test_an_exception_counts_once_its_reason_is_written_and_is_printed(planner: Planner) -> None:
    planner.open()
    assert ["P. An Bình", "Q. Ninh Kiều"] not in planner.cells
    planner.unfold("Ngoại lệ có lý do")
    planner.put_in(AN_BINH)
    planner.desk.sees(f"{AN_BINH}: chưa ghi lý do nên chưa áp dụng.")
    assert ["P. An Bình", "Q. Ninh Kiều"] not in planner.cells
    planner.desk.write(f"Lý do, {AN_BINH}", REASON)
    expect(planner.chosen.filter(has_text="P. An Bình")).to_have_count(1, timeout=READY_MS)
    sheets = planner.download_annex()
    row = next(row for row in sheets[RULES_SHEET] if REASON in row)
    assert row[:3] == ("31150", "P. An Bình", "Q. Ninh Kiều")
    assert any(REASON in str(cell) for row in sheets[LIST_SHEET] for cell in row if row[1] == "31150")


def test_a_ward_clicked_on_the_map_is_marked_in_the_table_and_told_why(planner: Planner) -> None:
    planner.open()
    planner.desk.see_map("s.wards === 83")
    planner.desk.click_ward("31159")
    marked = planner.page.locator('.db-shortlist tr[aria-selected="true"]')
    expect(marked).to_contain_text("P. Thới An", timeout=READY_MS)
    expect(planner.page.locator(".st-key-db-why h3")).to_have_text("Vì sao địa bàn này? Phường Thới An")
    expect(planner.page.locator(".st-key-db-why code")).to_contain_text("Phường Thới An, Quận Ô Môn")


def test_ways_of_choosing_are_saved_copied_locked_and_compared(planner: Planner) -> None:
    planner.open()
    planner.slide(AREAS, "ArrowRight", 2)
    planner.see_chosen(11)
    planner.save("Mười một", "Tổ 1")
    planner.desk.sees("Đã lưu: «Mười một», lần ghi 1.")
    with planner.popover(COPY) as window:
        expect(window.get_by_label("Tên phương án", exact=True)).to_have_value("Mười một (bản chép)")
        planner.fill(window, "Tên phương án", "Chỉ số vụ")
        window.get_by_role("button", name="Tạo bản chép", exact=True).click()
    planner.desk.sees("Đã lưu: «Chỉ số vụ», lần ghi 1.")
    planner.slide("Lặp lại nhiều kỳ", "Home")
    planner.desk.sees("Đang khác bản đã lưu của «Chỉ số vụ».")
    expect(planner.row.get_by_role("button", name=LOCK, exact=True)).to_be_disabled()
    planner.save("Chỉ số vụ", "Tổ 1")
    planner.desk.sees("Đã lưu: «Chỉ số vụ», lần ghi 2.")
    planner.row.get_by_role("button", name=LOCK, exact=True).click()
    expect(planner.slider(AREAS)).to_be_disabled(timeout=READY_MS)
    expect(planner.row.get_by_role("button", name=SAVE).first).to_be_disabled()
    expect(planner.row.get_by_role("button", name=UNLOCK, exact=True)).to_be_visible()
    with planner.popover(COMPARE) as window:
        table = window.locator("table")
        expect(table).to_contain_text("Mười một", timeout=READY_MS)
        weights = table.locator("tr").filter(has_text="Trọng số: Lặp lại nhiều kỳ").locator("td")
        assert weights.all_inner_texts()[1:3] == ["20", "0"]
    planner.pick("Mười một")
    expect(planner.slider(AREAS)).to_be_enabled(timeout=READY_MS)
    expect(planner.slider("Lặp lại nhiều kỳ")).to_have_value("20")
    assert planner.desk.troubles == []


def test_the_second_of_two_people_is_told_who_was_first_and_sees_both(
    chromium: Browser,
    address: str,
    database: str,
    page_log: Callable[[Page], PageLog],
    planner: Planner,
) -> None:
    planner.open()
    planner.save("Hai người", "Tổ 1")
    planner.desk.sees("Đã lưu: «Hai người», lần ghi 1.")
    with open_desk(chromium, address, database, page_log) as other:
        second = Planner(other)
        second.open()
        second.pick("Hai người")
        second.slide(AREAS, "ArrowRight")
        second.see_chosen(10)
        planner.slide(AREAS, "ArrowRight", 2)
        planner.see_chosen(11)
        planner.save("Hai người", "Tổ 1")
        planner.desk.sees("lần ghi 2.")
        second.save("Hai người", "Tổ 2")
        box = other.page.locator(".st-key-db-conflict")
        expect(box.get_by_role("alert")).to_contain_text("Tổ 1 đã lưu một bản khác", timeout=READY_MS)
        areas = box.locator("tr").filter(has_text="Số địa bàn").locator("td")
        assert areas.all_inner_texts() == ["Số địa bàn", "10", "11"]
        expect(second.chosen).to_have_count(10)
        box.get_by_role("button", name="Lưu bản của bạn thành phương án mới", exact=True).click()
        other.sees("Đã lưu: «Hai người (bản của tôi)», lần ghi 1.")
        expect(box).to_have_count(0)
    kept = {each.content.name: each for each in planner.desk.store.list_scenarios()}
    assert (kept["Hai người"].content.n, kept["Hai người"].revision, kept["Hai người"].by) == (11, 2, "Tổ 1")
    assert (kept["Hai người (bản của tôi)"].content.n, kept["Hai người (bản của tôi)"].by) == (10, "Tổ 2")


def test_an_approval_freezes_the_list_names_its_paper_and_opens_the_programme(planner: Planner) -> None:
    planner.open()
    planner.save("Trình Ban Chỉ đạo", "Tổ tham mưu")
    planner.desk.sees("Đã lưu: «Trình Ban Chỉ đạo», lần ghi 1.")
    names = [name for name, _ in planner.cells]
    planner.approve("12/QĐ-BCĐ138", "15/02/2023", key="can-tho-2023", by="Tổ tham mưu")
    planner.desk.sees("Đã phê duyệt theo 12/QĐ-BCĐ138, ngày 15/02/2023.")
    expect(planner.slider(AREAS)).to_be_disabled(timeout=READY_MS)
    assert [name for name, _ in planner.cells] == names
    texts = [str(cell) for row in planner.download_annex()[LIST_SHEET] for cell in row]
    assert any("12/QĐ-BCĐ138" in text and "15/02/2023" in text for text in texts)
    assert not any("chưa có văn bản phê duyệt" in text for text in texts)
    store = planner.desk.store
    programme = store.find_programme("can-tho-2023")
    assert programme is not None
    areas = store.list_target_areas(programme.id)
    assert (programme.content.document.number, programme.content.n_selected) == ("12/QĐ-BCĐ138", 9)
    assert [step.to for step in areas[0].taken] == ["de_xuat", "duoc_lua_chon"]
    assert {area.taken[-1].on for area in areas} == {dt.date(2023, 2, 15)}
    with planner.popover("Mở bản mới") as window:
        window.get_by_role("button", name="Tạo bản chép", exact=True).click()
    planner.desk.sees("Đã lưu: «Trình Ban Chỉ đạo», lần ghi 1.")
    expect(planner.slider(AREAS)).to_be_enabled(timeout=READY_MS)
    assert planner.desk.troubles == []


def test_on_a_phone_the_table_is_read_without_moving_it_sideways(planner: Planner) -> None:
    planner.page.set_viewport_size(PHONE)
    planner.open()
    assert not planner.desk.overflows
    scroll = planner.page.locator(".db-shortlist .db-scroll")
    assert scroll.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_an_address_that_others_reach_proposes_but_saves_nothing(
    chromium: Browser, serve: Serve, database: str, page_log: Callable[[Page], PageLog]
) -> None:
    address = serve(ROOT / "app.py", {"DIABAN_DATABASE": database}, listen="0.0.0.0")
    with open_desk(chromium, address, database, page_log) as desk:
        planner = Planner(desk)
        planner.open()
        shown = planner.row.get_by_role("button").all_inner_texts()
        assert ANNEX in shown
        assert not {SAVE, COPY, LOCK, APPROVE} & {text.split("\n")[0] for text in shown}
