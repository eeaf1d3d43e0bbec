"""Where a ward went when boundaries changed: the same ground, a larger ward, or divided among several.

Only forward, as crosswalks lead. A code alone says nothing: after a change it may stand for another ward.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geo.versions.crosswalk import Crosswalk

Ground = Literal["same", "larger", "part"]
Place = tuple[str, str]


@dataclass(frozen=True)
class Trail:
    """start and places: (version, ward code). places: every ward that holds the ground of the first or a part
    of it, and how: `same` the ward alone, `larger` the whole ward with others, `part` divided. now: the last
    ones. is_lost: a crosswalk of the version does not list the ward."""

    start: Place
    places: Mapping[Place, Ground]
    now: tuple[Place, ...]
    is_lost: bool


def follow_place(ward_code: str, version: str, crosswalks: Sequence[Crosswalk]) -> Trail:
    """The trail of one ward through all crosswalks that lead on. A ward that is not whole in one single new
    ward counts as divided."""
    start = (version, ward_code)
    places: dict[Place, Ground] = {start: "same"}
    now: list[Place] = []
    is_lost = False
    waiting = [start]
    while waiting:
        place = waiting.pop(0)
        onward = [crosswalk for crosswalk in crosswalks if crosswalk.old_version == place[0]]
        steps = [step for crosswalk in onward for step in _step(place, places[place], crosswalk)]
        is_lost = is_lost or (bool(onward) and not steps)
        if not steps:
            now.append(place)
        for new, ground in steps:
            if new not in places:
                places[new] = ground
                waiting.append(new)
    return Trail(start, places, tuple(now), is_lost)


def relate(one: Trail, other: Trail) -> Ground | None:
    """How the ground of two wards, each on its own boundaries, belongs together; None where neither leads to
    the other. Two wards that later became one stay two."""
    return one.places.get(other.start) or other.places.get(one.start)


def _step(place: Place, ground: Ground, crosswalk: Crosswalk) -> list[tuple[Place, Ground]]:
    rows = crosswalk.rows
    parts = rows[rows["old_code"] == place[1]]
    if len(parts) != 1 or not parts["whole"].all():
        return [((crosswalk.new_version, str(code)), "part") for code in parts["new_code"]]
    code = str(parts["new_code"].iloc[0])
    is_alone = (rows["new_code"] == code).sum() == 1
    worse: Ground = ground if is_alone or ground == "part" else "larger"
    return [((crosswalk.new_version, code), worse)]
