"""Following one ward through versions whose codes mean other units."""

import math

import pandas as pd
import pytest

from geo.frames import Joined, Period
from geo.question import EVERY_CRIME
from geo.versions.crosswalk import Crosswalk
from studies.following import Chain, Unit, find_unit, name_parts, name_unit, tell, tell_exactly
from studies.holdings import Holdings
from tests.grid_city import hold, year
from tests.mau import make_wards
from tests.mau_2025 import NEW_VERSION, make_crosswalk, make_new_wards
from tests.studies.watched_city import every, month, months, place_points, tabulate


def hold_new(*facts: Joined) -> Holdings:
    return hold(make_new_wards(), *facts)


def chain(*facts: Joined, new: tuple[Joined, ...] = (), at: int = 0) -> Chain:
    return Chain((hold(make_wards(), *facts), hold_new(*new)), (make_crosswalk(),), at)


def test_a_ward_is_itself_while_no_later_version_is_needed() -> None:
    assert find_unit(chain(), "00005", [0]) == Unit("00005", 0, {0: ("00005",)})


def test_a_ward_that_went_whole_into_another_becomes_that_one_with_all_its_parts() -> None:
    found = find_unit(chain(), "00002", [0, 1])
    assert found == Unit("00001", 1, {1: ("00001",), 0: ("00001", "00002")})
    assert name_unit(chain(), found) == "Phường Hòa Bình"
    assert name_parts(chain(), found) == ("Phường Một", "Phường Hòa Bình")


def test_a_divided_ward_leads_nowhere_and_one_unlisted_neither() -> None:
    assert find_unit(chain(), "00005", [1]) is None
    assert find_unit(chain(), "99999", [1]) is None


def test_a_unit_with_a_share_of_a_divided_ward_is_told_on_its_own_version_alone() -> None:
    found = find_unit(chain(), "00004", [1])
    assert found == Unit("00005", 1, {1: ("00005",)})
    assert name_parts(chain(), found) == ()


def test_a_new_ward_is_told_by_its_whole_parts_and_not_by_the_old_one_of_its_code() -> None:
    assert find_unit(chain(at=1), "00001", [0]) == Unit("00001", 1, {1: ("00001",), 0: ("00001", "00002")})


def test_two_steps_lead_to_the_third_version() -> None:
    rows = pd.DataFrame(
        [("00001", "10001", True, 1.0, 1.0)],
        columns=["old_code", "new_code", "whole", "weight_population", "weight_area"],
    )
    second = Crosswalk(rows, NEW_VERSION, "mau-2030")
    three = Chain((*chain().held, hold_new()), (make_crosswalk(), second), 0)
    found = find_unit(three, "00002", [2])
    assert found == Unit("10001", 2, {2: ("10001",), 1: ("00001",), 0: ("00001", "00002")})


def test_a_sum_over_parts_is_unknown_where_one_of_them_is() -> None:
    half = {code: n for code, n in every(5).items() if code != "00002"}
    held = chain(tabulate({year(2021): every(5), year(2022): half}))
    unit = find_unit(held, "00001", [1])
    assert unit is not None
    assert unit.count(tell_exactly(held, year(2021), EVERY_CRIME)) == 10
    assert math.isnan(unit.count(tell_exactly(held, year(2022), EVERY_CRIME)))
    assert math.isnan(unit.count(None))


def test_the_wards_own_version_tells_first_then_the_nearest_that_can() -> None:
    new = tabulate({year(2021): {"00001": 7.0}, year(2022): {"00001": 8.0}}, version=NEW_VERSION)
    held = chain(tabulate({year(2021): every(5)}), new=(new,))
    told = [tell_exactly(held, year(number), EVERY_CRIME) for number in (2021, 2022, 2023)]
    assert [each and each.at for each in told] == [0, 1, None]
    assert tell_exactly(chain(new=(new,), at=1), year(2021), EVERY_CRIME).at == 1


def test_days_that_cut_a_month_of_reports_are_told_in_whole_months() -> None:
    held = chain(tabulate(dict.fromkeys(months("2022-01", 12), every(4))))
    asked = Period(month("2022-02").start.replace(day=11), month("2022-05").end)
    assert tell_exactly(held, asked, EVERY_CRIME) is None
    told = tell(held, asked, EVERY_CRIME)
    assert told is not None
    assert (told.period.start, told.period.end) == (month("2022-03").start, month("2022-05").end)
    assert told.counts["00001"] == 12


def test_days_that_cut_a_years_report_are_not_told_at_all() -> None:
    held = chain(tabulate({year(2021): every(5), year(2022): every(5), year(2023): every(5)}))
    asked = Period(month("2021-06").start, month("2023-06").end)
    assert tell(held, asked, EVERY_CRIME) is None


@pytest.mark.parametrize(("n_days", "told"), [(31, True), (27, False)])
def test_single_incidents_are_told_by_the_day(n_days: int, told: bool) -> None:
    points = place_points({"00001": ["2022-01-01", f"2022-01-{n_days:02d}"]})
    found = tell_exactly(chain(points), month("2022-01"), EVERY_CRIME)
    assert (found is not None) == told
    assert found is None or found.counts.to_dict() == every(0, w1=2)
