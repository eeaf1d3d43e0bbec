"""Ways of doing the same, taken in turns: a busy machine slows them all. Compare ratios, not seconds."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ROUNDS = 5


@dataclass(frozen=True)
class Taken:
    """Medians over the rounds. cpu_s: processor seconds, all threads. wall_s: by the clock."""

    cpu_s: float
    wall_s: float


def take_turns(
    ways: Sequence[Callable[[], object]],
    *,
    rounds: int = ROUNDS,
    before: Callable[[], object] = lambda: None,
    cpu_clock: Callable[[], float] = time.process_time,
) -> list[Taken]:
    """Every way once a round, each round in the order opposite to the last. Every round counts: compare the
    answers first, which is also what warms the ways up.

    before: what is done, untimed, before each way, so that none finds what the one before it prepared.
    cpu_clock: whose processor seconds count; those of this process unless told.
    """
    cpu: list[list[float]] = [[] for _ in ways]
    wall: list[list[float]] = [[] for _ in ways]
    places = range(len(ways))
    for turn in range(rounds):
        for place in places if turn % 2 else reversed(places):
            before()
            started, began = cpu_clock(), time.perf_counter()
            ways[place]()
            cpu[place].append(cpu_clock() - started)
            wall[place].append(time.perf_counter() - began)
    return [Taken(statistics.median(cpu[place]), statistics.median(wall[place])) for place in places]
