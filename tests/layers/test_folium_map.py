"""The screen map as text: what the server writes, sends and reads back."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import folium
import numpy as np
import pytest
import shapely
from folium.plugins import Fullscreen
from streamlit_folium import generate_js_hash, generate_leaflet_string

from errors import ExportError, MissingFont
from layers.folium_map import (
    OfflineMap,
    Restyle,
    base_map,
    external_links,
    order_hash,
    read_click,
    restyle,
    standalone_html,
    write_geometry,
    write_program,
)
from layers.screen_geometry import geometry_json
from layers.screen_message import encode, map_message
from layers.screen_program import program_text
from layers.spec import Choropleth, Label, LegendEntry, Listing, MapShapes, MapSpec, MapWords, Mark, Outline

CODES = ("00101", "00102", "00103", "00104", "00105", "00106")
EXTENT = (105.0, 10.0, 105.3, 10.2)
WORDS = MapWords(
    "vi", "Chú giải", "Về toàn thành phố", "Phóng to", "B", "km", "m", "cả hai", "Nguồn", "Ranh giới", "", ""
)
GEOMETRY = "/app/static/geo/wards_aa.json"
PROGRAM = "/app/static/geo/ward_layer_bb.js"


def six_squares() -> MapShapes:
    squares = [
        shapely.box(105 + 0.1 * column, 10 + 0.1 * row, 105.1 + 0.1 * column, 10.1 + 0.1 * row)
        for row in range(2)
        for column in range(3)
    ]
    return MapShapes(CODES, np.array(squares, dtype=object), np.array([shapely.box(*EXTENT)], dtype=object))


def six_ward_map(name: str = "Phường Một") -> MapSpec:
    classes = (
        LegendEntry("high", "từ 4 trở lên", "#661822", 2, "cross"),
        LegendEntry("zero", "0 vụ", "#FFFFFF", 3, "zero"),
        LegendEntry("unknown", "chưa có thông tin", None, 1),
    )
    return MapSpec(
        key="n_incidents",
        title="Bản đồ số vụ",
        subtitle="Thành phố Mẫu, năm 2022",
        choropleth=Choropleth("Số vụ", "Năm 2022", (0, 0, 1, 1, 1, 2), classes),
        outlines=(Outline("target", "đang chuyển hóa", ("00102",), (1,)),),
        labels=(Label(name, 105.05, 10.05, "ward", 7),),
        tips=tuple((f"{name} {code}", "Số vụ: 5") for code in CODES),
        listing=Listing("Danh sách", ("STT", "Tên"), (("1", name),)),
        figures=(),
        source="sổ theo dõi.",
        boundaries="6 địa bàn.",
        note="DỮ LIỆU MINH HỌA",
        extent=EXTENT,
        inset=None,
        words=WORDS,
    )


def script_of(base: OfflineMap) -> str:
    base.get_root().render()
    return str(generate_leaflet_string(base))


def test_geometry_holds_codes_and_outlines_in_whole_units_and_nothing_else() -> None:
    written = json.loads(geometry_json(six_squares()))
    assert set(written) == {"order", "codes", "wards", "centres", "parents"}
    assert written["codes"] == list(CODES)
    ring = written["wards"][0][0]
    corners = np.cumsum(np.array(ring).reshape(-1, 2), axis=0)
    assert {tuple(corner) for corner in corners.tolist()} == {
        (10_500_000, 1_000_000),
        (10_510_000, 1_000_000),
        (10_510_000, 1_010_000),
        (10_500_000, 1_010_000),
    }
    assert len(written["parents"]) == 1


def test_a_ward_smaller_than_the_grid_keeps_a_ring() -> None:
    speck = shapely.box(105, 10, 105.000001, 10.000001)
    shapes = MapShapes(
        ("1", "2"), np.array([speck, shapely.box(105, 10, 106, 11)], dtype=object), np.array([])
    )
    assert [len(rings) for rings in json.loads(geometry_json(shapes))["wards"]] == [1, 1]


def test_geometry_is_written_once_under_the_hash_of_its_content(tmp_path: Path) -> None:
    name = write_geometry(six_squares(), tmp_path)
    assert re.fullmatch(r"wards_[0-9a-f]{16}\.json", name)
    first = (tmp_path / name).stat().st_mtime_ns
    assert write_geometry(six_squares(), tmp_path) == name
    assert (tmp_path / name).stat().st_mtime_ns == first
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_other_outlines_get_another_file(tmp_path: Path) -> None:
    moved = replace(six_squares(), wards=shapely.transform(six_squares().wards, lambda points: points + 0.01))
    assert write_geometry(moved, tmp_path) != write_geometry(six_squares(), tmp_path)


def test_the_order_of_wards_changes_the_order_hash() -> None:
    assert order_hash(CODES) != order_hash(CODES[::-1])
    assert json.loads(geometry_json(six_squares()))["order"] == order_hash(CODES)


def test_the_base_map_is_the_same_text_on_every_run() -> None:
    texts = {script_of(base_map(WORDS, EXTENT, GEOMETRY, PROGRAM)) for _ in range(2)}
    assert len(texts) == 1


def test_a_restyle_leaves_the_base_maps_text_alone() -> None:
    base = base_map(WORDS, EXTENT, GEOMETRY, PROGRAM)
    restyle(six_ward_map(), order_hash(CODES))
    assert script_of(base) == script_of(base_map(WORDS, EXTENT, GEOMETRY, PROGRAM))


@pytest.mark.parametrize(
    ("geometry", "program"),
    [("/app/static/geo/wards_ab.json", PROGRAM), (GEOMETRY, "/app/static/geo/ward_layer_cd.js")],
    ids=["other outlines", "other program"],
)
def test_streamlit_folium_mounts_anew_for(geometry: str, program: str) -> None:
    keys = {
        generate_js_hash(script_of(base_map(WORDS, EXTENT, *addresses)), "map")
        for addresses in [(GEOMETRY, PROGRAM), (geometry, program)]
    }
    assert len(keys) == 2


def test_every_script_and_style_of_the_base_map_is_local() -> None:
    base = base_map(WORDS, EXTENT, GEOMETRY, PROGRAM)
    assert external_links(base) == []
    assert [link for _, link in base.default_js] == ["/app/static/vendor/leaflet/leaflet.js", PROGRAM]


def test_a_plugin_from_a_distant_server_is_found() -> None:
    base = base_map(WORDS, EXTENT, GEOMETRY, PROGRAM)
    base.add_child(Fullscreen())  # type: ignore[no-untyped-call]
    assert external_links(base)
    assert all(link.startswith("https://") for link in external_links(base))


@pytest.mark.parametrize("address", ["https://example.org/a.js", "//example.org/a.js", "/app/static/../a.js"])
def test_a_base_map_that_would_leave_this_machine_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="leave this machine"):
        base_map(WORDS, EXTENT, GEOMETRY, address)
    with pytest.raises(ValueError, match="leave this machine"):
        base_map(WORDS, EXTENT, address, PROGRAM)


def test_the_message_copies_the_spec() -> None:
    message = map_message(six_ward_map(), "order", selected="00103")
    assert message["fills"] == "001112"
    assert message["legend"] == {
        "title": "Số vụ",
        "subtitle": "Năm 2022",
        "rows": [
            ["từ 4 trở lên", "#661822", "cross", 2, 0],
            ["0 vụ", "#FFFFFF", "zero", 3, 0],
            ["chưa có thông tin", None, None, 1, 0],
        ],
        "both": "cả hai",
        "cross": None,
    }
    assert message["outlines"] == [["target", "đang chuyển hóa", ["00102"], [1]]]
    assert message["labels"] == [["Phường Một", 105.05, 10.05, "ward", 7, 0]]
    assert message["selected"] == "00103"
    assert message["note"] == "DỮ LIỆU MINH HỌA"


@pytest.mark.parametrize(
    "name", ["</script>", "<!--", "a\u2028b\u2029c", "{{ 'alert' }}", "`${1}`", 'ấp "Bờ"\\']
)
def test_text_from_data_survives_and_cannot_end_its_script(name: str) -> None:
    group = restyle(six_ward_map(name), order_hash(CODES))
    (child,) = group._children.values()
    assert isinstance(child, Restyle)
    text = child.message
    assert json.loads(text)["labels"][0][0] == name
    assert not any(unsafe in text for unsafe in ("<", "\u2028", "\u2029", "{{"))


def test_one_restyle_is_one_child_and_one_line() -> None:
    group = restyle(six_ward_map(), order_hash(CODES))
    assert isinstance(group, folium.FeatureGroup)
    assert len(group._children) == 1
    assert "\n" not in encode(map_message(six_ward_map(), "order", selected=None))


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (None, None),
        ({}, None),
        ({"last_object_clicked_tooltip": None}, None),
        ({"last_object_clicked_tooltip": "m3k9:31117"}, "31117"),
        ({"last_object_clicked_tooltip": "m3k9:00:17"}, "00:17"),
        ({"last_object_clicked_tooltip": "m3k9:"}, None),
    ],
)
def test_a_click_is_read_as_a_ward_code(result: dict[str, object] | None, code: str | None) -> None:
    assert read_click(result) == code


def test_the_program_knows_every_mark_and_asks_only_for_the_fonts_it_is_given(tmp_path: Path) -> None:
    text = (tmp_path / write_program(tmp_path, fonts="/app/static/fonts")).read_text(encoding="utf-8")
    marks = json.loads(re.search(r"^const MARKS = (.*);$", text, re.MULTILINE).group(1))  # type: ignore[union-attr]
    assert set(marks) == set(get_args(Mark))
    assert set(re.findall(r'url\(\\"([^)]*)\\"\)', text)) == {
        f"/app/static/fonts/BeVietnamPro-{weight}.ttf" for weight in ("Regular", "SemiBold", "Bold")
    }


def test_the_program_never_turns_text_into_markup() -> None:
    program = program_text(style="")
    assert not re.search(r"innerHTML *=|outerHTML|insertAdjacentHTML|document\.write|eval\(", program)


def test_the_standalone_page_names_no_other_machine_and_keeps_text_as_text() -> None:
    hostile = '<img src=x onerror="window.__xss=1">'
    page = standalone_html(replace(six_ward_map(hostile), title=hostile), six_squares())
    page = page.replace('href="https://leafletjs.com"', "")  # in the attribution, which is never shown
    assert hostile not in page
    assert re.findall(r'(?:src|href)="(?!data:|#)[^"]*"', page) == []
    assert re.findall(r"url\((?!\"?data:|#)", page) == []
    assert "default-src 'none'" in page


def test_a_missing_asset_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as leaflet:
        standalone_html(six_ward_map(), six_squares(), leaflet=tmp_path)
    assert leaflet.value.reason == "missing_asset"
    assert leaflet.value.facts == {"file": str(tmp_path / "leaflet.css")}
    with pytest.raises(MissingFont):
        standalone_html(six_ward_map(), six_squares(), fonts=tmp_path)
