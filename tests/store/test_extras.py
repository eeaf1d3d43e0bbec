"""Harm weights, wards with many visitors and roads: kept as given, replaced whole, written down."""

import datetime as dt

import geopandas as gpd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errors import NoData
from geo.frames import Source
from store.records import VisitorWard
from store.repository import Store
from tests.store.extras import ROAD_SOURCE, VISITORS, make_roads, make_weights
from tests.store.six_wards import CODES, make_wards

WEIGHTS = st.lists(
    st.tuples(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
        st.floats(0, allow_infinity=False, allow_nan=False),
    ),
    max_size=6,
)


def what(store: Store) -> list[str]:
    return [event.what for event in reversed(store.list_events())]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(weights=WEIGHTS, day=st.dates())
def test_weights_come_back_as_they_were(store: Store, weights: list[tuple[str, float]], day: dt.date) -> None:
    given_ = make_weights(weights=tuple(weights), valid_from=day)
    kept_id = store.keep_harm_weights(None, given_)
    kept = next(each for each in store.list_harm_weights() if each.id == kept_id)
    assert kept.weights == given_


def test_tables_for_every_area_come_before_the_areas_own_each_by_day(store: Store, area_id: int) -> None:
    later = store.keep_harm_weights(None, make_weights("2025-01-01"))
    own = store.keep_harm_weights(area_id, make_weights("2023-01-01"), by="Lan")
    earlier = store.keep_harm_weights(None, make_weights("2024-01-01"))
    listed = store.list_harm_weights(area_id)
    assert [each.id for each in listed] == [earlier, later, own]
    assert [each.area_id for each in listed] == [None, None, area_id]
    assert (listed[2].by, listed[0].by) == ("Lan", "")
    assert [each.id for each in store.list_harm_weights()] == [earlier, later]


def test_a_table_of_the_same_day_takes_the_place_of_the_earlier_and_the_same_changes_nothing(
    store: Store, area_id: int
) -> None:
    first = store.keep_harm_weights(area_id, make_weights())
    revision = store.revision()
    assert store.keep_harm_weights(area_id, make_weights()) == first
    assert store.revision() == revision
    for_all = store.keep_harm_weights(None, make_weights())
    second = store.keep_harm_weights(area_id, make_weights(source="Quyết định khác"))
    assert [each.id for each in store.list_harm_weights(area_id)] == [for_all, second]
    event = store.list_events(1)[0]
    assert (event.what, event.object_id) == ("weights.kept", second)
    assert event.detail == {
        "name": "trong_so", "valid_from": "2024-01-01", "n": 3, "area_id": area_id, "superseded": first,
    }  # fmt: skip


def test_a_removed_table_is_no_longer_listed_and_removing_it_again_is_no_event(
    store: Store, area_id: int
) -> None:
    kept = store.keep_harm_weights(area_id, make_weights())
    store.remove_harm_weights(kept, by="Lan")
    assert store.list_harm_weights(area_id) == []
    store.remove_harm_weights(kept)
    assert what(store)[1:] == ["weights.kept", "weights.removed"]
    again = store.keep_harm_weights(area_id, make_weights())
    assert again != kept


def test_what_is_asked_of_no_area_or_no_table_is_said_so(store: Store) -> None:
    for attempt in (
        lambda: store.keep_harm_weights(9, make_weights()),
        lambda: store.keep_visitor_wards(9, ()),
        lambda: store.keep_roads(9, make_roads(), source=ROAD_SOURCE, sha256="r"),
    ):
        with pytest.raises(NoData) as refused:
            attempt()
        assert refused.value.reason == "area"
    with pytest.raises(NoData) as refused:
        store.remove_harm_weights(9)
    assert refused.value.reason == "weights"
    assert store.revision() == 0


def test_the_list_of_wards_is_replaced_whole_and_who_set_a_ward_is_remembered(
    store: Store, area_id: int
) -> None:
    store.keep_visitor_wards(area_id, VISITORS, by="Lan")
    assert store.list_visitor_wards(area_id) == VISITORS
    revision = store.revision()
    store.keep_visitor_wards(area_id, VISITORS[::-1], by="Minh")
    assert store.revision() == revision
    fresh = VisitorWard("00006", "khu công nghiệp", dt.date(2024, 7, 1))
    store.keep_visitor_wards(area_id, (VISITORS[1], fresh), by="Minh")
    assert store.list_visitor_wards(area_id) == (
        VISITORS[1],
        VisitorWard("00006", "khu công nghiệp", dt.date(2024, 7, 1), "Minh"),
    )
    event = store.list_events(1)[0]
    assert (event.what, event.who) == ("visitors.kept", "Minh")
    assert event.detail["wards"] == [
        ["00003", "bến xe", "2024-06-01"],
        ["00006", "khu công nghiệp", "2024-07-01"],
    ]
    store.keep_visitor_wards(area_id, ())
    assert store.list_visitor_wards(area_id) == ()


def test_a_list_is_of_one_area_and_of_its_own_wards(store: Store, area_id: int) -> None:
    other = store.keep_boundaries(
        make_wards(version="mau-2025", source=Source(sha256="b")), key="b", title="B"
    )
    store.keep_visitor_wards(area_id, VISITORS, by="Lan")
    assert store.list_visitor_wards(other) == ()
    for wrong in ([VisitorWard("99999", "x", dt.date(2024, 1, 1))], [VISITORS[0], VISITORS[0]]):
        with pytest.raises(ValueError, match="ward"):
            store.keep_visitor_wards(area_id, wrong)
    assert store.list_visitor_wards(area_id) == VISITORS
    assert {each.ward_code for each in VISITORS} < set(CODES)


def test_roads_come_back_to_the_bit_with_their_source_and_date(store: Store, area_id: int) -> None:
    assert store.load_roads(area_id) is None
    assert store.find_roads(area_id) is None
    store.keep_roads(area_id, make_roads(), source=ROAD_SOURCE, sha256="r", by="Lan")
    roads = store.load_roads(area_id)
    assert roads is not None
    assert_geodataframe_equal(roads, make_roads())
    assert shapely.to_wkb(roads.geometry.to_numpy()).tolist() == [line.wkb for line in make_roads().geometry]
    told = store.find_roads(area_id)
    assert told is not None
    assert (told.source, told.n_lines, told.sha256, told.by) == (ROAD_SOURCE, 3, "r", "Lan")


def test_roads_are_replaced_whole_and_the_same_file_again_changes_nothing(store: Store, area_id: int) -> None:
    store.keep_roads(area_id, make_roads(), source=ROAD_SOURCE, sha256="r")
    revision = store.revision()
    store.keep_roads(area_id, make_roads(), source=ROAD_SOURCE, sha256="r")
    assert store.revision() == revision
    fewer = make_roads().iloc[:1]
    store.keep_roads(area_id, fewer, source=ROAD_SOURCE, sha256="s", by="Minh")
    roads = store.load_roads(area_id)
    assert roads is not None
    assert_geodataframe_equal(roads, fewer)
    assert what(store)[1:] == ["roads.kept", "roads.kept"]
    assert store.list_events(1)[0].detail == {"file": "duong.gpkg", "sha256": "s", "n_lines": 1}


def test_only_lines_in_degrees_are_kept(store: Store, area_id: int) -> None:
    areas = make_roads().set_geometry(gpd.GeoSeries([shapely.box(105, 10, 106, 11)] * 3, crs="EPSG:4326"))
    for wrong in (areas, make_roads().to_crs("EPSG:5897")):
        with pytest.raises(ValueError, match=r"roads are|EPSG"):
            store.keep_roads(area_id, wrong, source=ROAD_SOURCE, sha256="r")
    assert store.load_roads(area_id) is None
