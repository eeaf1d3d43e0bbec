"""The sheet says what its spec says, to scale, with nothing cut off."""

import datetime as dt
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pytest
import shapely
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image
from pyproj import Geod

from errors import MissingFont, UnknownFormat
from i18n.messages import load_words
from layers.fonts import font_file
from layers.marks import MARKS
from layers.matplotlib_map import SETTINGS, draw, drawn_legend, drawn_wards, save, to_png
from layers.paper_fonts import printable
from layers.paper_hatch import hatch_lines
from layers.paper_layout import Paper
from layers.shapes import extent, make_shapes
from layers.spec import Choropleth, Label, LegendEntry, Listing, MapShapes, MapSpec, Outline
from layers.words import map_words
from tests import mau, paper_city

PAPERS = get_args(Paper)
SMALL_DPI = 60
LETTERS = "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬBCDĐEÈÉẺẼẸÊỀẾỂỄỆGHIÌÍỈĨỊKLMNOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢPQRSTUÙÚỦŨỤƯỪỨỬỮỰVXYỲÝỶỸỴFJWZ"
HOSTILE = "<img src=x onerror=alert(1)>"
MATHS = "$x$ \\frac{1}{2} a_b ^ $\\alpha"


@pytest.fixture(scope="module")
def shapes() -> MapShapes:
    return paper_city.make_shapes()


@pytest.fixture(scope="module")
def spec(shapes: MapShapes) -> MapSpec:
    return paper_city.make_spec(shapes)


@pytest.fixture(scope="module")
def figure(spec: MapSpec, shapes: MapShapes) -> Figure:
    return draw(spec, shapes)


@pytest.fixture(scope="module")
def sheets(spec: MapSpec, shapes: MapShapes) -> dict[Paper, Figure]:
    """The usual map on every paper, with code and date."""
    exported = dt.date(2023, 1, 5)
    return {
        paper: draw(spec, shapes, paper=paper, dpi=SMALL_DPI, code="CT-2022", exported_on=exported)
        for paper in PAPERS
    }


@pytest.fixture(scope="module")
def crowded(spec: MapSpec) -> MapSpec:
    """A spec whose every text is far too long and whose list has 25 rows."""
    long = "Một câu rất dài để xem chữ có tràn ra ngoài khung hay không " + "x" * 60
    rows = tuple((str(row + 1), f"Phường {HOSTILE}", f"Quận {MATHS}", "1.234") for row in range(25))
    classes = tuple(replace(entry, words=f"{entry.words} {long}") for entry in spec.choropleth.classes)
    return replace(
        spec,
        title=f"{spec.title} {spec.title}",
        subtitle=f"{spec.subtitle} {long}",
        choropleth=replace(spec.choropleth, title=long, subtitle=long, classes=classes),
        listing=Listing(long, ("TT", "Xã, phường", "Quận, huyện", "Số vụ"), rows),
        figures=tuple(replace(figure, value="1.234.567.890", words=long) for figure in spec.figures * 2),
        source=long * 3,
        boundaries=long * 2,
        note=long * 2,
    )


def artists(figure: Figure, gid: str) -> list[Artist]:
    return [artist for artist in figure.findobj(Artist) if artist.get_gid() == gid]


def texts(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text() and text.get_gid() != "halo"]


def box_of(figure: Figure, artist: Artist) -> Bbox:
    canvas = figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    with mpl.rc_context(SETTINGS):
        return artist.get_window_extent(canvas.get_renderer())  # type: ignore[no-untyped-call]


def rectangle(figure: Figure, gid: str) -> Rectangle:
    (patch,) = artists(figure, gid)
    assert isinstance(patch, Rectangle)
    return patch


def holds(outer: Bbox, inner: Bbox, *, slack: float = 1.0) -> bool:
    return bool(
        inner.x0 >= outer.x0 - slack
        and inner.y0 >= outer.y0 - slack
        and inner.x1 <= outer.x1 + slack
        and inner.y1 <= outer.y1 + slack
    )


def test_the_legend_as_drawn_is_the_legend_of_the_spec(spec: MapSpec, figure: Figure) -> None:
    classes = [(entry.words, entry.fill, str(entry.count)) for entry in spec.choropleth.classes]
    assert drawn_legend(figure) == [
        *classes,
        ("địa bàn của kế hoạch năm 2022", "#17202A", "9"),
        ("nhiều vụ, ít camera", "#7A1462", "6"),
        ("cả hai", "#7A1462", "4"),
    ]


def test_every_ward_has_the_fill_of_its_class(spec: MapSpec, figure: Figure) -> None:
    classes = spec.choropleth.classes
    assert drawn_wards(figure) == [classes[class_id].fill for class_id in spec.choropleth.ward_class]
    assert drawn_wards(figure).count(None) == 3


def test_thousands_in_the_legend_are_grouped_as_the_reader_writes_them() -> None:
    wards = objects([shapely.box(x, y, x + 1, y + 1) for x in range(40) for y in range(30)])
    shapes = MapShapes(tuple(str(place) for place in range(1200)), wards, objects([]))
    classes = (LegendEntry("all", "tất cả", "#E6EAED", 1200),)
    spec = bare_spec(shapes, Choropleth("Số vụ", "", (0,) * 1200, classes))
    assert drawn_legend(draw(spec, shapes, dpi=SMALL_DPI)) == [("tất cả", "#E6EAED", "1.200")]


def objects(geometries: list[shapely.Geometry]) -> np.ndarray:
    array = np.empty(len(geometries), dtype=object)
    array[:] = geometries
    return array


def bare_spec(shapes: MapShapes, choropleth: Choropleth) -> MapSpec:
    return MapSpec(
        key="bare",
        title="Bản đồ",
        subtitle="",
        choropleth=choropleth,
        outlines=(),
        labels=(),
        tips=(),
        listing=None,
        figures=(),
        source="",
        boundaries="",
        note="",
        extent=extent(shapes),
        inset=None,
        words=map_words(load_words("vi")),
    )


def test_a_map_with_nothing_but_classes_can_be_drawn_on_every_paper(spec: MapSpec, shapes: MapShapes) -> None:
    bare = paper_city.without_extras(spec)
    for paper in PAPERS:
        drawn = draw(bare, shapes, paper=paper, dpi=SMALL_DPI)
        assert len(drawn_legend(drawn)) == 9
        assert len(drawn_wards(drawn)) == 83


def test_hatch_lines_rise_at_45_degrees_and_stay_inside() -> None:
    outline = shapely.Polygon([(0, 0), (30, 2), (22, 18), (9, 25), (11, 9)])
    lines = [shapely.LineString(line) for line in hatch_lines(outline, 1.6)]
    assert len(lines) > 10
    for line in lines:
        (x0, y0), (x1, y1) = line.coords[0], line.coords[-1]
        assert y1 - y0 == pytest.approx(x0 - x1)
        assert outline.buffer(1e-6).covers(line)
    sums = sorted({round(sum(line.coords[0]), 6) for line in lines})
    assert np.diff(sums) == pytest.approx(np.full(len(sums) - 1, 1.6 * 2**0.5), rel=1e-5)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_scale_bar_is_true_at_the_middle_of_the_map(
    spec: MapSpec, shapes: MapShapes, sheets: dict[Paper, Figure], paper: Paper
) -> None:
    drawn = sheets[paper]
    west, south, east, north = spec.extent
    middle = shapely.Point((west + east) / 2, (south + north) / 2)
    place = int(np.argmin(shapely.distance(shapes.wards, middle)))
    (wards,) = artists(drawn, "main/wards")
    assert isinstance(wards, PathCollection)
    on_paper = np.asarray(wards.get_paths()[place].vertices)
    on_ground = shapely.get_coordinates(shapes.wards[place])
    first, last = int(on_ground[:, 0].argmin()), int(on_ground[:, 0].argmax())
    _, _, metres = Geod(ellps="WGS84").inv(*on_ground[first], *on_ground[last])
    mm_per_m = np.hypot(*(on_paper[last] - on_paper[first])) / metres
    lengths = [
        float(gid.removeprefix("scale-bar/"))
        for gid in (str(text.get_gid()) for text in texts(drawn))
        if gid.startswith("scale-bar/")
    ]
    assert rectangle(drawn, "scale-bar").get_width() == pytest.approx(max(lengths) * mm_per_m, rel=0.01)


def test_the_scale_bar_writes_metres_below_a_kilometre_and_the_comma_of_the_language() -> None:
    shapes = make_shapes(mau.make_wards())
    classes = (LegendEntry("all", "tất cả", "#E6EAED", 6),)
    spec = bare_spec(shapes, Choropleth("Số vụ", "", (0,) * 6, classes))
    written = {text.get_text() for text in texts(draw(spec, shapes, dpi=SMALL_DPI))}
    assert {"0", "250", "500", "m"} <= written


@pytest.mark.parametrize(
    ("paper", "size"), [("a4-landscape", (3508, 2480)), ("a4", (2480, 3508)), ("16x9", (4000, 2250))]
)
def test_a_sheet_has_the_size_of_its_paper_at_300_dpi(
    shapes: MapShapes, spec: MapSpec, paper: Paper, size: tuple[int, int]
) -> None:
    png = to_png(paper_city.without_extras(spec), shapes, paper=paper)
    with Image.open(BytesIO(png)) as image:
        assert image.size == size


def test_a3_is_a4_times_root_two(shapes: MapShapes, spec: MapSpec) -> None:
    width, height = draw(paper_city.without_extras(spec), shapes, paper="a3", dpi=SMALL_DPI).get_size_inches()
    assert (width * 25.4, height * 25.4) == pytest.approx((420, 297), abs=0.1)


def test_the_picture_for_chat_is_small_and_keeps_the_colours_of_its_classes(
    spec: MapSpec, shapes: MapShapes
) -> None:
    png = to_png(spec, shapes, max_bytes=1_000_000)
    assert len(png) < 1_000_000
    with Image.open(BytesIO(png)) as image:
        assert image.width == 1600
        assert image.mode == "P"
        seen = {to_hex(np.array(colour) / 255).upper() for _, colour in colours(image)}
    assert {entry.fill for entry in spec.choropleth.classes if entry.fill} <= seen


def colours(image: Image.Image) -> list[tuple[int, tuple[int, int, int]]]:
    return image.convert("RGB").getcolors(1 << 24)  # type: ignore[return-value]


def test_the_picture_for_chat_gives_way_until_it_fits(spec: MapSpec, shapes: MapShapes) -> None:
    png = to_png(spec, shapes, max_bytes=60_000)
    assert len(png) <= 60_000
    with Image.open(BytesIO(png)) as image:
        assert 400 < image.width < 1600


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_the_same_spec_gives_the_same_bytes(
    spec: MapSpec, shapes: MapShapes, tmp_path: Path, ending: str
) -> None:
    for name in ("one", "two"):
        save(spec, shapes, tmp_path / f"{name}.{ending}", dpi=SMALL_DPI)
    assert (tmp_path / f"one.{ending}").read_bytes() == (tmp_path / f"two.{ending}").read_bytes()


def test_pdf_text_stays_text_in_embedded_truetype(spec: MapSpec, shapes: MapShapes, tmp_path: Path) -> None:
    save(spec, shapes, tmp_path / "map.pdf")
    pdf = (tmp_path / "map.pdf").read_bytes()
    assert b"/FontFile2" in pdf
    assert b"/ToUnicode" in pdf
    assert b"/Type3" not in pdf
    assert b"atplotlib" not in pdf


def test_an_unknown_ending_is_refused_before_anything_is_written(
    spec: MapSpec, shapes: MapShapes, tmp_path: Path
) -> None:
    with pytest.raises(UnknownFormat):
        save(spec, shapes, tmp_path / "map.bmp")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_font_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFont) as raised:
        font_file("screen", 600, folder=tmp_path)
    assert raised.value.facts == {"file": str(tmp_path / "BeVietnamPro-SemiBold.ttf")}


@pytest.mark.parametrize(
    ("name", "weight"), [("screen", 400), ("screen", 700), ("paper", 400), ("paper", 700)]
)
def test_every_vietnamese_letter_has_its_glyph(name: str, weight: int) -> None:
    text = LETTERS + LETTERS.lower() + "0123456789 –−…≥±√°₫%"
    assert printable(text, name, weight) == text  # type: ignore[arg-type]


def test_signs_without_a_glyph_are_replaced_and_lines_joined() -> None:
    assert printable("An 平\nBình\t\x00X", "screen", 400) == "An \ufffd Bình X"


def test_decomposed_letters_are_composed() -> None:
    assert printable("Hòa", "screen", 400) == "Hòa"


def test_a_sheet_with_every_letter_draws_without_a_warning(spec: MapSpec, shapes: MapShapes) -> None:
    text = f"{LETTERS} {LETTERS.lower()} √ 平"
    labels = tuple(replace(label, text=f"{label.text} √") for label in spec.labels)
    assert to_png(replace(spec, title=text, subtitle=text, labels=labels), shapes, dpi=SMALL_DPI)


def test_names_are_drawn_as_text_whatever_they_hold(spec: MapSpec, shapes: MapShapes) -> None:
    listing = Listing("Danh sách", ("", "Xã"), (("1", HOSTILE), ("2", MATHS)))
    west, south, east, north = spec.extent
    middle = (west + east) / 2
    labels = tuple(
        Label(text, middle, latitude, "ward", 0, always=True)
        for text, latitude in ((HOSTILE, north), (MATHS, south))
    )
    plain = replace(spec, subtitle=MATHS, listing=listing, labels=labels, inset=None)
    drawn = draw(plain, shapes, dpi=SMALL_DPI)
    drawn.canvas.draw()
    written = [text.get_text() for text in texts(drawn)]
    assert written.count(HOSTILE) == 2
    assert written.count(MATHS) == 3


def test_markup_in_a_title_stays_text_in_svg(spec: MapSpec, shapes: MapShapes, tmp_path: Path) -> None:
    save(replace(spec, title=HOSTILE), shapes, tmp_path / "map.svg")
    root = ElementTree.parse(tmp_path / "map.svg").getroot()
    assert root.findtext("{http://www.w3.org/2000/svg}title") == HOSTILE
    assert not [node for node in root.iter() if node.tag.endswith("img")]


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_leaves_its_place(sheets: dict[Paper, Figure], paper: Paper) -> None:
    assert_all_in_place(sheets[paper])


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_leaves_its_place_when_every_text_is_far_too_long(
    crowded: MapSpec, shapes: MapShapes, paper: Paper
) -> None:
    assert_all_in_place(draw(crowded, shapes, paper=paper, dpi=SMALL_DPI))


def assert_all_in_place(drawn: Figure) -> None:
    page, frame, panel = drawn.bbox, *(box_of(drawn, rectangle(drawn, gid)) for gid in ("map-frame", "panel"))
    assert not frame.overlaps(panel)
    for text in texts(drawn):
        box, gid = box_of(drawn, text), str(text.get_gid())
        assert holds(page, box), text.get_text()
        if gid.startswith(("label/", "note", "scale-bar", "north", "inset")):
            assert holds(frame, box), text.get_text()
        if gid.startswith("legend/") or box.overlaps(panel):
            assert holds(panel, box), text.get_text()


def test_rows_that_have_no_room_are_told(crowded: MapSpec, shapes: MapShapes) -> None:
    drawn = draw(crowded, shapes, dpi=SMALL_DPI)
    (told,) = [text.get_text() for text in texts(drawn) if text.get_text().startswith("… (")]
    assert told.endswith("/25)")


def test_the_whole_list_is_shown_where_it_fits(sheets: dict[Paper, Figure]) -> None:
    for drawn in sheets.values():
        written = [text.get_text() for text in texts(drawn)]
        assert [name for name in written if name.startswith("P. ")] == [
            f"P. {name}" for name in paper_city.NAMES[:9]
        ]


@pytest.mark.parametrize("paper", PAPERS)
def test_names_on_the_map_do_not_cover_each_other_or_a_number(
    sheets: dict[Paper, Figure], paper: Paper
) -> None:
    drawn = sheets[paper]
    names = [text for text in texts(drawn) if str(text.get_gid()).startswith("label/")]
    boxes = [box_of(drawn, name) for name in names]
    discs = [box_of(drawn, disc) for disc in artists(drawn, "disc")]
    assert len(names) > 20
    for place, box in enumerate(boxes):
        inner = Bbox.from_extents(box.x0 + 1, box.y0 + 2, box.x1 - 1, box.y1 - 2)
        assert not any(inner.overlaps(other) for other in [*boxes[:place], *discs]), names[place].get_text()


def test_target_names_come_before_all_others(spec: MapSpec, figure: Figure) -> None:
    written = [text.get_text() for text in texts(figure) if text.get_gid() == "label/ward"]
    assert set(paper_city.NAMES[:9]) <= set(written)


def test_districts_stand_in_spaced_capitals(figure: Figure) -> None:
    written = [text.get_text() for text in texts(figure) if text.get_gid() == "label/district"]
    joined = {"".join(text.split("\N{HAIR SPACE}")).replace("   ", " ") for text in written}
    assert {"VĨNH THẠNH", "THỐT NỐT", "THỚI LAI"} <= joined


def test_a_target_that_also_lacks_cameras_has_a_filled_disc(spec: MapSpec, shapes: MapShapes) -> None:
    drawn = draw(replace(spec, inset=None), shapes, dpi=SMALL_DPI)
    fills = [
        to_hex(disc.get_facecolor()).upper() for disc in artists(drawn, "disc") if isinstance(disc, Circle)
    ]
    assert sorted(fills) == ["#7A1462"] * 4 + ["#FFFFFF"] * 5


def test_the_selected_ward_has_a_legend_row_without_a_count(spec: MapSpec, shapes: MapShapes) -> None:
    selected = Outline("selected", "đang chọn: P. Tân Lộc", (shapes.ward_codes[3],))
    drawn = draw(replace(spec, outlines=(selected,)), shapes, dpi=SMALL_DPI)
    assert drawn_legend(drawn)[-1] == ("đang chọn: P. Tân Lộc", "#0A66C2", "")


def test_the_inset_is_framed_on_the_map_and_enlarged(figure: Figure) -> None:
    inset, place = rectangle(figure, "inset"), rectangle(figure, "inset-place")
    assert inset.get_width() / place.get_width() > 1.8
    assert [text.get_text() for text in texts(figure) if text.get_gid() == "inset-title"] == [
        "Phóng to: trung tâm"
    ]


def test_furniture_covers_no_ward(figure: Figure) -> None:
    (wards,) = artists(figure, "main/wards")
    assert isinstance(wards, PathCollection)
    outlines = [shapely.Polygon(path.vertices) for path in wards.get_paths()]
    for gid in ("inset", "scale-bar"):
        patch = rectangle(figure, gid)
        x, y = patch.get_xy()
        box = shapely.box(x, y, x + patch.get_width(), y + patch.get_height())
        assert shapely.area(shapely.intersection(outlines, box)).sum() < 1.0


def test_code_and_date_stand_at_the_foot_only_when_given(spec: MapSpec, shapes: MapShapes) -> None:
    bare = paper_city.without_extras(spec)
    without = {text.get_text() for text in texts(draw(bare, shapes, dpi=SMALL_DPI))}
    dated = draw(bare, shapes, dpi=SMALL_DPI, code="CT-7F3A", exported_on=dt.date(2023, 1, 5))
    added = {text.get_text() for text in texts(dated)} - without
    assert added == {"Mã xuất:", "CT-7F3A", "Xuất ngày:", "05/01/2023"}


def test_the_words_of_the_furniture_exist_in_both_languages() -> None:
    for language in ("vi", "en"):
        words = map_words(load_words(language))
        assert words.language == language
        assert "{scale}" in words.crs
        assert "{code}" in words.exported


def test_a_mark_is_the_same_path_for_a_browser() -> None:
    (triangle,) = MARKS["triangle"].strokes
    assert triangle.svg == "M 0 -0.86 L 0.95 0.76 L -0.95 0.76 Z"


def test_a_label_outside_the_map_is_left_out(spec: MapSpec, shapes: MapShapes) -> None:
    far = Label("Xa xôi", 107.0, 12.0, "ward", 0, always=True)
    written = [text.get_text() for text in texts(draw(replace(spec, labels=(far,)), shapes, dpi=SMALL_DPI))]
    assert "Xa xôi" not in written


@pytest.mark.parametrize("paper", PAPERS)
def test_figures_of_a_list_of_ten_rows_never_break(spec: MapSpec, shapes: MapShapes, paper: Paper) -> None:
    rows = tuple((str(row), f"P. Tên {row}", "Q. Ninh Kiều", f"1.1{row:02d}") for row in range(1, 11))
    listing = Listing("Danh sách", ("", "Xã, phường", "Quận, huyện", "Số"), rows)
    plain = replace(spec, listing=listing, labels=(), figures=())
    figure = draw(plain, shapes, paper=paper, dpi=SMALL_DPI)
    said = [text.get_text() for text in figure.findobj(Text)]
    name = said.index("P. Tên 10")
    assert said[name - 1 : name + 3] == ["10", "P. Tên 10", "Q. Ninh Kiều", "1.110"]
