"""A new store in a folder of its own, with the six wards kept in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.opening import open_store
from store.repository import Store
from tests.store.six_wards import make_wards


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/var/diaban.sqlite"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def area_id(store: Store) -> int:
    return store.keep_boundaries(make_wards(), key="mau", title="Thành phố Mẫu")
