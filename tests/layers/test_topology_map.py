"""The list and the map of the places where wards do not fit together."""

from dataclasses import replace

import geopandas as gpd
import pytest
import shapely

from geo.boundaries.topology import check_coverage
from geo.frames import Wards
from i18n.messages import load_words
from layers.folium_map import standalone_html
from layers.matplotlib_map import draw, drawn_legend, drawn_wards
from layers.topology_map import FILLS, draw_places
from layers.topology_places import MOST_LISTED, list_places, make_listing, write_area
from tests.mau import CODES, make_wards

WORDS = load_words("vi")


@pytest.fixture
def wards() -> Wards:
    """Hòa Bình reaches a tenth of a square into Một; Phường 5 has a hole; a strip 3 m wide is left between
    Tân Thới and Hòa Bình's column above it."""
    mau = make_wards()
    shapes = mau.frame.geometry.to_numpy().copy()
    shapes[1] = shapely.box(105.009, 10, 105.02, 10.01)
    shapes[4] = shapes[4].difference(shapely.box(105.014, 10.014, 105.016, 10.016))
    shapes[5] = shapely.box(105.02 - 3 / 110_000, 10.01, 105.03, 10.02)
    return replace(mau, frame=mau.frame.set_geometry(gpd.GeoSeries(shapes, index=mau.frame.index, crs=4326)))


def test_places_are_numbered_with_their_wards_and_size(wards: Wards) -> None:
    places = list_places(check_coverage(wards.frame), wards, WORDS)
    assert make_listing(places, WORDS).rows == (
        ("1", "Chồng nhau", "Phường Một – Phường Hòa Bình", "12,13 ha"),
        ("2", "Khoảng trống", "Phường 5", "4,85 ha"),
        ("3", "Dải chồng nhau, rộng 3,0 m", "Phường 5 – Thị trấn Sáu", "3.307 m²"),
    )


@pytest.mark.parametrize(
    ("area_m2", "text"),
    [
        (0.4, "0 m²"),
        (9_999, "9.999 m²"),
        (12_345, "1,23 ha"),
        (9_990_000, "999,00 ha"),
        (229.9e6, "229,9 km²"),
    ],
)
def test_areas_are_written_in_the_unit_a_reader_pictures(area_m2: float, text: str) -> None:
    assert write_area(area_m2, WORDS) == text


def test_the_map_shows_wards_and_above_them_the_numbered_places(wards: Wards) -> None:
    places = list_places(check_coverage(wards.frame), wards, WORDS)
    sketch = draw_places(wards, places, WORDS, focus=None)
    assert sketch.shapes.ward_codes == (*CODES, "cho:1", "cho:2", "cho:3")
    assert sketch.spec.outlines[0].numbers == (1, 2, 3)
    figure = draw(sketch.spec, sketch.shapes, dpi=50)
    assert drawn_wards(figure)[6:] == [FILLS["overlap"], FILLS["gap"], FILLS["overlap"]]
    assert [(words, count) for words, _, count in drawn_legend(figure)][:3] == [
        ("Chồng nhau", "2"), ("Khoảng trống", "1"), ("Phường, xã", "6"),
    ]  # fmt: skip
    assert "Phường Một – Phường Hòa Bình" in standalone_html(sketch.spec, sketch.shapes)


def test_a_close_view_shows_one_place_and_what_lies_around_it(wards: Wards) -> None:
    places = list_places(check_coverage(wards.frame), wards, WORDS)
    sketch = draw_places(wards, places, WORDS, focus=3)
    west, south, east, north = sketch.spec.extent
    # The closest view: 150 m to each side, whatever the strip's width.
    assert (east - west) * 109_600 == pytest.approx(300, rel=0.02)
    assert (north - south) * 110_600 == pytest.approx(300, rel=0.02)
    assert sketch.shapes.ward_codes == ("00005", "00006", "cho:3")


def test_a_long_list_says_only_its_largest_places() -> None:
    cells = {
        f"{number:03}": shapely.box(105 + number * 0.009, 10, 105.01 + number * 0.009, 10.01)
        for number in range(60)
    }
    frame = gpd.GeoDataFrame({"ward_name": ""}, index=list(cells), geometry=list(cells.values()), crs=4326)
    wards = replace(make_wards(), frame=frame)
    coverage = check_coverage(frame)
    places = list_places(coverage, wards, WORDS)
    assert (len(coverage.overlaps), len(places)) == (59, MOST_LISTED)
    assert places[0].between in {f"{number:03} – {number + 1:03}" for number in range(59)}


def test_nothing_wrong_gives_an_empty_list() -> None:
    mau = make_wards()
    assert list_places(check_coverage(mau.frame), mau, WORDS) == ()
