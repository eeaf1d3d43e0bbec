"""Every number of a page can be followed to its formula, source, days, boundaries and caution."""

from dataclasses import replace

import pytest

from geo.frames import Joined, Source
from geo.indicators import INDICATORS
from geo.measure import Measured
from geo.question import Question
from i18n.messages import load_words
from layers.sheet import Tile, Trace
from store.repository import Store
from studies import concentration, overview
from studies.holdings import load_holdings
from studies.overview import Choice, make_question
from studies.trace import find_sources, list_kinds, trace
from tests.grid_city import busy_corner, hold, make_counts, make_grid, year
from tests.mau import CODES as SIX
from tests.mau_2025 import make_joined
from views.panels import tile_html, trace_html

VI = load_words("vi")
ENGLISH = load_words("en")
NOW, BEFORE = year(2022), year(2021)
LINES = ("name", "formula", "source", "period", "boundaries", "caution")


def shows_number(tile: Tile) -> bool:
    return any(sign.isdigit() for sign in tile.value + tile.beside)


def find_untold(tiles: tuple[Tile, ...]) -> list[str]:
    """Labels of tiles that show a number without telling all of where it comes from."""
    return [
        tile.label
        for tile in tiles
        if shows_number(tile)
        and (tile.trace is None or not all(getattr(tile.trace, line).strip() for line in LINES))
    ]


def measure_two(*facts: Joined) -> Measured:
    counts = make_counts({BEFORE: busy_corner(), NOW: busy_corner()}, name="Sổ vụ việc")
    return hold(make_grid(), counts, *facts).measure(Question(NOW, BEFORE))


@pytest.mark.parametrize("words", [VI, ENGLISH], ids=["vi", "en"])
def test_every_number_of_the_example_can_be_followed_on_both_pages(example: Store, words: object) -> None:
    n_numbers = 0
    for area in example.list_areas():
        holdings = load_holdings(example, area.id)
        for period in (year(2022), None) if area.key == "can_tho_2024" else (year(2025),):
            choice = Choice("n_incidents", period)
            sheet = overview.answer(holdings, choice, holdings.measure, holdings.count, words)  # type: ignore[arg-type]
            derived = concentration.prepare(
                holdings.measure(make_question(holdings, choice)), "n_incidents", None
            )
            report = concentration.answer(holdings, choice, derived, holdings.count, words)  # type: ignore[arg-type]
            tiles = sheet.tiles + report.sheet.tiles
            assert find_untold(tiles) == []
            n_numbers += sum(map(shows_number, tiles))
            for ranking in (sheet.ranking, report.sheet.ranking):
                assert ranking.trace is not None
                assert all(getattr(ranking.trace, line).strip() for line in LINES)
    assert n_numbers >= 24


def test_a_trace_names_formula_source_days_boundaries_and_caution() -> None:
    assert trace(measure_two(), "n_incidents", VI) == Trace(
        name="Số vụ",
        formula="Tổng số vụ ghép được vào địa bàn trong kỳ",
        source="Bảng hoặc điểm vụ việc do người dùng nạp. Tệp: Sổ vụ việc",
        period="năm 2022 (từ 01/01/2022 đến 31/12/2022)",
        boundaries="36 địa bàn, bản o-2022.",
        caution="Chỉ gồm vụ được trình báo và thống kê; địa bàn không có trong bảng là chưa có thông tin, "
        "không phải 0.",
    )


@pytest.mark.parametrize(
    ("key", "days"),
    [
        ("n_incidents_previous", "năm 2021 (từ 01/01/2021 đến 31/12/2021)"),
        (
            "incidents_z",
            "năm 2022 (từ 01/01/2022 đến 31/12/2022); so với năm 2021 (từ 01/01/2021 đến 31/12/2021)",
        ),
        ("gi_star_z", "năm 2022 (từ 01/01/2022 đến 31/12/2022)"),
        ("hotspot_level", "năm 2022 (từ 01/01/2022 đến 31/12/2022), và cùng kỳ của 1 năm trước"),
        ("emerging_pattern", "Các kỳ cùng loại, đến hết năm 2022 (từ 01/01/2022 đến 31/12/2022)"),
        ("n_cameras", "Theo số liệu ngày 31/12/2021"),
        ("incident_reach_pct", "năm 2022 (từ 01/01/2022 đến 31/12/2022)"),
    ],
)
def test_the_days_are_those_that_the_number_is_of(key: str, days: str) -> None:
    assert trace(measure_two(make_cameras(as_of="31/12/2021")), key, VI).period == days


def make_cameras(*, as_of: str) -> Joined:
    cameras = make_joined(SIX, [1.0] * 6, kind="cameras")
    return replace(cameras, rows=cameras.rows.assign(n_working=float("nan"), outcome="unmatched"),
                   version="o-2022", source=Source(name="Sổ camera", as_of=as_of))  # fmt: skip


def test_cameras_of_no_known_day_say_so_and_a_status_is_of_its_year() -> None:
    measured = measure_two(make_cameras(as_of=""))
    assert trace(measured, "n_cameras", VI).period == "Tệp không nói số liệu của ngày nào"
    assert trace(replace(measured, status_year=2020), "status", VI).period == "năm 2020"


def test_a_number_names_the_files_it_rests_on_and_no_others() -> None:
    measured = measure_two(make_cameras(as_of=""))
    named = {key: [source.name for source in find_sources(measured, key)] for key in INDICATORS}
    assert named["n_incidents"] == named["gi_star_cluster"] == ["Sổ vụ việc"]
    assert named["n_cameras"] == ["Sổ camera"]
    assert named["camera_gap"] == named["incidents_per_camera"] == ["Sổ vụ việc", "Sổ camera"]
    assert named["status"] == []
    assert trace(measured, "status", VI).source.endswith("Tệp: chưa rõ")
    only_told = replace(measured, sources_of={})
    assert {source.name for source in find_sources(only_told, "n_incidents")} == {"Sổ vụ việc", "Sổ camera"}


def test_what_is_counted_per_resident_rests_on_the_population_too() -> None:
    assert list_kinds("incidents_per_10k") == list_kinds("funnel_position") == ("incidents", "population")
    assert list_kinds("cameras_per_1k") == ("cameras", "population")
    assert list_kinds("incident_reach_pct") == ("cameras", "incidents")


def test_a_trace_is_folded_under_its_tile_as_text_and_no_tile_without_one_has_a_fold() -> None:
    told = trace(measure_two(), "n_incidents", VI)
    hostile = replace(told, source="<script>alert(1)</script>")
    html = tile_html(Tile("Số vụ", "3", trace=hostile), VI)
    assert "<details" in html
    assert html.count("<dt>") == html.count("<dd>") == 5
    assert "<script>" not in html
    assert trace_html(None, VI) == ""
    assert "<details" not in tile_html(Tile("Số vụ", "3"), VI)
