"""Outlines on their way in: old letters, an unknown plane, days in force, and how wards fit together."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from errors import BadOption, UnknownCrs
from geo.frames import BoundaryVersion
from i18n.messages import load_words
from store.opening import open_store
from store.repository import Store
from studies.intake import receive
from studies.intake_boundaries import keep_boundaries, look_at_boundaries, read_validity, try_boundaries
from tests.mau import VERSION, write_wards

WORDS = load_words("vi")
TCVN3 = "made_cantho_tcvn3_vn2000_tm3_105_noprj.zip"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/kho.sqlite")
    yield opened
    opened.close()


def test_days_in_force_and_legal_basis_are_kept_with_the_boundaries(tmp_path: Path, store: Store) -> None:
    proposal = look_at_boundaries(receive([write_wards(tmp_path)]), tmp_path)
    validity = read_validity(VERSION, "01/01/2020", "30/06/2025", "Nghị quyết 12")
    trial = try_boundaries(proposal, proposal.guess, validity=validity)
    keep_boundaries(store, trial)
    area = store.list_areas()[0]
    assert (area.version, area.valid_from, area.valid_to, area.basis) == (
        VERSION, dt.date(2020, 1, 1), dt.date(2025, 6, 30), "Nghị quyết 12",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "validity"),
    [
        (("", "", "", ""), None),
        ((" v ", "", "", ""), BoundaryVersion("v")),
        (("v", "1/7/2025", "", " NQ "), BoundaryVersion("v", dt.date(2025, 7, 1), None, "NQ")),
        (("v", "", "30/06/2025", ""), BoundaryVersion("v", None, dt.date(2025, 6, 30))),
    ],
)
def test_days_are_typed_as_the_reader_writes_them(
    typed: tuple[str, str, str, str], validity: BoundaryVersion | None
) -> None:
    assert read_validity(*typed) == validity


@pytest.mark.parametrize(
    ("typed", "reason", "says"),
    [
        (("v", "31/02/2025", "", ""), "day", "«31/02/2025»"),
        (("v", "2025-07-01", "", ""), "day", "«2025-07-01»"),
        (("v", "01/07/2025", "30/06/2025", ""), "days_order", "30/06/2025"),
        (("", "01/07/2025", "", ""), "version_needed", "bản địa giới"),
        (("", "", "", "NQ"), "version_needed", "bản địa giới"),
    ],
)
def test_a_wrong_day_is_told_in_words(typed: tuple[str, str, str, str], reason: str, says: str) -> None:
    with pytest.raises(BadOption) as refusal:
        read_validity(*typed)
    assert refusal.value.reason == reason
    assert says in WORDS.error(refusal.value)


def test_a_trial_carries_how_the_wards_fit_together(tmp_path: Path) -> None:
    path = write_wards(tmp_path)
    frame = gpd.read_file(path)
    shapes = frame.geometry.to_numpy().copy()
    shapes[1] = shapely.box(105.009, 10, 105.02, 10.01)
    frame.set_geometry(gpd.GeoSeries(shapes, crs=4326)).to_file(path, engine="pyogrio")
    proposal = look_at_boundaries(receive([path]), tmp_path)
    trial = try_boundaries(proposal, proposal.guess)
    assert trial.coverage.overlaps[["code_a", "code_b"]].values.tolist() == [["00001", "00002"]]
    assert "CoverageOverlaps" in [finding.code for finding in trial.findings]


@pytest.mark.real_data
def test_old_letters_on_an_unknown_plane_are_read_once_the_plane_is_chosen(
    real_data: Path, tmp_path: Path
) -> None:
    received = receive([real_data / "vietnam" / "ugly" / TCVN3])
    with pytest.raises(UnknownCrs) as refusal:
        look_at_boundaries(received, tmp_path)
    crs, misfit_m, n_known = refusal.value.facts["candidates"][0]  # type: ignore[index]
    assert (crs, n_known) == ("EPSG:5897", 83)
    assert misfit_m < 20
    proposal = look_at_boundaries(received, tmp_path, crs=crs)
    trial = try_boundaries(proposal, proposal.guess)
    assert trial.wards.frame["ward_name"].iloc[0] == "Phường Cái Khế"
    assert (trial.coverage.n_places, len(trial.coverage.slivers)) == (0, 0)


@pytest.mark.real_data
def test_another_encoding_is_another_reading_of_the_file(real_data: Path, tmp_path: Path) -> None:
    received = receive([real_data / "vietnam" / "ugly" / TCVN3])
    readings = [
        look_at_boundaries(received, tmp_path, crs="EPSG:5897", encoding=encoding)
        for encoding in (None, "tcvn3", "cp1252")
    ]
    trials = [try_boundaries(reading, reading.guess) for reading in readings]
    names = [trial.wards.frame["ward_name"].iloc[0] for trial in trials]
    assert names[0] == names[1] == "Phường Cái Khế"
    assert names[2] != names[0]
    assert len({trial.key for trial in trials}) == 3
