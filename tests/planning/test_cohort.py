"""Of the areas that passed, how many are not complex again: silence, changed boundaries and doubles too."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.versions.crosswalk import Crosswalk
from i18n.messages import LANGUAGES, load_words
from planning.cohort import Cohort, CohortArea, Fate, Followed, Why, follow
from planning.papers import Figure
from planning.places import follow_place, relate
from planning.programme import Programme, State
from planning.unnamed import count_unnamed
from tests.mau import CODES, VERSION
from tests.mau_2025 import NEW_VERSION, make_crosswalk
from tests.planning.areas import day, make_programme, step, walk

FIRST, LAST, NOW = day("2021-01-01"), day("2024-12-31"), day("2026-01-01")
PASS: tuple[tuple[State, str], ...] = (
    ("dang_chuyen_hoa", "2021-02-01"),
    ("chuyen_hoa_thanh_cong", "2021-12-20"),
)
KEPT: tuple[tuple[State, str], ...] = (*PASS, ("duy_tri", "2022-01-10"))
GONE: tuple[tuple[State, str], ...] = (*KEPT, ("ra_khoi_dien", "2022-07-01"))
BACK: tuple[tuple[State, str], ...] = (*KEPT, ("phuc_tap_tro_lai", "2022-06-01"))
AGAIN: tuple[tuple[State, str], ...] = (("duoc_lua_chon", "2025-09-01"),)
FAILED: tuple[tuple[State, str], ...] = (("dang_chuyen_hoa", "2021-02-01"), ("chua_dat", "2021-12-20"))
MERGED = make_crosswalk()


def area(
    area_id: int,
    code: str,
    stops: Sequence[tuple[State, str]],
    *,
    version: str = VERSION,
    register: str = "TTATXH",
    hamlet: str = "",
) -> CohortArea:
    return CohortArea(area_id, code, version, register, walk(*stops), hamlet)


def ask(*areas: CohortArea, crosswalks: Sequence[Crosswalk] = (MERGED,), as_of: dt.date = NOW) -> Cohort:
    return follow(areas, crosswalks, first=FIRST, last=LAST, as_of=as_of)


def tell(
    *areas: CohortArea, crosswalks: Sequence[Crosswalk] = (MERGED,)
) -> tuple[Fate, Why, tuple[int, ...]]:
    """What became of the first."""
    row = ask(*areas, crosswalks=crosswalks).rows[0]
    assert row.area_id == areas[0].area_id
    return row.fate, row.why, row.told_by


def test_nine_areas_are_kept_relapsed_or_unknown_and_the_share_says_how_sure_it_is() -> None:
    kept = [area(n, f"0001{n}", GONE if n % 2 else KEPT) for n in range(6)]
    cohort = ask(*kept, area(6, "00016", BACK), area(7, "00017", PASS), area(8, "00018", PASS), crosswalks=())
    counts = (cohort.n_known, cohort.n_kept, cohort.n_relapsed, cohort.n_unknown, cohort.n_estimated)
    assert counts == (9, 6, 1, 2, 0)
    assert cohort.kept_share == pytest.approx(6 / 7)
    assert cohort.unknown_share == pytest.approx(2 / 9)
    assert cohort.bounds == pytest.approx((6 / 9, 8 / 9))


def test_nobody_who_passed_is_no_share_at_all() -> None:
    cohort = ask(area(1, "00001", FAILED))
    assert (cohort.n_known, cohort.rows) == (0, ())
    assert [str(share) for share in (cohort.kept_share, cohort.unknown_share, *cohort.bounds)] == ["nan"] * 4


def test_silence_since_it_passed_is_unknown_not_success() -> None:
    assert tell(area(1, "00001", PASS)) == ("unknown", "no_news", ())
    assert tell(area(1, "00001", (*GONE, ("de_xuat", "2024-01-01")))) == ("unknown", "proposed", (1,))


def test_only_those_that_passed_in_the_days_asked_belong() -> None:
    late = (("dang_chuyen_hoa", "2024-02-01"), ("chuyen_hoa_thanh_cong", "2025-01-01"))
    edge = (("dang_chuyen_hoa", "2024-02-01"), ("chuyen_hoa_thanh_cong", "2024-12-31"))
    cohort = ask(area(1, "00001", late), area(2, "00002", edge))
    assert [(row.area_id, row.passed_on) for row in cohort.rows] == [(2, day("2024-12-31"))]


def test_it_is_told_as_it_was_known_on_the_day_asked() -> None:
    told = area(1, "00001", BACK)
    assert ask(told, as_of=day("2022-05-31")).n_kept == 1
    assert ask(told, as_of=day("2022-06-01")).n_relapsed == 1
    assert ask(told, as_of=day("2021-12-19")).n_known == 0


def test_a_pass_that_was_corrected_away_never_was() -> None:
    mended = step("chua_dat", "2021-12-20", corrects=1, note="Nhầm")
    told = CohortArea(1, "00001", VERSION, "TTATXH", (*walk(*PASS), mended))
    assert ask(told).n_known == 0


def test_an_area_that_came_back_and_passed_again_stays_a_relapse() -> None:
    stops: tuple[tuple[State, str], ...] = (
        *BACK,
        ("de_xuat", "2022-11-01"),
        ("duoc_lua_chon", "2023-01-01"),
        ("dang_chuyen_hoa", "2023-02-01"),
        ("chuyen_hoa_thanh_cong", "2023-12-01"),
        ("duy_tri", "2023-12-02"),
    )
    row = ask(area(1, "00001", stops)).rows[0]
    assert (row.fate, row.passed_on, row.told_on) == ("relapsed", day("2021-12-20"), day("2022-06-01"))


def test_the_same_ward_selected_again_in_another_programme_is_a_relapse_and_both_records_count() -> None:
    stops: tuple[tuple[State, str], ...] = (
        ("duoc_lua_chon", "2023-02-01"),
        ("dang_chuyen_hoa", "2023-03-01"),
        ("chuyen_hoa_thanh_cong", "2023-12-20"),
        ("duy_tri", "2024-01-01"),
    )
    later = area(2, "00001", stops)
    cohort = ask(area(1, "00001", GONE), later)
    assert [(row.area_id, row.fate, row.why, row.told_by) for row in cohort.rows] == [
        (1, "relapsed", "same", (2,)),
        (2, "kept", "own", (2,)),
    ]


@pytest.mark.parametrize(
    "other",
    [
        area(2, "00001", AGAIN, register="MA_TUY"),
        area(2, "00002", AGAIN),
        area(2, "00001", (("de_xuat", "2025-09-01"),)),
        area(2, "00001", (("duoc_lua_chon", "2021-12-20"),)),
        area(2, "00002", AGAIN, hamlet="Ấp 1"),
        area(2, "00001", AGAIN, version=NEW_VERSION + "b"),
    ],
    ids=[
        "another register",
        "another ward",
        "only proposed",
        "the day it passed",
        "a hamlet elsewhere",
        "unrelated boundaries",
    ],
)
def test_what_another_area_says_of_itself_does_not_touch_this_one(other: CohortArea) -> None:
    assert tell(area(1, "00001", GONE), other) == ("kept", "own", (1,))


def test_a_hamlet_and_its_ward_share_ground_but_two_hamlets_do_not() -> None:
    hamlet = area(1, "00001", GONE, hamlet="Ấp 1")
    assert tell(hamlet, area(2, "00001", AGAIN, hamlet="Ấp 2")) == ("kept", "own", (1,))
    assert tell(hamlet, area(2, "00001", AGAIN, hamlet="Ấp 1")) == ("relapsed", "same", (2,))
    assert tell(hamlet, area(2, "00001", AGAIN)) == ("relapsed", "larger", (2,))
    assert tell(area(1, "00001", GONE), area(2, "00001", AGAIN, hamlet="Ấp 2"))[1] == "larger"


def test_a_larger_new_ward_on_the_register_again_is_an_estimated_relapse_of_each_old_one_in_it() -> None:
    new = area(9, "00001", AGAIN, version=NEW_VERSION)
    cohort = ask(area(1, "00001", GONE), area(2, "00002", KEPT), area(3, "00003", GONE), new)
    at = day("2021-12-20")
    here, there = ((NEW_VERSION, "00001"),), ((NEW_VERSION, "00003"),)
    told = day("2025-09-01")
    assert cohort.rows == (
        Followed(1, "00001", VERSION, at, "relapsed", "larger", told, (9,), here),
        Followed(2, "00002", VERSION, at, "relapsed", "larger", told, (9,), here),
        Followed(3, "00003", VERSION, at, "kept", "own", day("2022-07-01"), (3,), there),
    )
    assert (cohort.n_relapsed, cohort.n_estimated) == (2, 2)
    assert cohort.kept_share == pytest.approx(1 / 3)
    assert cohort.bounds == pytest.approx((1 / 3, 1.0))


def test_a_code_that_was_used_again_for_another_ward_is_not_taken_for_the_old_one() -> None:
    new = area(9, "00003", AGAIN, version=NEW_VERSION)
    assert tell(area(6, "00006", GONE), new) == ("relapsed", "larger", (9,))
    assert tell(area(1, "00001", GONE), area(9, "00005", AGAIN, version=NEW_VERSION)) == ("kept", "own", (1,))


def test_a_ward_alone_in_its_new_one_is_the_same_ground_under_another_code() -> None:
    renamed = make_crosswalk([("00002", "00077", True, 1.0, 1.0)])
    new = area(9, "00077", AGAIN, version=NEW_VERSION)
    assert tell(area(2, "00002", GONE), new, crosswalks=[renamed]) == ("relapsed", "same", (9,))


def test_a_divided_ward_is_unknown_once_any_of_its_parts_is_on_the_register_again() -> None:
    old = area(5, "00005", GONE)
    for part in ("00003", "00005"):
        assert tell(old, area(9, part, AGAIN, version=NEW_VERSION)) == ("unknown", "divided", (9,))
    assert tell(old, area(9, "00001", AGAIN, version=NEW_VERSION)) == ("kept", "own", (5,))
    hamlet = area(5, "00005", GONE, hamlet="Ấp 1")
    assert tell(hamlet, area(9, "00005", AGAIN, version=NEW_VERSION))[1] == "divided"
    assert ask(old).rows[0].now == ((NEW_VERSION, "00005"), (NEW_VERSION, "00003"))


def test_what_is_left_of_a_ward_after_a_part_went_nowhere_told_counts_as_divided() -> None:
    rest = make_crosswalk([("00005", "00005", False, 0.8, 0.5)])
    new = area(9, "00005", AGAIN, version=NEW_VERSION)
    assert tell(area(5, "00005", GONE), new, crosswalks=[rest])[:2] == ("unknown", "divided")


def test_its_own_relapse_is_sure_whatever_became_of_its_ward() -> None:
    new = area(9, "00003", AGAIN, version=NEW_VERSION)
    assert tell(area(5, "00005", BACK), new) == ("relapsed", "own", (5,))


def test_a_ward_that_the_crosswalk_does_not_list_is_unknown() -> None:
    gap = make_crosswalk([("00002", "00001", True, 1.0, 1.0)])
    assert tell(area(1, "00001", GONE), crosswalks=[gap]) == ("unknown", "not_in_crosswalk", ())
    assert tell(area(1, "00001", BACK), crosswalks=[gap])[0] == "relapsed"


def test_an_area_is_followed_through_two_changes() -> None:
    columns = ["old_code", "new_code", "whole"]
    rows = pd.DataFrame([("00001", "90001", True), ("00003", "90001", True)], columns=columns)
    second = Crosswalk(rows, NEW_VERSION, "mau-2030")
    last = area(9, "90001", AGAIN, version="mau-2030")
    for chain in ([MERGED, second], [second, MERGED]):
        assert tell(area(1, "00001", GONE), last, crosswalks=chain) == ("relapsed", "larger", (9,))
        assert tell(area(5, "00005", GONE), last, crosswalks=chain) == ("unknown", "divided", (9,))


def test_two_wards_that_became_one_stay_two() -> None:
    one, two = (follow_place(code, VERSION, [MERGED]) for code in ("00001", "00002"))
    assert relate(one, two) is None
    assert relate(one, one) == "same"
    late = follow_place("00001", NEW_VERSION, [MERGED])
    assert (relate(one, late), relate(late, one)) == ("larger", "larger")


stops = st.sampled_from([PASS, KEPT, GONE, BACK, FAILED, AGAIN])
places = st.one_of(
    st.tuples(st.sampled_from(CODES), st.just(VERSION)),
    st.tuples(st.sampled_from(["00001", "00003", "00005"]), st.just(NEW_VERSION)),
)
many = st.lists(st.tuples(places, stops, st.sampled_from(["TTATXH", "ANTT"])), max_size=8)


@given(many)
def test_every_area_that_passed_has_one_line_and_one_fate(
    told: list[tuple[tuple[str, str], object, str]],
) -> None:
    areas = [
        area(n, code, way, version=version, register=register)
        for n, ((code, version), way, register) in enumerate(told)
    ]
    cohort = ask(*areas)
    assert [row.area_id for row in cohort.rows] == [n for n, (_, way, _) in enumerate(told) if _passed(way)]
    assert cohort.n_known == cohort.n_kept + cohort.n_relapsed + cohort.n_unknown == len(cohort.rows)
    assert {row.area_id for row in cohort.rows if row.why == "own" and row.fate == "relapsed"} == {
        n for n, (_, way, _) in enumerate(told) if way is BACK
    }
    if cohort.n_known:
        low, high = cohort.bounds
        assert 0 <= low <= high <= 1
        if cohort.n_kept + cohort.n_relapsed:
            assert low <= cohort.kept_share <= high


def _passed(way: object) -> bool:
    return way in (PASS, KEPT, GONE, BACK)


@given(many, st.randoms(use_true_random=False))
def test_the_order_of_the_areas_does_not_matter(told: list[tuple], random: Random) -> None:
    areas = [area(n, code, way, version=v, register=r) for n, ((code, v), way, r) in enumerate(told)]
    mixed = list(areas)
    random.shuffle(mixed)
    rows = sorted(ask(*mixed).rows, key=lambda row: row.area_id)
    assert rows == list(ask(*areas).rows)


def figure(value: float | None, **told: object) -> Figure:
    return Figure("transformed", "Địa bàn chuyển hóa thành công", value, "địa bàn", **told)


def told_by(*figures: Figure, year: int = 2021, **told: object) -> Programme:
    return make_programme(year=year, figures=figures, **told)


def test_numbers_without_names_stand_beside_the_cohort_and_in_no_share() -> None:
    n = count_unnamed([told_by(figure(9.0))], FIRST, LAST)
    cohort = follow([area(1, "00001", GONE)], first=FIRST, last=LAST, as_of=NOW, n_reported=n)
    assert (cohort.n_reported, cohort.n_known, cohort.kept_share) == (9, 1, 1.0)


@pytest.mark.parametrize(
    ("programmes", "n"),
    [
        ([told_by(figure(9.0))], 9),
        ([told_by(figure(9.0)), told_by(figure(4.0), year=2022)], 13),
        ([told_by(figure(9.0), year=2020)], 0),
        ([told_by(figure(9.0, start=day("2020-12-15"), end=day("2021-12-14")))], 0),
        ([told_by(figure(9.0, qualifier=">="))], 0),
        ([told_by(figure(None))], 0),
        ([told_by(figure(8.0, stated_on=day("2022-01-01")), figure(9.0, stated_on=day("2022-03-01")))], 9),
        ([told_by(figure(9.0, stated_on=day("2022-03-01")), figure(8.0, stated_on=day("2022-01-01")))], 9),
        ([told_by(figure(9.0)), told_by(figure(3.0), level="district", place="Huyện Tây")], 9),
        ([], 0),
    ],
)
def test_only_exact_numbers_of_the_days_asked_and_the_highest_level_count(
    programmes: list[Programme], n: int
) -> None:
    assert count_unnamed(programmes, FIRST, LAST) == n


def test_areas_on_record_are_taken_off_the_number_reported() -> None:
    assert count_unnamed([told_by(figure(9.0))], FIRST, LAST, n_named=4) == 5
    assert count_unnamed([told_by(figure(9.0))], FIRST, LAST, n_named=10) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fate_and_its_grounds_have_words(language: str) -> None:
    words = load_words(language)
    whys = ("own", "same", "larger", "divided", "not_in_crosswalk", "no_news", "proposed")
    assert all(words.has(f"fate.{fate}") for fate in ("kept", "relapsed", "unknown"))
    assert all(words.has(f"fate_why.{why}") for why in whys)


@pytest.mark.real_data
def test_the_nine_areas_of_can_tho_go_where_the_resolutions_put_them(real_data: Path) -> None:
    table = pd.read_csv(real_data / "vietnam" / "crosswalk_2025_can_tho.csv", dtype=str)
    rows = pd.DataFrame(
        {"old_code": table["old_code"], "new_code": table["new_code"], "whole": table["part"] == "full"}
    )
    crosswalk = Crosswalk(rows, "truoc-2025", "2025-07-01")
    now = {
        old: {code for _, code in follow_place(old, "truoc-2025", [crosswalk]).now}
        for old in ("31150", "31177", "31192", "31159", "31207", "31306", "31268", "31225", "31252")
    }
    assert now == {
        "31150": {"31150"},
        "31177": {"31168"},
        "31192": {"31186"},
        "31159": {"31153"},
        "31207": {"31207", "31228"},
        "31306": {"31299"},
        "31268": {"31288"},
        "31225": {"31255"},
        "31252": {"31232"},
    }
