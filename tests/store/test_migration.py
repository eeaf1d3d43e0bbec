"""A store made by earlier tables goes on in the present ones, row by row."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest
import shapely
from alembic import command
from pandas.testing import assert_frame_equal
from sqlalchemy import Engine, MetaData, inspect

from store import opening
from store.engine import build_engine, writing
from store.opening import open_store
from store.repository import Store
from tests.store.extras import ROAD_SOURCE, VISITORS, make_roads, make_weights
from tests.store.plans import make_approval, make_areas, make_catalogue, make_programme, make_scenario

NOON = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)
SOURCE = {"name": "Công an", "licence": "", "as_of": "", "file": "", "sha256": ""}
SOURCE |= {"illustrative": False, "schematic": False}
SQUARES = [shapely.box(105, 10, 106, 11), shapely.box(106, 10, 107, 11 + 1e-12)]
WARD_TYPES = [
    ("ward_code", "str"),
    ("ward_name", "str"),
    ("parent", "str"),
    ("population", "float64"),
    ("area_km2", "float64"),
    ("geometry", "geometry"),
]
FACT_TYPES = [
    ("row", "int64"),
    ("ward_code", "object"),
    ("method", "str"),
    ("outcome", "str"),
    ("distance_m", "float64"),
    ("n", "float64"),
]
INCIDENT_TYPES = [
    *FACT_TYPES,
    ("start", "datetime64[s]"),
    ("end", "datetime64[s]"),
    ("category", "object"),
    ("longitude", "float64"),
    ("latitude", "float64"),
]


@pytest.fixture
def first_engine(url: str) -> Iterator[Engine]:
    """A database with the first tables only."""
    engine = upgrade(url, "0001")
    yield engine
    engine.dispose()


def upgrade(url: str, revision: str) -> Engine:
    """A database with the tables of that revision."""
    parsed = opening._parse(url)
    opening._make_folder(parsed)
    engine = build_engine(parsed)
    with writing(engine) as connection:
        config = opening._configure()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return engine


def fill(engine: Engine) -> None:
    """An area of two wards, an older and a newer file of incidents, a file of cameras."""
    dataset = {
        "boundary_set_id": 4,
        "sha256": "s",
        "added_at": NOON,
        "version": "mau-2024",
        "by_place": True,
        "complete": False,
        "period_start": dt.date(2024, 1, 1),
        "period_end": dt.date(2024, 1, 31),
        "n_rows": 1,
        "tally": {"n": {"given": 1}, "rows": {"given": 1}},
        "findings": [],
        "source": SOURCE,
    }
    incident = {
        "row_in_file": 0,
        "method": "none",
        "outcome": "outside",
        "n": 1.0,
        "start_date": dt.date(2024, 1, 1),
        "end_date": dt.date(2024, 1, 31),
        "longitude": 105.5,
        "latitude": 10.25,
    }
    wards = [
        {"ward_code": "00001", "position": 0, "ward_name": "Phường Một", "parent": "", "population": 10.0},
        {"ward_code": "00002", "position": 1, "ward_name": "Xã Hai", "parent": "", "population": None},
    ]
    area = {
        "id": 4,
        "key": "mau",
        "title": "Mẫu",
        "version": "mau-2024",
        "sha256": "aa",
        "crs_read": "WGS 84",
        "n_wards": 2,
        "source": SOURCE,
        "frame_columns": WARD_TYPES,
        "added_at": NOON,
    }
    tables = MetaData()
    with writing(engine) as connection:
        tables.reflect(connection)
        rows: list[tuple[str, list[dict[str, object]]]] = [
            ("boundary_set", [area]),
            (
                "ward",
                [
                    ward | {"boundary_set_id": 4, "area_km2": 1 / 3, "geometry": square.wkb}
                    for ward, square in zip(wards, SQUARES, strict=True)
                ],
            ),
            (
                "dataset",
                [
                    dataset | told
                    for told in (
                        {"id": 7, "kind": "incidents", "is_active": False, "file_name": "cu.csv"}
                        | {"frame_columns": INCIDENT_TYPES},
                        {"id": 8, "kind": "incidents", "is_active": True, "file_name": "moi.csv"}
                        | {"frame_columns": INCIDENT_TYPES},
                        {"id": 9, "kind": "cameras", "is_active": True, "file_name": "camera.csv"}
                        | {"frame_columns": FACT_TYPES},
                    )
                ],
            ),
            (
                "incident",
                [
                    incident | {"dataset_id": 7, "position": 0, "ward_code": None, "category": None},
                    incident | {"dataset_id": 8, "position": 0, "ward_code": "00001", "category": "Trộm"},
                ],
            ),
            (
                "camera",
                [
                    {"dataset_id": 9, "position": 0, "row_in_file": 0, "ward_code": "00002"}
                    | {"method": "code", "outcome": "joined", "n": 12.0}
                ],
            ),
        ]
        for name, records in rows:
            connection.execute(tables.tables[name].insert(), records)
        connection.execute(tables.tables["store_revision"].update().values(value=4))


@pytest.fixture
def migrated(first_engine: Engine, url: str) -> Iterator[Store]:
    fill(first_engine)
    first_engine.dispose()
    store = open_store(url)
    yield store
    store.close()


def test_the_first_tables_lack_what_came_later(first_engine: Engine) -> None:
    names = set(inspect(first_engine).get_table_names())
    assert names & {"alias", "crosswalk", "event"} == set()
    assert "revision" not in {column["name"] for column in inspect(first_engine).get_columns("dataset")}


def test_areas_and_their_outlines_are_kept_to_the_bit(migrated: Store) -> None:
    (area,) = migrated.list_areas()
    assert (area.id, area.key, area.added_at, area.valid_from, area.basis) == (4, "mau", NOON, None, "")
    wards = migrated.load_wards(4).frame
    assert wards["ward_name"].to_dict() == {"00001": "Phường Một", "00002": "Xã Hai"}
    assert [outline.wkb for outline in wards.geometry] == [square.wkb for square in SQUARES]
    assert wards["area_km2"].tolist() == [1 / 3, 1 / 3]


def test_files_in_use_and_no_longer_in_use_keep_their_rows_and_types(migrated: Store) -> None:
    assert migrated.revision() == 4
    listed = [*migrated.list_datasets(4), *migrated.list_datasets(4, active=False)]
    told = [(entry.id, entry.file_name, entry.revision, entry.supersedes, entry.settled) for entry in listed]
    assert told == [
        (8, "moi.csv", 1, None, False),
        (9, "camera.csv", 1, None, False),
        (7, "cu.csv", 1, None, False),
    ]
    expected = pd.DataFrame(
        {
            "row": [0],
            "ward_code": pd.Series(["00001"], dtype=object),
            "method": ["none"],
            "outcome": ["outside"],
            "distance_m": [float("nan")],
            "n": [1.0],
            "start": pd.Series(["2024-01-01"], dtype="datetime64[s]"),
            "end": pd.Series(["2024-01-31"], dtype="datetime64[s]"),
            "category": pd.Series(["Trộm"], dtype=object),
            "longitude": [105.5],
            "latitude": [10.25],
        }
    )
    assert_frame_equal(migrated.load(4, "incidents")[0].rows, expected)
    earlier = expected.assign(ward_code=pd.Series([None], dtype=object), category=None)
    assert_frame_equal(migrated.load_dataset(7).rows, earlier.astype({"category": object}))
    assert migrated.load(4, "cameras")[0].rows["n"].tolist() == [12.0]


def test_work_goes_on_after_the_change(migrated: Store) -> None:
    joined = migrated.load(4, "cameras")[0]
    more = joined.rows.assign(n=13.0)
    kept = migrated.keep(
        4,
        type(joined)("cameras", more, by_place=True, version="mau-2024"),
        file_name="camera-2.csv",
        sha256="new",
        findings=(),
        replace=False,
        supersedes=9,
    )
    assert [(entry.id, entry.revision) for entry in migrated.list_revisions(9)] == [(kept, 2), (9, 1)]
    assert migrated.revision() == 5


@pytest.fixture
def second(first_engine: Engine, url: str) -> Iterator[Store]:
    """The same store, brought to the second tables, used there, and opened again."""
    fill(first_engine)
    first_engine.dispose()
    engine = upgrade(url, "0002")
    tables = MetaData()
    with writing(engine) as connection:
        tables.reflect(connection, only=["camera", "dataset", "event"])
        camera = tables.tables["camera"]
        connection.execute(camera.update().values(n_working=9.0, n_connected=7.0))
        types = [*FACT_TYPES, ("n_working", "float64"), ("n_connected", "float64")]
        files = tables.tables["dataset"]
        connection.execute(files.update().where(files.c.id == 9).values(frame_columns=types, added_by="Lan"))
        told = {"happened_at": NOON, "who": "Lan", "what": "dataset.kept", "object_id": 9, "detail": {"n": 1}}
        connection.execute(tables.tables["event"].insert(), [told])
        assert not {"n_live", "n_stored", "stored_days"} & set(camera.c.keys())
        names = set(inspect(connection).get_table_names())
        assert not {"harm_weights", "visitor_ward", "road_layer"} & names
    engine.dispose()
    store = open_store(url)
    yield store
    store.close()


def test_what_the_second_tables_held_stays_as_it_was(second: Store) -> None:
    (entry,) = [entry for entry in second.list_datasets(4) if entry.kind == "cameras"]
    assert (entry.id, entry.by, second.revision()) == (9, "Lan", 4)
    expected = pd.DataFrame(
        {
            "row": [0],
            "ward_code": pd.Series(["00002"], dtype=object),
            "method": ["code"],
            "outcome": ["joined"],
            "distance_m": [float("nan")],
            "n": [12.0],
            "n_working": [9.0],
            "n_connected": [7.0],
        }
    )
    assert_frame_equal(second.load(4, "cameras")[0].rows, expected)
    assert [(event.who, event.what, event.detail) for event in second.list_events()] == [
        ("Lan", "dataset.kept", {"n": 1})
    ]


def test_a_store_of_the_second_tables_takes_in_what_is_new(second: Store) -> None:
    assert (second.list_harm_weights(4), second.list_visitor_wards(4), second.load_roads(4)) == ([], (), None)
    second.keep_harm_weights(4, make_weights())
    second.keep_visitor_wards(4, VISITORS[:1])
    second.keep_roads(4, make_roads(), source=ROAD_SOURCE, sha256="r")
    joined = second.load(4, "cameras")[0]
    more = replace(joined, rows=joined.rows.assign(n_live=2.0, n_stored=float("nan"), stored_days=30.0))
    second.keep(4, more, file_name="c.csv", sha256="n", findings=(), replace=False, supersedes=9)
    assert_frame_equal(second.load(4, "cameras")[0].rows, more.rows)
    assert second.revision() == 8


@pytest.fixture
def third(first_engine: Engine, url: str) -> Iterator[Store]:
    """The same store, brought to the third tables, used there, and opened again."""
    fill(first_engine)
    first_engine.dispose()
    engine = upgrade(url, "0003")
    tables = MetaData()
    weights = {"id": 3, "name": "w", "valid_from": NOON.date(), "source": "", "is_active": True}
    with writing(engine) as connection:
        tables.reflect(connection, only=["harm_weights"])
        connection.execute(
            tables.tables["harm_weights"].insert(), [weights | {"added_at": NOON, "added_by": "Lan"}]
        )
        assert not {"plan_record", "plan_step"} & set(inspect(connection).get_table_names())
    engine.dispose()
    store = open_store(url)
    yield store
    store.close()


def test_a_store_of_the_third_tables_stays_as_it_was_and_takes_in_plans(third: Store) -> None:
    assert [(kept.id, kept.weights.name, kept.by) for kept in third.list_harm_weights()] == [(3, "w", "Lan")]
    assert [entry.id for entry in third.list_datasets(4)] == [8, 9]
    assert (third.revision(), third.list_scenarios(), third.list_target_areas()) == (4, [], [])
    third.keep_catalogue(make_catalogue())
    scenario = third.keep_scenario(make_scenario(4))
    programme = third.approve_scenario(scenario.id, 1, make_approval(), make_programme(), make_areas())
    assert len(third.list_target_areas(programme)) == 2
