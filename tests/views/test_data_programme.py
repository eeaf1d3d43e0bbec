"""A committee's own programme on the data page: entered, changed by two people, its areas added."""

import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from planning.papers import Document
from planning.programme import Programme
from store.opening import open_store
from tests.mau import make_wards
from views.programme_draft import Draft

PLAN = Document("Kế hoạch", "12/KH", "Ban Chỉ đạo 138", dt.date(2024, 2, 11))
FIRST = Draft(None, 1)


def show_section(url: str, folder: str) -> None:
    """The page as a script of its own; it runs apart from this module."""
    from pathlib import Path

    from i18n.messages import load_words
    from store.opening import open_store
    from views import data
    from views.context import Context

    store = open_store(url)
    areas = tuple(store.list_areas())
    data.page(Context(store, load_words("vi"), Path(folder), True, store.revision(), areas))
    store.close()


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path}/kho.sqlite"
    store = open_store(address)
    store.keep_boundaries(make_wards(), key="mau", title="Thành phố Mẫu")
    store.close()
    return address


def start(url: str, folder: Path) -> AppTest:
    shown = AppTest.from_function(show_section, args=(url, str(folder)))
    shown.query_params["muc"] = "programme"
    return run(shown)


def run(asked: AppTest | Element) -> AppTest:
    """The page drawn anew after something was done to it, or to one of its boxes."""
    shown: AppTest = asked.run(timeout=60)
    assert not shown.exception
    return shown


def text_of(shown: AppTest) -> str:
    return "".join(element.proto.body for element in shown.get("html"))


def fill(shown: AppTest, draft: Draft) -> None:
    for name, text in (
        ("name", "Chuyển hóa ANTT 2024"), ("place", "Quận Đông"), ("title", "Kế hoạch"), ("number", "12/KH"),
        ("issued_by", "Ban Chỉ đạo 138"),
    ):  # fmt: skip
        shown.text_input(draft.key(name)).input(text)
    shown.selectbox(draft.key("level")).select("district")
    shown.selectbox(draft.key("register")).select("ANTT")
    shown.number_input(draft.key("year")).set_value(2024)
    shown.date_input(draft.key("issued_on")).set_value(PLAN.issued_on)
    run(shown)


def test_a_programme_is_entered_with_a_target_set_and_its_first_area(url: str, tmp_path: Path) -> None:
    shown = start(url, tmp_path)
    assert "Chưa có chương trình nào" in text_of(shown)
    run(shown.button(FIRST.key("keep")).click())
    assert "Chương trình còn thiếu «Tên chương trình»" in text_of(shown)
    fill(shown, FIRST)
    shown.selectbox(FIRST.key("set")).select("S0")
    run(shown)
    run(shown.button(FIRST.key("keep")).click())
    assert "Đã lưu chương trình «Chuyển hóa ANTT 2024» (mã quan-dong-2024-antt)" in text_of(shown)
    run(shown.selectbox("programme_area_0_ward_1").select("00002"))
    assert "Sẽ được ghi: được lựa chọn, 11/02/2024." in text_of(shown)
    run(shown.text_input("programme_area_0_responsible").input("Nguyễn Văn Mẫu"))
    assert "có vẻ ghi tên người" in text_of(shown)
    run(shown.text_input("programme_area_0_responsible").input("Công an phường"))
    run(shown.button("keep_programme_areas").click())
    assert "Đã thêm 1 địa bàn vào chương trình «Chuyển hóa ANTT 2024»." in text_of(shown)
    store = open_store(url)
    (kept,) = store.list_programmes()
    assert (kept.content.document, kept.content.register) == (PLAN, "ANTT")
    assert [target.key for target in kept.content.targets] == ["transformed", "not_relapsed"]
    (area,) = store.list_target_areas(kept.id)
    assert (area.content.ward_name, area.content.responsible) == ("Phường Hòa Bình", "Công an phường")
    assert [step.to for step in area.taken] == ["duoc_lua_chon"]
    store.close()


def test_who_comes_second_sees_both_and_keeps_what_was_typed(url: str, tmp_path: Path) -> None:
    store = open_store(url)
    told = Programme("mau-2024", "Chuyển hóa", "district", "Quận Đông", "ANTT", 2024, PLAN)
    kept = store.keep_programme(told)
    shown = start(url, tmp_path)
    run(shown.selectbox(FIRST.key("pick")).select(str(kept.id)))
    draft = Draft(kept, 2)
    run(shown.text_input(draft.key("name")).input("Tên của tôi"))
    store.keep_programme(
        Programme("mau-2024", "Tên của Lan", "district", "Quận Đông", "ANTT", 2024, PLAN, n_selected=4),
        by="Lan", record_id=kept.id, base_revision=1,
    )  # fmt: skip
    run(shown.button(draft.key("keep")).click())
    said = text_of(shown)
    assert "Lan đã lưu một bản khác" in said
    assert "Tên của tôi" in said
    assert "Tên của Lan" in said
    assert store.load_programme(kept.id).revision == 2
    run(shown.button(draft.key("keep_mine")).click())
    last = store.load_programme(kept.id)
    assert (last.revision, last.content.name, last.content.n_selected) == (3, "Tên của tôi", 4)
    assert "(bản thứ 3)" in text_of(shown)
    store.close()


def test_a_ward_without_kept_boundaries_is_typed_with_its_version(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/trong.sqlite"
    store = open_store(url)
    programme = store.keep_programme(
        Programme("mau-2024", "Chuyển hóa", "district", "Quận Đông", "ANTT", 2024, PLAN)
    )
    shown = start(url, tmp_path)
    shown.text_input("programme_area_0_ward_code").input("31150")
    run(shown.text_input("programme_area_0_ward_name").input("Phường An Bình"))
    assert "chưa có phiên bản địa giới" in text_of(shown)
    run(shown.text_input("programme_area_0_version").input("2024"))
    run(shown.button("keep_programme_areas").click())
    (area,) = store.list_target_areas(programme.id)
    assert (area.content.ward_code, area.content.version, area.content.area_id) == ("31150", "2024", None)
    store.close()
