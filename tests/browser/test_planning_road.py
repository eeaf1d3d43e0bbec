"""The whole road on each kind of store: long list, approval, annex, and a year later the programme's end."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, PageLog, Serve
from tests.browser.desk import READY_MS, Desk, open_desk
from tests.browser.follower import Follower
from tests.browser.planner import AREAS, Planner
from tests.store.cluster import PACKAGES, find_binaries, running_cluster
from tests.store.conftest import BOTH

pytestmark = pytest.mark.browser

END = ["de_xuat", "duoc_lua_chon", "dang_chuyen_hoa", "chuyen_hoa_thanh_cong", "duy_tri", "ra_khoi_dien"]


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store that is not there yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/diaban.sqlite"
        return
    binaries = find_binaries()
    if binaries is None:
        pytest.fail(f"PostgreSQL with PostGIS is missing: apt-get install {PACKAGES}", pytrace=False)
    with running_cluster(binaries) as cluster:
        yield cluster.make_database()


@pytest.fixture
def road(chromium: Browser, serve: Serve, url: str, page_log: Callable[[Page], PageLog]) -> Iterator[Desk]:
    address = serve(ROOT / "app.py", {"DIABAN_DATABASE": url})
    with open_desk(chromium, address, url, page_log) as desk:
        yield desk


def test_from_the_long_list_to_the_end_of_the_programme(road: Desk) -> None:
    planner = Planner(road)
    planner.open()
    planner.slide(AREAS, "ArrowRight")
    planner.see_chosen(10)
    planner.save("Phương án trình", "Tổ tham mưu")
    road.sees("Đã lưu: «Phương án trình», lần ghi 1.")
    planner.approve("12/QĐ-BCĐ138", "15/02/2023", key="can-tho-2023", by="Tổ tham mưu")
    road.sees("Đã phê duyệt theo 12/QĐ-BCĐ138, ngày 15/02/2023.")
    sheets = planner.download_annex()
    assert any("12/QĐ-BCĐ138" in str(cell) for rows in sheets.values() for row in rows for cell in row)
    programme = road.store.find_programme("can-tho-2023")
    assert programme is not None
    areas = road.store.list_target_areas(programme.id)
    assert len(areas) == 10

    follower = Follower(road)
    follower.open("can-tho-2023", areas[0].id)
    assert follower.offered() == ["đang chuyển hóa"]
    follower.take("đang chuyển hóa", "01/03/2023", number="20/KH-UBND")
    follower.take(
        "chuyển hóa thành công",
        "20/12/2023",
        number="95/QĐ-BCĐ138",
        grade="Chuyển hóa tốt (chuyển hóa thành công)",
        issued_on="20/12/2023",
    )
    expect(follower.card).to_contain_text("Kết luận của Ban Chỉ đạo: Chuyển hóa tốt", timeout=READY_MS)
    follower.take("duy trì sau chuyển hóa", "01/01/2024", number="95/QĐ-BCĐ138")
    watched = follower.watched.locator("tbody tr")
    expect(watched).to_have_count(1, timeout=READY_MS)
    expect(watched).to_contain_text(areas[0].content.ward_name.removeprefix("Phường "))
    follower.take("đưa ra khỏi diện", "30/06/2024", number="40/QĐ-BCĐ138")
    assert follower.offered() == ["phức tạp trở lại", "đề xuất"]
    assert [step.to for step in road.store.load_target_area(areas[0].id).taken] == END
    assert road.troubles == []
