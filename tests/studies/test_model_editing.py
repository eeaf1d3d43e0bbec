"""A model typed by hand: checked, kept on the version it began with, and no person named."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import BadOption, ChangedMeanwhile
from geo.reading.persons import find_person_text
from i18n.messages import load_words
from planning.evidence import count_models
from planning.model_shares import list_shares
from planning.models import CrimeModel
from planning.papers import Figure
from store.opening import open_store
from store.repository import Store
from studies.example import keep_example
from studies.model_editing import (
    TypedResult,
    carry_over,
    check_model,
    keep_model,
    list_models,
    load_model,
    make_figure,
    make_key,
    put_result,
)
from studies.model_words import compare_models, name_model, write_result

BOUNDARIES = Path(__file__).parents[2] / "data" / "boundaries"
WORDS = load_words("vi")
DAY = dt.date(2024, 12, 1)
MODEL = CrimeModel("Tiếng kẻng an ninh", "ward", "Xã Ba, Thành phố Mẫu", source="Báo cáo 12", as_of="2024")
RECEIVED = TypedResult("tips_received", "Tin tiếp nhận", 31.0, unit="tin", period="2024")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path}/kho.sqlite")


def test_a_model_and_its_results_are_kept_revision_by_revision(store: Store) -> None:
    first = keep_model(store, MODEL, None, by="Công an xã")
    with_result = put_result(MODEL, None, make_figure(RECEIVED, MODEL))
    second = keep_model(store, with_result, first, by="Công an xã")
    assert (second.id, second.revision, second.by) == (first.id, 2, "Công an xã")
    assert load_model(store, first.id).content.figures == (
        Figure(
            "tips_received", "Tin tiếp nhận", 31.0, "tin", level="ward", place=MODEL.place, period="2024",
            source="Báo cáo 12",
        ),
    )  # fmt: skip
    assert keep_model(store, with_result, second) == second


def test_the_second_of_two_writers_is_told_and_both_changes_can_stand(store: Store) -> None:
    base = keep_model(store, MODEL, None)
    theirs = keep_model(store, replace(MODEL, n_members=28.0), base, by="Lan")
    mine = replace(MODEL, note="mở rộng năm 2025")
    with pytest.raises(ChangedMeanwhile) as told:
        keep_model(store, mine, base, by="Minh")
    assert (told.value.facts["revision"], told.value.facts["by"]) == (2, "Lan")
    assert load_model(store, base.id) == theirs
    assert compare_models(mine, theirs.content, WORDS) == [
        ("Số thành viên", "không ghi", "28"),
        ("Ghi chú", "mở rộng năm 2025", "không ghi"),
    ]
    both = keep_model(store, carry_over(base.content, mine, theirs.content), theirs, by="Minh")
    assert (both.content.n_members, both.content.note, both.revision) == (28.0, "mở rộng năm 2025", 3)


FIGURES = st.lists(
    st.builds(Figure, st.sampled_from("abc"), st.just("m"), st.sampled_from([1.0, 2.0]), st.just("vụ")),
    max_size=3, unique=True,
).map(tuple)  # fmt: skip
MODELS = st.builds(
    CrimeModel, st.sampled_from("xy"), st.just("ward"), st.just("p"), n_members=st.none() | st.just(3.0),
    figures=FIGURES,
)  # fmt: skip


@given(MODELS, MODELS)
def test_changes_carried_over_lose_nothing_and_add_nothing_of_their_own(
    base: CrimeModel, other: CrimeModel
) -> None:
    assert carry_over(base, base, other) == other
    carried = carry_over(base, other, base)
    assert replace(carried, figures=()) == replace(other, figures=())
    assert set(carried.figures) == set(other.figures)


def test_a_result_that_both_changed_stands_twice_rather_than_be_lost() -> None:
    base = put_result(MODEL, None, make_figure(RECEIVED, MODEL))
    mine = put_result(base, 0, make_figure(replace(RECEIVED, value=32.0), MODEL, base.figures[0]))
    theirs = put_result(base, 0, make_figure(replace(RECEIVED, value=33.0), MODEL, base.figures[0]))
    assert [figure.value for figure in carry_over(base, mine, theirs).figures] == [33.0, 32.0]
    assert carry_over(base, put_result(base, 0, None), base).figures == ()


def test_a_changed_result_keeps_what_the_form_does_not_ask() -> None:
    held = Figure(
        "cases", "Vụ", 6.0, "vụ", stated_on=DAY, as_of=DAY, level="district", place="Quận", note="n"
    )
    new = make_figure(TypedResult("cases", "Vụ", None, "text", "hàng chục vụ"), MODEL, held)
    assert (new.text, new.value, new.qualifier) == ("hàng chục vụ", None, "text")
    assert (new.stated_on, new.as_of, new.level, new.place, new.note) == (DAY, DAY, "district", "Quận", "n")


def test_the_known_kinds_of_results_give_their_shares() -> None:
    model = put_result(MODEL, None, make_figure(RECEIVED, MODEL))
    valuable = replace(RECEIVED, key="", measure="Tin có giá trị", value=28.0)
    model = put_result(model, None, make_figure(valuable, model))
    ((part, whole, percent),) = list_shares(model.figures)
    assert (part.key, whole.key, round(percent, 1)) == ("tips_valuable", "tips_received", 90.3)
    assert make_key("Vụ trộm cắp") == "vu_trom_cap"


def test_only_a_model_that_an_office_found_to_work_on_a_day_counts(store: Store) -> None:
    judged = replace(MODEL, effective=True, assessed_by="Công an huyện", assessed_on=DAY)
    keep_model(store, judged, None)
    assert count_models("m", [each.content for each in store.list_models()]).value == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name": " "}, "model_name"),
        ({"place": ""}, "model_place"),
        ({"source": ""}, "model_source"),
        ({"n_members": -1.0}, "model_count"),
        ({"n_units": float("nan")}, "model_count"),
        ({"effective": True}, "model_judged"),
        ({"effective": False, "assessed_by": "Công an huyện"}, "model_judged"),
        ({"assessed_on": DAY}, "model_judged"),
        ({"ward_code": "00003"}, "model_ward"),
        ({"note": "liên hệ 0912 345 678"}, "model_person"),
        ({"effective": True, "assessed_by": "Đại úy Nguyễn Văn An", "assessed_on": DAY}, "model_person"),
        ({"figures": (Figure("a", "Trần Thị Bích Thủy", 1.0, "vụ"),)}, "model_person"),
    ],
)
def test_what_no_model_can_be_is_refused_in_words(store: Store, changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadOption) as refusal:
        keep_model(store, replace(MODEL, **changes), None)
    assert refusal.value.reason == reason
    assert "{" not in WORDS.error(refusal.value)
    assert store.list_models() == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"measure": " "}, "result_measure"),
        ({"value": -1.0}, "result_value"),
        ({"qualifier": "text"}, "result_words"),
        ({"start": DAY, "end": dt.date(2024, 1, 1)}, "result_days"),
        ({"overlaps": "đ/c Lê Văn Tám"}, "model_person"),
    ],
)
def test_what_no_result_can_be_is_refused_in_words(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadOption) as refusal:
        make_figure(replace(RECEIVED, **changes), MODEL)
    assert refusal.value.reason == reason
    assert "{" not in WORDS.error(refusal.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Đại úy Nguyễn Văn An, Công an xã", "name"),
        ("Do đồng chí Lê Văn Tám đánh giá", "name"),
        ("Công an xã - Trần Thị Bích Thủy", "name"),
        ("gọi 0912 345 678", "phone"),
        ("số 012345678901", "number"),
        ("gửi a.b@congan.vn nhé", "email"),
        ("Công an phường Lê Lợi", None),
        ("Ban Chỉ đạo 138 Thành phố Cần Thơ", None),
        ("Báo cáo số 12/BC-UBND ngày 01/02/2024, 2.790.000.000 đồng", None),
        ("", None),
    ],
)
def test_a_typed_text_that_names_a_person_is_found_and_an_office_is_not(text: str, why: str | None) -> None:
    assert find_person_text(text) == why


def test_every_model_of_the_reports_can_be_opened_and_saved_again(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/vi-du.sqlite")
    keep_example(store, BOUNDARIES)
    models = store.list_models()
    assert len(models) > 15
    for kept in models:
        check_model(kept.content)
        for figure in kept.content.figures:
            assert write_result(figure, WORDS).startswith(f"{figure.measure}: ")
    ward = "Phường Hưng Thạnh, Quận Cái Răng, Thành phố Cần Thơ"
    (of_ward,) = list_models(store, ward)
    assert name_model(of_ward.content, WORDS) == f"Camera an ninh, {ward} (cấp phường, xã)"
    assert write_result(of_ward.content.figures[0], WORDS) == "Camera an ninh: trên 700 camera (2021)"
