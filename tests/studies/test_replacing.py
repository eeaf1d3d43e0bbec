"""What goes from the map when a new file takes the place of those in use."""

from pathlib import Path

import pytest

from geo.reading.columns import TableColumns
from store.opening import open_store
from studies.intake import Settled, Trial, find_beside, look_at_table, receive, try_table
from studies.replacing import list_shortened
from tests.mau import make_wards


@pytest.mark.parametrize(
    ("days", "goes"),
    [
        (("2022-01", "2022-02"), ["nam.csv"]),
        (("2021-12", "2022-12"), []),
        (("2022-01", "2022-12"), []),
        (("", ""), []),
    ],
)
def test_files_whose_days_reach_beyond_the_new_one_are_told(
    tmp_path: Path, days: tuple[str, str], goes: list[str]
) -> None:
    store = open_store(f"sqlite:///{tmp_path}/kho.sqlite")
    area = store.keep_boundaries(make_wards(), key="mau", title="Mẫu")

    def attempt(name: str, months: tuple[str, str]) -> Trial:
        path = tmp_path / name
        path.write_text(f"ma_xa,thang,so_vu\n00001,{months[0]},4\n00002,{months[1]},5\n")
        proposal = look_at_table(receive([path]), "incidents")
        settled = Settled(TableColumns(key="ma_xa", date="thang", by_key=True))
        return try_table(store.load_wards(area), proposal, settled)

    held = attempt("nam.csv", ("2022-01", "2022-12"))
    store.keep(area, held.joined, file_name="nam.csv", sha256="nam", findings=(), replace=False)
    trial = attempt("moi.csv", days)
    assert [dataset.file_name for dataset in list_shortened(trial, find_beside(store, area, trial))] == goes
    store.close()
