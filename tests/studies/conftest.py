"""What several studies are tried on: the bundled example, opened once."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from store.repository import Store
from studies.example import open_with_example

BOUNDARIES = Path(__file__).parent.parent.parent / "data" / "boundaries"


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the whole example; to be read, not written."""
    folder = tmp_path_factory.mktemp("vi-du")
    with closing(open_with_example(f"sqlite:///{folder}/kho.sqlite", BOUNDARIES)) as store:
        yield store
