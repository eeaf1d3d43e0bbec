"""`join --partitions` as a clerk uses it: a folder in, the same table out as from one file."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.mau import CODES, middle, write_wards
from tests.studies.test_cli import done, refused

N = (3, 0, 5, 7, 11, 13)


@pytest.fixture
def wards(tmp_path: Path) -> Path:
    return write_wards(tmp_path)


@pytest.fixture
def rows() -> pd.DataFrame:
    """n incidents in the middle of each ward, one in three of them of 2021; one beside the city."""
    places = [middle(code) for code, n in zip(CODES, N, strict=True) for _ in range(n)]
    table = pd.DataFrame([*places, (106.0, 10.0)], columns=["kinh_do", "vi_do"])
    table["ngay"] = ["01/02/2021" if place % 3 == 0 else "15/11/2022" for place in range(len(table))]
    return table


@pytest.fixture
def folder(tmp_path: Path, rows: pd.DataFrame) -> Path:
    path = tmp_path / "phan"
    path.mkdir()
    rows.iloc[:20].to_csv(path / "a.csv", index=False)
    rows.iloc[20:].to_parquet(path / "b.parquet", index=False)
    return path


def read_outputs(out: Path, report: Path) -> tuple[pd.DataFrame, dict[str, object]]:
    return pd.read_csv(out, dtype={"ward_code": str}), json.loads(report.read_text(encoding="utf-8"))


def test_a_folder_gives_the_table_and_the_report_of_one_file(
    wards: Path, folder: Path, rows: pd.DataFrame, tmp_path: Path
) -> None:
    whole = tmp_path / "ca_bang.csv"
    rows.to_csv(whole, index=False)
    answers = []
    for option, given in (("--partitions", folder), ("--incidents", whole)):
        out, report = tmp_path / f"{given.stem}.out.csv", tmp_path / f"{given.stem}.json"
        said = done("join", "--boundaries", wards, option, given, "--period", "2022", "--out", out,
                    "--report", report)  # fmt: skip
        assert "nhận 26 vụ = đã ghép 26" in said
        answers.append(read_outputs(out, report))
    (table, told), (expected, expected_told) = answers
    pd.testing.assert_frame_equal(table, expected)
    assert table["n_incidents"].tolist() == [2, 0, 3, 5, 7, 9]
    assert told["incidents"] == expected_told["incidents"]


def test_without_a_period_everything_is_counted_and_the_reading_is_told(
    wards: Path, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "j.csv"
    said = done("join", "--boundaries", wards, "--partitions", folder, "--out", out)
    assert "nhận 40 vụ = đã ghép 39 + ngoài ranh giới 1" in said
    assert "phan: đã đọc 40 dòng của 2 tệp theo 2 phần" in said
    assert pd.read_csv(out)["n_incidents"].tolist() == list(N)
    meta = json.loads((tmp_path / "j.csv.meta.json").read_text(encoding="utf-8"))
    assert len(meta["sources"][0]["sha256"]) == 64


def test_cameras_beside_a_folder_are_counted_but_reach_no_single_incident(
    wards: Path, folder: Path, tmp_path: Path
) -> None:
    cameras, out = tmp_path / "camera.csv", tmp_path / "j.csv"
    cameras.write_text("kinh_do,vi_do\n{},{}\n".format(*middle("00001")))
    done("join", "--boundaries", wards, "--partitions", folder, "--cameras", cameras, "--out", out)
    table = pd.read_csv(out)
    assert table["n_cameras"].tolist() == [1, 0, 0, 0, 0, 0]
    assert "incident_reach_pct" not in table


@pytest.mark.parametrize(
    ("option", "name"), [("--incidents", "b.csv"), ("--assign", "a.csv"), ("--key", "x")]
)
def test_options_that_mean_nothing_for_a_folder_are_refused(
    wards: Path, folder: Path, tmp_path: Path, option: str, name: str
) -> None:
    said = refused("join", "--boundaries", wards, "--partitions", folder, option, tmp_path / name,
                   "--out", tmp_path / "j.csv")  # fmt: skip
    assert said.startswith(f"{option} không dùng cùng --partitions.")


def test_a_result_is_not_written_among_the_partitions(wards: Path, folder: Path) -> None:
    said = refused("join", "--boundaries", wards, "--partitions", folder, "--out", folder / "j.csv")
    assert said.startswith("Không ghi tệp j.csv vào thư mục phan")


def test_a_file_of_another_boundary_version_is_refused(wards: Path, folder: Path, tmp_path: Path) -> None:
    said = refused("join", "--boundaries", wards, "--version", "cu", "--partitions", folder,
                   "--incidents-version", "moi", "--out", tmp_path / "j.csv")  # fmt: skip
    assert "moi" in said
    assert "cu" in said


def test_a_single_file_or_a_folder_that_is_not_there_is_no_folder(
    wards: Path, folder: Path, tmp_path: Path
) -> None:
    for path in (folder / "a.csv", tmp_path / "khong_co"):
        said = refused("join", "--boundaries", wards, "--partitions", path, "--out", tmp_path / "j.csv")
        assert said.startswith(f"{path.name} không phải thư mục")


def test_a_file_whose_columns_have_other_names_is_named_with_the_way_out(
    wards: Path, folder: Path, tmp_path: Path, rows: pd.DataFrame
) -> None:
    rows.rename(columns={"kinh_do": "x"}).to_csv(folder / "c.csv", index=False)
    said = refused("join", "--boundaries", wards, "--partitions", folder, "--out", tmp_path / "j.csv")
    assert said.startswith("Tệp c.csv không có cột kinh_do như tệp đọc đầu tiên; các cột có: x, vi_do, ngay.")
    assert "hãy đổi tên cột" in said
