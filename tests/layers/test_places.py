"""Places of an internal map: sent to one reader's screen, refused by everything that makes a file."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from errors import AccessError, NotAllowed
from i18n.messages import LANGUAGES, load_words
from layers.folium_map import standalone_html
from layers.matplotlib_map import draw, save, to_png
from layers.screen_message import encode, map_message
from layers.shapes import make_shapes
from layers.spec import MapSpec, Marker, Markers, Zone
from tests.layers.test_atlas import draw_spec
from tests.mau import make_wards

SHAPES = make_shapes(make_wards())
PLAIN = draw_spec("n_incidents", n_incidents=[0.0, 10.0, 20.0, 30.0, None, 40.0])
INCIDENTS = Markers(
    "incident",
    "vụ việc",
    (
        Marker(105.0012345, 10.0, ("Trộm cắp", "12/03/2022")),
        Marker(105.0, 10.0199999, ("Cướp giật",)),
        Marker(105.0000004, 10.0, ("Trộm cắp", "12/03/2022")),
    ),
)
SITES = Markers("site", "vị trí đề xuất", (Marker(105.03, 10.02, ("Gần chợ",), number=7),))
SEEN = Zone("seen", "vùng quan sát", shapely.box(105.001, 10.001, 105.002, 10.002))
INTERNAL = replace(PLAIN, markers=(INCIDENTS, SITES), zones=(SEEN,))
ONLY_ZONE = replace(PLAIN, zones=(SEEN,))


def parts(spec: MapSpec) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(encode(map_message(spec, "order", selected=None)))
    return message


def test_places_are_whole_millionths_of_a_degree_from_the_corner_and_equal_tips_are_sent_once() -> None:
    incidents, sites = parts(INTERNAL)["places"]
    assert incidents == {
        "kind": "incident",
        "words": "vụ việc",
        "count": "3",
        "x": [1234, 0, 0],
        "y": [0, 20000, 0],
        "numbers": [],
        "tips": [["Trộm cắp", "12/03/2022"], ["Cướp giật"]],
        "tip": [0, 1, 0],
    }
    assert (sites["x"], sites["y"], sites["numbers"], sites["tip"]) == ([30000], [20000], [7], [])
    assert parts(INTERNAL)["corner"] == [105.0, 10.0]


@given(st.floats(104.5, 105.5), st.floats(9.5, 10.5))
def test_a_place_comes_back_to_within_half_a_millionth_of_a_degree(longitude: float, latitude: float) -> None:
    markers = Markers("camera", "camera", (Marker(longitude, latitude),))
    sent = parts(replace(PLAIN, markers=(markers,)))
    west, south = sent["corner"]
    (place,) = sent["places"]
    assert west + place["x"][0] / 1e6 == pytest.approx(longitude, abs=5.1e-7)
    assert south + place["y"][0] / 1e6 == pytest.approx(latitude, abs=5.1e-7)


def test_a_kind_without_places_keeps_its_legend_row() -> None:
    (sent,) = parts(replace(PLAIN, markers=(Markers("gap", "khoảng trống", ()),)))["places"]
    assert (sent["words"], sent["count"], sent["x"]) == ("khoảng trống", "0", [])


def test_thousands_of_places_are_counted_as_the_reader_writes_them() -> None:
    crowd = Markers("incident", "vụ việc", (Marker(105.0, 10.0),) * 5000)
    message = encode(map_message(replace(PLAIN, markers=(crowd,)), "order", selected=None))
    assert json.loads(message)["places"][0]["count"] == "5.000"
    plain = encode(map_message(PLAIN, "order", selected=None))
    assert len(message) - len(plain) < 5000 * 4 + 200


def test_a_zone_keeps_its_holes_and_its_parts() -> None:
    ring = shapely.box(105.0, 10.0, 105.004, 10.004).difference(shapely.box(105.001, 10.001, 105.002, 10.002))
    both = shapely.union(ring, shapely.box(105.01, 10.01, 105.011, 10.011))
    ((kind, words, rings),) = parts(replace(PLAIN, zones=(Zone("seen_twice", "hai lần", both),)))["zones"]
    assert (kind, words) == ("seen_twice", "hai lần")
    assert sorted(len(ring) for ring in rings) == [8, 8, 8]


def test_a_map_of_wards_alone_sends_no_place() -> None:
    sent = parts(PLAIN)
    assert (sent["zones"], sent["places"], PLAIN.is_internal) == ([], [], False)


@pytest.mark.parametrize("spec", [INTERNAL, ONLY_ZONE], ids=["places", "zone alone"])
def test_no_file_is_made_of_an_internal_map(spec: MapSpec, tmp_path: Path) -> None:
    for ending in ("png", "svg", "pdf"):
        with pytest.raises(NotAllowed):
            save(spec, SHAPES, tmp_path / f"map.{ending}")
    for make in (draw, to_png, standalone_html):
        with pytest.raises(NotAllowed) as refusal:
            make(spec, SHAPES)
        assert refusal.value.reason == "internal_map"
        assert isinstance(refusal.value, AccessError)
    assert list(tmp_path.iterdir()) == []


def test_the_refusal_says_what_to_do_instead() -> None:
    with pytest.raises(NotAllowed) as refusal:
        to_png(INTERNAL, SHAPES)
    texts = {language: load_words(language).error(refusal.value) for language in LANGUAGES}
    assert texts["vi"] == (
        "Bản đồ «Bản đồ số vụ» có điểm vụ việc, camera, khoảng trống hoặc vị trí đề xuất nên chỉ xem trên "
        "màn hình, không xuất thành tệp. Hãy xuất bản đồ số liệu tổng hợp theo địa bàn."
    )
    assert texts["en"].endswith("Export a map of figures by ward instead.")
