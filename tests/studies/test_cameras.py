"""The camera page: density from counts, zones from places, and what is not told stays untold."""

from dataclasses import replace

import pytest

from errors import NoData
from geo.measure import Measured
from geo.question import Selection
from i18n.messages import LANGUAGES, load_words
from studies import cameras as study
from studies.camera_words import Band, WardSteps
from studies.holdings import Holdings
from studies.overview import Choice
from tests.studies.camera_city import (
    CITY,
    EYES,
    INCIDENTS,
    TODAY,
    WARDS,
    ask,
    hold,
    join,
    make_counts,
    make_eyes,
    make_points,
    place,
)

VI = load_words("vi")
COUNTED = hold(
    make_counts("incidents", 9, 5, 3, 1, 0, 0),
    make_counts("cameras", 10, 0, 5, 3, 2, 7, dang_hoat_dong=["8", "0", "", "3", "2", "7"]),
)


def look(holdings: Holdings, *, radius_m: float = 50.0, chosen: Selection | None = None) -> study.Seen:
    question = ask(radius_m, chosen or Selection())
    return study.see(holdings, holdings.measure(question))


def report(holdings: Holdings, key: str = "cameras_per_km2", *, language: str = "vi") -> study.Report:
    seen = look(holdings)
    choice = Choice(key, seen.measured.question.period)
    return study.answer(holdings, choice, seen, holdings.count, load_words(language), today=TODAY)


def tiles_of(told: study.Report) -> dict[str, str]:
    return {tile.label: tile.value for tile in told.sheet.tiles}


def values(measured: Measured, key: str) -> list[float]:
    return [round(float(value), 2) for value in measured.frame[key]]


def test_places_give_a_band_of_incidents_and_a_share_of_area() -> None:
    seen = look(CITY)
    assert (seen.lack, seen.band) == ("", Band(8.0, (25.0, 37.5, 50.0)))
    # a disc of 50 m is 0.00785 km² of 1.21
    assert values(seen.measured, "area_seen_pct") == [0.65, 0, 0, 0, 0, 0]
    assert values(look(CITY, radius_m=100.0).measured, "area_seen_pct")[0] == 2.59
    assert seen.measured.frame["area_seen_twice_pct"].tolist() == [0.0] * 6


def test_the_page_says_how_many_work_where_the_state_is_told_and_how_much_is_seen() -> None:
    told = report(CITY)
    assert [sentence.text for sentence in told.sheet.headline] == [
        "Đã lắp **3 camera**, **1** đang hoạt động (50 % ở nơi đã rõ tình trạng); "
        "1 camera chưa rõ tình trạng.",
        "Không địa bàn nào vừa nhiều vụ vừa ít camera (theo mật độ).",
        "**25 – 38 – 50 %** số vụ có vị trí nằm trong 25 – 50 – 100 m quanh một camera đang hoạt động.",
    ]
    assert tiles_of(told) == {
        "Lắp đặt": "3",
        "Đang hoạt động": "1",
        "Khai thác được": "chưa có",
        "Vụ trong vùng quan sát": "25–38–50\u00a0%",
        "Diện tích quan sát": "0,1\u00a0%",
    }


def test_every_number_of_the_tiles_has_its_trace() -> None:
    traces = [tile.trace for tile in report(CITY).sheet.tiles]
    assert [told.name for told in traces if told] == [
        VI("indicator.n_cameras.name"),
        VI("indicator.n_cameras_working.name"),
        "Camera khai thác được",
        VI("indicator.incident_reach_pct.name"),
        VI("indicator.area_seen_pct.name"),
    ]
    assert all(told.formula and told.source and told.period and told.boundaries for told in traces if told)


def test_counts_alone_give_density_and_no_zone() -> None:
    seen = look(COUNTED)
    assert (seen.lack, seen.band) == ("places", None)
    assert list(study.list_layers(seen.measured)) == [
        "incidents_and_cameras",
        "cameras_per_km2",
        "cameras_per_1k",
        "cameras_working_pct",
    ]
    told = report(COUNTED)
    assert told.sheet.headline[1].text == "**1 địa bàn nhiều vụ, ít camera** (theo mật độ): P. Hòa Bình."
    assert tiles_of(told)["Diện tích quan sát"] == "chưa có"
    assert told.sheet.tiles[4].sentence == "Cần vị trí của camera; thêm ở trang Dữ liệu."
    assert told.sheet.tiles[4].trace is None


def test_the_wards_of_the_sentence_are_those_of_the_outline() -> None:
    frame = look(COUNTED).measured.frame
    assert list(frame.index[frame["incidents_and_cameras"] == "C1"]) == ["00002"]
    assert list(frame.index[frame["camera_gap"] == 1]) == ["00002"]


def test_beyond_four_the_wards_of_the_sentence_are_counted() -> None:
    many = hold(make_counts("incidents", *[5] * 6), make_counts("cameras", 0, 0, 0, 0, 0, 0))
    assert report(many).sheet.headline[1].text == (
        "**6 địa bàn nhiều vụ, ít camera** (theo mật độ): P. Một, P. Hòa Bình, X. Tân Thới, "
        "X. Thạnh Lộc và 2 địa bàn khác."
    )


def test_a_table_counts_and_points_tell_places() -> None:
    both = hold(INCIDENTS, EYES, make_counts("cameras", 10, 0, 5, 3, 2, 7))
    told = report(both)
    assert tiles_of(told)["Lắp đặt"] == "27"
    assert tiles_of(told)["Đang hoạt động"] == "chưa có"
    assert tiles_of(told)["Vụ trong vùng quan sát"] == "25–38–50\u00a0%"


def test_cameras_that_are_all_off_see_nothing() -> None:
    seen = look(hold(INCIDENTS, make_eyes("hỏng", "hỏng", "hỏng", "hỏng")))
    assert (seen.lack, seen.band) == ("", Band(8.0, (0.0, 0.0, 0.0)))
    assert seen.measured.frame["area_seen_pct"].tolist() == [0.0] * 6


def test_cameras_of_unknown_state_leave_the_zone_unknown_and_not_nought() -> None:
    untold = hold(INCIDENTS, make_eyes("", "", "", ""))
    seen = look(untold)
    assert (seen.lack, seen.band) == ("state", None)
    assert "area_seen_pct" not in seen.measured.frame
    tile = report(untold).sheet.tiles[3]
    assert (tile.value, tile.trace) == ("chưa có", None)
    assert tile.sentence.startswith("Tệp chưa nói camera nào đang hoạt động")


def test_the_band_is_of_the_chosen_incidents_alone() -> None:
    fires = make_points(("00001", 20.0), category="Cháy")
    city = hold(INCIDENTS, fires, EYES)
    assert look(city, chosen=Selection(category="Cháy")).band == Band(1.0, (100.0, 100.0, 100.0))
    assert look(city, chosen=Selection(category="Gây rối")).band is None


def test_without_incidents_cameras_are_told_all_the_same() -> None:
    told = report(hold(EYES))
    assert [sentence.key for sentence in told.sheet.headline] == ["cameras_per_km2"]
    assert (
        told.sheet.tiles[3].sentence == "Kỳ và loại này chưa có vụ việc nào có vị trí; thêm ở trang Dữ liệu."
    )


def test_everything_on_file_is_asked_where_no_period_is() -> None:
    measured = CITY.measure(replace(ask(), period=None))
    assert study.see(CITY, measured).band == Band(8.0, (25.0, 37.5, 50.0))


def test_a_ward_without_area_has_no_density_and_does_not_spoil_the_others() -> None:
    flat = WARDS.frame.assign(area_km2=WARDS.frame["area_km2"].mask(WARDS.frame.index == "00002", 0.0))
    seen = look(hold(*COUNTED.facts, wards=replace(WARDS, frame=flat)))
    assert seen.measured.frame["cameras_per_km2"].isna().tolist() == [False, True, *[False] * 4]
    assert seen.measured.frame["incidents_and_cameras"].isna().tolist() == [False, True, *[False] * 4]


def test_without_any_camera_there_is_no_page() -> None:
    with pytest.raises(NoData):
        report(hold(INCIDENTS), "n_cameras")


def test_the_bars_stand_beside_what_is_not_told() -> None:
    x, y = zip(*(place("00001", 10.0 * step) for step in range(4)), strict=True)
    eyes = join("cameras", {
        "longitude": [*x], "latitude": [*y], "trang_thai": ["hoạt động", "hoạt động", "hỏng", ""],
        "truc_tuyen": ["có", "", "", ""], "kiem_tra": ["01/12/2022", "", "", ""],
    })  # fmt: skip
    installed, working, usable = report(hold(eyes)).bars
    assert (installed.value, installed.share, installed.unknown, installed.of) == ("4", 1.0, 0.0, "")
    assert (working.value, working.share, working.unknown, working.of) == ("2", 0.5, 0.25, "/ 3 đã rõ")
    assert (usable.value, usable.share, usable.unknown, usable.of) == ("1", 0.25, 0.75, "/ 1 đã rõ")
    assert working.note == "Kiểm tra gần nhất 01/12/2022; trung vị đã 30 ngày. 1 camera chưa rõ tình trạng."


def test_no_camera_installed_is_a_known_nought() -> None:
    empty = report(hold(make_counts("cameras", 0, 0)))
    assert (empty.bars[0].value, empty.bars[0].share) == ("0", 0.0)
    assert empty.wards == (
        WardSteps("00001", "P. Một", "0", "0", "0", "–"),
        WardSteps("00002", "P. Hòa Bình", "0", "0", "0", "–"),
    )


def test_wards_are_listed_with_the_most_cameras_first() -> None:
    rows = [(row.name, row.installed, row.working) for row in report(COUNTED).wards]
    assert rows == [
        ("P. Một", "10", "8"),
        ("TT. Sáu", "7", "7"),
        ("X. Tân Thới", "5", "chưa rõ"),
        ("X. Thạnh Lộc", "3", "3"),
        ("P. Phường 5", "2", "2"),
        ("P. Hòa Bình", "0", "0"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_every_language_and_never_of_hot_spots(language: str) -> None:
    told = report(CITY, "incidents_and_cameras", language=language)
    said = [*told.sheet.headline, *told.sheet.tiles, *told.bars, *told.wards]
    assert "điểm nóng" not in repr(said).lower()
    assert "hot spot" not in repr(said).lower()
    assert "cover." not in repr(said)
