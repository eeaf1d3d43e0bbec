"""Wards of a file recognised among the known wards of the country, to learn where they lie; never to count.

Matching is coarse on purpose, accents and types aside: in the files that need it accents are lost and
types have changed. A name that repeats across the country is taken for all its namesakes at once.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Set
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.matching.gazetteer import load_gazetteer

Numbers = NDArray[np.float64]
Rows = NDArray[np.int64]

ACCENTS = re.compile("[\u0300-\u036f]")
NOT_LETTERS = re.compile(r"[^\w\n]+")
TYPE = re.compile(r"^ ?(?:(?:phuong|xa|thi tran|dac khu|p|x|tt|t t|dk) |p(?=\d))", re.MULTILINE)
PADDING = re.compile(r"^ ?0+(?=\d)", re.MULTILINE)
METRES_PER_DEGREE = 111_320.0
FEWEST_KNOWN = 3
MOST_WARDS = 300
NEAR_M = 5_000.0


@dataclass(frozen=True)
class Gazetteer:
    """Known ward centres by plain name and by code, several per key."""

    by_name: dict[str, Rows]
    by_code: dict[str, Rows]
    longitude: Numbers
    latitude: Numbers


@dataclass(frozen=True)
class Known:
    """Rows of the file that have namesakes, each with all of them: `row` ascends, `starts` says where the
    namesakes of each row begin."""

    row: Rows
    starts: Rows
    longitude: Numbers
    latitude: Numbers

    @property
    def n_known(self) -> int:
        return len(self.starts)


def index_places(places: pd.DataFrame) -> Gazetteer:
    """`places`: columns code, name, longitude, latitude, one row per known ward (NaN: no place)."""
    places = places.dropna(subset=["longitude", "latitude"])
    return Gazetteer(
        _group(plain_names(places["name"])),
        _group(plain_codes(places["code"])),
        places["longitude"].to_numpy(float),
        places["latitude"].to_numpy(float),
    )


def _group(keys: list[str]) -> dict[str, Rows]:
    places = defaultdict[str, list[int]](list)
    for place, key in enumerate(keys):
        places[key].append(place)
    return {key: np.array(rows, dtype=np.int64) for key, rows in places.items() if key}


@cache
def load_index() -> Gazetteer:
    """The gazetteer that comes with the program."""
    return index_places(load_gazetteer())


def plain_names(cells: pd.Series) -> list[str]:
    """Without type, accents, punctuation and padding; "" for what is no text."""
    lines = (" ".join(cell.split()) if isinstance(cell, str) else "" for cell in cells)
    text = ACCENTS.sub("", unicodedata.normalize("NFD", "\n".join(lines).lower())).replace("đ", "d")
    text = PADDING.sub("", TYPE.sub("", NOT_LETTERS.sub(" ", text)))
    return [line.strip() for line in text.split("\n")] if len(cells) else []


def plain_codes(cells: pd.Series) -> list[str]:
    """As five digits; a number that stood in a spreadsheet has lost its zeros."""
    texts = (str(cell).strip().removesuffix(".0") for cell in cells)
    return [text.zfill(5) if text.isdecimal() else text for text in texts]


def find_columns(attributes: pd.DataFrame, gazetteer: Gazetteer) -> tuple[pd.Series | None, pd.Series | None]:
    """The column whose cells are most often names of known wards, and the same for codes."""
    return (
        _most_known(attributes, gazetteer.by_name.keys(), plain_names),
        _most_known(attributes, gazetteer.by_code.keys(), plain_codes),
    )


def _most_known(
    attributes: pd.DataFrame, known: Set[str], to_keys: Callable[[pd.Series], list[str]]
) -> pd.Series | None:
    counts = {column: len(set(to_keys(attributes[column])) & known) for column in attributes.columns}
    best = max(counts, key=lambda column: counts[column], default=None)
    return attributes[best] if best is not None and counts[best] >= FEWEST_KNOWN else None


def pick_sample(n_rows: int) -> Rows:
    """Places of at most MOST_WARDS rows, evenly spread."""
    return np.unique(np.linspace(0, n_rows - 1, min(n_rows, MOST_WARDS)).astype(np.int64))


def find_known(names: pd.Series | None, codes: pd.Series | None, gazetteer: Gazetteer) -> Known:
    """The namesakes of each row; of its code only where too few names are known, since codes have been
    given to other units."""
    found = _find(names, gazetteer.by_name, plain_names)
    if len(found) < FEWEST_KNOWN:
        found = _find(codes, gazetteer.by_code, plain_codes)
    rows, namesakes = list(found), list(found.values())
    starts = np.cumsum([0, *map(len, namesakes)])[:-1].astype(np.int64)
    place = np.concatenate(namesakes) if namesakes else np.array([], dtype=np.int64)
    return Known(
        np.array(rows, dtype=np.int64), starts, gazetteer.longitude[place], gazetteer.latitude[place]
    )


def _find(
    cells: pd.Series | None, places: dict[str, Rows], to_keys: Callable[[pd.Series], list[str]]
) -> dict[int, Rows]:
    if cells is None:
        return {}
    return {row: places[key] for row, key in enumerate(to_keys(cells)) if key in places}


def measure_fit(longitude: Numbers, latitude: Numbers, known: Known) -> tuple[float, float]:
    """(misfit_m, scatter_m) of the places of all rows, in degrees: the length of the median offset from the
    nearest namesakes, and the median distance of single wards from it. When less than half of them are
    near: their median distance, and no scatter, for no outline is that far off. NaN: none known."""
    if known.n_known < FEWEST_KNOWN:
        return float("nan"), float("nan")
    n_namesakes = np.diff([*known.starts, len(known.longitude)])
    x, y = (np.repeat(values[known.row], n_namesakes) for values in (longitude, latitude))
    east = (x - known.longitude) * np.cos(np.radians(known.latitude)) * METRES_PER_DEGREE
    north = (y - known.latitude) * METRES_PER_DEGREE
    metres = np.nan_to_num(np.hypot(east, north), nan=np.inf)
    nearest = np.minimum.reduceat(metres, known.starts)
    is_near = nearest <= NEAR_M
    if is_near.sum() * 2 < len(nearest):
        return float(np.median(nearest)), 0.0
    is_nearest = np.flatnonzero(metres == np.repeat(nearest, n_namesakes))
    _, first = np.unique(np.searchsorted(known.starts, is_nearest, side="right"), return_index=True)
    chosen = is_nearest[first]
    offsets = np.column_stack((east[chosen], north[chosen]))[is_near]
    shift = np.median(offsets, axis=0)
    return float(np.hypot(*shift)), float(np.median(np.hypot(*(offsets - shift).T)))
