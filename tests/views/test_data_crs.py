"""Reference systems as the data page names them."""

import pytest

from geo.boundaries.crs_catalogue import System, list_systems
from geo.crs import parse_crs
from geo.reading.encoding_tables import CODECS
from i18n.messages import load_words
from views.data_crs import name_candidate, name_crs
from views.data_encoding import name_encoding

WORDS = load_words("vi")
ON_VN2000 = [system for system in list_systems() if system.key == "vn2000_tm"]


@pytest.mark.parametrize("system", ON_VN2000, ids=lambda system: system.crs)
def test_each_offered_plane_is_named_by_its_own_meridian_and_scale(system: System) -> None:
    crs = parse_crs(system.crs)
    operation = crs.coordinate_operation
    assert operation is not None
    values = {param.name: param.value for param in operation.params}
    degrees = values["Longitude of natural origin"]
    meridian = f"{int(degrees)}°{round(degrees % 1 * 60):02}'"
    scale = f"{values['Scale factor at natural origin']:.4f}".replace(".", ",")
    assert name_crs(system.crs, WORDS) == f"{system.crs}: VN-2000, kinh tuyến trục {meridian}, k = {scale}"
    assert "VN-2000" in crs.name


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_system_and_encoding_has_words(language: str) -> None:
    words = load_words(language)
    assert all(system.crs in name_crs(system.crs, words) for system in list_systems())
    assert all(name_encoding(codec, words) != codec for codec in CODECS)


def test_a_candidate_says_how_far_off_it_is() -> None:
    name = "EPSG:5897: VN-2000, kinh tuyến trục 105°00', k = 0,9999"
    assert (
        name_candidate(("EPSG:5897", 4.2, 80), WORDS)
        == f"{name} (lệch khoảng 4 m so với 80 phường, xã đã biết)"
    )
    assert (
        name_candidate(("EPSG:5897", 2_340.0, 80), WORDS)
        == f"{name} (lệch khoảng 2,3 km so với 80 phường, xã đã biết)"
    )
    assert name_candidate(("EPSG:5897", float("nan"), 0), WORDS) == name


def test_swapped_axes_and_unknown_codes_are_named_plainly() -> None:
    assert name_crs("swapped:EPSG:9210", WORDS).endswith("k = 0,9999, hai trục đổi chỗ")
    assert name_crs("EPSG:27700", WORDS) == "EPSG:27700"
    assert name_encoding("koi8-r", WORDS) == "koi8-r"
