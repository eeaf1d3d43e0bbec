"""Areas come back as they were kept."""

import geopandas as gpd
import pytest
from geopandas.testing import assert_geodataframe_equal
from shapely import MultiPolygon, Polygon, box
from sqlalchemy.exc import IntegrityError

from errors import NoData
from geo.frames import Source
from store.repository import Store
from tests.store.six_wards import CODES, make_wards


def test_wards_come_back_exactly_as_they_were_kept(store: Store) -> None:
    wards = make_wards()
    loaded = store.load_wards(store.keep_boundaries(wards, key="mau", title="Mẫu"))
    assert_geodataframe_equal(loaded.frame, wards.frame, check_like=False, check_crs=True)
    assert list(loaded.frame.index) == CODES
    assert loaded.frame.index.name == "ward_code"
    assert (loaded.version, loaded.source, loaded.crs_read) == ("mau-2024", wards.source, "VN-2000")


def test_outlines_keep_every_bit_holes_and_parts(store: Store) -> None:
    ring = Polygon(box(0, 0, 1, 1).exterior, [box(0.1, 0.1, 1 / 3, 0.7).exterior])
    islands = MultiPolygon([box(2, 2, 2.1, 2.1), box(3, 3, 3 + 1e-9, 3 + 1e-9)])
    frame = make_wards().frame.iloc[:2].set_geometry(gpd.GeoSeries([ring, islands], crs=4326).to_numpy())
    frame = frame.set_crs(4326)
    loaded = store.load_wards(store.keep_boundaries(make_wards(frame=frame), key="k", title="t"))
    assert [outline.wkb for outline in loaded.frame.geometry] == [ring.wkb, islands.wkb]


def test_columns_come_back_in_the_order_given_and_strangers_are_not_kept(store: Store) -> None:
    frame = make_wards().frame.assign(chief="Nguyễn Văn A")
    frame = frame[["geometry", "chief", "area_km2", "ward_name", "population", "parent"]]
    loaded = store.load_wards(store.keep_boundaries(make_wards(frame=frame), key="k", title="t"))
    assert list(loaded.frame.columns) == ["geometry", "area_km2", "ward_name", "population", "parent"]
    assert loaded.frame.geometry.name == "geometry"


def test_the_same_boundaries_kept_twice_change_nothing(store: Store) -> None:
    first = store.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    revision = store.revision()
    assert store.keep_boundaries(make_wards(), key="mau", title="Tên khác") == first
    assert store.revision() == revision
    assert [area.title for area in store.list_areas()] == ["Mẫu"]


def test_another_key_or_another_file_is_another_area(store: Store) -> None:
    store.keep_boundaries(make_wards(), key="a", title="A")
    store.keep_boundaries(make_wards(), key="b", title="B")
    store.keep_boundaries(make_wards(source=Source(sha256="other"), version=None), key="a", title="C")
    listed = [(area.key, area.title, area.version, area.n_wards) for area in store.list_areas()]
    assert listed == [("a", "A", "mau-2024", 6), ("b", "B", "mau-2024", 6), ("a", "C", None, 6)]
    assert store.revision() == 3


def test_boundaries_without_a_file_are_told_apart_by_their_outlines(store: Store) -> None:
    wards = make_wards(source=Source())
    moved = make_wards(source=Source(), frame=wards.frame.set_geometry(wards.frame.translate(1, 0)))
    first = store.keep_boundaries(wards, key="k", title="t")
    assert store.keep_boundaries(wards, key="k", title="t") == first
    assert store.keep_boundaries(moved, key="k", title="t") != first
    assert store.load_wards(first).source == Source()


def test_an_area_tells_its_source_and_when_it_was_added_in_utc(store: Store, area_id: int) -> None:
    (area,) = store.list_areas()
    assert (area.id, area.source, area.crs_read) == (area_id, make_wards().source, "VN-2000")
    assert str(area.added_at.tzinfo) == "UTC"


def test_an_area_that_is_not_there_is_said_so(store: Store) -> None:
    with pytest.raises(NoData) as caught:
        store.load_wards(7)
    assert (caught.value.reason, caught.value.facts) == ("area", {"area_id": 7})


def test_a_refused_row_does_not_put_its_data_into_the_log(store: Store) -> None:
    frame = make_wards().frame.iloc[[0, 0]]
    with pytest.raises(IntegrityError) as caught:
        store.keep_boundaries(make_wards(frame=frame), key="k", title="t")
    assert "Phường Bảy" not in str(caught.value)
    assert (store.revision(), store.list_areas()) == (0, [])
