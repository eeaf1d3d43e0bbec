"""The folder of boundaries: what is registered is known by its bytes, what is dropped in is offered."""

import datetime as dt
from pathlib import Path

import pytest

from errors import UnreadableFile
from geo.boundaries.registry import find_entry, hash_file, list_entries
from geo.frames import BoundaryVersion
from tests.mau import write_wards

TABLE = """
[mau]
id = "mau"
title = "Thành phố Mẫu"
file = "mau.gpkg"
source = "tự dựng"
schematic = true
sha256 = "{sha256}"
version = {{ id = "mau-2022", valid_from = 2022-01-01, valid_to = 2025-06-30, basis = "NQ 1/2022" }}
columns = {{ code = "MA_XA" }}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = write_wards(tmp_path)
    (tmp_path / "registry.toml").write_text(TABLE.format(sha256=hash_file(path)), encoding="utf-8")
    return tmp_path


def test_a_registered_file_brings_its_version_source_and_columns(folder: Path) -> None:
    entry = list_entries(folder)[0]
    assert (entry.key, entry.title, entry.version, entry.columns.code) == (
        "mau",
        "Thành phố Mẫu",
        "mau-2022",
        "MA_XA",
    )
    assert entry.source.schematic


def test_a_copy_elsewhere_is_known_by_its_bytes(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = tmp_path_factory.mktemp("other") / "sao.gpkg"
    copy.write_bytes((folder / "mau.gpkg").read_bytes())
    found = find_entry(copy, folder)
    assert found is not None
    assert found.version == "mau-2022"


def test_a_file_that_changed_since_is_unknown(folder: Path) -> None:
    with (folder / "mau.gpkg").open("ab") as stream:
        stream.write(b"x")
    entry = list_entries(folder)[0]
    assert (entry.version, entry.validity) == (None, None)
    assert (entry.source.schematic, entry.columns.code) == (False, None)
    assert find_entry(folder / "mau.gpkg", folder) is None


def test_a_file_dropped_beside_the_registered_ones_is_offered(folder: Path) -> None:
    (folder / "cua-toi.geojson").write_text("{}", encoding="utf-8")
    assert [entry.title for entry in list_entries(folder)] == ["Thành phố Mẫu", "cua-toi"]


@pytest.mark.parametrize("text", ["[mau", '[mau]\nfile = "mau.gpkg"\ncolumns = { ma = "MA_XA" }\n'])
def test_a_registry_written_wrongly_is_refused_by_name(folder: Path, text: str) -> None:
    (folder / "registry.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile) as refusal:
        list_entries(folder)
    assert refusal.value.reason == "registry"


def test_a_version_tells_the_days_it_was_in_force_and_the_law_it_rests_on(folder: Path) -> None:
    assert list_entries(folder)[0].validity == BoundaryVersion(
        "mau-2022", dt.date(2022, 1, 1), dt.date(2025, 6, 30), "NQ 1/2022"
    )


def test_days_that_no_document_tells_stay_unknown(folder: Path) -> None:
    table = (folder / "registry.toml").read_text(encoding="utf-8")
    (folder / "registry.toml").write_text(table.replace(", valid_to = 2025-06-30", ""), encoding="utf-8")
    assert list_entries(folder)[0].validity == BoundaryVersion(
        "mau-2022", dt.date(2022, 1, 1), None, "NQ 1/2022"
    )


@pytest.mark.parametrize(
    ("day", "place"),
    [
        ('valid_to = "30/6/2025"', "mau.version.valid_to"),
        ("valid_to = 2025-06-30T08:00:00", "mau.version.valid_to"),
        ("valid_to = 2021-12-31", "mau.version.valid_to"),
    ],
)
def test_a_day_written_wrongly_is_refused_with_its_place(folder: Path, day: str, place: str) -> None:
    table = (folder / "registry.toml").read_text(encoding="utf-8")
    (folder / "registry.toml").write_text(table.replace("valid_to = 2025-06-30", day), encoding="utf-8")
    with pytest.raises(UnreadableFile) as refusal:
        list_entries(folder)
    assert (refusal.value.reason, refusal.value.facts["seen"]) == ("registry", place)
