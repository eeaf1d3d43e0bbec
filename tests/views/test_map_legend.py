"""The legend that a phone shows under the map says what the map's own legend says."""

from dataclasses import replace

from layers.spec import CrossKey, LegendEntry
from tests.browser.wavy_city import HOSTILE, both_map, make_city, places_map
from views.map_legend import cross_key, legend_row

CITY = make_city()


def test_the_grid_has_a_cell_for_each_class_with_its_colour_and_count() -> None:
    shown = both_map(CITY).choropleth
    table = cross_key(shown)
    assert table.count('class="db-cell"') == 9
    first = shown.classes[0]
    assert f'style="background:#C86323;color:#17202A" title="nhóm C1">{first.count}</td>' in table
    assert "camera trên km² →" in table
    assert [entry.key for entry in shown.listed] == ["unknown"]


def test_other_maps_have_no_grid() -> None:
    assert cross_key(places_map(CITY).choropleth) == ""


def test_words_from_data_stay_text() -> None:
    shown = both_map(CITY).choropleth
    cross = CrossKey(HOSTILE, HOSTILE, (HOSTILE,) * 3, (HOSTILE,) * 3, ((0, 1, 2), (3, 4, 5), (6, 7, 8)))
    assert "<img" not in cross_key(replace(shown, cross=cross))
    assert "<img" not in legend_row(LegendEntry("x", HOSTILE, "#FFFFFF", 1))
