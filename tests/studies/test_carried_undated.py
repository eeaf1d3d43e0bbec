"""Files that name no boundary version: their rows are of the wards they were joined with."""

from dataclasses import replace
from pathlib import Path

from geo.frames import BoundaryVersion, Kind
from geo.indicators import Share
from geo.question import Question
from geo.reading.columns import TableColumns
from geo.rows.facts import join_table
from store.opening import open_store
from store.repository import Store
from studies.carried import carry_all
from studies.holdings import load_holdings
from tests.mau import CODES, VERSION, make_table, make_wards
from tests.mau_2025 import NEW_VERSION, make_crosswalk, make_new_wards


def keep_undated(store: Store, area_id: int, kind: Kind, columns: dict[str, list[object]]) -> None:
    joined, findings, _ = join_table(
        store.load_wards(area_id), make_table(columns, file=f"{kind}.csv"), kind, TableColumns(), version=None
    )
    joined = replace(joined, version=None)
    store.keep(area_id, joined, file_name=f"{kind}.csv", sha256=kind, findings=findings, replace=False)


def test_counts_and_states_without_a_version_are_carried_with_their_area(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/kho.sqlite")
    old = store.keep_boundaries(make_wards(), key="cu", title="Cũ", validity=BoundaryVersion(VERSION))
    store.keep_boundaries(make_new_wards(), key="moi", title="Mới", validity=BoundaryVersion(NEW_VERSION))
    keep_undated(store, old, "incidents", {"ma_xa": [*CODES], "so_vu": ["1", "2", "3", "4", "10", "6"]})
    keep_undated(
        store, old, "status",
        {"ma_xa": ["00001", "00002"], "nam": ["2022", "2022"],
         "tinh_trang": ["đang chuyển hóa", "không thuộc diện"]},
    )  # fmt: skip
    carried = carry_all([load_holdings(store, area.id) for area in store.list_areas()], [make_crosswalk()])
    frame = carried.measure(Question()).frame
    assert frame["n_incidents"].to_dict() == {"00001": 3.0, "00003": 11.0, "00005": 12.0}
    assert frame.at["00001", "old_in_programme"] == Share(1, 2, 0)
    store.close()
