"""The analyst's second look: likeness, inequality, small numbers, comparison wards."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from errors import NoData, NotComparable, TooFewWards
from geo.derive import Derived
from geo.frames import Wards
from geo.measure import Measured
from geo.question import Question
from geo.stats.autocorrelation import Moran
from i18n.messages import load_words
from studies import expert
from tests.grid_city import CODES, busy_corner, hold, make_counts, make_grid, year

VI = load_words("vi")
NOW, BEFORE = year(2022), year(2021)
NAN = float("nan")


def measure_now(counts: Mapping[str, float], wards: Wards | None = None) -> Measured:
    return hold(wards or make_grid(), make_counts({NOW: counts})).measure(Question(NOW))


def measure_both(
    before: Mapping[str, float], now: Mapping[str, float], wards: Wards | None = None
) -> Measured:
    return hold(wards or make_grid(), make_counts({BEFORE: before, NOW: now})).measure(Question(NOW, BEFORE))


def test_neighbours_that_resemble_each_other_are_told_with_index_and_p() -> None:
    halves = {code: 9.0 if code[2] < "3" else 1.0 for code in CODES}
    # d = ±4 everywhere; a ward's lag is 4·(like − unlike)/neighbours: 24 wards off the seam 4, of the twelve
    # on it four at the ends (3 − 2)/5·4 and eight (5 − 3)/8·4, so I = (24 + 4/5 + 8/4)/36 = 0.744
    assert expert.write_moran(Derived(measure_now(halves)), VI) == (
        "Các địa bàn liền kề giống nhau hơn mức ngẫu nhiên (Moran I = +0,74; p = dưới 0,001; 36 địa bàn)."
    )


@pytest.mark.parametrize(
    ("i", "one_sided", "told"),
    [
        (0.2, 0.02, "giống nhau hơn mức ngẫu nhiên (Moran I = +0,20; p = 0,040"),
        (
            0.2,
            0.03,
            "giống hay khác nhau hơn mức ngẫu nhiên (Moran I = +0,20; p = 0,060",
        ),
        (-0.3, 0.001, "khác nhau hơn mức ngẫu nhiên (Moran I = −0,30; p = 0,002"),
        (-0.01, 0.02, "giống nhau hơn mức ngẫu nhiên (Moran I = −0,01"),
        (0.2, NAN, "Không so được với các địa bàn liền kề"),
    ],
)
def test_both_sides_are_paid_for_and_the_side_is_that_of_the_expected_index(
    i: float, one_sided: float, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Moran(i, -0.1, 0.01, 0.01, 0.0, 0.0, one_sided, one_sided, 11, ())
    monkeypatch.setattr(expert, "global_moran", lambda values, weights: found)
    assert told in expert.write_moran(Derived(measure_now(busy_corner())), VI)


def test_wards_that_are_alike_or_all_apart_cannot_be_compared_and_two_are_too_few() -> None:
    said = "Không so được với các địa bàn liền kề"
    assert expert.write_moran(Derived(measure_now(dict.fromkeys(CODES, 4.0))), VI).startswith(said)
    wards = make_grid()
    shrunk = replace(wards, frame=wards.frame.set_geometry(wards.frame.geometry.scale(0.5, 0.5)))
    assert expert.write_moran(Derived(measure_now(busy_corner(), shrunk)), VI).startswith(said)
    with pytest.raises(TooFewWards):
        expert.write_moran(Derived(measure_now({"r00": 1.0, "r01": 2.0})), VI)


def test_inequality_stands_beside_what_chance_and_equality_give() -> None:
    # two levels: Gini = 270/351 − 9/36 = 0.519; eight wards make a fifth: 240/351 = 68 %, 8/36 = 22 %
    assert expert.write_gini(measure_now(busy_corner()), VI) == (
        "Hệ số Gini 0,52 (0: mọi nơi như nhau; 1: dồn hết vào một nơi). 8 địa bàn nhiều vụ nhất chiếm 68 % "
        "số vụ; nếu chia đều là 22 %, do ngẫu nhiên là 32 %."
    )


@pytest.mark.parametrize("n", [0.0, 0.01])
def test_without_incidents_there_is_no_inequality(n: float) -> None:
    assert expert.write_gini(measure_now(dict.fromkeys(CODES, n)), VI) == "Không có vụ nào trong kỳ."


def test_the_funnel_holds_every_ward_with_residents_around_the_common_rate() -> None:
    wards = make_grid()
    wards.frame.loc["r55", "population"] = NAN
    counts = {code: 40.0 if code == "r00" else 10.0 for code in CODES if code != "r54"}
    funnel = expert.make_funnel(measure_now(counts, wards), VI)
    assert funnel.mean_per_10k == pytest.approx((40 + 33 * 10) / 34_000 * 10_000)
    assert list(funnel.points.index) == list(CODES[:34])
    assert funnel.points.loc["r00"].to_dict() == {
        "name": "P. r00", "population": 1000.0, "rate": 400.0, "position": "far_above",
    }  # fmt: skip
    assert set(funnel.points["position"][1:]) == {"within"}
    assert (funnel.limits["low"] < funnel.mean_per_10k).all()
    assert (funnel.limits["far_high"] > funnel.limits["high"]).all()


def test_there_is_no_funnel_where_no_ward_has_both_figures() -> None:
    wards = make_grid(residents=NAN)
    with pytest.raises(NoData, match="lacks_population"):
        expert.make_funnel(measure_now(busy_corner(), wards), VI)
    wards.frame.loc["r55", "population"] = 1000.0
    with pytest.raises(NoData, match="lacks_population"):
        expert.make_funnel(measure_now({"r00": 4.0}, wards), VI)


def test_raw_rates_stand_beside_steadied_ones_the_highest_first_and_unknown_ones_not() -> None:
    counts = {code: 40.0 if code == "r30" else 10.0 for code in CODES if code != "r55"}
    rows = expert.list_smooth(measure_now(counts), VI)
    assert len(rows) == 35
    assert (rows[0].name, rows[0].n, rows[0].population, rows[0].raw) == ("P. r30", "40", "1.000", "400,0")
    # m = 380/35 = 10.857, Σ(r − m)²/35 = 24.98; 10.857 + (24.98 − 10.857)/24.98·29.143 = 27.33
    assert rows[0].steadied == "273,3"
    assert {row.raw for row in rows[1:]} == {"100,0"}


def test_a_ward_with_many_visitors_keeps_its_raw_rate_alone_and_an_estimate_is_marked() -> None:
    measured = measure_now({code: 40.0 if code == "r30" else 10.0 for code in CODES})
    is_estimate = measured.frame.index == "r00"
    measured = replace(
        measured, visitor_wards=frozenset({"r30"}), frame=measured.frame.assign(estimated=is_estimate)
    )
    rows = {row.name: row for row in expert.list_smooth(measured, VI)}
    visited, estimated = rows["P. r30"], rows["P. r00"]
    assert (visited.raw, visited.steadied, visited.steadied_locally) == ("400,0", *["chưa có thông tin"] * 2)
    assert (estimated.n, estimated.raw, estimated.steadied) == ("≈ 10", "≈ 100,0", "≈ 100,0")


def test_treated_wards_are_set_against_five_like_them_that_do_not_border_them() -> None:
    wards = make_grid()
    wards.frame["area_km2"] = 1.2
    before, now = dict.fromkeys(CODES, 100.0), dict.fromkeys(CODES, 90.0) | {"r00": 80.0}
    found = expert.evaluate(measure_both(before, now, wards), ["r00"], VI)
    assert found.comparison == ("r02", "r03", "r04", "r05", "r12")
    assert found.ring == ("r01", "r10", "r11")
    # (80 − 100) − (90 − 100) = −10; √(100 + 80 + (500 + 450)/25) = √218
    assert (found.difference.estimate, found.difference.standard_error) == pytest.approx((-10, 218**0.5))
    assert found.sentence == (
        "Chưa đủ căn cứ để kết luận: so với địa bàn đối chứng, bớt khoảng 10 vụ "
        "(với độ tin cậy 95 %: từ −39 đến +19 vụ)."
    )
    assert found.notes[:3] == (
        "Các địa bàn được chọn: 100 vụ kỳ trước, 80 vụ kỳ này.",
        "Địa bàn đối chứng (gần nhất về dân số, mật độ, số vụ kỳ trước; không liền kề): "
        "P. r02, P. r03, P. r04, P. r05, P. r12; 500 vụ kỳ trước, 450 vụ kỳ này.",
        "Liền kề, theo dõi việc dịch chuyển: P. r01, P. r10, P. r11; 300 vụ kỳ trước, 270 vụ kỳ này.",
    )
    assert found.notes[3].startswith("Không làm gì, những nơi cao nhất cũng thường giảm khoảng 0 %")


def test_a_ward_apart_has_no_ring_to_watch() -> None:
    before, now = dict.fromkeys(CODES, 100.0), dict.fromkeys(CODES, 90.0)
    found = expert.evaluate(measure_both(before, now, make_grid(apart=["r00"])), ["r00"], VI)
    assert found.ring == ()
    assert found.notes[2] == "Không có địa bàn liền kề có số liệu để theo dõi việc dịch chuyển."


def test_an_evaluation_needs_both_periods_and_every_figure_of_the_treated() -> None:
    counts = dict.fromkeys(CODES, 10.0)
    with pytest.raises(NotComparable, match="no_previous"):
        expert.evaluate(measure_now(counts), ["r00"], VI)
    missing = {code: n for code, n in counts.items() if code != "r05"}
    with pytest.raises(NoData, match=r"treated.*P\. r05"):
        expert.evaluate(measure_both(missing, counts), ["r00", "r05"], VI)
    wards = make_grid()
    wards.frame.loc["r05", "population"] = NAN
    with pytest.raises(NoData, match=r"treated.*P\. r05"):
        expert.evaluate(measure_both(counts, counts, wards), ["r05"], VI)
    measured = measure_both(counts, counts)
    estimated = measured.frame["n_incidents_difference"].mask(measured.frame.index == "r05")
    measured = replace(measured, frame=measured.frame.assign(n_incidents_difference=estimated))
    with pytest.raises(NoData, match=r"treated.*P\. r05"):
        expert.evaluate(measured, ["r05"], VI)
    with pytest.raises(TooFewWards):
        expert.evaluate(measure_both(counts, counts), list(CODES[:30]), VI)
