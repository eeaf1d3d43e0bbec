"""Charts as the plain data that the page draws: what stands where, in whose words."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.formats import Formats
from views.chart_curves import Note, curve_chart, periods_chart
from views.chart_funnel import FunnelText, funnel_chart
from views.chart_labels import MOST_NAMED, pick_labels
from views.chart_parts import ChartText

VI, EN = Formats("vi"), Formats("en")
TEXT = ChartText("Số địa bàn", "Tỷ lệ", "Mức tập trung")
FUNNEL = FunnelText(
    x="Dân số",
    y="Vụ trên 10.000 dân",
    alt="So với mức chung",
    name="Địa bàn",
    mean="mức chung 12,0",
    near="95\u00a0%",
    far="99,8\u00a0%",
    positions={
        "far_above": "cao hơn hẳn",
        "above": "cao hơn",
        "within": "trong mức",
        "below": "thấp hơn",
        "far_below": "thấp hơn hẳn",
    },
)
POINTS = pd.DataFrame(
    {
        "name": ["P. Một", "P. Hai", "X. Ba", "X. Bốn"],
        "population": [12_000.0, 9_000.0, 30_000.0, None],
        "rate": [40.25, 12.0, 2.0, None],
        "position": ["far_above", "within", "far_below", None],
    }
)
LIMITS = pd.DataFrame(
    {
        "population": [9_000.0, 30_000.0],
        "far_low": [3.0, 7.0],
        "low": [5.0, 9.0],
        "expected": [12.0, 12.0],
        "high": [20.0, 16.0],
        "far_high": [25.0, 18.0],
    }
)
CURVE = pd.DataFrame({"k": [1, 2, 3], "cumulative_share": [0.5, 0.8, 1.0]})
Layer = tuple[dict[str, Any], list[dict[str, Any]]]


def layers_of(chart: Any) -> list[Layer]:
    """Each layer's mark and encoding with the rows it draws."""
    drawn = chart.to_dict()
    return [
        (layer, drawn["datasets"][layer.get("data", drawn.get("data"))["name"]]) for layer in drawn["layer"]
    ]


def labels_of(chart: Any) -> list[str]:
    """Every word that stands at a point, in the order it is drawn."""
    found = []
    for layer, rows in layers_of(chart):
        if layer["mark"]["type"] == "text":
            found += [row[layer["encoding"]["text"]["field"]] for row in rows]
    return found


def tips_of(chart: Any) -> list[dict[str, str]]:
    """What each pointed-at mark says, title by title."""
    return [
        {part["title"]: row[part["field"]] for part in layer["encoding"]["tooltip"]}
        for layer, rows in layers_of(chart)
        if layer["encoding"].get("tooltip")
        for row in rows
    ]


def colours_of(points: pd.DataFrame) -> dict[str, str]:
    drawn = funnel_chart(points, LIMITS, FUNNEL, VI).to_dict()
    coloured = [layer["encoding"]["color"] for layer in drawn["layer"] if "color" in layer["encoding"]]
    (scale,) = [colour["scale"] for colour in coloured]
    return dict(zip(scale["domain"], scale["range"], strict=True))


def test_the_funnel_names_its_limits_its_mean_and_the_wards_far_outside() -> None:
    labels = labels_of(funnel_chart(POINTS, LIMITS, FUNNEL, VI))
    assert labels[:3] == ["99,8\u00a0%", "mức chung 12,0", "95\u00a0%"]
    assert sorted(labels[3:]) == ["P. Một", "X. Ba"]


def test_the_funnel_leaves_out_wards_without_a_position_and_says_each_in_final_words() -> None:
    assert tips_of(funnel_chart(POINTS, LIMITS, FUNNEL, VI)) == [
        {"Địa bàn": "P. Một", "Dân số": "12.000", "Vụ trên 10.000 dân": "40,2", " ": "cao hơn hẳn"},
        {"Địa bàn": "P. Hai", "Dân số": "9.000", "Vụ trên 10.000 dân": "12,0", " ": "trong mức"},
        {"Địa bàn": "X. Ba", "Dân số": "30.000", "Vụ trên 10.000 dân": "2,0", " ": "thấp hơn hẳn"},
    ]


def test_a_position_has_one_colour_whatever_positions_are_present() -> None:
    assert colours_of(POINTS) == colours_of(POINTS.iloc[:1]) == {
        "far_above": "#AA4C10",
        "above": "#EBB35F",
        "within": "#7E8C9B",
        "below": "#82AEDD",
        "far_below": "#265C85",
    }  # fmt: skip


def test_a_funnel_of_no_ward_is_still_a_chart() -> None:
    assert labels_of(funnel_chart(POINTS.iloc[3:], LIMITS.iloc[:0], FUNNEL, VI)) == []


def test_a_curve_begins_at_nothing_and_names_its_points() -> None:
    marks = [Note(1, 0.5, "1 địa bàn chiếm một nửa"), Note(2, 0.8, "2 địa bàn chiếm 80\u00a0%")]
    chart = curve_chart(CURVE, "cumulative_share", marks, TEXT, VI, is_share=True)
    (line, rows), *_ = layers_of(chart)
    assert [(row["k"], row["cumulative_share"]) for row in rows] == [(0, 0), (1, 0.5), (2, 0.8), (3, 1)]
    assert line["encoding"]["y"]["scale"]["domain"] == [0, 1]
    assert sorted(labels_of(chart)) == ["1 địa bàn chiếm một nửa", "2 địa bàn chiếm 80\u00a0%"]
    assert tips_of(chart)[0] == {"Số địa bàn": "1", "Tỷ lệ": "50,0\u00a0%"}


def test_returns_say_the_count_and_its_share() -> None:
    curve = pd.DataFrame({"k": [1, 2], "n_covered": [1_200.0, 1_500.0], "share": [0.4, 0.5]})
    chart = curve_chart(curve, "n_covered", [], ChartText("Camera", "Số vụ", ""), VI, is_share=False)
    assert tips_of(chart) == [
        {"Camera": "1", "Số vụ": "1.200", " ": "40,0\u00a0%"},
        {"Camera": "2", "Số vụ": "1.500", " ": "50,0\u00a0%"},
    ]


def test_an_unknown_period_is_a_word_and_zero_is_a_figure() -> None:
    counts = pd.Series([12.0, None, 0.0, 1_234.0], index=["2019", "2020", "2021", "2022"])
    chart = periods_chart(counts, TEXT, "chưa có", VI)
    assert labels_of(chart) == ["12", "chưa có", "0", "1.234"]
    (bars, rows), _ = layers_of(chart)
    assert [row["n"] for row in rows] == [12, None, 0, 1234]
    assert bars["encoding"]["x"]["sort"] == ["2019", "2020", "2021", "2022"]
    assert bars["encoding"]["y"]["scale"]["domain"][0] == 0


@pytest.mark.parametrize(("formats", "decimal", "thousands"), [(VI, ",", "."), (EN, ".", ",")])
def test_axes_write_numbers_as_the_reader_does(formats: Formats, decimal: str, thousands: str) -> None:
    chart = curve_chart(CURVE, "cumulative_share", [], TEXT, formats, is_share=True).to_dict()
    number = chart["config"]["locale"]["number"]
    assert (number["decimal"], number["thousands"], number["minus"]) == (decimal, thousands, "−")
    assert number["percent"] == "\u00a0%"


def test_text_takes_the_pages_colours_so_that_both_themes_can_be_read() -> None:
    for chart in (
        funnel_chart(POINTS, LIMITS, FUNNEL, VI),
        curve_chart(CURVE, "cumulative_share", [Note(1, 0.5, "một nửa")], TEXT, VI, is_share=True),
        periods_chart(pd.Series([1.0], index=["2022"]), TEXT, "chưa có", VI),
    ):
        drawn = chart.to_dict()
        texts = {layer["mark"]["color"] for layer in drawn["layer"] if layer["mark"]["type"] == "text"}
        assert texts
        assert texts <= {"currentColor", "var(--db-ink-2)"}
        assert drawn["usermeta"]["embedOptions"]["renderer"] == "svg"
        assert drawn["config"]["background"] == "transparent"


@given(st.lists(st.tuples(st.floats(100, 50_000), st.floats(0, 500)), min_size=1, max_size=60))
def test_names_in_a_crowd_are_few_and_keep_apart(places: list[tuple[float, float]]) -> None:
    points = pd.DataFrame(places, columns=["population", "rate"])
    named = [row for _, rows in pick_labels(points, points) for row in rows.itertuples()]
    assert 1 <= len(named) <= MOST_NAMED
    wide = float(points["population"].max() - points["population"].min()) or 1.0
    tall = float(points["rate"].max() - points["rate"].min()) or 1.0
    for place, one in enumerate(named):
        for other in named[place + 1 :]:
            across, up = abs(one.population - other.population) / wide, abs(one.rate - other.rate) / tall
            assert across >= 0.18 - 1e-9 or up >= 0.06 - 1e-9


def test_a_name_stands_on_the_side_with_room() -> None:
    points = pd.DataFrame({"population": [1_000.0, 20_000.0, 39_000.0], "rate": [90.0, 50.0, 1.0]})
    sides = {align: sorted(rows["population"]) for align, rows in pick_labels(points, points)}
    assert sides == {"left": [1_000.0, 20_000.0], "right": [39_000.0]}
