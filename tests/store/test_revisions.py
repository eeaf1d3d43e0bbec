"""Corrections: which revision is read, and that every earlier one stays readable."""

from dataclasses import replace

import pytest
from pandas.testing import assert_frame_equal

from errors import NoData, NotComparable
from geo.frames import Joined
from store.repository import Store
from tests.store.six_wards import make_cameras, make_incidents, make_population, make_wards


def keep(
    store: Store,
    area_id: int,
    joined: Joined,
    sha256: str,
    *,
    replace: bool = False,
    supersedes: int | None = None,
) -> int:
    return store.keep(
        area_id,
        joined,
        file_name=f"{sha256}.csv",
        sha256=sha256,
        findings=(),
        replace=replace,
        by="Lan",
        supersedes=supersedes,
    )


def read(store: Store, area_id: int, *, settled: bool = False) -> list[float]:
    return [joined.rows["n"][0] for joined in store.load(area_id, "incidents", settled=settled)]


def list_chain(store: Store, dataset_id: int) -> list[tuple[int, int, int | None, bool]]:
    listed = store.list_revisions(dataset_id)
    return [(entry.id, entry.revision, entry.supersedes, entry.active) for entry in listed]


def test_a_correction_is_the_next_revision_and_the_old_one_stays_readable(store: Store, area_id: int) -> None:
    first = keep(store, area_id, make_incidents(n=3), "a")
    second = keep(store, area_id, make_incidents(n=5), "b", supersedes=first)
    third = keep(store, area_id, make_incidents(n=7), "c", supersedes=second)
    chain = [(third, 3, second, True), (second, 2, first, False), (first, 1, None, False)]
    assert [list_chain(store, dataset_id) for dataset_id in (first, second, third)] == [chain] * 3
    assert read(store, area_id) == [7.0]
    assert_frame_equal(store.load_dataset(first).rows, make_incidents(n=3).rows)
    assert store.list_datasets(area_id)[0].by == "Lan"


def test_a_correction_leaves_other_months_in_use(store: Store, area_id: int) -> None:
    january = keep(store, area_id, make_incidents("2024-01-01", n=1), "a")
    keep(store, area_id, make_incidents("2024-02-01", n=2), "b")
    keep(store, area_id, make_incidents("2024-01-01", n=10), "c", supersedes=january)
    assert sorted(read(store, area_id)) == [2.0, 10.0]


def test_a_correction_that_reaches_into_another_file_is_refused_and_changes_nothing(
    store: Store, area_id: int
) -> None:
    january = keep(store, area_id, make_incidents("2024-01-01"), "a")
    keep(store, area_id, make_incidents("2024-02-01"), "b")
    revision = store.revision()
    with pytest.raises(NotComparable) as caught:
        keep(store, area_id, make_incidents("2024-01-20"), "c", supersedes=january)
    assert (caught.value.reason, caught.value.facts["other"]) == ("overlap", "b.csv")
    assert (store.revision(), list_chain(store, january)) == (revision, [(january, 1, None, True)])


def test_the_same_correction_twice_changes_nothing(store: Store, area_id: int) -> None:
    first = keep(store, area_id, make_incidents(n=3), "a")
    second = keep(store, area_id, make_incidents(n=5), "b", supersedes=first)
    revision = store.revision()
    assert keep(store, area_id, make_incidents(n=5), "b", supersedes=first) == second
    assert keep(store, area_id, make_incidents(n=5), "b", supersedes=second) == second
    assert store.revision() == revision


def test_a_file_in_use_that_corrects_another_one_stands_once(store: Store, area_id: int) -> None:
    january = keep(store, area_id, make_incidents("2024-01-01", n=1), "a")
    february = keep(store, area_id, make_incidents("2024-02-01", n=2), "b")
    corrected = keep(store, area_id, make_incidents("2024-02-01", n=2), "b", supersedes=january)
    assert [entry.id for entry in store.list_datasets(area_id)] == [corrected]
    assert [entry.id for entry in store.list_datasets(area_id, active=False)] == [january, february]


def test_replacing_exactly_one_dataset_is_a_revision_of_it(store: Store, area_id: int) -> None:
    first = keep(store, area_id, make_incidents("2024-01-01"), "a")
    second = keep(store, area_id, make_incidents("2024-03-01"), "b", replace=True)
    assert list_chain(store, second) == [(second, 2, first, True), (first, 1, None, False)]


def test_replacing_several_datasets_begins_anew(store: Store, area_id: int) -> None:
    keep(store, area_id, make_incidents("2024-01-01"), "a")
    keep(store, area_id, make_incidents("2024-02-01"), "b")
    third = keep(store, area_id, make_incidents("2024-01-01"), "c", replace=True)
    assert list_chain(store, third) == [(third, 1, None, True)]


def test_a_file_read_otherwise_is_a_revision_of_its_earlier_reading(store: Store, area_id: int) -> None:
    first = keep(store, area_id, make_incidents(n=3), "a")
    second = keep(store, area_id, make_incidents(n=4), "a")
    assert list_chain(store, first) == [(second, 2, first, True), (first, 1, None, False)]


def test_only_what_is_in_use_can_be_corrected(store: Store, area_id: int) -> None:
    first = keep(store, area_id, make_incidents(n=3), "a")
    keep(store, area_id, make_incidents(n=5), "b", supersedes=first)
    removed = keep(store, area_id, make_incidents("2025-01-01"), "c")
    store.remove_dataset(removed)
    for dataset_id, other in ((first, "a.csv"), (removed, "c.csv")):
        with pytest.raises(NotComparable) as caught:
            keep(store, area_id, make_incidents(n=9), "d", supersedes=dataset_id)
        assert caught.value.reason == "inactive"
        assert caught.value.facts == {"file": "d.csv", "other": other}
    with pytest.raises(NoData) as unknown:
        keep(store, area_id, make_incidents(n=9), "d", supersedes=99)
    assert unknown.value.reason == "dataset"


def test_another_kind_form_or_area_is_no_correction(store: Store, area_id: int) -> None:
    incidents = keep(store, area_id, make_incidents(), "a")
    elsewhere = store.keep_boundaries(make_wards(), key="khac", title="Nơi khác")
    table = replace(make_incidents(), by_place=False)
    for area, joined in ((area_id, make_cameras()), (area_id, table), (elsewhere, make_incidents())):
        with pytest.raises(NotComparable) as caught:
            keep(store, area, joined, "b", supersedes=incidents)
        assert caught.value.reason == "correction"


def test_settled_figures_are_read_instead_of_newer_ones_when_asked_for(store: Store, area_id: int) -> None:
    first = keep(store, area_id, make_incidents("2024-01-01", n=3), "a")
    store.settle(first, by="Minh")
    second = keep(store, area_id, make_incidents("2024-01-01", n=5), "b", supersedes=first)
    keep(store, area_id, make_incidents("2024-01-01", n=7), "c", supersedes=second)
    keep(store, area_id, make_incidents("2024-02-01", n=1), "d")
    assert read(store, area_id) == [7.0, 1.0]
    assert read(store, area_id, settled=True) == [3.0, 1.0]
    store.settle(second)
    assert read(store, area_id, settled=True) == [5.0, 1.0]
    store.settle(second, False)
    store.settle(first, False)
    assert read(store, area_id, settled=True) == [7.0, 1.0]
    assert [entry.settled for entry in store.list_revisions(first)] == [False, False, False]


def test_settling_twice_changes_nothing(store: Store, area_id: int) -> None:
    first = keep(store, area_id, make_population(), "a")
    store.settle(first)
    revision = store.revision()
    store.settle(first)
    assert store.revision() == revision
    store.settle(first, False)
    assert store.revision() == revision + 1


def test_what_was_removed_is_not_read_though_it_was_settled(store: Store, area_id: int) -> None:
    first = keep(store, area_id, make_incidents(), "a")
    store.settle(first)
    store.remove_dataset(first)
    assert read(store, area_id, settled=True) == []


def test_days_that_settled_figures_cover_are_not_covered_twice(store: Store, area_id: int) -> None:
    wide = keep(store, area_id, make_incidents("2024-01-15", n=3), "a")
    store.settle(wide)
    keep(store, area_id, make_incidents("2024-01-01", n=5), "b", supersedes=wide)
    with pytest.raises(NotComparable) as caught:
        keep(store, area_id, make_incidents("2024-02-01"), "c")
    assert (caught.value.reason, caught.value.facts["other"]) == ("overlap", "a.csv")
    store.settle(wide, False)
    keep(store, area_id, make_incidents("2024-02-01"), "c")
    with pytest.raises(NotComparable) as again:
        store.settle(wide)
    assert (again.value.reason, again.value.facts["other"]) == ("overlap", "c.csv")
    assert store.list_revisions(wide)[-1].settled is False


@pytest.mark.parametrize("ask", ["load_dataset", "list_revisions", "settle"])
def test_a_dataset_never_given_is_said_so(store: Store, ask: str) -> None:
    with pytest.raises(NoData) as caught:
        getattr(store, ask)(5)
    assert caught.value.reason == "dataset"
