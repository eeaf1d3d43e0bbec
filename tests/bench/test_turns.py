"""The harness times what it says, and the made-up city is what it says."""

import numpy as np
import pytest
import shapely

from bench.city import SHARES, make_city, make_incidents
from bench.report import Section, write_page, write_pairs, write_turns
from bench.turns import Taken, take_turns


def test_ways_take_turns_in_opposite_order_and_every_round_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = {"cpu": 0.0, "wall": 0.0}
    done: list[str] = []

    def way(name: str, *seconds: float) -> None:
        clock["cpu"] += seconds[done.count(name)]
        clock["wall"] += 2 * seconds[done.count(name)]
        done.append(name)

    monkeypatch.setattr("time.perf_counter", lambda: clock["wall"])
    taken = take_turns(
        [lambda: way("a", 1.0, 2.0, 6.0), lambda: way("b", 4.0, 4.0, 5.0)],
        rounds=3,
        before=lambda: done.append("-"),
        cpu_clock=lambda: clock["cpu"],
    )
    assert taken == [Taken(2.0, 4.0), Taken(4.0, 8.0)]
    assert "".join(done) == "-b-a-a-b-b-a"


def test_the_table_shows_how_many_times_ours_each_way_took() -> None:
    table = write_turns({"ours": Taken(0.5, 1.0), "theirs": Taken(2.0, 3.0)}, "ours", {"theirs": "3 differ"})
    assert table.splitlines()[2:] == [
        "| **ours** | 0.500 | 1.000 | 1.0 | 1.0 |  |",
        "| theirs | 2.000 | 3.000 | 4.0 | 3.0 | 3 differ |",
    ]


def test_a_pair_is_one_row_with_both_ratios() -> None:
    table = write_pairs([("links", Taken(0.5, 1.0), Taken(2.0, 3.0), "0 differ")])
    assert table.splitlines()[2:] == ["| links | 0.500 | 2.000 | 1.000 | 3.000 | 4.0 | 3.0 | 0 differ |"]


def test_the_city_has_no_gaps_and_its_incidents_come_in_the_shares_told() -> None:
    chance = np.random.default_rng(1)
    wards = make_city(12, chance)
    shapes = wards.frame.geometry.to_numpy()
    assert len(shapes) == 12
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.area(shapely.union_all(shapes)) == pytest.approx(shapely.area(shapes).sum(), rel=1e-12)
    x, y = make_incidents(wards, 1_000, chance)
    assert (
        np.isnan(x).sum() == np.isnan(y).sum() == 1_000 - sum(int(share * 1_000) for share in SHARES.values())
    )
    corners = {tuple(corner) for corner in shapely.get_coordinates(shapes).tolist()}
    assert sum((a, b) in corners for a, b in zip(x, y, strict=True)) >= 25


def test_the_page_names_the_command_the_machine_and_the_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.report.PACKAGES", ("numpy",))
    page = write_page([Section("Points", "| a |")], command="make bench", loads=(0.5, 2.25, 1.0), minutes=7.6)
    assert "Written by `make bench` on 20" in page
    assert " in 8 min; not edited by hand.\n" in page
    assert "Load: 0.5 before the run, 2.2, 1.0 after each section.\n" in page
    assert f"numpy {np.__version__}" in page
    assert page.endswith("## Points\n\n| a |\n")
