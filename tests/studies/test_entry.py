"""A figure typed by hand: a new revision, never a second count."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from errors import BadOption, NotComparable
from geo.frames import BoundaryVersion, Kind, Period
from geo.reading.columns import TableColumns
from geo.rows.facts import join_table
from store.opening import open_store
from store.repository import Store
from studies.entry import Typed, keep_typed, look_up
from tests.mau import VERSION, make_table, make_wards

WARDS = make_wards()
MARCH = Period(dt.date(2022, 3, 1), dt.date(2022, 3, 31))
APRIL = Period(dt.date(2022, 4, 1), dt.date(2022, 4, 30))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/kho.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def area_id(store: Store) -> int:
    return store.keep_boundaries(WARDS, key="mau", title="Thành phố Mẫu")


def keep_march(store: Store, area_id: int) -> int:
    table = make_table(
        {"ma_xa": ["00001", "00002"], "so_vu": ["5", "7"], "thang": ["2022-03", "2022-03"]}, file="vu.csv"
    )
    joined, findings, _ = join_table(WARDS, table, "incidents", TableColumns(), version=VERSION)
    return store.keep(area_id, joined, file_name="vu.csv", sha256="1", findings=findings, replace=False)


def counts(store: Store, area_id: int) -> dict[str, float]:
    rows = pd.concat([fact.rows for fact in store.load(area_id, "incidents")])
    return {str(code): float(n) for code, n in rows.groupby("ward_code")["n"].sum().items()}


def test_a_corrected_count_replaces_the_one_on_file_and_the_old_one_stays_readable(
    store: Store, area_id: int
) -> None:
    first = keep_march(store, area_id)
    typed = Typed("incidents", "00001", n=6, period=MARCH)
    assert look_up(store, area_id, typed).n == 5
    second = keep_typed(store, area_id, WARDS, typed, by="Văn phòng")
    assert counts(store, area_id) == {"00001": 6, "00002": 7}
    assert [entry.id for entry in store.list_revisions(second)] == [second, first]
    assert store.load_dataset(first).rows["n"].tolist() == [5, 7]
    kept = store.list_datasets(area_id)[0]
    assert (kept.file_name, kept.by, kept.revision) == ("vu.csv", "Văn phòng", 2)
    remark = kept.findings[-1]
    assert (remark.code, remark.facts["before"], remark.facts["after"]) == ("TypedByHand", 5, 6)


def test_a_ward_that_sent_nothing_is_added_to_the_file_of_those_days(store: Store, area_id: int) -> None:
    keep_march(store, area_id)
    keep_typed(store, area_id, WARDS, Typed("incidents", "00003", n=0, period=MARCH))
    assert counts(store, area_id) == {"00001": 5, "00002": 7, "00003": 0}
    assert len(store.list_datasets(area_id)) == 1


def test_typed_figures_of_other_days_make_a_dataset_of_their_own(store: Store, area_id: int) -> None:
    keep_march(store, area_id)
    keep_typed(
        store, area_id, WARDS, Typed("incidents", "00001", n=2, period=APRIL, source="Báo cáo tháng 4")
    )
    keep_typed(store, area_id, WARDS, Typed("incidents", "00002", n=3, period=APRIL))
    assert counts(store, area_id) == {"00001": 7, "00002": 10}
    files = [(entry.file_name, entry.n_rows, entry.revision) for entry in store.list_datasets(area_id)]
    assert files == [("vu.csv", 2, 1), ("nhap-tay", 2, 2)]


def test_a_month_inside_a_year_on_file_is_refused(store: Store, area_id: int) -> None:
    keep_typed(
        store, area_id, WARDS,
        Typed("incidents", "00001", n=60, period=Period(dt.date(2022, 1, 1), dt.date(2022, 12, 31))),
    )  # fmt: skip
    with pytest.raises(NotComparable, match="typed_overlap"):
        keep_typed(store, area_id, WARDS, Typed("incidents", "00001", n=6, period=MARCH))


def test_a_total_beside_its_categories_is_refused(store: Store, area_id: int) -> None:
    keep_typed(
        store, area_id, WARDS, Typed("incidents", "00001", n=4, period=MARCH, category="Trộm cắp tài sản")
    )
    with pytest.raises(NotComparable, match="typed_overlap"):
        keep_typed(store, area_id, WARDS, Typed("incidents", "00001", n=6, period=MARCH))


def test_cameras_residents_and_a_status_are_typed_too(store: Store, area_id: int) -> None:
    keep_typed(store, area_id, WARDS, Typed("cameras", "00002", n=12, n_working=9))
    keep_typed(store, area_id, WARDS, Typed("cameras", "00002", n=14))
    keep_typed(store, area_id, WARDS, Typed("population", "00002", n=2_100))
    keep_typed(
        store, area_id, WARDS,
        Typed("status", "00002", year=2022, status="dang_chuyen_hoa", source="Kế hoạch 75"),
    )  # fmt: skip
    cameras = store.load(area_id, "cameras")[0].rows
    assert cameras["n"].tolist() == [14]
    assert cameras["n_working"].isna().all()
    assert store.load(area_id, "population")[0].rows["n"].tolist() == [2_100]
    status = store.load(area_id, "status")[0].rows
    assert status[["year", "status", "source"]].to_numpy().tolist() == [
        [2022, "dang_chuyen_hoa", "Kế hoạch 75"]
    ]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (Typed("incidents", "99999", n=1, period=MARCH), "typed_ward"),
        (Typed("incidents", "00001", n=1), "typed_period"),
        (Typed("incidents", "00001", n=-1, period=MARCH), "typed_number"),
        (Typed("incidents", "00001", n=1.5, period=MARCH), "typed_number"),
        (Typed("cameras", "00001", n=3, n_working=4), "typed_working"),
        (Typed("status", "00001", year=2022), "typed_status"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_and_nothing_is_kept(
    store: Store, area_id: int, typed: Typed, reason: str
) -> None:
    before = store.revision()
    with pytest.raises(BadOption, match=reason):
        keep_typed(store, area_id, WARDS, typed)
    assert store.revision() == before


def test_a_category_written_otherwise_is_corrected_not_counted_twice(store: Store, area_id: int) -> None:
    table = make_table(
        {"ma_xa": ["00001"], "so_vu": ["5"], "thang": ["2022-03"], "loai_vu": ["Trộm cắp"]}, file="vu.csv"
    )
    joined, findings, _ = join_table(WARDS, table, "incidents", TableColumns(), version=VERSION)
    store.keep(area_id, joined, file_name="vu.csv", sha256="1", findings=findings, replace=False)
    typed = Typed("incidents", "00001", n=6, period=MARCH, category="trộm cắp")
    assert look_up(store, area_id, typed).n == 5
    keep_typed(store, area_id, WARDS, typed)
    assert counts(store, area_id) == {"00001": 6}


def test_a_category_new_to_the_file_keeps_its_name(store: Store, area_id: int) -> None:
    table = make_table(
        {"ma_xa": ["00001"], "so_vu": ["5"], "thang": ["2022-03"], "loai_vu": ["Trộm cắp"]}, file="vu.csv"
    )
    joined, findings, _ = join_table(WARDS, table, "incidents", TableColumns(), version=VERSION)
    listed = replace(joined, rows=joined.rows.astype({"category": "category"}))
    store.keep(area_id, listed, file_name="vu.csv", sha256="1", findings=findings, replace=False)
    keep_typed(store, area_id, WARDS, Typed("incidents", "00001", n=2, period=MARCH, category="Cướp giật"))
    rows = store.load(area_id, "incidents")[0].rows
    assert dict(zip(rows["category"], rows["n"], strict=True)) == {"Trộm cắp": 5, "Cướp giật": 2}


@pytest.mark.parametrize("kind", ["incidents", "cameras"])
def test_one_typed_ward_does_not_hide_the_points_of_all_others(
    store: Store, area_id: int, kind: Kind
) -> None:
    table = make_table(
        {"longitude": ["105.005", "105.015"], "latitude": ["10.005"] * 2, "ngay": ["2022-03-05"] * 2},
        file="diem.csv",
    )
    joined, findings, _ = join_table(WARDS, table, kind, TableColumns(), version=VERSION)
    store.keep(area_id, joined, file_name="diem.csv", sha256="1", findings=findings, replace=False)
    with pytest.raises(NotComparable) as refused:
        keep_typed(store, area_id, WARDS, Typed(kind, "00001", n=3, period=MARCH))
    assert (refused.value.reason, refused.value.facts["file"]) == ("typed_points", "diem.csv")
    assert len(store.list_datasets(area_id)) == 1


def test_days_before_the_boundaries_were_in_force_are_refused(store: Store) -> None:
    validity = BoundaryVersion(VERSION, dt.date(2022, 4, 1))
    area_id = store.keep_boundaries(WARDS, key="sau", title="Mẫu", validity=validity)
    with pytest.raises(NotComparable) as refused:
        keep_typed(store, area_id, WARDS, Typed("incidents", "00001", n=3, period=MARCH))
    assert refused.value.reason == "typed_version"
    keep_typed(store, area_id, WARDS, Typed("incidents", "00001", n=3, period=APRIL))
    assert counts(store, area_id) == {"00001": 3}
