"""One measured table in, one frozen map out: fills, words and counts that a reader can check by hand."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from errors import NoData, UnknownIndicator
from geo.frames import Period, Source
from geo.indicators import MAPPED
from geo.measure import Measured, measure
from geo.question import Question
from i18n.messages import load_words
from layers import palettes
from layers.atlas import Frame, draw_map
from layers.map_page import standalone_html
from layers.matplotlib_map import draw, drawn_legend, drawn_wards
from layers.naming import label_period, name_period, short_name
from layers.screen_message import map_message
from layers.shapes import make_shapes
from layers.spec import MapSpec
from tests.mau import CODES, make_wards

WORDS = load_words("vi")
YEAR = Period(dt.date(2022, 1, 1), dt.date(2022, 12, 31), "2022")
SHAPES = make_shapes(make_wards())


def make_measured(**columns: list[object]) -> Measured:
    wards = make_wards(source=Source(name="Mẫu", illustrative=True, schematic=True))
    frame = wards.frame.assign(
        **{key: pd.Series(values, index=list(CODES)) for key, values in columns.items()}
    )
    bare = measure(wards, [], Question(YEAR))
    return replace(bare, frame=frame, sources=(Source(name="Bảng mẫu"),))


def draw_spec(key: str, **columns: list[object]) -> MapSpec:
    return draw_map(make_measured(**columns), SHAPES, key, WORDS, Frame("Thành phố Mẫu"))


def legend_of(spec: MapSpec) -> list[tuple[str, str | None, int]]:
    return [(entry.words, entry.fill, entry.count) for entry in spec.choropleth.classes]


STATUSES: list[object] = [
    "dang_chuyen_hoa",
    "tot",
    "chuyen_hoa_thanh_cong",
    "khong_thuoc_dien",
    None,
    "chua_dat",
]


def test_status_map_counts_good_inside_success_and_keeps_unknown_apart_from_out_of_scope() -> None:
    spec = draw_spec("status", status=STATUSES)
    assert legend_of(spec) == [
        ("được lựa chọn", "#E8DC86", 0),
        ("đang chuyển hóa", "#F2921F", 1),
        ("chuyển hóa thành công", "#9FCAAE", 2),
        ("trong đó: tốt", "#246C6C", 1),
        ("chưa đạt", "#C15730", 1),
        ("duy trì", "#7998C9", 0),
        ("phức tạp trở lại", "#5D0E3A", 0),
        ("không thuộc diện", "#E6EAED", 1),
        ("chưa có thông tin", None, 1),
    ]
    assert [entry.indent for entry in spec.choropleth.classes].index(True) == 3
    assert [(outline.kind, outline.ward_codes, outline.numbers) for outline in spec.outlines] == [
        ("target", ("00001",), (1,))
    ]


def test_zero_missing_and_numbers_have_fills_of_their_own() -> None:
    spec = draw_spec("n_incidents", n_incidents=[0.0, 10.0, 20.0, 30.0, None, 40.0])
    rows = legend_of(spec)
    assert rows[-2:] == [("0", palettes.ZERO, 1), ("chưa có thông tin", None, 1)]
    assert sum(count for _, _, count in rows) == 6
    fills = [spec.choropleth.classes[place].fill for place in spec.choropleth.ward_class]
    assert fills[0] == palettes.ZERO
    assert fills[4] is None
    assert fills[5] == palettes.INCIDENTS[-1]


def test_an_example_always_carries_its_band_and_names_what_is_not_known() -> None:
    spec = draw_spec("n_incidents", n_incidents=[0.0, 10.0, 20.0, 30.0, None, 40.0])
    assert spec.note == "DỮ LIỆU MINH HỌA – RANH GIỚI SƠ ĐỒ, không có giá trị pháp lý"
    assert spec.source == "Bảng mẫu. 1 địa bàn chưa có thông tin."
    assert spec.boundaries.startswith("6 địa bàn, bản mau-2022")
    assert spec.subtitle == "Thành phố Mẫu, năm 2022 (từ 01/01/2022 đến 31/12/2022)"


def test_a_percentage_of_change_is_never_coloured() -> None:
    with pytest.raises(UnknownIndicator) as refusal:
        draw_spec("incidents_change_pct", incidents_change_pct=[1.0] * 6)
    assert refusal.value.reason == "not_mapped"
    assert "incidents_change_pct" not in MAPPED


def test_unknown_keys_and_empty_measures_are_refused() -> None:
    with pytest.raises(UnknownIndicator):
        draw_spec("kpi")
    with pytest.raises(NoData):
        draw_spec("n_cameras")
    with pytest.raises(NoData):
        draw_spec("n_cameras", n_cameras=[None] * 6)


def test_a_ward_with_many_incidents_and_few_cameras_is_set_apart_by_an_outline() -> None:
    spec = draw_spec("n_incidents", n_incidents=[1.0] * 6, camera_gap=[1.0, 0.0, 0.0, None, 0.0, 1.0])
    assert [(outline.kind, outline.ward_codes) for outline in spec.outlines] == [("gap", ("00001", "00006"))]


def test_names_on_the_map_lose_their_type_and_numbers_keep_it() -> None:
    assert short_name("Phường Hòa Bình") == "Hòa Bình"
    assert short_name("Thị trấn Ngọc Lặc") == "Ngọc Lặc"
    assert short_name("Phường 5") == "Phường 5"
    assert short_name("Ward 8") == "Ward 8"


def test_periods_are_named_by_their_days() -> None:
    march = Period(dt.date(2022, 3, 1), dt.date(2022, 3, 31))
    police = Period(dt.date(2021, 12, 15), dt.date(2022, 12, 14))
    assert label_period(YEAR, WORDS) == "năm 2022"
    assert label_period(march, WORDS) == "tháng 03/2022"
    assert name_period(police, WORDS) == "năm 2022, kỳ thống kê công an (từ 15/12/2021 đến 14/12/2022)"
    assert name_period(None, WORDS) == "thời gian chưa rõ"


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("status", STATUSES),
        ("n_incidents", [0.0, 10.0, 20.0, 30.0, None, 40.0]),
        ("hotspot_level", ["khong", "ky_nay", "ky_nay", "khong", None, "khong"]),
        ("incidents_z", [-4.0, -2.0, 0.0, 2.0, 4.0, None]),
        ("cameras_per_km2", [0.0, 0.5, 1.5, 2.5, None, 9.0]),
    ],
)
def test_screen_and_paper_show_the_same_colours_words_and_counts(key: str, values: list[object]) -> None:
    spec = draw_spec(key, **{key: values})
    message = map_message(spec, "order", selected=None)
    rows = message["legend"]["rows"]  # type: ignore[index]
    on_screen = [(words, fill, count) for words, fill, _, count, _ in rows]
    figure = draw(spec, SHAPES, dpi=60)
    on_paper = [(words, fill, int(count)) for words, fill, count in drawn_legend(figure)]
    assert on_paper[: len(on_screen)] == on_screen == legend_of(spec)
    fills_on_screen = [rows[int(digit, 36)][1] for digit in str(message["fills"])]
    assert fills_on_screen == drawn_wards(figure)
    page = standalone_html(spec, SHAPES)
    assert all(fill in page for _, fill, _ in on_screen if fill)


def test_tip_compares_with_the_chosen_period_whatever_it_is() -> None:
    spec = draw_spec(
        "n_incidents",
        n_incidents=[5.0] * 6,
        n_incidents_previous=[3.0] * 6,
        n_incidents_difference=[2.0] * 6,
    )
    assert "So với kỳ so sánh: +2 vụ (3 → 5)" in spec.tips[0]
