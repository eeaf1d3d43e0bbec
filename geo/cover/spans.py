"""Which part of a straight line, or of a circle's edge, lies within which zones: in closed form.

A span is a stretch of one carrier: of a segment from 0 (its start) to 1 (its end), of an arc in
radians.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.cover.discs import Discs, Ints, toward
from geo.cover.zones import FULL, Floats, Shapes


@dataclass(frozen=True)
class Segments:
    """Straight pieces of lines or rings: start and step (n, 2) in metres, owner: which shape each is of."""

    start: Floats
    step: Floats
    owner: Ints

    def at(self, carrier: Ints, part: Floats) -> Floats:
        """Places (n, 2) on the carriers, `part` of the way from start to end."""
        return self.start[carrier] + part[:, None] * self.step[carrier]

    def shapes(self) -> Shapes:
        ends = np.stack([self.start, self.start + self.step], axis=1)
        return np.asarray(shapely.linestrings(ends), dtype=object)


@dataclass(frozen=True)
class Pieces:
    """Spans between neighbouring marks of a carrier, and in how many zones each lies."""

    carrier: Ints
    start: Floats
    stop: Floats
    depth: Ints

    def only(self, chosen: NDArray[np.bool_]) -> "Pieces":
        return Pieces(self.carrier[chosen], self.start[chosen], self.stop[chosen], self.depth[chosen])


def cut_segments(lines: Shapes) -> Segments:
    """Every straight piece of the lines or rings, in order; pieces without length are left out."""
    places, owner = shapely.get_coordinates(lines, return_index=True)
    step = np.diff(places, axis=0)
    kept = (owner[1:] == owner[:-1]) & (step != 0).any(axis=1)
    return Segments(places[:-1][kept], step[kept], owner[:-1][kept].astype(np.int64))


def sweep_spans(carrier: Ints, start: Floats, stop: Floats, marks: tuple[Ints, Floats]) -> Pieces:
    """Pieces of the carriers between all ends of spans and all marks (carrier, position), in order, each
    with the number of spans that lie over it."""
    owner = np.concatenate([carrier, carrier, marks[0]])
    place = np.concatenate([start, stop, marks[1]])
    change = np.zeros(len(owner), dtype=np.int64)
    change[: len(carrier)], change[len(carrier) : 2 * len(carrier)] = 1, -1
    order = np.lexsort((place, owner))
    owner, place, depth = owner[order], place[order], np.cumsum(change[order])
    kept = np.flatnonzero((owner[1:] == owner[:-1]) & (place[1:] > place[:-1]))
    return Pieces(owner[kept], place[kept], place[kept + 1], depth[kept])


def cross(a: Floats, b: Floats) -> Floats:
    """The third component of a × b, along the last axis."""
    return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])


def find_chord(start: Floats, step: Floats, radius: Floats) -> tuple[Floats, Floats]:
    """Where lines enter and leave discs about the origin, in parts of `step`; NaN both where they miss."""
    length2 = (step**2).sum(axis=-1)
    room = length2 * radius**2 - cross(start, step) ** 2
    half = np.sqrt(np.where(room > 0, room, np.nan)) / length2
    middle = -(start * step).sum(axis=-1) / length2
    return middle - half, middle + half


def cover_segments(
    segments: Segments, discs: Discs, segment: Ints, zone: Ints
) -> tuple[Ints, Floats, Floats]:
    """Spans (segment, start, stop) of the pairs' segments within their zones."""
    origin, step = segments.start[segment] - discs.centre[zone], segments.step[segment]
    enter, leave = find_chord(origin, step, discs.radius[zone])
    start, stop = np.maximum(enter, 0.0), np.minimum(leave, 1.0)
    hit = start < stop
    whole = hit & discs.is_whole[zone]
    part = np.flatnonzero(hit & ~whole)
    eyes = zone[part]
    with np.errstate(divide="ignore", invalid="ignore"):
        sides = [
            -cross(origin[part], ray) / cross(step[part], ray)
            for ray in (toward(discs.start[eyes]), toward(discs.start[eyes] + discs.sweep[eyes]))
        ]
    low, high = _fill_gaps(start[part], stop[part], sides)
    middle = origin[part][:, None] + ((low + high) / 2)[..., None] * step[part][:, None]
    inside = discs.hold(eyes, middle) & (low < high)
    carrier = np.repeat(segment[part], inside.sum(axis=1))
    return (
        np.concatenate([segment[whole], carrier]),
        np.concatenate([start[whole], low[inside]]),
        np.concatenate([stop[whole], high[inside]]),
    )


def cover_arcs(discs: Discs, own: Ints, other: Ints) -> tuple[Ints, Floats, Floats]:
    """Spans (own, start, stop) of each pair's own arc within the other zone; radians from the arc's start."""
    offset = discs.centre[own] - discs.centre[other]
    distance = np.hypot(offset[:, 0], offset[:, 1])
    mine, theirs = discs.radius[own], discs.radius[other]
    with np.errstate(divide="ignore", invalid="ignore"):
        cosine = (distance**2 + (mine - theirs) * (mine + theirs)) / (2 * distance * mine)
    half = np.arccos(np.clip(np.nan_to_num(cosine, nan=1.0), -1.0, 1.0))
    aim = np.arctan2(-offset[:, 1], -offset[:, 0]) - discs.start[own]
    touched = half > 0
    whole = touched & discs.is_whole[other]
    spans = _wrap(own[whole], (aim - half)[whole], 2 * half[whole], discs.sweep[own[whole]])
    part = np.flatnonzero(touched & ~whole)
    me, eyes = own[part], other[part]
    turns = [aim[part] - half[part], aim[part] + half[part]]
    for side in (discs.start[eyes], discs.start[eyes] + discs.sweep[eyes]):
        sine = cross(offset[part], toward(side)) / mine[part]
        bend = np.arcsin(np.where(np.abs(sine) <= 1, sine, np.nan))
        turns += [side + bend - discs.start[me], side + np.pi - bend - discs.start[me]]
    low, high = _fill_gaps(np.zeros(len(part)), discs.sweep[me], [turn % FULL for turn in turns])
    arc = toward(discs.start[me][:, None] + (low + high) / 2) * mine[part][:, None, None]
    inside = discs.hold(eyes, offset[part][:, None] + arc) & (low < high)
    carrier = np.repeat(me, inside.sum(axis=1))
    ends = ((spans[0], carrier), (spans[1], low[inside]), (spans[2], high[inside]))
    return tuple(np.concatenate(both) for both in ends)  # type: ignore[return-value]


def cross_segments(one: Segments, other: Segments, mine: Ints, theirs: Ints) -> tuple[Ints, Floats]:
    """Where the pairs cross: (segment of `one`, part of its length). Segments that run along each other do
    not cross; ends that touch do."""
    step, way = one.step[mine], other.step[theirs]
    gap, slant = other.start[theirs] - one.start[mine], cross(step, way)
    with np.errstate(divide="ignore", invalid="ignore"):
        part, along = cross(gap, way) / slant, cross(gap, step) / slant
    hit = (part > 0) & (part < 1) & (along >= -1e-9) & (along <= 1 + 1e-9)
    return mine[hit], part[hit]


def _fill_gaps(start: Floats, stop: Floats, marks: list[Floats]) -> tuple[Floats, Floats]:
    """Lower and upper ends (n, marks + 1) of what the marks cut each [start, stop] into."""
    inner = [np.clip(np.where(np.isnan(mark), stop, mark), start, stop) for mark in marks]
    ends = np.sort(np.column_stack([start, *inner, stop]), axis=1)
    return ends[:, :-1], ends[:, 1:]


def _wrap(carrier: Ints, start: Floats, width: Floats, limit: Floats) -> tuple[Ints, Floats, Floats]:
    """Spans on a circle as spans within [0, limit]; one that passes the circle's end becomes two."""
    first = start % FULL
    again = np.flatnonzero(first + width > FULL)
    low = np.concatenate([first, np.zeros(len(again))])
    high = np.concatenate(
        [np.minimum(first + width, limit), np.minimum((first + width - FULL)[again], limit[again])]
    )
    carrier = np.concatenate([carrier, carrier[again]])
    kept = low < high
    return carrier[kept], low[kept], high[kept]
