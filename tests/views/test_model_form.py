"""The form of models without a browser: a new one, its result, two people at once, and a shared address."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from planning.models import CrimeModel
from planning.papers import Figure
from store.opening import open_store
from store.repository import Store
from tests.mau import VERSION, make_wards

PLACE = "Thành phố Mẫu"
BELL = CrimeModel(
    "Tiếng kẻng an ninh", "ward", f"Xã Ba, {PLACE}", n_members=28.0, source="Báo cáo 12",
    figures=(Figure("cases", "Vụ làm rõ", 6.0, "vụ", source="Báo cáo 12", period="2024"),),
)  # fmt: skip


def show_form(url: str, is_local: bool) -> None:
    """The form as a script of its own; it runs apart from this module."""
    from pathlib import Path

    from i18n.messages import load_words
    from store.opening import open_store
    from views.context import Context
    from views.follow_model_form import show_model_form

    store = open_store(url)
    areas = tuple(store.list_areas())
    show_model_form(
        Context(store, load_words("vi"), Path(), is_local, store.revision(), areas), "Thành phố Mẫu"
    )
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
        opened.keep_boundaries(make_wards(), key="mau", title="Thành phố Mẫu")
        yield opened


def start(store: Store, *, is_local: bool = True) -> AppTest:
    url = store.engine.url.render_as_string(hide_password=False)
    return run(AppTest.from_function(show_form, args=(url, is_local)))


def run(shown: AppTest) -> AppTest:
    shown.run(timeout=60)
    assert not shown.exception
    return shown


def said(shown: AppTest) -> str:
    return "".join(element.proto.body for element in shown.get("html"))


def box(shown: AppTest, kind: str, name: str) -> Any:
    """The box whose key ends so, whatever model and generation it is of."""
    return next(each for each in shown.get(kind) if each.key and each.key.endswith(f"_{name}"))


def press(shown: AppTest, label: str) -> AppTest:
    next(button for button in shown.button if button.label == label).click()
    return run(shown)


def pick(shown: AppTest, kept_id: int) -> AppTest:
    next(each for each in shown.selectbox if each.label == "Mô hình").select(str(kept_id))
    return run(shown)


def test_a_new_model_is_tied_to_its_ward_and_given_a_result(store: Store) -> None:
    shown = start(store)
    box(shown, "selectbox", "area").select("1")
    run(shown)
    box(shown, "text_input", "name").input("Camera an ninh")
    box(shown, "text_input", "source").input("Báo cáo 12")
    box(shown, "selectbox", "level").select("ward")
    box(shown, "selectbox", f"ward_{VERSION}").select("00003")
    box(shown, "number_input", "n_premises").set_value(12.0)
    next(each for each in shown.text_input if each.label.startswith("Người ghi")).input("Công an xã")
    press(shown, "Lưu mô hình")
    (kept,) = store.list_models()
    assert kept.content == CrimeModel(
        "Camera an ninh",
        "ward",
        PLACE,
        ward_code="00003",
        version=VERSION,
        n_premises=12.0,
        source="Báo cáo 12",
    )
    assert kept.by == "Công an xã"
    assert "Đã lưu mô hình «Camera an ninh»" in said(shown)
    box(shown, "selectbox", "result__kind").select("cameras")
    box(shown, "text_input", "result__measure").input("Camera")
    box(shown, "selectbox", "result__qualifier").select(">=")
    box(shown, "number_input", "result__value").set_value(700.0)
    box(shown, "text_input", "result__unit").input("camera")
    press(shown, "Lưu kết quả")
    (kept,) = store.list_models()
    assert kept.content.figures == (
        Figure("cameras", "Camera", 700.0, "camera", ">=", level="ward", place=PLACE, source="Báo cáo 12"),
    )
    assert (kept.revision, kept.by) == (2, "Công an xã")


def test_the_second_of_two_people_sees_both_and_loses_nothing(store: Store) -> None:
    base = store.keep_model(BELL)
    shown = pick(start(store), base.id)
    theirs = replace(BELL, n_members=30.0)
    store.keep_model(theirs, by="Lan", record_id=base.id, base_revision=1)
    box(shown, "text_input", "note").input("mở rộng")
    press(shown, "Lưu mô hình")
    assert "Lan đã lưu một bản khác" in said(shown)
    assert "<td>28</td><td>30</td>" in said(shown)
    assert store.list_models()[0].content == theirs
    press(shown, "Đưa phần tôi sửa lên bản mới nhất")
    (kept,) = store.list_models()
    assert (kept.revision, kept.content) == (3, replace(theirs, note="mở rộng"))


def test_a_form_that_was_open_stays_with_its_version_until_the_newest_is_asked_for(store: Store) -> None:
    base = store.keep_model(BELL)
    shown = pick(start(store), base.id)
    store.keep_model(replace(BELL, note="mới"), by="Lan", record_id=base.id, base_revision=1)
    run(shown)
    assert "Lan đã lưu bản thứ 2" in said(shown)
    assert box(shown, "text_input", "note").value == ""
    press(shown, "Mở bản mới nhất")
    assert box(shown, "text_input", "note").value == "mới"


def test_a_result_is_changed_or_left_out_and_its_revisions_stay(store: Store) -> None:
    base = store.keep_model(BELL)
    shown = pick(start(store), base.id)
    box(shown, "selectbox", "result").select("0")
    run(shown)
    box(shown, "number_input", "result_0_value").set_value(7.0)
    press(shown, "Lưu kết quả")
    assert [figure.value for figure in store.list_models()[0].content.figures] == [7.0]
    box(shown, "selectbox", "result").select("0")
    run(shown)
    press(shown, "Bỏ kết quả này")
    assert [len(each.content.figures) for each in store.list_model_revisions(base.id)] == [0, 1, 1]


def test_a_person_is_not_taken_in_and_what_was_typed_stays(store: Store) -> None:
    base = store.keep_model(BELL)
    shown = pick(start(store), base.id)
    box(shown, "text_input", "note").input("đồng chí Lê Văn Tám phụ trách")
    press(shown, "Lưu mô hình")
    assert "Ô «Ghi chú» có vẻ ghi tên người" in said(shown)
    assert box(shown, "text_input", "note").value == "đồng chí Lê Văn Tám phụ trách"
    assert store.list_models()[0].revision == 1


def test_an_address_that_others_reach_offers_no_form(store: Store) -> None:
    shown = start(store, is_local=False)
    assert [len(shown.get(kind)) for kind in ("text_input", "button", "selectbox")] == [0, 0, 0]
