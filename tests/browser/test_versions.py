"""Boundary versions in a real Chromium: the crosswalk is checked and mended, old counts are seen on the
units in force."""

from typing import Any

import pytest
from playwright.sync_api import FilePayload, Frame, expect

from tests.browser.conftest import ROOT
from tests.browser.desk import PHONE, READY_MS, Desk

pytestmark = pytest.mark.browser

SAMPLE = ROOT / "data" / "sample" / "crosswalk_2024_2025.csv"
UPLOAD = "Bảng chuyển đổi địa giới"
WHOLE = "31240,Xã Thạnh An,31246,Xã Thạnh Quới,toàn bộ,1,1,"
FALSE_PART = "31240,Xã Thạnh An,31232,Xã Vĩnh Thạnh,một phần,,,Nghị quyết 1668/NQ-UBTVQH15"
OWN, IN_FORCE = "Địa giới theo thời kỳ", "Địa giới hiện hành"
Y2022 = "ky=2022-01-01..2022-12-31"


def find_map(desk: Desk) -> Frame:
    return next(frame for frame in desk.page.frames if "streamlit_folium" in frame.url)


def wait_for_map(desk: Desk, condition: str) -> dict[str, Any]:
    desk.page.wait_for_selector("iframe", timeout=READY_MS)
    wanted = f"() => {{ const s = window.__diaban?.state?.(); return Boolean(s && {condition}); }}"
    frame = find_map(desk)
    frame.wait_for_function(wanted, timeout=READY_MS)
    state: dict[str, Any] = frame.evaluate("window.__diaban.state()")
    return state


def test_the_samples_crosswalk_agrees_with_both_boundaries(desk: Desk) -> None:
    desk.open("/du-lieu?muc=crosswalk")
    desk.hand_in(UPLOAD, SAMPLE)
    desk.sees("86 dòng: 80 đơn vị cũ nhập nguyên vẹn, 3 đơn vị cũ bị chia.")
    desk.sees("Bảng khớp với hai bộ ranh giới")
    parts = desk.page.locator(".db-changes tbody tr")
    expect(parts).to_have_count(6, timeout=READY_MS)
    assert parts.first.locator("td").all_inner_texts() == [
        "31178 Phường Bùi Hữu Nghĩa",
        "31120 Phường Cái Khế",
        "2,8 %",
        "28,3 %",
    ]
    assert desk.name_unlabelled() == []


def test_a_false_part_is_caught_and_left_out_as_a_person_confirms(desk: Desk) -> None:
    desk.open("/du-lieu?muc=crosswalk")
    lines = SAMPLE.read_text("utf-8").splitlines()
    place = next(place for place, line in enumerate(lines) if line.startswith(WHOLE))
    lines[place : place + 1] = [lines[place].replace("toàn bộ,1,1", "một phần,,"), FALSE_PART]
    wrong = "\n".join(lines).encode()
    desk.hand_in(UPLOAD, FilePayload(name="bang_sai.csv", mimeType="text/csv", buffer=wrong))
    desk.sees("Dòng Xã Thạnh An (31240) → Xã Vĩnh Thạnh (31232) trái với ranh giới")
    keep = desk.page.get_by_role("button", name="Giữ bảng chuyển đổi này")
    expect(keep).to_be_disabled()
    desk.page.set_viewport_size(PHONE)
    assert not desk.overflows
    desk.page.get_by_text("Bỏ các dòng đó rồi giữ", exact=True).click()
    expect(keep).to_be_enabled(timeout=READY_MS)
    keep.click()
    desk.sees("Đã giữ bảng chuyển đổi từ «Thành phố Cần Thơ (trước 31/10/2024)»")
    (kept,) = desk.store.list_crosswalks()
    rows = desk.store.load_crosswalk(kept.id).rows
    assert kept.n_rows == 86
    assert rows.loc[rows["old_code"] == "31240", "new_code"].tolist() == ["31246"]


def test_old_counts_are_seen_on_the_units_in_force(desk: Desk) -> None:
    desk.open(f"/?{Y2022}")
    wait_for_map(desk, "s.wards === 83")
    desk.page.get_by_role("radio", name=IN_FORCE, exact=True).click()
    desk.sees("Số liệu thu theo 83 địa bàn cũ, tính lại theo 32 địa bàn hiện hành.")
    desk.rest()
    state = wait_for_map(desk, "s.wards === 32 && s.key === 'old_in_programme'")
    assert len(state["fills"]) == 32
    assert "dia_gioi=current" in desk.page.url
    ranking = desk.page.locator(".db-ranking tbody tr")
    first = ranking.filter(has_text="P. Bình Thủy").locator("td").all_inner_texts()
    assert first[2] == "3/3"
    assert first[3].startswith("≈ ")
    partly = ranking.filter(has_text="X. Trường Xuân").locator("td").all_inner_texts()
    assert partly[2] == "2/3; 1 chưa rõ"
    assert partly[3].startswith("≥ ")
    desk.pick("Tìm phường, xã", "P. Bình Thủy, TP. Cần Thơ")
    desk.sees(
        "Hợp thành từ: Phường Bình Thủy (toàn bộ); Phường An Thới (toàn bộ); Phường Bùi Hữu Nghĩa (một phần)."
    )
    expect(desk.page.locator(".db-ward .db-status")).to_have_text("Có 3/3 xã, phường cũ thuộc diện")
    desk.page.set_viewport_size(PHONE)
    assert not desk.overflows


def test_a_period_of_the_new_units_is_shown_on_them(desk: Desk) -> None:
    desk.open("/?ky=2025-07-01..2025-09-30")
    wait_for_map(desk, "s.wards === 32 && s.key === 'status'")
    expect(desk.page.get_by_role("radio", name=OWN, exact=True)).to_be_checked()
    desk.sees("Quý 3/2025 xảy ra 339 vụ")
    assert desk.page.get_by_text("tính lại theo").count() == 0
