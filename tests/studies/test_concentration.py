"""The page on concentration: how few wards hold how much, where they lie together, what lasts."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geo.frames import Period, Wards
from geo.measure import Measured
from geo.question import Selection
from i18n.messages import load_words
from layers.sheet import NamedList
from studies import concentration as study
from studies.concentration_words import write_search
from studies.holdings import Holdings
from studies.overview import Choice, make_question
from tests.grid_city import BUSY, CODES, busy_corner, hold, make_counts, make_grid, year
from tests.mau import CODES as SIX
from tests.mau import make_wards

VI = load_words("vi")
NOW, BEFORE = year(2022), year(2021)
N_BUSY_NAMES = "P. r01, P. r10, P. r11"


def hold_years(*counts: Mapping[str, float], wards: Wards | None = None) -> Holdings:
    """Counts of one year after another, the last of 2022."""
    years = {year(2023 - len(counts) + place): of for place, of in enumerate(counts)}
    return hold(wards or make_grid(), make_counts(years))


def report(
    holdings: Holdings,
    *,
    key: str = "n_incidents",
    period: Period | None = NOW,
    basis: str | None = None,
    chosen: Selection | None = None,
) -> study.Report:
    choice = Choice(key, period, chosen=chosen or Selection())
    derived = study.prepare(holdings.measure(make_question(holdings, choice)), key, basis)
    return study.answer(holdings, choice, derived, holdings.count, VI)


def test_the_page_says_how_few_wards_hold_how_much_and_where_they_lie_together() -> None:
    told = report(hold_years(busy_corner()))
    # of 351, six wards of thirty hold 180, nine 270, and four of three more 282
    assert [sentence.text for sentence in told.sheet.headline] == [
        "**6 xã, phường** chiếm một nửa số vụ, **13 xã, phường** chiếm 80 %, trong 36 địa bàn có số liệu.",
        f"**1 khu vực tập trung vụ việc**: {N_BUSY_NAMES}.",
    ]
    assert [(tile.label, tile.value, tile.beside) for tile in told.sheet.tiles] == [
        ("Số vụ", "351", ""),
        ("Chiếm 50 % số vụ", "6", "/ 36 địa bàn"),
        ("Chiếm 80 % số vụ", "13", "/ 36 địa bàn"),
        ("Khu vực tập trung", "1", "3 địa bàn"),
        ("Nhiều vụ nhiều năm", "chưa có", ""),
    ]
    assert told.sheet.tiles[3].sentence.startswith("Chiếm 26 % số vụ")
    assert told.areas == (NamedList("Khu vực 1 (3 địa bàn, 90 vụ)", "area", ("P. r01", "P. r10", "P. r11")),)
    assert told.lasting == ()
    assert told.curve["k"].to_list() == list(range(1, 37))
    assert told.curve["cumulative_share"].iloc[5] == pytest.approx(180 / 351)
    assert told.sheet.map.key == "n_incidents"


def test_the_note_says_what_was_sought_in_among_whom_and_by_which_draws() -> None:
    assert report(hold_years(busy_corner())).chance_note == (
        "Tìm theo: Số vụ trên 10.000 dân, so địa bàn cùng các địa bàn liền kề với toàn vùng (Getis-Ord Gi*). "
        "Tệp không nói vụ nào do trình báo, vụ nào do phát hiện, nên tính tất cả. "
        "9.999 lần hoán vị, hạt giống 138; tỷ lệ phát hiện sai được giữ ở 5 %. Số camera không được dùng."
    )
    alone = hold_years(busy_corner(), wards=make_grid(residents=np.nan, apart=["r55"]))
    note = report(alone).chance_note
    assert note.startswith("Tìm theo: Số vụ, so địa bàn")
    assert note.endswith("Không có địa bàn liền kề: P. r55.")


def test_a_ward_with_many_visitors_is_named_where_residents_are_what_counts() -> None:
    holdings = replace(hold_years(busy_corner()), visitor_wards=frozenset({"r55"}))
    said = "Không xét nơi đông khách vãng lai, vì dân cư trú không phải mẫu số đúng: P. r55."
    assert report(holdings).chance_note.endswith(said)
    assert "vãng lai" not in report(holdings, basis="n_incidents").chance_note


def test_discovered_incidents_are_counted_and_not_sought_in() -> None:
    raids = {code: 500.0 if code == "r55" else 0.0 for code in CODES}
    facts = (make_counts({NOW: busy_corner()}), make_counts({NOW: raids}, known_by="discovered"))
    told = report(hold(make_grid(), *facts))
    assert told.sheet.tiles[0].value == "851"
    assert told.areas[0].names == ("P. r01", "P. r10", "P. r11")
    assert "Chỉ tính vụ do người dân" in told.chance_note
    assert "351 vụ không rõ do đâu mà biết được tính như vụ trình báo." in told.chance_note


def test_discovered_incidents_alone_have_a_page_that_says_why_it_shows_no_area() -> None:
    facts = make_counts({NOW: busy_corner()}, known_by="discovered")
    told = report(hold(make_grid(), facts), chosen=Selection(known_by="discovered"))
    assert told.areas == ()
    assert told.chance_note.startswith("Chỉ tìm khu vực tập trung trong các vụ được trình báo")
    assert (told.sheet.tiles[3].value, told.sheet.tiles[3].sentence) == ("chưa có", told.chance_note)


def test_two_periods_are_compared_with_no_more_certainty_than_they_hold() -> None:
    before = dict.fromkeys(CODES, 3.0) | {"r11": 9.0, "r55": 60.0}
    told = report(hold_years(before, busy_corner()))
    # 2(√30 − √3) = 7.5 for eight wards, 2(√30 − √9) = 5.0 for r11, 2(√3 − √60) = −12 for r55
    assert told.sheet.headline[2].text == (
        "Toàn vùng: 171 → 351 vụ, tăng 180 vụ; tăng rõ rệt (z = 11,3). **9 địa bàn** tăng rõ rệt, "
        "**1** giảm rõ rệt; các địa bàn khác chưa đủ căn cứ để kết luận."
    )


def test_wards_that_are_high_in_two_periods_or_more_are_listed_the_oftenest_first() -> None:
    years = [dict.fromkeys(CODES, 1.0) | dict.fromkeys(tops, 9.0) for tops in (BUSY, BUSY, CODES[20:30])]
    years.append({code: n for code, n in busy_corner().items() if code != "r00"})
    told = report(hold_years(*years))
    assert [(row.name, row.years, row.now) for row in told.lasting] == [
        *((f"P. {code}", "3/4 kỳ", "30") for code in BUSY[1:]),
        ("P. r00", "2/3 kỳ", "chưa có thông tin"),
    ]
    lasting = told.sheet.tiles[4]
    assert (lasting.value, lasting.sentence) == (
        "8",
        "Thuộc 1/5 nhiều vụ nhất ít nhất 3 trong 4 kỳ gần nhất.",
    )


def test_a_period_without_incidents_has_a_page_without_claims() -> None:
    told = report(hold_years(dict.fromkeys(CODES, 0.0)))
    assert told.sheet.headline == ()
    assert [tile.value for tile in told.sheet.tiles] == ["0", "chưa có", "chưa có", "0", "chưa có"]
    assert told.sheet.tiles[1].sentence == "Không có vụ nào trong kỳ."
    assert told.curve["cumulative_share"].isna().all()
    assert (told.areas, told.lasting) == ((), ())


def test_a_city_where_all_are_alike_has_no_area() -> None:
    told = report(hold_years(dict.fromkeys(CODES, 4.0)))
    assert told.sheet.headline[1].text == (
        "**Chưa thấy khu vực** nào mà vụ việc tập trung hơn mức ngẫu nhiên."
    )
    assert (told.sheet.tiles[3].value, told.areas) == ("0", ())


def test_six_wards_have_a_page_that_says_they_are_too_few() -> None:
    counts = replace(
        make_counts({NOW: dict(zip(SIX, (1.0, 2.5, 3.0, 4.0, 5.0, 6.5), strict=True))}), version=None
    )
    told = report(hold(make_wards(), counts))
    assert told.sheet.headline[0].text.startswith("**2 xã, phường** chiếm một nửa số vụ, **4 xã, phường**")
    assert len(told.sheet.headline) == 1
    assert told.chance_note == (
        "Chỉ có 6 địa bàn có số liệu; cần ít nhất 8 để tìm khu vực tập trung vụ việc. "
        "Hãy nạp thêm số liệu, hoặc chọn kỳ khác, loại vụ khác."
    )


def test_a_category_is_sought_alone() -> None:
    thefts = make_counts({NOW: busy_corner()}, category="Trộm cắp")
    drugs = make_counts({NOW: dict.fromkeys(CODES, 100.0)}, category="Ma túy")
    holdings = hold(make_grid(), thefts, drugs)
    alone = report(holdings, chosen=Selection(category="Trộm cắp"))
    assert (alone.sheet.tiles[0].value, len(alone.areas)) == ("351", 1)
    together = report(holdings)
    assert (together.sheet.tiles[0].value, together.sheet.tiles[1].value) == ("3.951", "17")


def test_a_further_layer_that_cannot_be_made_is_told_and_the_page_stays() -> None:
    holdings = hold_years(busy_corner(), wards=make_grid(residents=np.nan))
    measured = holdings.measure(make_question(holdings, Choice("n_incidents", NOW)))
    derived = study.prepare(measured, "funnel_position", None)
    assert derived.chance is not None
    assert {key: refusal.reason for key, refusal in derived.refusals.items()} == {
        "funnel_position": "lacks_population"
    }
    few = study.prepare(measure_six(), "emerging_pattern", None)
    assert {key: refusal.code for key, refusal in few.refusals.items()} == dict.fromkeys(
        ("gi_star_z", "gi_star_cluster", "emerging_pattern"), "TooFewWards"
    )
    assert write_search(few, VI).startswith("Chỉ có 6 địa bàn")


def measure_six() -> Measured:
    counts = replace(make_counts({NOW: dict.fromkeys(SIX, 5.0)}), version=None)
    holdings = hold(make_wards(), counts)
    return holdings.measure(make_question(holdings, Choice("n_incidents", NOW)))


def test_areas_are_of_wards_that_touch_the_fullest_first_and_unknown_ones_in_none() -> None:
    holdings = hold_years(busy_corner() | {"r55": 200.0})
    measured = holdings.measure(make_question(holdings, Choice("n_incidents", NOW)))
    classes = pd.Series("none", index=list(CODES), dtype=object)
    classes[["r00", "r11", "r30", "r55"]] = "high"
    classes[["r22", "r44"]] = ["low", None]
    marked = replace(measured, frame=measured.frame.assign(gi_star_cluster=classes))
    assert study.find_areas(marked) == [["r55"], ["r00", "r11"], ["r30"]]
    assert study.find_areas(measured) == []
