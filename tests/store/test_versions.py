"""What connects boundary versions and spellings: validity, crosswalks, aliases."""

import datetime as dt
from dataclasses import replace

import pytest
from pandas.testing import assert_frame_equal

from errors import NoData, NotComparable
from geo.findings import Finding
from geo.frames import BoundaryVersion, Source
from geo.matching.aliases import Alias
from store.repository import Store
from tests.store.six_wards import make_crosswalk, make_wards

IN_FORCE = BoundaryVersion("mau-2024", dt.date(2020, 2, 1), dt.date(2025, 6, 30), "NQ 1/NQ-UBTVQH")


@pytest.fixture
def new_area_id(store: Store) -> int:
    later = make_wards(version="mau-2025", source=Source(sha256="later"))
    return store.keep_boundaries(later, key="mau-2025", title="Thành phố Mẫu")


def read_validity(store: Store) -> list[tuple[object, object, str]]:
    return [(area.valid_from, area.valid_to, area.basis) for area in store.list_areas()]


def test_an_area_tells_from_when_to_when_it_was_in_force_and_by_which_document(store: Store) -> None:
    store.keep_boundaries(make_wards(), key="mau", title="Mẫu", validity=IN_FORCE)
    assert read_validity(store) == [(dt.date(2020, 2, 1), dt.date(2025, 6, 30), "NQ 1/NQ-UBTVQH")]


def test_days_in_force_that_become_known_later_are_taken_up_once(store: Store, area_id: int) -> None:
    assert read_validity(store) == [(None, None, "")]
    for _ in range(2):
        again = store.keep_boundaries(make_wards(), key="mau", title="Mẫu", validity=IN_FORCE)
        assert again == area_id
    assert read_validity(store) == [(dt.date(2020, 2, 1), dt.date(2025, 6, 30), "NQ 1/NQ-UBTVQH")]
    assert store.revision() == 2
    store.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    assert (store.revision(), read_validity(store)[0][2]) == (2, "NQ 1/NQ-UBTVQH")


def test_days_in_force_of_another_version_are_a_bug(store: Store) -> None:
    with pytest.raises(ValueError, match="mau-2030"):
        store.keep_boundaries(make_wards(), key="k", title="t", validity=replace(IN_FORCE, id="mau-2030"))
    assert store.list_areas() == []


def test_a_crosswalk_comes_back_as_it_was_kept(store: Store, area_id: int, new_area_id: int) -> None:
    remark = Finding("FalsePart", "warning", "chuyen_doi.csv:2", "31240", {"share": 0.5})
    kept_id = store.keep_crosswalk(area_id, new_area_id, make_crosswalk(), findings=[remark], by="Lan")
    loaded = store.load_crosswalk(kept_id)
    assert_frame_equal(loaded.rows, make_crosswalk().rows)
    assert (loaded.old_version, loaded.new_version) == ("mau-2024", "mau-2025")
    assert loaded.source == make_crosswalk().source
    (kept,) = store.list_crosswalks()
    assert (kept.id, kept.old_area_id, kept.new_area_id) == (kept_id, area_id, new_area_id)
    assert (kept.n_rows, kept.by, kept.findings) == (3, "Lan", (remark,))
    assert kept.source == make_crosswalk().source
    assert str(kept.added_at.tzinfo) == "UTC"


def test_a_second_crosswalk_of_the_same_areas_takes_the_place_of_the_first(
    store: Store, area_id: int, new_area_id: int
) -> None:
    first = store.keep_crosswalk(area_id, new_area_id, make_crosswalk())
    revision = store.revision()
    assert store.keep_crosswalk(area_id, new_area_id, make_crosswalk()) == first
    assert store.revision() == revision
    shorter = make_crosswalk(rows=make_crosswalk().rows.iloc[:1])
    second = store.keep_crosswalk(area_id, new_area_id, shorter)
    assert [(kept.id, kept.n_rows) for kept in store.list_crosswalks()] == [(second, 1)]
    assert len(store.load_crosswalk(first).rows) == 3


def test_a_crosswalk_of_other_versions_than_the_areas_is_refused(
    store: Store, area_id: int, new_area_id: int
) -> None:
    for wrong, given, known in (
        (make_crosswalk(old_version="mau-2011"), "mau-2011", "mau-2024"),
        (make_crosswalk(new_version="mau-2030"), "mau-2030", "mau-2025"),
    ):
        with pytest.raises(NotComparable) as caught:
            store.keep_crosswalk(area_id, new_area_id, wrong)
        assert caught.value.reason == "version"
        assert caught.value.facts == {"file": "chuyen_doi.csv", "given": given, "known": known}
    assert store.list_crosswalks() == []


def test_areas_and_crosswalks_that_are_not_there_are_said_so(store: Store, area_id: int) -> None:
    with pytest.raises(NoData) as no_area:
        store.keep_crosswalk(area_id, 9, make_crosswalk())
    with pytest.raises(NoData) as no_crosswalk:
        store.load_crosswalk(9)
    with pytest.raises(NoData) as no_aliases:
        store.keep_aliases(9, [])
    reasons = [caught.value.reason for caught in (no_area, no_crosswalk, no_aliases)]
    assert reasons == ["area", "crosswalk", "area"]


def test_confirmed_spellings_are_remembered_per_area(store: Store, area_id: int, new_area_id: int) -> None:
    thoi_an = Alias("p thoi an", "00001", "o mon")
    anywhere = Alias("an hoa", "00002")
    assert store.keep_aliases(area_id, [thoi_an, anywhere], by="Lan") == 2
    assert store.keep_aliases(new_area_id, [Alias("an hoa", "00005")]) == 1
    assert store.list_aliases(area_id) == (anywhere, thoi_an)
    assert store.list_aliases(new_area_id) == (Alias("an hoa", "00005"),)


def test_a_spelling_confirmed_again_changes_nothing_and_confirmed_otherwise_means_the_new_ward(
    store: Store, area_id: int
) -> None:
    store.keep_aliases(area_id, [Alias("an hoa", "00002")])
    revision = store.revision()
    assert store.keep_aliases(area_id, [Alias("an hoa", "00002")]) == 0
    assert store.revision() == revision
    assert store.keep_aliases(area_id, [Alias("an hoa", "00003")]) == 1
    assert store.list_aliases(area_id) == (Alias("an hoa", "00003"),)


def test_a_spelling_that_means_no_ward_is_remembered_as_such(store: Store, area_id: int) -> None:
    store.keep_aliases(area_id, [Alias("khong ro", ""), Alias("an hoa", "00002")])
    store.keep_aliases(area_id, [Alias("an hoa", "")])
    assert store.list_aliases(area_id) == (Alias("an hoa", ""), Alias("khong ro", ""))


def test_a_spelling_can_be_forgotten(store: Store, area_id: int) -> None:
    store.keep_aliases(area_id, [Alias("an hoa", "00002"), Alias("an hoa", "00003", "huyen b")])
    store.remove_alias(area_id, Alias("an hoa", "00002"))
    revision = store.revision()
    store.remove_alias(area_id, Alias("an hoa", "00002"))
    assert store.revision() == revision
    assert store.list_aliases(area_id) == (Alias("an hoa", "00003", "huyen b"),)


def test_a_spelling_of_a_ward_elsewhere_is_a_bug(store: Store, area_id: int) -> None:
    with pytest.raises(ValueError, match="99999"):
        store.keep_aliases(area_id, [Alias("an hoa", "00001"), Alias("an hoa", "99999", "x")])
    assert store.list_aliases(area_id) == ()


def test_a_crosswalk_never_leads_back(store: Store) -> None:
    day = dt.date(2025, 7, 1)
    old = store.keep_boundaries(make_wards(), key="cu", title="Cũ", validity=IN_FORCE)
    later = make_wards(version="mau-2025", source=Source(sha256="later"))
    new = store.keep_boundaries(later, key="moi", title="Mới", validity=BoundaryVersion("mau-2025", day))
    back = make_crosswalk(old_version="mau-2025", new_version="mau-2024")
    with pytest.raises(NotComparable) as refused:
        store.keep_crosswalk(new, old, back)
    assert refused.value.reason == "backwards"
    assert store.list_crosswalks() == []


def test_of_two_undated_areas_only_one_leads_to_the_other(
    store: Store, area_id: int, new_area_id: int
) -> None:
    first = store.keep_crosswalk(area_id, new_area_id, make_crosswalk())
    back = make_crosswalk(old_version="mau-2025", new_version="mau-2024")
    second = store.keep_crosswalk(new_area_id, area_id, back)
    assert [kept.id for kept in store.list_crosswalks()] == [second]
    assert len(store.load_crosswalk(first).rows) == 3
