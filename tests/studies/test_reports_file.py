"""The five reports go into a store once, whole, and stay as people have gone on with them."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from planning.lifecycle import state_of
from planning.papers import Document
from planning.programme import Step
from store.opening import open_store
from store.repository import Store
from studies.reports_file import keep_first_catalogue, load_reports

DATA = Path(__file__).parents[2] / "data"
SAMPLE = DATA / "sample"
KEYS = ["can-tho-2022", "can-tho-2021", "thanh-hoa-2023", "ngoc-lac-2024", "ben-cat-2022"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{tmp_path}/kho.sqlite")) as opened:
        load_reports(opened, SAMPLE, by="thử")
        yield opened


def test_the_example_holds_the_five_reports_on_its_own_boundaries(example: Store) -> None:
    assert [kept.content.key for kept in example.list_programmes()] == KEYS
    kept = example.find_programme("can-tho-2022")
    assert kept is not None
    first = example.list_areas()[0]
    areas = example.list_target_areas(kept.id)
    assert {area.content.area_id for area in areas} == {first.id}
    wards = example.load_wards(first.id).frame
    assert {area.content.ward_code: area.content.ward_name for area in areas} == {
        area.content.ward_code: wards.loc[area.content.ward_code, "ward_name"] for area in areas
    }
    assert {area.content.parent for area in areas} == set(wards["parent"])


def test_areas_without_kept_boundaries_are_kept_by_code_and_version(store: Store) -> None:
    seen = {(area.content.version, area.content.area_id) for area in store.list_target_areas()}
    assert seen == {("can-tho-truoc-2024-10-31", None), ("thanh-hoa-truoc-2025-07-01", None)}


def test_each_area_stands_where_its_report_left_it_and_the_step_says_it_was_taken_over(store: Store) -> None:
    found = {}
    for kept in store.list_programmes():
        areas = store.list_target_areas(kept.id)
        found[kept.content.key] = (len(areas), {state_of(area.taken) for area in areas})
        for area in areas:
            (step,) = area.taken
            assert step.note.startswith("Tiếp nhận từ bài báo")
            assert (step.grade, step.corrects) == ("", None)
    assert found == {
        "can-tho-2022": (9, {"dang_chuyen_hoa"}),
        "can-tho-2021": (0, set()),
        "thanh-hoa-2023": (4, {"dang_chuyen_hoa"}),
        "ngoc-lac-2024": (3, {"duoc_lua_chon"}),
        "ben-cat-2022": (0, set()),
    }


def test_only_thanh_hoa_reports_areas_that_were_early_and_no_start_day_is_made_up(store: Store) -> None:
    areas = [area.content for area in store.list_target_areas()]
    early = {area.ward_code: area.reached_early_on for area in areas if area.reached_early_on}
    assert early == dict.fromkeys(("14806", "14803", "16438", "15187"), dt.date(2023, 5, 19))
    assert {(area.start, area.end, area.sub_plan_on) for area in areas} == {(None, None, None)}


def test_targets_and_reasons_are_those_of_the_catalogue(store: Store) -> None:
    (catalogue,) = [kept.content for kept in store.list_catalogues()]
    sets = {group.key: group.targets for group in catalogue.target_sets}
    promised = {kept.content.key: kept.content.targets for kept in store.list_programmes()}
    assert promised == {
        "can-tho-2022": sets["S0"],
        "can-tho-2021": (),
        "thanh-hoa-2023": sets["S2"],
        "ngoc-lac-2024": sets["S3"],
        "ben-cat-2022": (),
    }
    assert [len(sets[key]) for key in ("S0", "S2", "S3")] == [2, 2, 12]
    known = {each.key for each in catalogue.reasons}
    assert {reason for area in store.list_target_areas() for reason in area.content.reasons} == known
    registers = {each.key for each in catalogue.registers}
    assert {kept.content.register for kept in store.list_programmes()} - registers == {""}


def test_loading_again_changes_nothing(store: Store) -> None:
    before = store.revision()
    load_reports(store, SAMPLE, by="người khác")
    assert store.revision() == before


def test_what_people_went_on_with_stays_theirs(store: Store) -> None:
    kept = store.find_programme("can-tho-2022")
    assert kept is not None
    area = store.list_target_areas(kept.id)[0]
    paper = Document("Quyết định", "12/QĐ-BCĐ", "Ban Chỉ đạo 138", dt.date(2023, 1, 10))
    step = Step("chuyen_hoa_thanh_cong", dt.date(2023, 1, 10), paper, "Ban Chỉ đạo 138", grade="tot")
    store.take_step(area.id, step, seen=1)
    told = replace(kept.content, note="đã rà lại")
    store.keep_programme(told, record_id=kept.id, base_revision=kept.revision)
    model = store.list_models()[0]
    store.keep_model(replace(model.content, n_units=4.0), record_id=model.id, base_revision=model.revision)
    before, n_models = store.revision(), len(store.list_models())
    load_reports(store, SAMPLE)
    assert (store.revision(), len(store.list_models())) == (before, n_models)
    assert state_of(store.load_target_area(area.id).taken) == "chuyen_hoa_thanh_cong"


def test_figures_keep_level_source_and_date_and_are_never_spread(store: Store) -> None:
    figures = [figure for kept in store.list_programmes() for figure in kept.content.figures]
    figures += [figure for kept in store.list_models() for figure in kept.content.figures]
    assert all(figure.level and figure.place and figure.source and figure.stated_on for figure in figures)
    assert [figure.place for figure in figures if figure.level == "ward"] == [
        "Phường Hưng Thạnh, Quận Cái Răng, Thành phố Cần Thơ"
    ]
    assert not any(kept.content.illustrative for kept in store.list_programmes())
    assert not any(kept.content.illustrative for kept in store.list_models())


def test_no_single_event_and_no_camera_total_of_a_ward_in_ben_cat_is_there() -> None:
    text = (SAMPLE / "reports.toml").read_text(encoding="utf-8")
    assert [word for word in ("Mỹ Phước", "26-6", "26/6", "khu phố", "25813") if word in text] == []


def test_a_store_without_a_catalogue_is_given_the_bundled_one_and_no_second(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path}/kho.sqlite")) as fresh:
        keep_first_catalogue(fresh, tmp_path)
        assert fresh.list_catalogues() == []
        keep_first_catalogue(fresh, DATA)
        revision = fresh.revision()
        keep_first_catalogue(fresh, DATA)
        assert (len(fresh.list_catalogues()), fresh.revision()) == (1, revision)


def test_a_folder_without_reports_changes_nothing(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path}/kho.sqlite")) as fresh:
        before = fresh.revision()
        load_reports(fresh, tmp_path)
        assert fresh.revision() == before
