"""A programme followed in a real Chromium: steps by papers, targets, later signs, two at one record."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from planning.papers import Document
from planning.programme import Programme, State, Step
from planning.targets import Target
from store.opening import open_store
from studies.reports_file import keep_first_catalogue
from tests.browser.conftest import ROOT, PageLog
from tests.browser.desk import PHONE, READY_MS, Desk, open_desk
from tests.browser.follower import RECORD, Follower
from tests.studies.watched_city import every, keep, make_area, months, tabulate

pytestmark = pytest.mark.browser

KEY = "mau-2022"
PAPER = Document("Kế hoạch", "05/KH-BCĐ138", "Ban Chỉ đạo 138", dt.date(2021, 12, 20))
RESULT = Document("Quyết định", "90/QĐ-BCĐ138", "Ban Chỉ đạo 138", dt.date(2022, 12, 30))
FALL = Target(
    "giam_5",
    "Số vụ giảm ít nhất 5 %",
    "area",
    "change_pct",
    "<=",
    -5.0,
    "incidents",
    unit="vụ",
    source="KH 05",
)
PASSED: tuple[tuple[State, str, str, Document], ...] = (
    ("de_xuat", "2021-12-01", "", PAPER),
    ("duoc_lua_chon", "2021-12-20", "", PAPER),
    ("dang_chuyen_hoa", "2022-01-01", "", PAPER),
    ("chuyen_hoa_thanh_cong", "2022-12-31", "tot", RESULT),
    ("duy_tri", "2023-01-01", "", RESULT),
)
RELAPSE = "có dấu hiệu phức tạp trở lại"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Thành phố Mẫu: ward 00001 passed and rose again from April 2023 on, 00002 is being worked on."""
    url = f"sqlite:///{tmp_path_factory.mktemp('following')}/diaban.sqlite"
    store = open_store(url)
    keep_first_catalogue(store, ROOT / "data")
    before, worked = (
        dict.fromkeys(months(first, 12), every(n)) for first, n in (("2021-01", 1), ("2022-01", 4))
    )
    later = {
        period: every(4, w1=9 if place >= 3 else 4) for place, period in enumerate(months("2023-01", 12))
    }
    area_id = keep(store, tabulate(before | worked | later))
    programme = Programme(
        KEY, "Chuyển hóa địa bàn Thành phố Mẫu", "province", "Thành phố Mẫu", "TTATXH", 2022, PAPER,
        dt.date(2022, 1, 1), dt.date(2022, 12, 31), n_selected=2, targets=(FALL,),
    )  # fmt: skip
    programme_id = store.keep_programme(programme).id
    for code, n_steps in (("00001", 5), ("00002", 3)):
        kept = store.keep_target_area(programme_id, make_area(code, area_id=area_id).content)
        for seen, (to, day, grade, paper) in enumerate(PASSED[:n_steps]):
            step = Step(to, dt.date.fromisoformat(day), paper, "Thường trực Ban Chỉ đạo", grade)
            store.take_step(kept.id, step, seen=seen)
    store.close()
    return url


@pytest.fixture
def follower(desk: Desk) -> Follower:
    return Follower(desk)


def find_area(desk: Desk, code: str) -> int:
    return next(kept.id for kept in desk.store.list_target_areas() if kept.content.ward_code == code)


def test_a_ward_that_rose_after_its_end_shows_a_sign_and_the_others_do_not(follower: Follower) -> None:
    follower.desk.open(f"/theo-doi?chuong_trinh={KEY}")
    expect(follower.watched).to_contain_text(RELAPSE, timeout=READY_MS)
    rows = follower.watched.locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("P. Một")
    expect(rows.first).to_contain_text("Có dấu hiệu từ tháng 07/2023")
    expect(follower.watched).to_contain_text("chỉ văn bản của Ban Chỉ đạo mới kết luận")
    assert follower.desk.troubles == []


def test_a_target_stands_with_its_light_and_what_chance_would_do(follower: Follower) -> None:
    follower.open(KEY, find_area(follower.desk, "00002"))
    targets = follower.page.locator(".st-key-db-area .db-kpis")
    expect(targets).to_contain_text("Số vụ giảm ít nhất 5 %", timeout=READY_MS)
    expect(targets).to_contain_text("chưa đạt chỉ tiêu")
    expect(targets).to_contain_text("Với 12 vụ, giảm 5 % xảy ra ngẫu nhiên khoảng")
    expect(targets).to_contain_text("không phải mức đánh giá")


def test_a_result_needs_the_committees_paper_and_a_step_its_turn(follower: Follower) -> None:
    area_id = find_area(follower.desk, "00002")
    follower.open(KEY, area_id)
    assert follower.offered() == ["chuyển hóa thành công", "chưa đạt"]
    fold = follower.fill_step(
        "chuyển hóa thành công", "30/12/2022", number="", grade="Chuyển hóa tốt (chuyển hóa thành công)"
    )
    follower.record(fold)
    told = follower.page.get_by_role("alert")
    expect(told).to_contain_text("chưa có văn bản", timeout=READY_MS)
    fold.get_by_label("Số văn bản", exact=True).fill("91/QĐ-BCĐ138")
    follower.record(fold)
    expect(told).to_contain_text("chỉ văn bản đó quyết định mức đánh giá", timeout=READY_MS)
    follower.fill_day(fold, "Ngày ban hành", "30/12/2022")
    follower.fill_day(fold, "Ngày", "30/12/2021")
    follower.record(fold)
    expect(told).to_contain_text("trước bước liền trước", timeout=READY_MS)
    assert len(follower.desk.store.load_target_area(area_id).steps) == 3


def test_two_people_at_one_record_lose_nothing(
    chromium: Browser, address: str, database: str, page_log: Callable[[Page], PageLog], follower: Follower
) -> None:
    area_id = find_area(follower.desk, "00002")
    follower.open(KEY, area_id)
    with open_desk(chromium, address, database, page_log) as desk:
        other = Follower(desk)
        other.open(KEY, area_id)
        for each, unit, by in ((follower, "Công an phường", "Tổ 1"), (other, "Công an quận", "Tổ 2")):
            fold = each.unfold(RECORD)
            fold.get_by_label("Đơn vị phụ trách", exact=True).fill(unit)
            fold.get_by_label("Người ghi (chức danh hoặc đơn vị)", exact=True).fill(by)
            fold.get_by_role("button", name="Lưu hồ sơ", exact=True).click()
            if each is follower:
                each.desk.sees("Đã lưu hồ sơ.")
        expect(other.page.get_by_role("alert").first).to_contain_text(
            "Tổ 1 đã lưu một bản khác", timeout=READY_MS
        )
        row = other.page.locator("tr").filter(has_text="Công an quận").locator("td")
        assert row.all_inner_texts() == ["Đơn vị phụ trách", "Công an quận", "Công an phường"]
        other.desk.press("Ghi đè bằng của tôi")
        other.desk.sees("Đã lưu hồ sơ.")
    kept = follower.desk.store.load_target_area(area_id)
    assert (kept.content.responsible, kept.by) == ("Công an quận", "Tổ 2")


def test_on_a_phone_nothing_runs_over_the_edge(follower: Follower) -> None:
    follower.page.set_viewport_size(PHONE)
    follower.open(KEY, find_area(follower.desk, "00001"))
    assert not follower.desk.overflows
