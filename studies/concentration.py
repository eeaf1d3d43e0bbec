"""Where incidents concentrate: how few wards hold them, which lie together, which stay high."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
from scipy.sparse.csgraph import connected_components

from errors import NoData, QuestionError, TooFewWards
from geo.cluster_search import weigh_neighbours
from geo.derive import Derived, derive
from geo.measure import Measured
from geo.stats.concentration import cumulative_share, top_fifth_years
from geo.stats.weights import restrict
from i18n.messages import Words
from layers.naming import name_with_type
from layers.sheet import NamedList, Sheet
from studies.concentration_words import make_tiles, name_areas, write_search, write_sentences
from studies.holdings import Holdings
from studies.outlook import write_outlook
from studies.overview import Choice, find_partial, make_sheet
from studies.patterns import Patterns
from studies.reference import Count

LAYERS = (
    "gi_star_cluster",
    "hotspot_level",
    "n_incidents",
    "incidents_per_10k",
    "incidents_z",
    "years_in_top_fifth",
    "n_incidents_discovered",
)
EXPERT_LAYERS = (
    "local_moran_cluster",
    "gi_star_z",
    "emerging_pattern",
    "incidents_per_10k_eb",
    "incidents_per_10k_eb_local",
    "funnel_position",
)
PATTERN = "emerging_pattern"
SOUGHT = ("gi_star_z", "gi_star_cluster")
OFTEN = 2


@dataclass(frozen=True)
class Lasting:
    """One ward among the fifth with the most incidents, and how often. All cells are final text."""

    ward_code: str
    name: str
    years: str
    now: str


@dataclass(frozen=True)
class Report:
    """sheet: what the page shows beside its charts. curve: cumulative shares, k from 1 (columns of
    `cumulative_share`). areas: each area of wards that lie together. lasting: wards that stay high. changes:
    the change of the whole area, its interval and the outlook, in words."""

    sheet: Sheet
    curve: pd.DataFrame
    areas: tuple[NamedList, ...]
    lasting: tuple[Lasting, ...]
    chance_note: str
    changes: tuple[str, ...]


def prepare(measured: Measured, key: str, basis: str | None) -> Derived:
    """The measures with clusters and the shown layer, as far as the figures allow; what they do not allow is
    told in `refusals`, and the page goes on without it."""
    derived = Derived(measured)
    wished = [SOUGHT, (key,)] if key in EXPERT_LAYERS and key != PATTERN else [SOUGHT]
    for keys in wished:
        if any(each not in derived.measured.frame for each in keys):
            derived = _add(derived, keys, basis)
    if key == PATTERN and derived.chance is None:
        return replace(derived, refusals={PATTERN: derived.refusals["gi_star_cluster"], **derived.refusals})
    return derived


def _add(derived: Derived, keys: tuple[str, ...], basis: str | None) -> Derived:
    try:
        found = derive(derived.measured, keys, basis=basis)
    except (NoData, TooFewWards) as refusal:
        return replace(derived, refusals={**derived.refusals, **dict.fromkeys(keys, refusal)})
    return replace(found, chance=derived.chance or found.chance, refusals=derived.refusals)


def add_patterns(derived: Derived, find: Callable[[], Patterns]) -> Derived:
    """The measures with `emerging_pattern`, or why it is not there."""
    try:
        column = find().column
    except QuestionError as refusal:
        return replace(derived, refusals={**derived.refusals, PATTERN: refusal})
    frame = derived.measured.frame.assign(**{PATTERN: column})
    return replace(derived, measured=replace(derived.measured, frame=frame))


def answer(
    holdings: Holdings,
    choice: Choice,
    derived: Derived,
    count: Count,
    words: Words,
) -> Report:
    """The page for one question. Raises NoData when no ward has a value for the chosen map."""
    measured = derived.measured
    n = measured.frame["n_incidents"] if "n_incidents" in measured.frame else pd.Series(dtype=float)
    areas = find_areas(measured)
    partial = find_partial(holdings, choice.period)
    sheet = make_sheet(
        holdings,
        measured,
        choice,
        tuple(write_sentences(measured, areas, derived.chance, words)),
        tuple(make_tiles(derived, areas, choice, partial, words)),
        count,
        words,
    )
    return Report(
        sheet=sheet,
        curve=cumulative_share(n),
        areas=tuple(name_areas(measured, areas, words)),
        lasting=tuple(list_lasting(measured, words)),
        chance_note=write_search(derived, words),
        changes=tuple(write_outlook(holdings, measured, count, words)),
    )


def find_areas(measured: Measured) -> list[list[str]]:
    """Wards of clusters of many incidents that border each other, as one area; most incidents first."""
    frame = measured.frame
    if "gi_star_cluster" not in frame:
        return []
    is_high = frame["gi_star_cluster"] == "high"
    if not is_high.any():
        return []
    among = restrict(weigh_neighbours(frame), is_high)
    n_areas, area = connected_components(among.matrix, directed=False)
    groups = [[str(code) for code in among.codes[area == number]] for number in range(n_areas)]
    return sorted(groups, key=lambda codes: -float(frame.loc[codes, "n_incidents"].sum()))


def list_lasting(measured: Measured, words: Words) -> list[Lasting]:
    """Wards that were among the fifth with the most incidents in two or more of the last periods, oftenest
    first."""
    if measured.history.shape[1] < OFTEN:
        return []
    table = top_fifth_years(measured.history)
    table = table.assign(now=measured.history.iloc[:, -1].reindex(table.index))
    often = table[table["years_in_top_fifth"] >= OFTEN]
    often = often.sort_values(["years_in_top_fifth", "now"], ascending=False, kind="stable")
    return [
        Lasting(
            str(code),
            name_with_type(str(measured.frame.at[code, "ward_name"]) or str(code), words),
            words("concentration.years", n=round(row["years_in_top_fifth"]), of=round(row["n_known"])),
            words.number(row["now"]) if pd.notna(row["now"]) else words("legend.no_data"),
        )
        for code, row in often.iterrows()
    ]
