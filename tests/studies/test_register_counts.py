"""A register's own group in the targets, the remark and the watch alike, named wherever it is counted."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.frames import Joined
from geo.question import EVERY_CRIME, Selection
from i18n.messages import load_words
from planning.programme import Programme
from store.opening import open_store
from store.plan_records import KeptArea
from store.repository import Store
from studies.judging import ProgrammeRemark, judge_programme
from studies.kpi_report import KpiReport
from studies.registers import list_selections, name_selection
from studies.watch import Watched, watch_areas
from tests.grid_city import make_counts, year
from tests.mau import VERSION
from tests.studies.promised_city import (
    FALL,
    KEPT,
    TODAY,
    keep_programme,
    look,
    make_area,
    make_programme,
    start_catalogue,
)
from tests.studies.watched_city import every, keep, months, tabulate

VI = load_words("vi")
SOCIAL, DRUGS = "Trộm cắp tài sản", "Ma túy"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{tmp_path}/kho.sqlite")) as opened:
        start_catalogue(opened)
        yield opened


def tell_apart(**by_category: Any) -> Joined:
    """One file of both groups; by_category: social and drugs, counts by period."""
    facts = [
        make_counts(by_category["social"], category=SOCIAL),
        make_counts(by_category["drugs"], category=DRUGS),
    ]
    rows = pd.concat([fact.rows for fact in facts], ignore_index=True)
    return replace(facts[0], rows=rows.assign(row=range(len(rows))), version=VERSION)


def keep_areas(store: Store, programme: Programme, *areas: Any) -> list[KeptArea]:
    return keep_programme(store, programme, *((area, KEPT) for area in areas))


def judge(store: Store, areas: list[KeptArea], programme: Programme) -> ProgrammeRemark:
    return judge_programme(store, areas, VI, selections=list_selections(programme.register))


def watch(store: Store, areas: list[KeptArea], programme: Programme) -> Watched:
    chosen = list_selections(programme.register)
    return watch_areas(store, areas, VI, today=TODAY, months=12, selections=chosen)


def list_kpi_counts(report: KpiReport) -> list[tuple[float, float]]:
    return [(line.assessment.denominator, line.assessment.numerator) for line in report.lines]


COUNTS = tell_apart(
    social=dict.fromkeys(months("2021-01", 12), every(10)) | dict.fromkeys(months("2022-01", 24), every(5)),
    drugs=dict.fromkeys(months("2021-01", 36), every(2)),
)


@pytest.mark.parametrize(
    ("register", "counted", "level", "name"),
    [
        ("TTATXH", (120, 60), 5.0, "trật tự xã hội"),
        ("MA_TUY", (24, 24), 2.0, "ma túy"),
        ("ANTT", (144, 84), 7.0, "mọi tội phạm"),
        ("", (144, 84), 7.0, "mọi tội phạm"),
    ],
)
def test_targets_remark_and_watch_count_the_same_incidents(
    store: Store, register: str, counted: tuple[int, int], level: float, name: str
) -> None:
    keep(store, COUNTS)
    programme = make_programme(targets=(FALL,), register=register, n_selected=1)
    areas = keep_areas(store, programme, make_area(1, comparison=("00003", "00006")))
    assert list_kpi_counts(look(store)) == [counted]
    remark = judge(store, areas, programme)
    row = remark.by_area[areas[0].id].rows[0]
    assert (row.before, row.after) == tuple(map(str, counted))
    told = f"Loại vụ được tính: {name}."
    assert remark.by_area[areas[0].id].sentence.endswith(told)
    assert remark.sentence.endswith(told)
    watched = watch(store, areas, programme)
    assert (watched.rows[0].expected, watched.rows[0].counts[0]) == (level, level)
    assert watched.counted == (told,)


def test_files_that_do_not_tell_the_group_apart_are_counted_whole_and_said_so(store: Store) -> None:
    keep(store, tabulate(dict.fromkeys(months("2021-01", 36), every(4))))
    programme = make_programme(targets=(FALL,), n_selected=1)
    areas = keep_areas(store, programme, make_area(1, comparison=("00003",)))
    assert list_kpi_counts(look(store)) == [(48, 48)]
    remark = judge(store, areas, programme).by_area[areas[0].id]
    assert remark.sentence.endswith("Loại vụ được tính: mọi tội phạm.")
    assert watch(store, areas, programme).counted == ("Loại vụ được tính: mọi tội phạm.",)


def test_one_selection_holds_for_both_sides_of_the_remark(store: Store) -> None:
    groups = replace(make_counts({year(2021): every(100)}, category=SOCIAL), version=VERSION)
    keep(store, groups, tabulate({year(2022): every(50)}))
    programme = make_programme(targets=(FALL,), n_selected=1)
    areas = keep_areas(store, programme, make_area(1, comparison=("00003",)))
    remark = judge(store, areas, programme).by_area[areas[0].id]
    (kpi,) = look(store).counted.values()
    assert (kpi.chosen, kpi.gap) == (Selection(group="social"), "no_figures")
    assert remark.sentence == (
        "Chưa nhận xét được so với đối chứng: chưa có số liệu trước hoặc sau của P. Một. "
        "Loại vụ được tính: trật tự xã hội."
    )


def test_areas_that_are_not_counted_alike_are_named_and_never_added_up(store: Store) -> None:
    keep(store, COUNTS, tabulate(dict.fromkeys(months("2024-01", 24), every(4))))
    programme = make_programme(n_selected=2)
    later = {
        "base_start": dt.date(2024, 1, 1),
        "base_end": dt.date(2024, 12, 31),
        "start": dt.date(2025, 1, 1),
        "end": dt.date(2025, 12, 31),
    }
    mine = (make_area(1, comparison=("00003",)), make_area(2, comparison=("00006",), **later))
    areas = keep_areas(store, programme, *mine)
    assert judge(store, areas, programme).sentence == (
        "Không cộng chung cả chương trình vì các địa bàn được tính theo loại vụ khác nhau; chỉ xem từng "
        "địa bàn."
    )
    assert watch(store, areas, programme).counted == (
        "Loại vụ được tính ở P. Một, Q. Đông: trật tự xã hội.",
        "Loại vụ được tính ở P. Hòa Bình, Q. Đông: mọi tội phạm.",
    )


@given(st.text())
def test_every_register_ends_with_every_crime_and_each_choice_has_a_name(register: str) -> None:
    chosen = list_selections(register)
    assert chosen[-1] == EVERY_CRIME
    assert len(chosen) <= 2
    assert all(name_selection(each, VI) for each in chosen)
