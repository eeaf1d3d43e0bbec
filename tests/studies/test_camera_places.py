"""Internal maps of the camera page: what is drawn adds up, and nothing of it can be made into a file."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from errors import NoData, NotAllowed
from geo.measure import Measured
from geo.question import Selection
from i18n.messages import load_words
from layers.atlas import Frame, draw_map
from layers.map_page import standalone_html
from layers.matplotlib_map import draw as draw_paper
from layers.matplotlib_map import save, to_png
from layers.spec import MapShapes, MapSpec
from studies.camera_lists import (
    GapRow,
    SiteRow,
    describe_sites,
    list_gaps,
    list_sites,
    make_site_table,
    write_gap_note,
    write_result,
    write_sums,
)
from studies.camera_places import add_gaps, add_sites, find_unseen, mark_incidents
from studies.siting import plan_sites
from tests.studies.camera_city import CITY, EYES, INCIDENTS, WARDS, Y2022, ask, hold, make_counts, make_eyes

VI = load_words("vi")
Writer = Callable[[MapSpec, MapShapes], object]
MEASURED = CITY.measure(ask())
UNSEEN = find_unseen(CITY, MEASURED)
SITING = plan_sites(
    WARDS, [INCIDENTS], [EYES], Y2022, MEASURED.question.chosen, k=2, radius_m=50.0, time_limit_s=20.0
)


def draw(measured: Measured = MEASURED) -> MapSpec:
    return draw_map(measured, CITY.shapes, "n_incidents", VI, Frame("Mẫu"))


def count(spec: MapSpec) -> dict[str, int]:
    return {markers.kind: len(markers.places) for markers in spec.markers}


def test_gaps_and_single_incidents_and_seen_ones_are_all_there_are() -> None:
    gaps = UNSEEN.gaps
    assert (gaps.n_given, gaps.n_seen, gaps.n_in_gaps, gaps.n_single) == (8, 3, 3, 2)
    assert write_sums(UNSEEN, VI) == (
        "8 vụ có vị trí = 3 trong vùng quan sát + 3 trong 1 khoảng trống + 2 lẻ.",
        "4 camera trong tệp vị trí = 1 đang quan sát + 1 không hoạt động + 1 chưa rõ tình trạng "
        "+ 1 không có tọa độ.",
    )


def test_the_proposals_are_for_exactly_the_incidents_that_are_unseen() -> None:
    assert SITING.n_located == UNSEEN.gaps.n_given
    assert SITING.n_demand == UNSEEN.gaps.n_given - UNSEEN.gaps.n_seen


def test_the_map_of_gaps_shows_every_unseen_incident_every_placed_camera_and_every_gap() -> None:
    spec = add_gaps(draw(), UNSEEN, VI)
    assert count(spec) == {"incident": 5, "camera": 1, "camera_off": 2, "gap": 1}
    assert [zone.kind for zone in spec.zones] == ["seen"]
    (gap,) = spec.markers[-1].places
    assert (gap.number, gap.tip) == (1, ("Khoảng trống số 1: 3 vụ, bán kính 60 m",))
    assert (gap.longitude, gap.latitude) == pytest.approx((105.015 + 60 / 109_640, 10.005), abs=1e-6)


def test_the_map_of_proposals_numbers_them_as_its_list_does() -> None:
    spec = add_sites(draw(), UNSEEN, SITING, VI)
    assert count(spec) == {"incident": 5, "camera": 1, "camera_off": 2, "site": 2}
    assert [place.number for place in spec.markers[-1].places] == [1, 2]
    rows = list_sites(MEASURED, SITING, VI)
    assert [(row.number, row.gain, row.total) for row in rows] == [("1", "2", "2"), ("2", "1", "3")]
    assert rows[0].ward == "P. Hòa Bình, Q. Đông"


def test_wards_are_plain_below_places_and_the_map_says_that_it_stays_inside() -> None:
    spec = add_gaps(draw(), UNSEEN, VI)
    assert spec.is_internal
    assert {entry.fill for entry in spec.choropleth.classes} == {"#EEF0F1"}
    assert spec.outlines == ()
    assert spec.note.startswith("NỘI BỘ")
    assert spec.key == "inside_gap"


@pytest.mark.parametrize("write", [to_png, draw_paper, standalone_html])
@pytest.mark.parametrize("layer", ["gaps", "sites"])
def test_no_image_and_no_page_is_made_of_a_map_with_places(write: Writer, layer: str) -> None:
    spec = add_gaps(draw(), UNSEEN, VI) if layer == "gaps" else add_sites(draw(), UNSEEN, SITING, VI)
    with pytest.raises(NotAllowed) as refused:
        write(spec, CITY.shapes)
    assert refused.value.reason == "internal_map"


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_no_file_is_made_of_a_map_with_places(ending: str, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        save(add_gaps(draw(), UNSEEN, VI), CITY.shapes, tmp_path / f"ban-do.{ending}")
    assert list(tmp_path.iterdir()) == []


def test_the_list_of_gaps_names_the_ward() -> None:
    assert list_gaps(MEASURED, UNSEEN, VI) == [GapRow("1", "P. Hòa Bình, Q. Đông", "3", "60")]
    assert write_gap_note(VI).endswith("không quá 100 m; ít nhất 3 vụ.")


def test_the_result_says_how_much_how_sure_and_what_is_not_known() -> None:
    reached, *remarks = write_result(SITING, VI)
    assert reached == (
        "2 vị trí thêm **3 vụ** vào vùng quan sát, trong 5 vụ ngoài vùng (60,0 %). "
        "Đã chứng minh không có cách chọn nào tốt hơn."
    )
    assert remarks[0].startswith("cameras.csv: 1 trong 4 camera chưa rõ có hoạt động không")


def test_the_workbook_is_headed_in_the_readers_words_and_says_that_it_is_internal() -> None:
    table = make_site_table(MEASURED, SITING, VI)
    assert list(table.columns) == [
        "Thứ tự", "Địa bàn", "Tên hoặc vĩ độ, kinh độ", "Kinh độ", "Vĩ độ", "Thêm số vụ", "Cộng dồn",
    ]  # fmt: skip
    assert table["Cộng dồn"].tolist() == [2, 3]
    notes = list(describe_sites(MEASURED, SITING, VI).values())
    assert notes[0].startswith("NỘI BỘ")
    assert any("độ phủ camera không phải kết quả phòng ngừa" in note.lower() for note in notes)


def test_a_place_with_a_name_goes_by_it() -> None:
    named = SITING.sites.assign(name=["Chợ", ""])
    rows = list_sites(MEASURED, replace(SITING, sites=named), VI)
    assert rows[0] == SiteRow("1", "P. Hòa Bình, Q. Đông", "Chợ", "2", "2")
    assert rows[1].name.startswith("10.0")


def test_more_incidents_than_can_be_drawn_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studies.camera_places.MOST_DRAWN", 3)
    (drawn,) = mark_incidents(UNSEEN.incidents, VI)
    assert len(drawn.places) == 3
    assert drawn.words == "Vụ ngoài vùng quan sát (vẽ 3 trong 5)"


def test_where_everything_is_seen_there_is_no_gap() -> None:
    city = hold(INCIDENTS, make_eyes(*["hoạt động"] * 4))
    unseen = find_unseen(city, city.measure(ask(2_000.0)))
    assert (unseen.gaps.n_seen, len(unseen.gaps.table)) == (8, 0)
    assert count(add_gaps(draw(), unseen, VI)) == {"incident": 0, "camera": 3, "gap": 0}


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ((INCIDENTS, make_counts("cameras", 1, 2)), "siting_camera_places"),
        ((INCIDENTS, make_eyes("", "", "", "")), "siting_camera_state"),
        ((make_counts("incidents", 1, 2), EYES), "siting_incidents"),
    ],
)
def test_what_is_missing_is_said_in_words(facts: tuple[object, ...], reason: str) -> None:
    city = hold(*facts)  # type: ignore[arg-type]
    with pytest.raises(NoData) as refused:
        find_unseen(city, city.measure(ask()))
    assert refused.value.reason == reason
    assert "Hãy" in VI.error(refused.value)


def test_incidents_that_were_not_chosen_are_not_drawn() -> None:
    measured = CITY.measure(ask(chosen=Selection(category="Cháy")))
    with pytest.raises(NoData) as refused:
        find_unseen(CITY, measured)
    assert refused.value.reason == "siting_incidents"
