"""Files straight into the store by the command line: once each, on the right boundaries, or not at all."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.mau import CODES, VERSION, write_wards
from tests.studies.test_cli import done, refused


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A store with the six wards, in force until the end of June 2025."""
    url = f"sqlite:///{tmp_path}/kho.sqlite"
    wards = write_wards(tmp_path)
    done("import", wards, "--as", "boundaries", "--version", VERSION, "--valid-to", "30/06/2025",
         "--database", url)  # fmt: skip
    return url


def write(folder: Path, name: str, header: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def list_files(database: str) -> list[str]:
    held = json.loads(done("datasets", "--json", "--database", database))
    return [entry["file"] for entry in held["areas"][0]["datasets"]]


@pytest.mark.parametrize(("kind", "column"), [("population", "dan_so"), ("cameras", "so_camera")])
def test_figures_of_one_ward_from_two_files_are_never_added(
    database: str, tmp_path: Path, kind: str, column: str
) -> None:
    first = write(tmp_path, "mot.csv", f"ma_xa,{column}", "00001,100", "00002,200")
    second = write(tmp_path, "hai.csv", f"ma_xa,{column}", "00002,210", "00003,300")
    third = write(tmp_path, "ba.csv", f"ma_xa,{column}", "00004,400")
    done("import", first, "--as", kind, "--database", database)
    told = refused("import", second, "--as", kind, "--database", database)
    assert "00002" in told
    assert "mot.csv" in told
    done("import", third, "--as", kind, "--database", database)
    assert list_files(database) == ["mot.csv", "ba.csv"]
    done("import", second, "--as", kind, "--replace", "--database", database)
    assert list_files(database) == ["hai.csv"]


def test_codes_counted_after_the_boundaries_ended_are_refused_unless_the_version_is_told(
    database: str, tmp_path: Path
) -> None:
    file = write(tmp_path, "vu.csv", "ma_xa,so_vu,thang", *[f"{code},3,2025-08" for code in CODES])
    command = ("import", file, "--as", "incidents", "--database", database)
    told = refused(*command)
    assert "01/08/2025" in told
    assert "30/06/2025" in told
    assert list_files(database) == []
    done(*command, "--version", VERSION)
    assert list_files(database) == ["vu.csv"]


def test_the_only_sheet_of_a_workbook_is_one_file_named_or_not(database: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Bảng"
    for row in (["ma_xa", "so_camera"], ["00001", 5], ["00002", 7]):
        book.active.append(row)
    path = tmp_path / "camera.xlsx"
    book.save(path)
    done("import", path, "--as", "cameras", "--database", database)
    done("import", path, "--as", "cameras", "--sheet", "Bảng", "--database", database)
    assert list_files(database) == ["camera.xlsx"]
