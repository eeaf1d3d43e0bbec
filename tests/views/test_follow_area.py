"""The card of one area without a browser: what may be written, and what happens when somebody was quicker."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from planning.programme import Meeting
from planning.targets import Observation
from store.opening import open_store
from store.plan_records import KeptArea
from store.repository import Store
from tests.studies.promised_city import (
    FALL,
    MODELS,
    PASS_60,
    STAY_85,
    UNDER_WAY,
    keep_programme,
    make_area,
    make_programme,
    start_catalogue,
)

AREA = make_area(note="cũ", types=("loai_1",))


def show_card(url: str, area_id: int, is_local: bool) -> None:
    """The card under its programme's targets as a script of its own; it runs apart from this module."""
    from pathlib import Path

    from i18n.messages import load_words
    from store.opening import open_store
    from views.context import Context
    from views.follow_area import show_area
    from views.follow_kpi import show_kpis

    store = open_store(url)
    kept = store.load_target_area(area_id)
    programme = store.load_programme(kept.programme_id)
    context = Context(store, load_words("vi"), Path(), is_local, store.revision(), ())
    show_area(kept, programme, context)
    show_kpis(programme, context)
    store.close()


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """What is remembered is kept by a store's revision; these tests have many stores."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{tmp_path}/kho.sqlite")) as opened:
        start_catalogue(opened)
        yield opened


@pytest.fixture
def kept(store: Store) -> KeptArea:
    targets = (FALL, MODELS, PASS_60, STAY_85)
    (area,) = keep_programme(store, make_programme(targets=targets, n_selected=1), (AREA, UNDER_WAY))
    return area


def open_card(store: Store, kept: KeptArea, *, is_local: bool = True) -> AppTest:
    url = store.engine.url.render_as_string(hide_password=False)
    shown = AppTest.from_function(show_card, args=(url, kept.id, is_local)).run(timeout=120)
    assert not shown.exception
    return shown


def said(shown: AppTest) -> str:
    return "".join(element.proto.body for element in shown.get("html"))


def box(shown: AppTest, kind: str, form: str, name: str) -> Any:
    """The box of a form, whatever generation it is of."""
    wanted = re.compile(rf"area_{form}_\d+_\d+_{name}(_\d+)?")
    return next(each for each in shown.get(kind) if wanted.fullmatch(each.key or ""))


def press(shown: AppTest, label: str) -> AppTest:
    next(button for button in shown.button if button.label == label).click()
    shown.run(timeout=120)
    assert not shown.exception
    return shown


def fill_step(shown: AppTest, **texts: str) -> None:
    for name, text in texts.items():
        box(shown, "text_input", "step", name).set_value(text)


def test_a_step_is_taken_and_told(store: Store, kept: KeptArea) -> None:
    shown = open_card(store, kept)
    assert box(shown, "selectbox", "step", "to").options == ["chuyển hóa thành công", "chưa đạt"]
    box(shown, "selectbox", "step", "grade").set_value("tot")
    box(shown, "date_input", "step", "on").set_value(dt.date(2023, 2, 1))
    box(shown, "date_input", "step", "issued_on").set_value(dt.date(2023, 2, 1))
    fill_step(shown, number="7/QĐ", title="Quyết định công nhận", actor="Trưởng Ban Chỉ đạo", by="Thư ký")
    press(shown, "Ghi bước")
    last = store.load_target_area(kept.id).steps[-1]
    assert (last.step.to, last.step.grade, last.by) == ("chuyen_hoa_thanh_cong", "tot", "Thư ký")
    assert last.step.document.issued_by == "Ban Chỉ đạo 138"
    told = said(shown)
    assert "Đã ghi bước «chuyển hóa thành công», ngày 01/02/2023." in told
    assert "Kết luận của Ban Chỉ đạo: Chuyển hóa tốt" in told
    assert box(shown, "selectbox", "step", "to").options == ["duy trì sau chuyển hóa"]
    assert not [each for each in shown.selectbox if "_step_" in (each.key or "") and "_grade" in each.key]
    assert box(shown, "text_input", "step", "number").value == ""


def test_a_forbidden_step_is_refused_calmly_and_what_was_typed_stays(store: Store, kept: KeptArea) -> None:
    shown = open_card(store, kept)
    fill_step(shown, number="7/QĐ", actor="Trưởng Ban Chỉ đạo")
    press(shown, "Ghi bước")
    assert "cần có mức đánh giá của Ban Chỉ đạo" in said(shown)
    assert box(shown, "text_input", "step", "number").value == "7/QĐ"
    assert len(store.load_target_area(kept.id).steps) == 1


def test_the_last_step_is_corrected_and_stays_struck(store: Store, kept: KeptArea) -> None:
    shown = open_card(store, kept)
    box(shown, "date_input", "correction", "on").set_value(dt.date(2022, 1, 4))
    press(shown, "Ghi đính chính")
    assert "chưa ghi lý do" in said(shown)
    box(shown, "text_area", "correction", "note").set_value("nhầm ngày")
    press(shown, "Ghi đính chính")
    steps = store.load_target_area(kept.id).steps
    assert [(each.step.on.day, each.step.corrects) for each in steps] == [(5, None), (4, 0)]
    assert "<s><b>đang chuyển hóa, 05/01/2022</b></s>" in said(shown)


def test_a_step_that_somebody_took_meanwhile_is_told_and_nothing_is_written(
    store: Store, kept: KeptArea
) -> None:
    shown = open_card(store, kept)
    fill_step(shown, number="7/QĐ", actor="Trưởng Ban Chỉ đạo")
    other = replace(UNDER_WAY[0], on=dt.date(2022, 1, 4), corrects=0, note="nhầm ngày")
    store.take_step(kept.id, other, seen=1, by="Người khác")
    box(shown, "selectbox", "step", "grade").set_value("tot")
    box(shown, "date_input", "step", "issued_on").set_value(dt.date(2023, 2, 1))
    press(shown, "Ghi bước")
    assert "Các bước của địa bàn này đã thay đổi từ khi bạn mở trang" in said(shown)
    assert len(store.load_target_area(kept.id).steps) == 2
    assert box(shown, "text_input", "step", "number").value == "7/QĐ"


def test_the_record_is_changed_and_an_unchanged_one_is_not_kept_again(store: Store, kept: KeptArea) -> None:
    shown = open_card(store, kept)
    press(shown, "Lưu hồ sơ")
    assert "Không có mục nào thay đổi" in said(shown)
    box(shown, "text_input", "record", "responsible").set_value("Công an phường Một")
    box(shown, "text_input", "record", "by").set_value("Đội 3")
    press(shown, "Lưu hồ sơ")
    new = store.load_target_area(kept.id)
    assert (new.revision, new.content, new.by) == (
        2,
        replace(AREA, responsible="Công an phường Một"),
        "Đội 3",
    )
    assert "Đã lưu hồ sơ." in said(shown)
    # the name is remembered for the other forms
    assert box(shown, "text_input", "record", "by").value == "Đội 3"


def change_meanwhile(store: Store, kept: KeptArea) -> None:
    theirs = replace(
        AREA, note="của họ", responsible="Công an quận", observations=(Observation("gangs", 0.0, "after"),)
    )
    store.keep_target_area(
        kept.programme_id, theirs, by="Người khác", record_id=kept.id, base_revision=kept.revision
    )


def clash(store: Store, kept: KeptArea) -> AppTest:
    """Both write a note; the other one is quicker and changes more besides."""
    shown = open_card(store, kept)
    box(shown, "text_area", "record", "note").set_value("của tôi")
    change_meanwhile(store, kept)
    return press(shown, "Lưu hồ sơ")


def test_two_versions_are_shown_side_by_side_and_what_was_typed_stays(store: Store, kept: KeptArea) -> None:
    shown = clash(store, kept)
    told = said(shown)
    assert "Người khác đã lưu một bản khác" in told
    for cell in ("của tôi", "của họ", "(bạn không sửa)", "Công an quận"):
        assert f">{cell}</td>" in told
    assert box(shown, "text_area", "record", "note").value == "của tôi"
    assert store.load_target_area(kept.id).revision == 2


def test_mine_over_theirs_writes_only_what_i_changed(store: Store, kept: KeptArea) -> None:
    press(clash(store, kept), "Ghi đè bằng của tôi")
    new = store.load_target_area(kept.id)
    assert new.revision == 3
    assert (new.content.note, new.content.responsible) == ("của tôi", "Công an quận")
    assert [each.key for each in new.content.observations] == ["gangs"]


def test_theirs_is_taken_and_the_form_begins_with_it(store: Store, kept: KeptArea) -> None:
    shown = press(clash(store, kept), "Lấy của họ")
    assert store.load_target_area(kept.id).revision == 2
    assert box(shown, "text_area", "record", "note").value == "của họ"
    assert "đã lưu một bản khác" not in said(shown)


def test_a_third_version_between_is_told_again(store: Store, kept: KeptArea) -> None:
    shown = clash(store, kept)
    known = store.load_target_area(kept.id)
    third = replace(known.content, note="bản ba")
    store.keep_target_area(kept.programme_id, third, by="Ba", record_id=kept.id, base_revision=2)
    press(shown, "Ghi đè bằng của tôi")
    assert ">bản ba</td>" in said(shown)
    assert store.load_target_area(kept.id).content.note == "bản ba"


def test_an_open_form_says_that_its_version_is_old(store: Store, kept: KeptArea) -> None:
    shown = open_card(store, kept)
    change_meanwhile(store, kept)
    shown.run(timeout=120)
    assert "Hồ sơ đã có bản thứ 2 (Người khác" in said(shown)
    press(shown, "Bỏ phần đang gõ, lấy bản mới")
    assert box(shown, "text_area", "record", "note").value == "của họ"


def test_a_figure_is_put_on_file_and_judged(store: Store, kept: KeptArea) -> None:
    shown = open_card(store, kept)
    assert box(shown, "selectbox", "evidence", "key").options == [
        "số vụ – Số vụ giảm",
        "số mô hình hoạt động hiệu quả – Mô hình",
    ]
    box(shown, "selectbox", "evidence", "key").set_value("effective_models")
    box(shown, "number_input", "evidence", "value").set_value(2)
    box(shown, "text_input", "evidence", "stated_by").set_value("Công an phường")
    press(shown, "Ghi số liệu")
    (told,) = store.load_target_area(kept.id).content.observations
    assert told == Observation("effective_models", 2.0, "after", stated_by="Công an phường")
    assert (
        "Đã ghi số liệu: số mô hình hoạt động hiệu quả trong và sau chuyển hóa: 2 (Công an phường)."
        in said(shown)
    )
    assert "P. Một, Q. Đông: 1 đạt chỉ tiêu; 1 chưa đủ căn cứ" in said(shown)
    press(shown, "Gỡ")
    assert store.load_target_area(kept.id).content.observations == ()


def test_a_figure_put_in_beside_another_person_keeps_both(store: Store, kept: KeptArea) -> None:
    shown = open_card(store, kept)
    box(shown, "number_input", "evidence", "value").set_value(8)
    change_meanwhile(store, kept)
    press(shown, "Ghi số liệu")
    assert "Người khác đã lưu một bản khác" in said(shown)
    press(shown, "Ghi thêm vào bản mới")
    assert [each.key for each in store.load_target_area(kept.id).content.observations] == [
        "gangs",
        "incidents",
    ]


def test_own_figures_do_not_make_an_open_record_old(store: Store, kept: KeptArea) -> None:
    shown = open_card(store, kept)
    box(shown, "number_input", "evidence", "value").set_value(8)
    press(shown, "Ghi số liệu")
    assert "Hồ sơ đã có bản thứ" not in said(shown)
    box(shown, "text_area", "record", "note").set_value("đang gõ")
    press(shown, "Lưu hồ sơ")
    new = store.load_target_area(kept.id)
    assert (new.content.note, len(new.content.observations)) == ("đang gõ", 1)


def test_a_review_is_put_on_file(store: Store, kept: KeptArea) -> None:
    shown = open_card(store, kept)
    press(shown, "Ghi hội nghị")
    assert "Hội nghị chưa có nội dung" in said(shown)
    box(shown, "selectbox", "meeting", "kind").set_value("review_6")
    box(shown, "date_input", "meeting", "held_on").set_value(dt.date(2022, 7, 1))
    press(shown, "Ghi hội nghị")
    assert store.load_target_area(kept.id).content.meetings == (Meeting("review_6", dt.date(2022, 7, 1)),)
    assert "Sơ kết 6 tháng, 01/07/2022" in said(shown)


def test_a_shared_address_shows_the_area_and_takes_nothing(store: Store, kept: KeptArea) -> None:
    shown = open_card(store, kept, is_local=False)
    assert "Địa chỉ này chỉ xem được" in said(shown)
    assert "đang chuyển hóa, 05/01/2022" in said(shown)
    assert (list(shown.button), list(shown.text_input)) == ([], [])


def test_lights_have_words_and_a_mark(store: Store, kept: KeptArea) -> None:
    told = said(open_card(store, kept))
    assert '<span class="db-swatch db-hatch" style=""></span>chưa đủ căn cứ' in told
    assert "không phải mức đánh giá" in told
    assert "đặt cạnh kết luận của Ban Chỉ đạo" in told


def test_another_span_of_years_asks_for_another_cohort(store: Store, kept: KeptArea) -> None:
    shown = open_card(store, kept)
    assert "từ 01/01/2022 đến 31/12/2022" in said(shown)
    next(each for each in shown.selectbox if each.label == "Đã chuyển hóa từ năm").set_value(2020)
    shown.run(timeout=120)
    assert "từ 01/01/2020 đến 31/12/2022" in said(shown)
