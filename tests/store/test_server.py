"""A server that will not serve is said so in words, and never with the password."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from errors import StoreNewer, StoreUnavailable
from i18n.messages import load_words
from store.opening import open_store
from tests.store.cluster import Cluster
from tests.store.six_wards import make_wards

pytestmark = pytest.mark.postgresql
SECRET = "bí-mật-123"


@pytest.fixture(scope="module")
def clerk(cluster: Cluster) -> str:
    """A role that is no administrator."""
    cluster.run(sql.SQL("CREATE ROLE clerk LOGIN PASSWORD {}").format(SECRET))
    return "clerk"


@pytest.fixture
def bare(cluster: Cluster) -> Iterator[str]:
    """The name of a database without PostGIS."""
    url = cluster.make_database("template0")
    yield url.rsplit("/", 1)[1]
    cluster.drop_database(url)


def refuse(url: str) -> StoreUnavailable:
    with pytest.raises(StoreUnavailable) as caught:
        open_store(url)
    said = (str(caught.value), load_words("vi").error(caught.value), load_words("en").error(caught.value))
    assert not any(SECRET in text or "%" in text for text in said)
    return caught.value


def test_every_usual_way_to_write_the_address_is_understood(postgresql_url: str) -> None:
    tail = postgresql_url.split("://", 1)[1]
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        store = open_store(f"{scheme}://{tail}")
        assert (store.revision(), store.engine.dialect.driver) == (0, "psycopg")
        store.close()


def test_a_wrong_password_is_said_so(cluster: Cluster) -> None:
    error = refuse(cluster.url("postgres", password=SECRET))
    assert error.reason == "password"
    assert error.facts["url"] == f"postgresql+psycopg://mau:***@127.0.0.1:{cluster.port}/postgres"


def test_a_missing_password_is_said_so(cluster: Cluster) -> None:
    assert refuse(f"postgres://mau@127.0.0.1:{cluster.port}/postgres").reason == "password"


def test_a_server_that_does_not_answer_is_said_so() -> None:
    error = refuse(f"postgres://mau:{SECRET}@127.0.0.1:1/kho")
    assert error.reason == "server"
    assert "refused" in str(error.facts["seen"])


def test_a_database_that_is_not_there_is_said_so(cluster: Cluster) -> None:
    assert refuse(cluster.url("nowhere")).reason == "database"


def test_a_user_who_may_not_add_postgis_is_told_to_ask_for_it(
    cluster: Cluster, clerk: str, bare: str
) -> None:
    cluster.run(sql.SQL("ALTER DATABASE {} OWNER TO clerk").format(sql.Identifier(bare)))
    url = cluster.url(bare, user=clerk, password=SECRET)
    assert refuse(url).reason == "postgis"
    cluster.run(sql.SQL("CREATE EXTENSION postgis"), database=bare)
    store = open_store(url)
    store.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    assert len(store.load_wards(1).frame) == 6
    store.close()


def test_a_user_who_may_not_make_tables_or_write_is_said_so(
    cluster: Cluster, clerk: str, postgresql_url: str
) -> None:
    name = postgresql_url.rsplit("/", 1)[1]
    url = cluster.url(name, user=clerk, password=SECRET)
    assert refuse(url).reason == "permission"
    open_store(postgresql_url).close()
    cluster.run(sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO clerk"), database=name)
    reader = open_store(url)
    assert reader.list_areas() == []
    with pytest.raises(StoreUnavailable) as caught:
        reader.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    assert caught.value.reason == "permission"
    reader.close()


def test_other_programs_tables_may_stand_beside_but_not_under_our_names(
    cluster: Cluster, postgresql_url: str, bare: str
) -> None:
    name = postgresql_url.rsplit("/", 1)[1]
    cluster.run(sql.SQL("CREATE TABLE parcel (id integer)"), database=name)
    open_store(postgresql_url).close()
    cluster.run(sql.SQL("CREATE TABLE ward (id integer)"), database=bare)
    assert refuse(cluster.url(bare)).reason == "foreign"


def test_a_shared_store_of_a_newer_program_is_left_alone(cluster: Cluster, postgresql_url: str) -> None:
    open_store(postgresql_url).close()
    with psycopg.connect(postgresql_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreNewer):
        open_store(postgresql_url)


def test_the_next_call_works_again_after_the_server_dropped_every_connection(
    cluster: Cluster, postgresql_url: str
) -> None:
    store = open_store(postgresql_url)
    store.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    name = postgresql_url.rsplit("/", 1)[1]
    cluster.run(
        sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}").format(name)
    )
    assert store.revision() == 1
    store.close()


def test_a_write_while_somebody_holds_the_table_too_long_is_said_so(postgresql_url: str) -> None:
    store = open_store(postgresql_url)
    with store.engine.connect() as impatient:
        impatient.exec_driver_sql("SET lock_timeout TO '50ms'")
        impatient.commit()
    with psycopg.connect(postgresql_url) as holder:
        holder.execute("LOCK TABLE ward")
        with pytest.raises(StoreUnavailable) as caught:
            store.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    assert caught.value.reason == "busy"
    assert store.list_areas() == []
    store.close()
