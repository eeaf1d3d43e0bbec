"""The data page in a real Chromium: a second city goes in, wrong files do not, and nothing leaves."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Error, FilePayload, Locator, Page, ViewportSize, expect

from layers import palettes
from store.opening import open_store
from store.repository import Store
from tests.browser.conftest import ROOT, PageLog, Serve
from tests.mau import write_wards

pytestmark = pytest.mark.browser

READY_MS = 90_000
LIST_MS, OPENINGS = 8_000, 4
SIZES: dict[str, ViewportSize] = {
    "wide": {"width": 1440, "height": 1000},
    "phone": {"width": 390, "height": 844},
}
HOSTILE = "![x](http://127.0.0.9/x.png) <img src=x onerror=alert(1)>"
PROBED = ("/du-lieu/_stcore/health", "/du-lieu/_stcore/host-config")
NOT_FOUND = "Failed to load resource: the server responded with a status of 404 (Not Found)"
TABLE, BOUNDARIES = "Tệp số liệu", "Tệp ranh giới phường, xã"
FROM_FOLDER = "data/boundaries"


@dataclass
class Clerk:
    """Somebody at the data page, the store behind it, and the folder for uploads."""

    page: Page
    log: PageLog
    store: Store
    uploads: Path

    def go(self, section: str) -> None:
        self.page.get_by_role("radio", name=section, exact=True).click()

    def hand_in(self, label: str, *files: Path | FilePayload) -> None:
        """Into the uploader of that label: the one of the section before may still be on the page."""
        box = self.page.get_by_test_id("stFileUploader").filter(has_text=label).locator("input[type=file]")
        box.wait_for(state="attached", timeout=READY_MS)
        box.set_input_files(list(files))  # type: ignore[arg-type]

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).click(timeout=READY_MS)

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(words, exact=False).first).to_be_visible(timeout=READY_MS)

    @property
    def note(self) -> Locator:
        return self.page.locator(".db-note")

    def folders(self) -> list[Path]:
        return list(self.uploads.glob("diaban-*"))

    def pick(self, label: str, option: str) -> None:
        """A page drawn anew closes an open list; one opens it again, as a person would."""
        choice = self.page.get_by_role("option", name=option, exact=True)
        for _ in range(OPENINGS):
            self.page.locator('[data-test-script-state="notRunning"]').wait_for(timeout=READY_MS)
            self.page.get_by_role("combobox", name=label).first.click()
            try:
                choice.click(timeout=LIST_MS)
            except Error:
                self.page.keyboard.press("Escape")
            else:
                return
        raise AssertionError(f"{label} never offered {option}")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('store')}/diaban.sqlite"


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(scope="module")
def address(serve: Serve, database: str, uploads: Path) -> str:
    return serve(ROOT / "app.py", {"DIABAN_DATABASE": database, "TMPDIR": str(uploads)})


@pytest.fixture
def clerk(
    chromium: Browser,
    address: str,
    database: str,
    uploads: Path,
    page_log: Callable[[Page], PageLog],
) -> Iterator[Clerk]:
    page = chromium.new_page(viewport=SIZES["wide"])
    clerk = Clerk(page, page_log(page), open_store(database), uploads)
    page.goto(f"{address}/du-lieu")
    page.get_by_role("heading", name="Dữ liệu", exact=True).wait_for(timeout=READY_MS)
    yield clerk
    clerk.store.close()
    page.close()
    assert clerk.log.elsewhere == []
    # Streamlit looks for its own addresses below the page's before it finds them at the root.
    assert all(url.endswith(PROBED) for url in clerk.log.failed)
    assert set(clerk.log.errors) <= {NOT_FOUND}
    assert len(clerk.log.errors) == len(clerk.log.failed)


def payload(name: str, text: str) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def test_what_is_on_file_is_listed_with_its_reconciliation(clerk: Clerk) -> None:
    clerk.sees("Thành phố Cần Thơ")
    clerk.sees("Ranh giới sơ đồ")
    clerk.sees("incidents_2019_2022.csv")
    clerk.sees("nhận 1.318 vụ = đã ghép 1.300 + ngoài ranh giới 7 + không có vị trí 11")


@pytest.mark.real_data
def test_a_second_city_is_joined_without_loss_kept_and_painted(clerk: Clerk, real_data: Path) -> None:
    city = real_data / "cities" / "dc"
    clerk.go("Thêm ranh giới")
    clerk.hand_in(BOUNDARIES, city / "boundaries_wards_2022.zip")
    clerk.sees("8 phường, xã")
    clerk.press("Giữ bộ ranh giới này")
    clerk.sees("Đã giữ bộ ranh giới boundaries_wards_2022 (8 phường, xã).")
    clerk.press("Nạp số liệu cho bộ này")
    clerk.hand_in(TABLE, city / "points.parquet")
    clerk.sees("points.parquet: 5.735 dòng.")
    revision = clerk.store.revision()
    clerk.press("Ghép thử và xem đối chiếu")
    clerk.sees("Nhận 5.735 vụ = đã ghép 5.735")
    given = clerk.page.locator(".db-tally .db-given td")
    assert given.all_inner_texts() == ["Nhận", "5.735"]
    assert clerk.store.revision() == revision
    clerk.press("Giữ số liệu này")
    clerk.sees("Đã giữ points.parquet: nhận 5.735 vụ = đã ghép 5.735.")
    assert clerk.store.revision() == revision + 1
    assert clerk.folders() == []
    clerk.page.get_by_role("link", name="Xem trên trang Tổng quan").click()
    clerk.page.get_by_role("radio", name="Số vụ", exact=True).click(timeout=READY_MS)
    clerk.page.wait_for_selector("iframe", timeout=READY_MS)
    frame = next(f for f in clerk.page.frames if "streamlit_folium" in f.url)
    frame.wait_for_function(
        "() => (s => s && s.wards === 8 && s.key === 'n_incidents')(window.__diaban?.state?.())",
        timeout=READY_MS,
    )
    fills = frame.evaluate("window.__diaban.state().fills")
    assert len(fills) == 8
    assert set(fills) <= set(palettes.INCIDENTS)


@pytest.mark.parametrize("size", SIZES)
def test_a_table_is_corrected_tried_and_kept_and_can_be_removed_again(clerk: Clerk, size: str) -> None:
    clerk.page.set_viewport_size(SIZES[size])
    clerk.go("Nạp số liệu")
    clerk.pick("Ghép vào bộ ranh giới", "Thành phố Cần Thơ (trước 31/10/2024)")
    rows = "31117,4\n31120,6\n99999,2\n"
    clerk.hand_in(TABLE, payload("quy_1.csv", "don_vi_nao,nam,so_vu\n" + rows.replace(",", ",2018,")))
    expect(clerk.note).to_contain_text("Chưa thấy cột mã hoặc tên phường, xã", timeout=READY_MS)
    clerk.pick("Cột mã hoặc tên phường, xã", "don_vi_nao")
    clerk.pick("Cột thời gian", "nam")
    clerk.press("Ghép thử và xem đối chiếu")
    clerk.sees("Nhận 12 vụ = đã ghép 10 + không tìm thấy địa bàn 2")
    clerk.sees("Các dòng chưa tìm được địa bàn")
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in clerk.folders()] == [0o700]
    with clerk.page.expect_download() as download:
        clerk.press("Tải danh sách (CSV)")
    assert download.value.path().read_text("utf-8-sig").splitlines() == [
        "Dòng,Địa bàn,Kết quả",
        "4,99999,Không tìm thấy địa bàn",
    ]
    assert clerk.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    clerk.page.get_by_text("Thêm vào số liệu đang có", exact=True).click()
    clerk.press("Giữ số liệu này")
    clerk.sees("Đã giữ quy_1.csv: nhận 12 vụ = đã ghép 10 + không tìm thấy địa bàn 2.")
    clerk.go("Đang có")
    revision = clerk.store.revision()
    card = clerk.page.locator('[class*="st-key-step_dataset_"]', has_text="quy_1.csv")
    card.get_by_role("button", name="Bỏ tệp này").click()
    clerk.press("Giữ lại")
    expect(card.get_by_role("button", name="Bỏ tệp này")).to_be_visible()
    assert clerk.store.revision() == revision
    card.get_by_role("button", name="Bỏ tệp này").click()
    clerk.press("Bỏ khỏi bản đồ")
    clerk.sees("Đã bỏ quy_1.csv khỏi bản đồ.")
    assert clerk.store.revision() == revision + 1


def test_a_change_after_the_trial_asks_for_another_trial(clerk: Clerk) -> None:
    clerk.go("Nạp số liệu")
    clerk.hand_in(TABLE, payload("bang.csv", "ma_xa,so_vu,nam\n31117,4,2031\n"))
    clerk.press("Ghép thử và xem đối chiếu")
    clerk.sees("Nhận 4 vụ = đã ghép 4")
    clerk.pick("Cột thời gian", "(không có)")
    expect(clerk.note).to_contain_text("Lựa chọn đã thay đổi sau lần ghép thử", timeout=READY_MS)
    expect(clerk.page.get_by_role("button", name="Giữ số liệu này")).to_have_count(0)


def test_text_from_a_file_stays_text(clerk: Clerk) -> None:
    clerk.go("Nạp số liệu")
    name = "<img src=x onerror=alert(1)>.csv"
    clerk.hand_in(TABLE, payload(name, f'ma_xa,"{HOSTILE}",so_vu\n31117,"{HOSTILE}",4\n"{HOSTILE}",x,2\n'))
    clerk.press("Ghép thử và xem đối chiếu")
    clerk.sees("Nhận 6 vụ = đã ghép 4 + không tìm thấy địa bàn 2")
    clerk.press("Bỏ, không giữ")
    clerk.sees(f"Đã bỏ {name}; kho dữ liệu không thay đổi.")
    assert clerk.page.locator("img[src='x'], img[src*='127.0.0.9']").count() == 0


BAD_TABLES = [
    ("trong.csv", b"", "Tệp trong.csv trống, không có số liệu nào."),
    ("chi_co_cot.csv", b"ma_xa,so_vu\n", "Tệp chi_co_cot.csv không có dòng số liệu nào"),
    ("anh.png", b"\x89PNG", "Tệp anh.png thuộc loại chưa đọc được."),
    ("gia.xlsx", b"PK\x03\x04 khong phai", "Không mở được tệp gia.xlsx"),
    ("khong_co_cot.csv", "ghi chú,số\nabc,3\n".encode(), "Chưa thấy cột mã hoặc tên phường, xã"),
    ("hai_cot.csv", b"ma_xa,trom,cuop\n31117,1,2\n", "Nhiều cột có thể là cột số lượng: trom, cuop"),
]


@pytest.mark.parametrize(("name", "content", "says"), BAD_TABLES, ids=[name for name, _, _ in BAD_TABLES])
def test_a_wrong_table_gets_one_calm_message_and_the_store_stays(
    clerk: Clerk, name: str, content: bytes, says: str
) -> None:
    revision = clerk.store.revision()
    clerk.go("Nạp số liệu")
    clerk.hand_in(TABLE, {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    expect(clerk.note).to_contain_text(says, timeout=READY_MS)
    assert clerk.note.count() == 1
    assert clerk.store.revision() == revision


def test_totals_in_a_workbook_are_a_check_and_a_total_category_is_refused(
    clerk: Clerk, tmp_path: Path
) -> None:
    clerk.go("Nạp số liệu")
    book = Workbook()
    sheets: dict[str, list[tuple[object, ...]]] = {
        "Tháng 1": [("MA_XA", "So vu"), ("31117", 4), ("Tổng cộng", 4)],
        "Theo loại": [("MA_XA", "Loại", "So vu"), ("31117", "Trộm", 4), ("31117", "Tổng số", 4)],
    }
    for sheet, rows in sheets.items():
        page = book.create_sheet(sheet)
        for row in rows:
            page.append(row)
    del book["Sheet"]
    book.save(tmp_path / "so.xlsx")
    clerk.hand_in(TABLE, tmp_path / "so.xlsx")
    clerk.press("Ghép thử và xem đối chiếu")
    clerk.sees("Nhận 4 vụ = đã ghép 4")
    clerk.sees("Tổng cộng")
    clerk.pick("Trang tính hoặc lớp", "Theo loại")
    clerk.sees("so.xlsx: 2 dòng.")
    expect(clerk.page.locator(".db-tally")).to_have_count(0)
    clerk.press("Ghép thử và xem đối chiếu")
    expect(clerk.note).to_contain_text("vừa có dòng tổng («Tổng số»)", timeout=READY_MS)


BAD_BOUNDARIES = [
    ("thu.zip", b"chi la van ban", "Không mở được tệp thu.zip"),
    ("bang.csv", b"ma_xa,so_vu\n31117,4\n", "Tệp bang.csv không có vùng khép kín"),
    ("phuong.dbf", b"x", "phuong.dbf chỉ là một phần của shapefile."),
]


@pytest.mark.parametrize(("name", "content", "says"), BAD_BOUNDARIES)
def test_wrong_boundaries_get_one_calm_message_and_the_store_stays(
    clerk: Clerk, name: str, content: bytes, says: str
) -> None:
    revision = clerk.store.revision()
    clerk.go("Thêm ranh giới")
    clerk.hand_in(BOUNDARIES, {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    expect(clerk.note).to_contain_text(says, timeout=READY_MS)
    assert clerk.store.revision() == revision


def test_a_shapefile_without_its_prj_asks_for_the_reference_system(clerk: Clerk, tmp_path: Path) -> None:
    write_wards(tmp_path, name="mau.shp")
    clerk.go("Thêm ranh giới")
    parts = [path for path in tmp_path.glob("mau.*") if path.suffix != ".prj"]
    clerk.hand_in(BOUNDARIES, *parts)
    expect(clerk.note).to_contain_text("có thể thử EPSG:4326", timeout=READY_MS)
    clerk.pick("Hệ tọa độ", "EPSG:4326: kinh độ, vĩ độ (WGS 84)")
    clerk.sees("6 phường, xã")
    clerk.sees("Ví dụ: Phường Một, Phường Hòa Bình")


def test_boundaries_that_lie_in_the_folder_are_offered(clerk: Clerk) -> None:
    revision = clerk.store.revision()
    clerk.go("Thêm ranh giới")
    clerk.page.get_by_role("radio", name="Tệp có sẵn", exact=True).click()
    clerk.page.get_by_role("combobox", name=f"Tệp trong thư mục {FROM_FOLDER}").first.click()
    clerk.page.get_by_role("option", name="Cần Thơ").first.click()
    clerk.sees("83 phường, xã")
    clerk.press("Giữ bộ ranh giới này")
    clerk.sees("đã có sẵn; không có gì thay đổi.")
    assert clerk.store.revision() == revision
