"""Where further cameras reach most of what none sees, on the six wards of Thành phố Mẫu.

A thousandth of a degree is about 110 m there, so with a radius of 50 m what lies at one spot is seen together
and what lies at two is not.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from errors import AppError, BadOption, NoData
from geo.cover.candidates import Candidates, from_table
from geo.cover.siting import Siting, find_sites
from geo.frames import Joined
from geo.periods import year
from geo.question import EVERY_CRIME, Selection
from geo.reading.columns import TableColumns
from geo.rows.facts import join_table
from i18n.messages import LANGUAGES, load_words
from tests.mau import make_table, make_wards

WARDS = make_wards()
STEP = 0.001
TABLE_COLUMNS = TableColumns()


def spot(column: int, row: int = 5) -> tuple[float, float]:
    """A place of the lower row: ten columns to a ward from 105° E, ten rows from 10° N."""
    return round(105.0005 + STEP * column, 6), round(10.0005 + STEP * row, 6)


def place(kind: str, spots: Sequence[tuple[float, float]], **columns: list) -> Joined:
    cells = {"longitude": [x for x, _ in spots], "latitude": [y for _, y in spots], **columns}
    given = make_table(cells, file=f"{kind}.csv")
    return join_table(WARDS, given, kind, TABLE_COLUMNS)[0]  # type: ignore[arg-type]


def list_candidates(*spots: tuple[float, float], names: Sequence[str] = ()) -> Candidates:
    cells = {"longitude": [x for x, _ in spots], "latitude": [y for _, y in spots]}
    return from_table(make_table(cells | ({"ten": list(names)} if names else {}), file="noi.csv"))


def plan(
    incidents: Joined, candidates: Candidates, *cameras: Joined, k: int = 2, **options: object
) -> Siting:
    asked = {"radius_m": 50.0, "period": None, "selection": EVERY_CRIME} | options
    period, selection = asked.pop("period"), asked.pop("selection")
    return find_sites(WARDS, [incidents], cameras, period, selection, candidates, k=k, **asked)  # type: ignore[arg-type]


A, B, C, D = spot(1), spot(4), spot(12), spot(25)
INCIDENTS = place("incidents", [A] * 2 + [B] * 3 + [C] * 5 + [D])
EVERYWHERE = list_candidates(A, B, C, D, names=["Chợ", "Trường", "", "Bến xe"])


def test_the_places_that_add_most_come_first_and_their_gains_add_up() -> None:
    siting = plan(INCIDENTS, EVERYWHERE, k=3)
    expected = pd.DataFrame({
        "number": [1, 2, 3], "longitude": [C[0], B[0], A[0]], "latitude": [C[1], B[1], A[1]],
        "name": ["", "Trường", "Chợ"], "ward_code": ["00002", "00001", "00001"],
        "gain": [5.0, 3.0, 2.0], "cumulative": [5.0, 8.0, 10.0],
    })  # fmt: skip
    pd.testing.assert_frame_equal(siting.sites, expected, check_dtype=False)
    assert (siting.n_located, siting.n_demand, siting.n_reachable, siting.n_covered) == (11, 11, 11, 10)
    assert (siting.method, siting.gap_pct, siting.bound) == ("optimal", 0.0, 10.0)
    assert siting.findings == ()


def test_the_curve_tells_what_each_further_place_is_worth() -> None:
    curve = plan(INCIDENTS, EVERYWHERE, k=3).curve
    assert curve["k"].tolist() == [1, 2, 3]
    assert curve["n_covered"].tolist() == [5.0, 8.0, 10.0]
    np.testing.assert_allclose(curve["share"], [5 / 11, 8 / 11, 10 / 11])
    assert curve["method"].tolist() == ["greedy", "greedy", "optimal"]


def test_what_a_working_camera_sees_is_never_counted_again() -> None:
    cameras = place("cameras", [C, B, A], trang_thai=["hoạt động", "hỏng", None])
    siting = plan(INCIDENTS, EVERYWHERE, cameras, k=3)
    assert (siting.n_located, siting.n_demand) == (11.0, 6.0)
    assert siting.sites["gain"].tolist() == [3.0, 2.0, 1.0]
    assert [(finding.code, finding.facts) for finding in siting.findings] == [
        ("SitingStateUnknown", {"n": 1, "of": 3}),
        ("CandidatesIdle", {"n": 1, "of": 4}),
    ]


def test_a_working_camera_without_a_place_is_told() -> None:
    cameras = place("cameras", [C, (float("nan"), float("nan"))], trang_thai=["hoạt động", "hoạt động"])
    found = plan(INCIDENTS, list_candidates(A, B), cameras).findings
    assert [(finding.code, finding.facts) for finding in found[:1]] == [("SitingCameraNowhere", {"n": 1})]


def test_only_incidents_of_the_period_and_kind_asked_count() -> None:
    dated = place(
        "incidents",
        [A, A, B, B, C],
        ngay=["05/03/2022", "06/03/2022", "05/03/2021", "06/03/2022", "07/03/2022"],
        loai_vu=["Trộm cắp", "Ma túy", "Trộm cắp", "Trộm cắp", "Tai nạn giao thông"],
    )
    in_2022 = plan(dated, EVERYWHERE, k=4, period=year("civil", 2022))
    assert in_2022.sites["gain"].tolist() == [2.0, 1.0]
    thefts = plan(dated, EVERYWHERE, k=4, selection=Selection(category="Trộm cắp"))
    assert thefts.sites["gain"].tolist() == [2.0, 1.0]
    assert thefts.sites["name"].tolist() == ["Trường", "Chợ"]


def test_within_some_wards_only_their_places_and_incidents_count() -> None:
    siting = plan(INCIDENTS, EVERYWHERE, k=4, within=["00001"])
    assert (siting.n_located, siting.sites["name"].tolist()) == (5.0, ["Trường", "Chợ"])
    assert set(siting.sites["ward_code"]) == {"00001"}


def test_every_candidate_is_accounted_for_and_what_stays_out_of_reach_is_told() -> None:
    near_a = (A[0] + 0.0001, A[1])
    candidates = list_candidates((104.0, 10.0), spot(8), near_a, A)
    siting = plan(INCIDENTS, candidates)
    tally = siting.candidates
    assert (tally.given, tally.outside, tally.idle, tally.merged, tally.dominated, tally.used) == (
        4, 1, 1, 1, 0, 1,
    )  # fmt: skip
    assert siting.sites["longitude"].tolist() == [A[0]], "the nearer one of two that reach the same"
    assert {finding.code: finding.facts for finding in siting.findings} == {
        "CandidatesOutside": {"n": 1, "of": 4},
        "CandidatesIdle": {"n": 1, "of": 4},
        "BeyondCandidates": {"n": 9.0, "of": 11.0},
        "FewerSites": {"n": 1, "k": 2},
    }


def test_more_places_than_candidates_gives_all_that_bring_something() -> None:
    siting = plan(INCIDENTS, EVERYWHERE, k=9)
    assert siting.sites["cumulative"].tolist() == [5.0, 8.0, 10.0, 11.0]
    assert siting.curve["n_covered"].tolist() == [5.0, 8.0, 10.0] + [11.0] * 6
    assert (siting.method, siting.gap_pct) == ("optimal", 0.0)


def test_the_same_question_gives_the_same_answer() -> None:
    spots = [spot(column, row) for column in range(0, 30, 2) for row in range(0, 10, 3)]
    incidents = place("incidents", spots)
    ties = [plan(incidents, list_candidates(*spots), k=5, radius_m=150.0) for _ in range(2)]
    pd.testing.assert_frame_equal(ties[0].sites, ties[1].sites)


SEEN = place("cameras", [A, B, C, D], trang_thai=["hoạt động"] * 4)
COUNTED = join_table(
    WARDS, make_table({"ma_xa": ["00001"], "so_camera": ["4"]}, file="dem.csv"), "cameras", TABLE_COLUMNS
)[0]
BY_WARD = join_table(
    WARDS, make_table({"ma_xa": ["00001"], "so_vu": ["4"]}, file="bang.csv"), "incidents", TABLE_COLUMNS
)[0]


@pytest.mark.parametrize(
    ("arguments", "options", "kind", "reason"),
    [
        ((INCIDENTS, EVERYWHERE), {"k": 0}, BadOption, "sites"),
        ((INCIDENTS, EVERYWHERE), {"radius_m": 0.0}, BadOption, "site_radius"),
        ((INCIDENTS, EVERYWHERE), {"time_limit_s": -1.0}, BadOption, "site_time"),
        ((INCIDENTS, EVERYWHERE), {"within": ["99999"]}, BadOption, "site_wards"),
        ((INCIDENTS, EVERYWHERE), {"period": year("civil", 1990)}, NoData, "siting_incidents"),
        ((BY_WARD, EVERYWHERE), {}, NoData, "siting_incidents"),
        ((INCIDENTS, EVERYWHERE, SEEN), {}, NoData, "siting_all_seen"),
        ((INCIDENTS, EVERYWHERE, COUNTED), {}, NoData, "siting_camera_places"),
        ((INCIDENTS, list_candidates((104.0, 10.0))), {}, NoData, "siting_candidates"),
        ((INCIDENTS, list_candidates(D)), {"within": ["00001"]}, NoData, "siting_candidates"),
        ((INCIDENTS, list_candidates(spot(8))), {}, NoData, "siting_reach"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(
    arguments: tuple, options: dict, kind: type[AppError], reason: str
) -> None:
    with pytest.raises(kind) as refused:
        plan(*arguments, **options)
    assert refused.value.reason == reason
    for language in LANGUAGES:
        words = load_words(language)
        assert f"error.{kind.__name__}.{reason}" in words.texts
        assert "{" not in words.error(refused.value)
