"""A folder read in batches gives the counts of the same rows read at once."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from errors import AppError, UnreadableFile
from geo.counting import count_by_ward
from geo.frames import Joined, Period
from geo.partition import join_partitions
from geo.question import EVERY_CRIME, Selection
from geo.reading.cells import parse_period
from geo.reading.columns import CountColumn, TableColumns
from geo.reading.encodings import Codec, encode
from geo.reading.read import read_table
from geo.rows.facts import join_table
from tests.mau import SOUTH, WEST, make_wards, middle

ROOT = Path(__file__).parent.parent.parent
WARDS = make_wards(version=None)
SEED = 20241122
KINDS = ("Trộm cắp tài sản", "Cướp giật", "Tai nạn giao thông", "")


def make_rows(n: int) -> pd.DataFrame:
    """Incidents in and around the six wards: some on edges, some without a place, some without a day."""
    chance = np.random.default_rng(SEED)
    x = chance.uniform(WEST - 0.005, WEST + 0.035, n).round(3)
    y = chance.uniform(SOUTH - 0.005, SOUTH + 0.025, n).round(3)
    x[::17], y[::19] = np.nan, 0.0
    x[::19] = 0.0
    days = pd.Timestamp("2021-01-01") + pd.to_timedelta(chance.integers(0, 730, n), unit="D")
    kinds = chance.choice(KINDS, n)
    rows = pd.DataFrame({"kinh_do": x, "vi_do": y, "ngay": days.strftime("%d/%m/%Y"), "loai_vu": kinds})
    rows.loc[::23, "ngay"] = ""
    return rows


def write_folder(folder: Path, rows: pd.DataFrame, *, ending: str = ".csv", n_files: int = 3) -> Path:
    folder.mkdir()
    for number, part in enumerate(np.array_split(np.arange(len(rows)), n_files)):
        path = folder / f"phan_{number}{ending}"
        if ending == ".csv":
            rows.iloc[part].to_csv(path, index=False)
        else:
            rows.iloc[part].to_parquet(path, index=False)
    return folder


def join_at_once(tmp_path: Path, rows: pd.DataFrame, *, only: str | None = None) -> Joined:
    path = tmp_path / "ca_bang.csv"
    rows.to_csv(path, index=False)
    return join_table(WARDS, read_table(path), "incidents", TableColumns(), only=only)[0]


def count(joined: Joined, period: Period | None, chosen: Selection) -> pd.Series:
    return count_by_ward(WARDS.frame.index, [joined], period, chosen)


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
@pytest.mark.parametrize(
    ("period", "chosen"),
    [
        (None, EVERY_CRIME),
        ("2022", EVERY_CRIME),
        ("2021-03", Selection(category="cướp giật")),
        (None, Selection(category="Tai nạn giao thông")),
    ],
)
def test_counts_and_tallies_are_those_of_the_rows_read_at_once(
    tmp_path: Path, ending: str, period: str | None, chosen: Selection
) -> None:
    rows = make_rows(2_000)
    asked = parse_period(period) if period else None
    folder = write_folder(tmp_path / "phan", rows, ending=ending)
    joined, findings, _ = join_partitions(
        WARDS, folder, TableColumns(), also=("date",) if period else (), batch_rows=170
    )
    whole = join_at_once(tmp_path, rows)
    pd.testing.assert_series_equal(count(joined, asked, chosen), count(whole, asked, chosen))
    assert joined.tally() == whole.tally()
    assert joined.tally_rows() == whole.tally_rows()
    read = next(finding for finding in findings if finding.code == "PartitionsRead")
    assert (read.facts["n"], read.facts["files"]) == (2_000, 3)


def test_six_rows_are_added_up_by_ward_and_what_is_left_over_is_kept(tmp_path: Path) -> None:
    places = [
        middle("00001"),
        middle("00001"),
        middle("00005"),
        (WEST + 0.01, SOUTH + 0.005),
        (106, 10),
        (0, 0),
    ]
    folder = write_folder(tmp_path / "phan", pd.DataFrame(places, columns=["lon", "lat"]), n_files=2)
    joined, _, guessed = join_partitions(WARDS, folder, TableColumns())
    told = joined.rows[["ward_code", "method", "outcome", "n", "n_rows"]].to_numpy().tolist()
    assert told == [
        ["00001", "within", "joined", 2.0, 2],
        ["00005", "within", "joined", 1.0, 1],
        ["00001", "edge", "joined", 1.0, 1],
        [None, "none", "outside", 1.0, 1],
        [None, "none", "no_location", 1.0, 1],
    ]
    assert joined.by_place
    assert joined.rows["longitude"].isna().all()
    assert guessed == {"longitude": "lon", "latitude": "lat"}
    assert joined.tally_rows() == {
        "given": 6, "joined": 4, "ambiguous": 0, "unmatched": 0, "outside": 1, "no_location": 1,
    }  # fmt: skip


def test_a_count_column_is_added_up_and_rows_stay_rows(tmp_path: Path) -> None:
    x, y = middle("00002")
    rows = pd.DataFrame({"lon": [x] * 4, "lat": [y] * 4, "so_vu": ["3", "2", "", "1.200"]})
    joined, _, _ = join_partitions(
        WARDS, write_folder(tmp_path / "phan", rows), TableColumns(decimal_mark=",")
    )
    assert joined.rows[["ward_code", "n", "n_rows"]].to_numpy().tolist() == [["00002", 1_205.0, 4]]


def test_remarks_of_all_batches_are_added_up(tmp_path: Path) -> None:
    rows = make_rows(2_000).astype(object)
    rows.loc[::100, "kinh_do"] = "chưa rõ"
    folder = write_folder(tmp_path / "phan", rows)
    (folder / "ghi_chu.txt").write_text("x")
    (folder / "_SUCCESS").touch()
    _, findings, _ = join_partitions(WARDS, folder, TableColumns(), batch_rows=170)
    n = {finding.code: finding.facts["n"] for finding in findings}
    assert n["NotANumber"] == 20
    assert n["PartitionsIgnored"] == 1
    assert len(n) == len(findings)


def test_files_may_stand_in_folders_and_be_empty_and_differ_in_order_of_columns(tmp_path: Path) -> None:
    folder = tmp_path / "nam=2021"
    folder.mkdir()
    x, y = middle("00003")
    (tmp_path / "a.csv").write_text("lat,lon,loai\n")
    (tmp_path / "_temporary").mkdir()
    (tmp_path / "_temporary" / "half.csv").write_text("lat,lon\n1")
    (folder / "b.csv").write_text(f"ghi;loai;lon;lat;ghi\n;Trộm;{x};{y};\n")
    pd.DataFrame({"lon": [x], "lat": [y], "loai": pd.Categorical(["Trộm"])}).to_parquet(folder / "c.parquet")
    joined, _, _ = join_partitions(WARDS, tmp_path, TableColumns())
    assert joined.rows[["ward_code", "category", "n"]].to_numpy().tolist() == [["00003", "Trộm", 2.0]]


def test_points_outside_go_to_the_nearest_ward_when_asked(tmp_path: Path) -> None:
    rows = pd.DataFrame({"lon": [WEST + 0.005] * 3, "lat": [SOUTH - 0.001] * 3})
    joined, _, _ = join_partitions(
        WARDS, write_folder(tmp_path / "phan", rows), TableColumns(), nearest_m=200.0
    )
    assert joined.rows[["ward_code", "method", "n"]].to_numpy().tolist() == [["00001", "nearest", 3.0]]


PLACE = "lon,lat\n{},{}\n".format(*middle("00001")).encode()
SPOILT = {
    "no row": ("a.csv", b"lon,lat\n", "NoData", "empty_partitions"),
    "a broken Parquet file": ("b.parquet", b"PAR1 nonsense PAR1", "UnreadableFile", "corrupt"),
    "a file without a byte": ("b.csv", b"", "UnreadableFile", "empty"),
    "another encoding": ("b.csv", "lon,lat\n1,ạ".encode("utf-16"), "UnreadableFile", "not_utf8"),
    "a stray byte": ("b.csv", b"lon,lat\n" + b"1,2\n" * 9_000 + b"1,\xe9\n", "UnreadableFile", "not_utf8"),
    "a cell too many": ("b.csv", b"lon,lat\n1,2\n1,2,3\n", "UnreadableFile", "uneven"),
    "an open quotation mark": ("b.csv", b'lon,lat\n"1,2\n1,2\n', "UnreadableFile", "uneven"),
    "the second file lacks a column": ("b.csv", b"lon,vi do\n1,2\n", "MissingColumns", "partition_named"),
    "a column twice": ("b.csv", b"lon,lat,lat\n1,2,3\n", "MissingColumns", "twice"),
    "a table without places": ("a.csv", b"ma_xa,so_vu\n00001,3\n", "MissingColumns", "partition_places"),
    "no row with a place": ("a.csv", b"lon,lat\n,\n", "NothingMatched", "no_place"),
    "all of it elsewhere": ("a.csv", b"lon,lat\n1,2\n", "NothingMatched", "by_place"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_cannot_be_read_is_refused_by_name(tmp_path: Path, name: str) -> None:
    file, content, code, reason = SPOILT[name]
    (tmp_path / "a.csv").write_bytes(PLACE)
    (tmp_path / file).write_bytes(content)
    with pytest.raises(AppError) as refused:
        join_partitions(WARDS, tmp_path, TableColumns())
    assert (refused.value.code, refused.value.reason) == (code, reason)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@pytest.mark.parametrize("n_good", [0, 2])
def test_categories_in_old_letters_are_refused_in_whatever_file_they_stand(
    tmp_path: Path, encoding: Codec, n_good: int
) -> None:
    longitude, latitude = middle("00001")
    for number in range(n_good + 1):
        kinds = KINDS[:3] if number < n_good else tuple(encode(kind, encoding) for kind in KINDS[:3])
        lines = ["lon,lat,loai_vu", *(f"{longitude},{latitude},{kind}" for kind in kinds)]
        (tmp_path / f"{number}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        join_partitions(WARDS, tmp_path, TableColumns())
    assert refused.value.reason == "old_letters"
    assert "Trộm cắp tài sản" in str(refused.value.facts["seen"])


def test_a_folder_without_such_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "_SUCCESS").touch()
    with pytest.raises(AppError) as refused:
        join_partitions(WARDS, tmp_path, TableColumns())
    assert (refused.value.code, refused.value.reason) == ("NoData", "no_partitions")


def test_a_file_and_a_wide_table_are_no_partitions(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(PLACE)
    with pytest.raises(AppError) as refused:
        join_partitions(WARDS, tmp_path / "a.csv", TableColumns())
    assert refused.value.reason == "not_a_folder"
    with pytest.raises(AppError) as refused:
        join_partitions(WARDS, tmp_path, TableColumns(counts=(CountColumn("a"), CountColumn("b"))))
    assert refused.value.reason == "partition_counts"


def test_a_total_beside_its_parts_is_refused_even_when_they_stand_in_different_files(tmp_path: Path) -> None:
    x, y = middle("00001")
    for name, kind in (("a", "Trộm cắp"), ("b", "Tổng số")):
        (tmp_path / f"{name}.csv").write_text(f"lon,lat,loai\n{x},{y},{kind}\n")
    with pytest.raises(AppError) as refused:
        join_partitions(WARDS, tmp_path, TableColumns())
    assert (refused.value.code, refused.value.reason) == ("SeveralChoices", "total")
    joined, _, _ = join_partitions(WARDS, tmp_path, TableColumns(), only="trộm cắp")
    assert joined.tally_rows()["joined"] == 2
    with pytest.raises(AppError) as refused:
        join_partitions(WARDS, tmp_path, TableColumns(), only="Cướp")
    assert (refused.value.code, refused.value.reason) == ("BadOption", "category")


MEASURE_PEAK = """
import resource, sys
from pathlib import Path
from geo.partition import join_partitions
from geo.reading.columns import TableColumns
from tests.mau import make_wards
joined, _, _ = join_partitions(make_wards(version=None), Path(sys.argv[1]), TableColumns())
print(joined.tally_rows()["given"], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def write_many(folder: Path, n: int) -> Path:
    """n points in files of half a million rows."""
    folder.mkdir()
    chance = np.random.default_rng(SEED)
    for number in range(n // 500_000):
        x, y = chance.uniform(WEST, WEST + 0.03, 500_000), chance.uniform(SOUTH, SOUTH + 0.02, 500_000)
        pd.DataFrame({"lon": x, "lat": y}).to_parquet(folder / f"{number:03d}.parquet", index=False)
    return folder


@pytest.mark.slow
def test_ten_times_the_rows_need_no_more_memory(tmp_path: Path) -> None:
    peaks = {}
    for n in (1_000_000, 10_000_000):
        folder = write_many(tmp_path / str(n), n)
        ran = subprocess.run(
            [sys.executable, "-c", MEASURE_PEAK, str(folder)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        given, peaks[n] = (int(word) for word in ran.stdout.split())
        assert given == n
    assert peaks[10_000_000] < 1.25 * peaks[1_000_000], peaks
