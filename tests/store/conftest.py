"""A new store with the six wards kept in it, once on SQLite and once on PostgreSQL with PostGIS."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.opening import open_store
from store.repository import Store
from tests.store.cluster import PACKAGES, Cluster, find_binaries, running_cluster
from tests.store.six_wards import make_wards

BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A private server; ask for it only in a test marked `postgresql`."""
    binaries = find_binaries()
    if binaries is None:
        pytest.fail(f"PostgreSQL with PostGIS is missing: apt-get install {PACKAGES}", pytrace=False)
    with running_cluster(binaries) as started:
        yield started


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> str:
    """Which of the two; a test that asks for it, or for what stands on it, runs on both."""
    name: str = request.param
    return name


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/var/diaban.sqlite"


@pytest.fixture
def postgresql_url(cluster: Cluster) -> Iterator[str]:
    url = cluster.make_database()
    yield url
    cluster.drop_database(url)


@pytest.fixture
def url(database: str, request: pytest.FixtureRequest) -> str:
    """The address of a store that is not there yet."""
    address: str = request.getfixturevalue(f"{database}_url")
    return address


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def area_id(store: Store) -> int:
    return store.keep_boundaries(make_wards(), key="mau", title="Thành phố Mẫu")
