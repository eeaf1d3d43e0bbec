"""What GIS staff see when they open the tables of a shared store in QGIS."""

import psycopg
import pytest

from store.repository import Store
from tests.store.six_wards import make_cameras, make_incidents

pytestmark = pytest.mark.postgresql


@pytest.fixture
def database() -> str:
    return "postgresql"


@pytest.fixture
def kept(store: Store, area_id: int) -> Store:
    for joined, sha256 in ((make_incidents(), "i"), (make_cameras(), "c")):
        store.keep(area_id, joined, file_name="f.csv", sha256=sha256, findings=(), replace=False)
    return store


def ask(url: str, question: str) -> list[tuple[object, ...]]:
    """As another program asks: without this program's types."""
    with psycopg.connect(url) as connection:
        return connection.execute(question.encode()).fetchall()


def test_outlines_stand_beside_code_and_name_and_know_their_reference_system(kept: Store, url: str) -> None:
    seen = ask(url, "SELECT ward_code, ward_name, ST_AsText(geometry), ST_SRID(geometry) FROM ward LIMIT 2")
    assert seen == [
        ("00006", "Phường Bảy", "POLYGON((106 10,106 11,105 11,105 10,106 10))", 4326),
        ("00001", "Phường Một", "POLYGON((107 10,107 11,106 11,106 10,107 10))", 4326),
    ]


def test_incidents_and_cameras_are_points_where_they_have_coordinates(kept: Store, url: str) -> None:
    places = ask(url, "SELECT ST_AsText(place), longitude FROM incident ORDER BY position")
    assert places == [
        ("POINT(105.123456789012 10.1)", 105.123456789012),
        ("POINT(200 -10)", 200.0),
        (None, None),
    ]
    assert ask(url, "SELECT place FROM camera") == [(None,), (None,)]


def test_layers_are_listed_with_their_shape_and_have_a_spatial_index(kept: Store, url: str) -> None:
    layers = ask(url, "SELECT f_table_name, f_geometry_column, srid, type FROM geometry_columns ORDER BY 1")
    assert layers == [
        ("camera", "place", 4326, "POINT"),
        ("incident", "place", 4326, "POINT"),
        ("road", "geometry", 4326, "GEOMETRY"),
        ("ward", "geometry", 4326, "GEOMETRY"),
    ]
    indexed = ask(url, "SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%USING gist%' ORDER BY 1")
    assert indexed == [("camera",), ("incident",), ("road",), ("ward",)]


def test_a_ward_is_found_by_a_place_in_it(kept: Store, url: str) -> None:
    found = ask(
        url,
        "SELECT ward_code FROM ward WHERE ST_Contains(geometry, ST_SetSRID(ST_MakePoint(107.5, 11.5), 4326))",
    )
    assert found == [("00005",)]


def test_numbers_are_wide(kept: Store, url: str) -> None:
    types = ask(
        url,
        "SELECT DISTINCT data_type FROM information_schema.columns WHERE table_schema = 'public'"
        " AND column_name IN ('n', 'longitude', 'area_km2', 'weight_area', 'range_m', 'distance_m', 'weight',"
        " 'stored_days')",
    )
    assert types == [("double precision",)]
    rows = ask(
        url, "SELECT DISTINCT data_type FROM information_schema.columns WHERE column_name = 'row_in_file'"
    )
    assert rows == [("bigint",)]
