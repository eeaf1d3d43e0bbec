"""Joined files: what comes back, what stands beside what, and what changes nothing."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from errors import NoData, NotComparable
from geo.findings import Finding
from geo.frames import Joined
from store.repository import Store
from tests.store.six_wards import (
    make_cameras,
    make_incidents,
    make_population,
    make_status,
    make_told_cameras,
    make_told_incidents,
    make_wards,
)


def keep(store: Store, area_id: int, joined: Joined, sha256: str = "f1", *, replace: bool = False) -> int:
    name = f"{sha256}.csv"
    return store.keep(area_id, joined, file_name=name, sha256=sha256, findings=(), replace=replace)


def list_active(store: Store, area_id: int) -> list[tuple[str, str]]:
    return [(entry.kind, entry.sha256) for entry in store.list_datasets(area_id)]


@pytest.mark.parametrize(
    "joined",
    [
        make_incidents(),
        make_told_incidents(),
        make_cameras(),
        make_told_cameras(),
        make_population(),
        make_status(),
    ],
)
def test_rows_come_back_exactly_as_they_were_kept(store: Store, area_id: int, joined: Joined) -> None:
    keep(store, area_id, joined)
    (loaded,) = store.load(area_id, joined.kind)
    assert_frame_equal(loaded.rows, joined.rows)
    assert replace(loaded, rows=joined.rows) == replace(joined)


def test_columns_of_persons_are_not_kept(store: Store, area_id: int) -> None:
    joined = make_cameras()
    keep(store, area_id, replace(joined, rows=joined.rows.assign(owner="Nguyễn Văn A", phone="0912")))
    assert_frame_equal(store.load(area_id, "cameras")[0].rows, joined.rows)


@pytest.mark.parametrize("dtype", ["object", "str", "category"])
def test_a_nul_character_in_a_text_is_left_out(store: Store, area_id: int, dtype: str) -> None:
    joined = make_incidents()
    category = pd.Series(["Trộm\0 cắp", None, "Cướp"], dtype=dtype)
    keep(store, area_id, replace(joined, rows=joined.rows.assign(category=category)))
    kept = store.load(area_id, "incidents")[0].rows["category"]
    assert [text if isinstance(text, str) else None for text in kept] == ["Trộm cắp", None, "Cướp"]


def test_an_empty_file_comes_back_empty_with_its_column_types(store: Store, area_id: int) -> None:
    joined = replace(make_incidents(), rows=make_incidents().rows.iloc[:0])
    keep(store, area_id, joined)
    (loaded,) = store.load(area_id, "incidents")
    assert_frame_equal(loaded.rows, joined.rows)


def test_a_dataset_tells_its_tally_period_and_findings(store: Store, area_id: int) -> None:
    finding = Finding("NotInAnyWard", "warning", "a.csv:1", "200, -10", {"n": np.int64(1), "share": np.nan})
    keep_id = store.keep(
        area_id, make_incidents(), file_name="a.csv", sha256="f1", findings=[finding], replace=False
    )
    (entry,) = store.list_datasets(area_id)
    assert (entry.id, entry.kind, entry.file_name, entry.n_rows) == (keep_id, "incidents", "a.csv", 3)
    left = {"ambiguous": 0, "unmatched": 0}
    assert entry.tally == {
        "n": {"given": 4.0, "joined": 3.0, "outside": 1.0, "no_location": 0.0, **left},
        "rows": {"given": 3, "joined": 1, "outside": 1, "no_location": 1, **left},
    }
    assert (entry.period_start, entry.period_end) == (dt.date(2024, 1, 1), dt.date(2024, 1, 31))
    assert entry.findings == (replace(finding, facts={"n": 1, "share": None}),)
    assert (entry.by_place, entry.complete, entry.version, entry.active) == (True, False, "mau-2024", True)
    assert entry.source.name == "Công an phường"


def test_the_same_file_kept_twice_changes_nothing(store: Store, area_id: int) -> None:
    first = keep(store, area_id, make_incidents())
    revision = store.revision()
    assert keep(store, area_id, make_incidents()) == first
    assert keep(store, area_id, make_incidents(), replace=True) == first
    assert store.revision() == revision
    assert len(store.load(area_id, "incidents")) == 1


def test_a_file_read_otherwise_takes_the_place_of_its_earlier_reading(store: Store, area_id: int) -> None:
    first = keep(store, area_id, make_incidents(n=3))
    second = keep(store, area_id, make_incidents(n=5))
    assert second != first
    assert [joined.rows["n"][0] for joined in store.load(area_id, "incidents")] == [5.0]
    assert [entry.id for entry in store.list_datasets(area_id, active=False)] == [first]


def test_two_files_without_a_known_sum_are_two_files(store: Store, area_id: int) -> None:
    assert keep(store, area_id, make_cameras(), "") != keep(store, area_id, make_cameras(), "")
    assert len(store.load(area_id, "cameras")) == 2


def test_replacing_supersedes_only_the_same_kind_in_the_same_area(store: Store, area_id: int) -> None:
    other_area = store.keep_boundaries(make_wards(), key="other", title="Other")
    keep(store, area_id, make_incidents("2024-01-01"), "i1")
    keep(store, area_id, make_cameras(), "c1")
    keep(store, other_area, make_incidents(), "i1")
    keep(store, area_id, make_incidents("2024-06-01"), "i2", replace=True)
    assert list_active(store, area_id) == [("cameras", "c1"), ("incidents", "i2")]
    assert list_active(store, other_area) == [("incidents", "i1")]
    assert [entry.sha256 for entry in store.list_datasets(area_id, active=False)] == ["i1"]


def test_months_can_be_added_one_after_the_other(store: Store, area_id: int) -> None:
    keep(store, area_id, make_incidents("2024-01-01"), "i1")
    keep(store, area_id, make_incidents("2024-02-01"), "i2")
    firsts = [joined.rows["start"][0].date() for joined in store.load(area_id, "incidents")]
    assert firsts == [dt.date(2024, 1, 1), dt.date(2024, 2, 1)]


def test_incidents_of_days_already_covered_are_refused_unless_they_replace(
    store: Store, area_id: int
) -> None:
    keep(store, area_id, make_incidents("2024-01-01"), "i1")
    revision = store.revision()
    with pytest.raises(NotComparable) as caught:
        keep(store, area_id, make_incidents("2024-01-31"), "i2")
    assert caught.value.reason == "overlap"
    assert caught.value.facts == {
        "file": "i2.csv",
        "start": dt.date(2024, 1, 31),
        "end": dt.date(2024, 3, 1),
        "other": "i1.csv",
        "other_start": dt.date(2024, 1, 1),
        "other_end": dt.date(2024, 1, 31),
    }
    assert (store.revision(), list_active(store, area_id)) == (revision, [("incidents", "i1")])
    keep(store, area_id, make_incidents("2024-01-31"), "i2", replace=True)
    assert list_active(store, area_id) == [("incidents", "i2")]


def test_incidents_without_dates_stand_alone(store: Store, area_id: int) -> None:
    dated = make_incidents()
    undated = replace(dated, rows=dated.rows.assign(start=dated.rows["start"][2], end=dated.rows["end"][2]))
    keep(store, area_id, undated, "i1")
    with pytest.raises(NotComparable) as caught:
        keep(store, area_id, dated, "i2")
    assert caught.value.facts == {"file": "i2.csv", "other": "i1.csv"}
    assert caught.value.reason == "undated"


@pytest.mark.parametrize(
    ("area", "data", "kept"), [("v1", "v2", False), ("v1", None, True), (None, "v2", True)]
)
def test_only_two_known_and_different_versions_are_refused(
    store: Store, area: str | None, data: str | None, kept: bool
) -> None:
    area_id = store.keep_boundaries(make_wards(version=area), key="k", title="t")
    joined = replace(make_cameras(), version=data)
    if kept:
        keep(store, area_id, joined)
    else:
        with pytest.raises(NotComparable) as caught:
            keep(store, area_id, joined)
        assert caught.value.reason == "version"
        assert caught.value.facts == {"file": "f1.csv", "given": "v2", "known": "v1"}
    assert len(store.list_datasets(area_id)) == int(kept)


def test_a_ward_of_another_area_is_a_bug_and_keeps_nothing(store: Store, area_id: int) -> None:
    joined = make_population()
    revision = store.revision()
    with pytest.raises(ValueError, match="99999"):
        keep(store, area_id, replace(joined, rows=joined.rows.assign(ward_code="99999")))
    assert (store.revision(), store.list_datasets(area_id)) == (revision, [])


def test_a_removed_dataset_is_no_longer_active_and_may_be_kept_again(store: Store, area_id: int) -> None:
    first = keep(store, area_id, make_cameras())
    store.remove_dataset(first)
    revision = store.revision()
    store.remove_dataset(first)
    assert store.revision() == revision
    assert store.load(area_id, "cameras") == []
    assert [entry.id for entry in store.list_datasets(area_id, active=False)] == [first]
    assert keep(store, area_id, make_cameras()) != first


def test_every_write_raises_the_revision(store: Store, area_id: int) -> None:
    seen = [store.revision()]
    first = keep(store, area_id, make_cameras())
    seen.append(store.revision())
    keep(store, area_id, make_status())
    seen.append(store.revision())
    store.remove_dataset(first)
    seen.append(store.revision())
    assert seen == [1, 2, 3, 4]


def test_unknown_areas_and_datasets_are_said_so(store: Store) -> None:
    with pytest.raises(NoData) as no_area:
        keep(store, 5, make_cameras())
    with pytest.raises(NoData) as no_dataset:
        store.remove_dataset(5)
    assert [no_area.value.reason, no_dataset.value.reason] == ["area", "dataset"]
    assert store.list_datasets(5) == []


def test_more_rows_than_one_chunk_keep_their_order(store: Store, area_id: int) -> None:
    n_rows = 25_001
    place = pd.Series(range(n_rows))
    blank = make_population().rows.iloc[[0] * n_rows].reset_index(drop=True)
    rows = blank.assign(row=place[::-1].to_numpy(), n=place.astype(float) / 7)
    keep(store, area_id, Joined("population", rows))
    assert_frame_equal(store.load(area_id, "population")[0].rows, rows)
