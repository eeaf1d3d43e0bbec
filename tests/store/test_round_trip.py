"""Law: what is kept comes back as it was, whatever the values and column types."""

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from geo.frames import OUTCOMES, Joined
from store.opening import open_store
from store.repository import Store
from tests.store.cluster import Cluster
from tests.store.conftest import BOTH
from tests.store.six_wards import CODES, make_wards

numbers = st.none() | st.floats(allow_infinity=False)
# NUL is left out on purpose: see test_datasets.
texts = st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
rows_of_values = st.lists(
    st.tuples(
        st.integers(0, 2**40),
        st.none() | st.sampled_from(CODES),
        st.sampled_from(OUTCOMES),
        st.none() | st.floats(0, 1e9),
        st.none() | st.dates(),
        texts,
        numbers,
        numbers,
    ),
    max_size=6,
)
text_types = st.sampled_from(["str", "object", "string", "category"])


@pytest.fixture(scope="module", params=BOTH)
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.make_database()
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('law')}/kho.sqlite"
    store = open_store(url)
    store.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    yield store
    store.close()


def make_column(values: list[str | None], dtype: str) -> pd.Series:
    return pd.Series(pd.Series(values, dtype="str" if dtype == "category" else dtype), dtype=dtype)


def make_frame(
    values: list[tuple[object, ...]], code_type: str, category_type: str, unit: str
) -> pd.DataFrame:
    columns = [list(column) for column in zip(*values, strict=True)] or [[] for _ in range(8)]
    row, code, outcome, n, day, category, longitude, latitude = columns
    days = pd.Series(np.array(day, dtype="datetime64[D]").astype(f"datetime64[{unit}]"))
    frame = pd.DataFrame(
        {
            "row": pd.Series(row, dtype="int64"),
            "ward_code": make_column(code, code_type),
            "method": pd.Series(["none"] * len(row), dtype="str"),
            "outcome": make_column(outcome, category_type),
            "distance_m": pd.Series([np.nan] * len(row), dtype="float64"),
            "n": pd.Series(n, dtype="float64"),
            "start": days,
            "end": days,
            "category": make_column(category, category_type),
            "longitude": pd.Series(longitude, dtype="float64"),
            "latitude": pd.Series(latitude, dtype="float64"),
        }
    )
    # Of one file row, one outcome: what the join promises and the tally asserts.
    return frame.drop_duplicates("row").reset_index(drop=True)


@settings(max_examples=60, deadline=None)
@given(rows_of_values, text_types, text_types, st.sampled_from(["s", "ms", "us"]))
def test_joined_rows_come_back_as_they_were(
    shared: Store, values: list[tuple[object, ...]], code_type: str, category_type: str, unit: str
) -> None:
    rows = make_frame(values, code_type, category_type, unit)
    joined = Joined("incidents", rows, version="mau-2024")
    shared.keep(1, joined, file_name="f.csv", sha256="f", findings=(), replace=True)
    (loaded,) = shared.load(1, "incidents")
    assert_frame_equal(loaded.rows, rows)
    (entry,) = shared.list_datasets(1)
    assert entry.tally == {"n": joined.tally(), "rows": joined.tally_rows()}
    known = rows["start"].dropna()
    expected = None if known.empty else dt.date.fromisoformat(str(known.min())[:10])
    assert entry.period_start == expected
