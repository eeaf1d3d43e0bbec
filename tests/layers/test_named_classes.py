"""Maps of clusters, patterns, the funnel, and incidents beside cameras: classes by name, told in words."""

from dataclasses import replace
from itertools import combinations
from typing import get_args

import pytest
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from geo.cover.both import BothBars
from layers import palettes
from layers.atlas import Frame, draw_map
from layers.legend_named import GI_ORDER, MORAN_ORDER
from layers.matplotlib_map import draw, drawn_cells, drawn_legend, drawn_wards
from layers.naming import write_value
from layers.paper_layout import Paper
from layers.screen_message import map_message
from layers.shapes import make_shapes
from layers.spec import MapSpec
from tests.layers.test_atlas import STATUSES, WORDS, draw_spec, legend_of, make_measured
from tests.mau import make_wards

SHAPES = make_shapes(make_wards())
COUNTS: list[object] = [5.0, 30.0, 40.0, 2.0, None, 1.0]
GI: list[object] = ["low", "high", "high", "none", None, "island"]
MORAN: list[object] = ["low_high", "high_high", "high_low", "none", None, "low_low"]
PATTERNS: list[object] = ["hot_new", "none", "cold_persistent", "hot_new", None, "hot_historical"]
FUNNEL: list[object] = ["below", "above", "far_above", "within", None, "far_below"]
BOTH: list[object] = ["A1", "C1", "C3", "B2", None, "A1"]
BARS = BothBars((4.0, 12.0), (1.5, 6.0))


def draw_both(bars: BothBars | None = BARS) -> MapSpec:
    measured = replace(make_measured(incidents_and_cameras=BOTH, n_incidents=COUNTS), both_bars=bars)
    return draw_map(measured, SHAPES, "incidents_and_cameras", WORDS, Frame("Mẫu"))


def fills_of(spec: MapSpec) -> list[str | None]:
    return [spec.choropleth.classes[place].fill for place in spec.choropleth.ward_class]


def test_a_cluster_map_tells_high_low_none_island_and_unknown_apart() -> None:
    assert legend_of(draw_spec("gi_star_cluster", gi_star_cluster=GI)) == [
        ("khu vực tập trung vụ việc: tính cả xung quanh, cao hơn ngẫu nhiên", "#8E1F2F", 2),
        ("khu vực ít vụ: tính cả xung quanh, thấp hơn ngẫu nhiên", "#3265A4", 1),
        ("không khác mức ngẫu nhiên", "#EEF0F1", 1),
        ("không giáp địa bàn nào: Sáu", "#B9B2A6", 1),
        ("chưa có thông tin", None, 1),
    ]


def test_islands_have_a_row_only_where_there_are_some_and_names_only_where_they_are_few() -> None:
    none: list[object] = ["high", "none", "none", "none", "none", "none"]
    keys = [entry.key for entry in draw_spec("gi_star_cluster", gi_star_cluster=none).choropleth.classes]
    assert keys == [*GI_ORDER, "no_data"]
    many: list[object] = ["island", "island", "island", "island", "none", "none"]
    rows = legend_of(draw_spec("gi_star_cluster", gi_star_cluster=many))
    assert rows[3] == ("không giáp địa bàn nào", "#B9B2A6", 4)


def test_a_moran_map_has_its_four_clusters_in_a_fixed_order() -> None:
    spec = draw_spec("local_moran_cluster", local_moran_cluster=MORAN)
    assert [entry.key for entry in spec.choropleth.classes] == [*MORAN_ORDER, "no_data"]
    assert fills_of(spec) == ["#93C4F2", "#8E1F2F", "#E19857", "#EEF0F1", None, "#3265A4"]


def test_only_patterns_that_occur_have_a_row_and_each_keeps_its_colour_and_mark() -> None:
    spec = draw_spec("emerging_pattern", emerging_pattern=PATTERNS)
    rows = [(entry.key, entry.fill, entry.mark, entry.count) for entry in spec.choropleth.classes]
    assert rows == [
        ("hot_new", "#B75233", "dot", 2),
        ("hot_historical", "#F7E1BD", "ring", 1),
        ("cold_persistent", "#223979", "square", 1),
        ("none", "#EEF0F1", None, 1),
        ("no_data", None, None, 1),
    ]


def test_the_funnel_wears_the_scale_of_change() -> None:
    assert legend_of(draw_spec("funnel_position", funnel_position=FUNNEL)) == [
        ("cao hơn hẳn mức chung: trên giới hạn 99,8\u00a0%", "#AA4C10", 1),
        ("cao hơn mức chung: trên giới hạn 95\u00a0%", "#EBB35F", 1),
        ("trong mức dao động ngẫu nhiên", "#F1F0EC", 1),
        ("thấp hơn mức chung: dưới giới hạn 95\u00a0%", "#82AEDD", 1),
        ("thấp hơn hẳn mức chung: dưới giới hạn 99,8\u00a0%", "#265C85", 1),
        ("chưa có thông tin", None, 1),
    ]


def test_gi_star_has_the_limits_of_its_confidence_whatever_the_values() -> None:
    for values in ([-3.0, -2.0, 0.0, 2.0, 3.0, None], [0.1, 0.2, 0.0, -0.1, 0.3, None]):
        rows = legend_of(draw_spec("gi_star_z", gi_star_z=list[object](values)))
        assert [words for words, _, _ in rows[:5]] == [
            "cao hơn hẳn, tin cậy 99\u00a0%: từ +2,58 trở lên",
            "cao hơn, tin cậy 95\u00a0%: +1,96 đến dưới +2,58",
            "không khác mức ngẫu nhiên: −1,96 đến +1,96",
            "thấp hơn, tin cậy 95\u00a0%: −2,58 đến −1,96",
            "thấp hơn hẳn, tin cậy 99\u00a0%: từ −2,58 trở xuống",
        ]


@pytest.mark.parametrize(
    ("key", "ramp"),
    [
        ("incident_reach_25_pct", palettes.CAMERAS),
        ("area_seen_pct", palettes.CAMERAS),
        ("streets_seen_pct", palettes.CAMERAS),
        ("cameras_connected_pct", palettes.CAMERAS),
        ("clearance_pct", palettes.INCIDENTS),
    ],
)
def test_percentages_keep_their_limits_whatever_the_values(key: str, ramp: tuple[str, ...]) -> None:
    rows = legend_of(draw_spec(key, **{key: [61.0, 62.0, 63.0, 64.0, None, 120.0]}))
    assert rows[:5] == [
        ("từ 80 trở lên", ramp[4], 1),
        ("60 – dưới 80", ramp[3], 4),
        ("40 – dưới 60", ramp[2], 0),
        ("20 – dưới 40", ramp[1], 0),
        ("dưới 20", ramp[0], 0),
    ]


def test_the_list_beside_a_cluster_map_names_its_wards_most_incidents_first() -> None:
    spec = draw_spec("gi_star_cluster", gi_star_cluster=GI, n_incidents=COUNTS, status=STATUSES)
    assert spec.listing is not None
    assert spec.listing.title == "Khu vực tập trung vụ việc"
    assert spec.listing.rows == (
        ("1", "X. Tân Thới", "Q. Đông", "40"),
        ("2", "P. Hòa Bình", "Q. Đông", "30"),
    )
    assert [(figure.value, figure.words) for figure in spec.figures] == [
        ("2", "địa bàn trong khu vực tập trung vụ việc"),
        ("70", "vụ ở đó, bằng 90\u00a0% toàn địa bàn"),
        ("1", "địa bàn chưa có thông tin"),
    ]


def test_targets_lose_their_numbers_where_the_list_beside_the_map_is_another() -> None:
    spec = draw_spec("gi_star_cluster", gi_star_cluster=GI, n_incidents=COUNTS, status=STATUSES)
    assert [(outline.kind, outline.ward_codes, outline.numbers) for outline in spec.outlines] == [
        ("target", ("00001",), ())
    ]


def test_the_worst_class_of_a_list_comes_first_and_no_such_ward_is_no_list() -> None:
    spec = draw_spec("funnel_position", funnel_position=FUNNEL, n_incidents=COUNTS)
    assert spec.listing is not None
    assert [row[1] for row in spec.listing.rows] == ["X. Tân Thới", "P. Hòa Bình"]
    within: list[object] = ["within"] * 6
    assert draw_spec("funnel_position", funnel_position=within, n_incidents=COUNTS).listing is None


def test_two_measures_at_once_have_a_grid_with_many_incidents_and_few_cameras_top_left() -> None:
    shown = draw_both().choropleth
    assert shown.cross is not None
    assert [[shown.classes[place].key for place in row] for row in shown.cross.cells] == [
        ["C1", "C2", "C3"],
        ["B1", "B2", "B3"],
        ["A1", "A2", "A3"],
    ]
    assert shown.cross.rows == ("nhiều\ntừ 12", "vừa\n4 – dưới 12", "ít\ndưới 4")
    assert shown.cross.columns == ("ít\ndưới 1,5", "vừa\n1,5 – dưới 6", "nhiều\ntừ 6")
    assert [(entry.key, entry.words, entry.count) for entry in shown.classes if entry.count] == [
        ("C1", "nhiều vụ, ít camera", 1),
        ("C3", "nhiều vụ, nhiều camera", 1),
        ("B2", "số vụ vừa, camera vừa", 1),
        ("A1", "ít vụ, ít camera", 2),
        ("no_data", "chưa có thông tin", 1),
    ]
    assert [entry.key for entry in shown.listed] == ["no_data"]


def test_a_grid_without_its_limits_says_only_how_much() -> None:
    cross = draw_both(None).choropleth.cross
    assert cross is not None
    assert (cross.rows, cross.columns) == (("nhiều", "vừa", "ít"), ("ít", "vừa", "nhiều"))


def test_where_nothing_lies_between_the_limits_the_grid_says_so() -> None:
    cross = draw_both(BothBars((5.0, 5.0), (1.5, 6.0))).choropleth.cross
    assert cross is not None
    assert cross.rows == ("nhiều\ntừ 5", "vừa\nkhông có", "ít\ndưới 5")


def test_screen_and_paper_show_the_same_grid() -> None:
    spec = draw_both()
    figure = draw(spec, SHAPES, dpi=60)
    message = map_message(spec, "order", selected=None)
    legend = message["legend"]
    assert isinstance(legend, dict)
    places = [place for row in legend["cross"]["cells"] for place in row]
    on_screen = [(legend["rows"][place][1], str(legend["rows"][place][3])) for place in places]
    assert list(drawn_cells(figure).values()) == on_screen
    assert drawn_cells(figure)["C1"] == ("#C86323", "1")
    assert legend["cross"]["ink"] == [["#17202A", "#FFFFFF", "#FFFFFF"], ["#17202A", "#17202A", "#FFFFFF"],
                                      ["#17202A", "#17202A", "#17202A"]]  # fmt: skip
    assert drawn_legend(figure) == [("chưa có thông tin", None, "1")]
    assert drawn_wards(figure) == fills_of(spec)


def test_on_paper_each_ward_carries_the_code_of_its_class() -> None:
    figure = draw(draw_both(), SHAPES, dpi=60)
    codes = [text.get_text() for text in figure.axes[0].texts if text.get_text() in palettes.BIVARIATE]
    assert sorted(codes) == sorted([*palettes.BIVARIATE, "A1", "A1", "B2", "C1", "C3"])


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("gi_star_cluster", GI),
        ("local_moran_cluster", MORAN),
        ("emerging_pattern", PATTERNS),
        ("funnel_position", FUNNEL),
        ("gi_star_z", [-3.0, -2.0, 0.0, 2.0, None, 3.0]),
    ],
)
def test_screen_and_paper_agree_on_classes_by_name(key: str, values: list[object]) -> None:
    spec = draw_spec(key, **{key: values}, n_incidents=COUNTS)
    figure = draw(spec, SHAPES, dpi=60)
    on_paper = [(words.replace("\u00a0", " "), fill, int(n)) for words, fill, n in drawn_legend(figure)]
    assert on_paper == [(words.replace("\u00a0", " "), fill, n) for words, fill, n in legend_of(spec)]
    assert drawn_wards(figure) == fills_of(spec)


def test_tips_say_the_class_in_plain_words() -> None:
    spec = draw_spec("gi_star_cluster", gi_star_cluster=GI, n_incidents=COUNTS)
    assert "Khu vực tập trung vụ việc: trong khu vực tập trung" in spec.tips[1]
    assert "Khu vực tập trung vụ việc: chưa có thông tin" in spec.tips[4]
    assert draw_both().tips[1][1].endswith(": nhiều vụ, ít camera")
    assert write_value("emerging_pattern", "hot_new", WORDS) == "mới tập trung ở kỳ cuối"
    assert write_value("funnel_position", "far_above", WORDS) == "cao hơn hẳn mức chung"


@pytest.mark.parametrize("paper", get_args(Paper))
def test_the_grid_stays_inside_its_panel_on_every_paper(paper: Paper) -> None:
    figure = draw(draw_both(), SHAPES, dpi=60, paper=paper)
    boxes = {str(patch.get_gid()): patch.get_bbox() for patch in figure.findobj(Rectangle)}
    panel = boxes["panel"]
    cells = [boxes[f"legend/{key}/swatch"] for key in palettes.BIVARIATE]
    for cell in cells:
        assert panel.x0 < cell.x0 < cell.x1 < panel.x1
        assert panel.y0 < cell.y0 < cell.y1 < panel.y1
    overlaps = [Bbox.intersection(one, other) for one, other in combinations(cells, 2)]
    assert overlaps == [None] * 36
