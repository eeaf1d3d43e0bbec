"""A place through its boundary versions: each period on its own, or all on those in force."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.frames import BoundaryVersion, Kind, Period
from geo.indicators import Share
from geo.question import Question
from geo.reading.columns import TableColumns
from geo.rows.facts import join_table
from i18n.messages import load_words
from store.opening import open_store
from store.repository import Store
from studies.carried import carry_all, list_parts
from studies.holdings import Holdings, list_periods, load_holdings
from studies.overview import Choice, answer, list_layers
from studies.place import find_place, list_places, merge_periods, pick_area
from studies.profile import describe_ward
from tests.mau import CODES, VERSION, make_table, make_wards
from tests.mau_2025 import NEW_CODES, NEW_VERSION, make_crosswalk, make_new_wards

Y2022 = Period(dt.date(2022, 1, 1), dt.date(2022, 12, 31))
Y2025 = Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
WORDS = load_words("vi")
OLD_CUT, NEW_START = dt.date(2025, 6, 30), dt.date(2025, 7, 1)


def keep(
    store: Store, area_id: int, kind: Kind, columns: dict[str, list[object]], *, version: str, file: str
) -> None:
    wards = store.load_wards(area_id)
    table = make_table(columns, file=file)
    joined, findings, _ = join_table(wards, table, kind, TableColumns(), version=version)
    store.keep(area_id, joined, file_name=file, sha256=file, findings=findings, replace=False)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Six old wards with the years 2022 and 2023, three new ones with 2025."""
    opened = open_store(f"sqlite:///{tmp_path}/kho.sqlite")
    old = opened.keep_boundaries(
        make_wards(), key="cu", title="Mẫu cũ", validity=BoundaryVersion(VERSION, valid_to=OLD_CUT)
    )
    new = opened.keep_boundaries(
        make_new_wards(), key="moi", title="Mẫu mới", validity=BoundaryVersion(NEW_VERSION, NEW_START)
    )
    years: list[object] = [*["2022"] * 6, *["2023"] * 6]
    counts: list[object] = ["1", "2", "3", "4", "10", "6", "2", "2", "2", "2", "20", "2"]
    keep(
        opened, old, "incidents", {"ma_xa": [*CODES, *CODES], "so_vu": counts, "nam": years},
        version=VERSION, file="cu.csv",
    )  # fmt: skip
    keep(
        opened, old, "status",
        {"ma_xa": ["00001", "00002", "00005"], "nam": ["2022"] * 3,
         "tinh_trang": ["đang chuyển hóa", "không thuộc diện", "được lựa chọn"]},
        version=VERSION, file="dien.csv",
    )  # fmt: skip
    keep(
        opened, new, "incidents", {"ma_xa": [*NEW_CODES], "so_vu": ["9", "5", "7"], "nam": ["2025"] * 3},
        version=NEW_VERSION, file="moi.csv",
    )  # fmt: skip
    opened.keep_crosswalk(old, new, make_crosswalk())
    yield opened
    opened.close()


def load(store: Store) -> list[Holdings]:
    return [load_holdings(store, area.id) for area in store.list_areas()]


def test_areas_that_follow_each_other_are_one_place(store: Store) -> None:
    places = list_places(store.list_areas(), store.list_crosswalks())
    assert [[area.key for area in place.areas] for place in places] == [["cu", "moi"]]
    assert places[0].current.key == "moi"
    assert find_place(places, "2") is places[0]


def test_an_area_without_a_crosswalk_stands_alone(store: Store) -> None:
    places = list_places(store.list_areas(), [])
    assert [[area.key for area in place.areas] for place in places] == [["cu"], ["moi"]]


def test_a_period_is_shown_on_its_own_boundaries_unless_those_in_force_are_asked(
    store: Store,
) -> None:
    held = load(store)
    merged = merge_periods([list_periods(each) for each in held], held)
    assert [(dated.period.start.year, dated.owners) for dated in merged] == [
        (2025, (1,)),
        (2023, (0,)),
        (2022, (0,)),
    ]
    own = [pick_area(held, dated, in_force=False) for dated in merged]
    current = [pick_area(held, dated, in_force=True) for dated in merged]
    assert own == [1, 0, 0]
    assert current == [1, None, None]
    assert pick_area(held, None, in_force=False) is None


def test_carried_counts_are_sums_and_shares_and_say_which(store: Store) -> None:
    carried = carry_all(load(store), [make_crosswalk()])
    frame = carried.measure(Question(Y2022)).frame
    assert frame["n_incidents"].to_dict() == {"00001": 3.0, "00003": 9 + 2.0, "00005": 4 + 8.0}
    assert frame["estimated"].to_dict() == {"00001": False, "00003": True, "00005": True}
    assert carried.measure(Question(Y2025)).frame["n_incidents"].to_dict() == {
        "00001": 9.0,
        "00003": 5.0,
        "00005": 7.0,
    }


def test_a_change_is_told_only_where_every_part_is_whole(store: Store) -> None:
    carried = carry_all(load(store), [make_crosswalk()])
    before = Period(dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    measured = carried.measure(Question(Y2025, before))
    change = measured.frame["n_incidents_difference"]
    assert change["00001"] == 9 - 4
    assert change[["00003", "00005"]].isna().all()
    assert "NotComparableWards" in {finding.code for finding in measured.findings}


def test_a_status_is_told_as_so_many_of_so_many_old_units(store: Store) -> None:
    carried = carry_all(load(store), [make_crosswalk()])
    measured = carried.measure(Question(Y2022))
    assert measured.frame["old_in_programme"].to_dict() == {
        "00001": Share(1, 2),
        "00003": Share(1, 3, 2),
        "00005": Share(1, 2, 1),
    }
    assert "status" not in measured.frame
    assert list_layers(measured)[0] == "old_in_programme"
    assert list_parts(carried, "00005") == [("Xã Thạnh Lộc", True), ("Phường 5", False)]


def test_the_carried_sheet_says_so_everywhere(store: Store) -> None:
    carried = carry_all(load(store), [make_crosswalk()])
    sheet = answer(carried, Choice("old_in_programme", Y2022), carried.measure, carried.count, WORDS)
    classes = {entry.words: entry.count for entry in sheet.map.choropleth.classes if entry.count}
    assert classes == {"1 xã, phường cũ": 3}
    assert f"Số liệu tính lại từ bản {VERSION}" in sheet.map.boundaries
    tips = dict(zip(NEW_CODES, sheet.map.tips, strict=True))
    assert "Ước tính: có phần của xã, phường cũ bị chia" in tips["00005"]
    assert not any("Ước tính" in line for line in tips["00001"])
    rows = {row.ward_code: row for row in sheet.ranking.rows}
    assert rows["00001"].value == "1/2"
    assert rows["00001"].n_incidents == "3"
    assert rows["00005"].n_incidents == "≈ 12"
    assert sheet.table["Xã, phường cũ thuộc diện"].tolist()[0] == "Có 1/2 xã, phường cũ thuộc diện"


def test_the_card_of_a_carried_ward_names_its_old_units_and_does_not_compare(store: Store) -> None:
    carried = carry_all(load(store), [make_crosswalk()])
    before = Period(dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    card = describe_ward(carried, carried.measure(Question(Y2025, before)), "00005", WORDS)
    assert card.parts == ("Xã Thạnh Lộc (toàn bộ)", "Phường 5 (một phần)")
    assert card.tiles[0].value == "7"
    assert card.tiles[0].sentence.startswith("Không so sánh được")


def test_a_ward_whose_part_was_silent_in_one_period_has_at_least_so_many_and_is_not_compared(
    store: Store,
) -> None:
    old = store.list_areas()[0].id
    keep(
        store, old, "incidents", {"ma_xa": ["00001", "00003"], "so_vu": ["4", "1"], "nam": ["2024"] * 2},
        version=VERSION, file="cu-2024.csv",
    )  # fmt: skip
    carried = carry_all(load(store), [make_crosswalk()])
    year = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    measured = carried.measure(Question(year, year.shift_years(-1)))
    assert measured.frame["missing_parts"].to_dict() == {
        "00001": "Phường Hòa Bình",
        "00003": "Phường 5, Thị trấn Sáu",
        "00005": "Xã Thạnh Lộc, Phường 5",
    }
    assert measured.frame["n_incidents_difference"].isna().all()
    sheet = answer(carried, Choice("n_incidents", year), carried.measure, carried.count, WORDS)
    assert {row.ward_code: row.value for row in sheet.ranking.rows} == {"00001": "≥ 4", "00003": "≥ 1"}
