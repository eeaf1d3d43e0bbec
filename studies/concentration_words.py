"""What the page on concentration says: sentences, numbers, names, and how chance was weighed."""

from dataclasses import replace

import pandas as pd

from geo.cluster_search import SEED, Chance
from geo.derive import Derived
from geo.frames import Period
from geo.indicators import SIGNAL_Z, persistence_k
from geo.measure import Measured
from geo.stats.concentration import ChanceShare, expected_share_by_chance, top_fifth_years, wards_holding
from i18n.messages import Words
from layers.naming import name_with_type
from layers.sheet import NamedList, Sentence, Tile
from studies.change_words import write_change
from studies.headline import make_incident_tile
from studies.overview import Choice
from studies.trace import trace

HALF, MOST = 0.5, 0.8
NAMES_SHOWN = 4
SHARE_DRAWS = 999


def write_sentences(
    measured: Measured, areas: list[list[str]], chance: Chance | None, words: Words
) -> list[Sentence]:
    """How few wards hold how many incidents, where they lie together, and what changed for certain."""
    frame = measured.frame
    if "n_incidents" not in frame or not frame["n_incidents"].sum() > 0:
        return []
    sentences = [Sentence(_write_few(frame, words), "n_incidents")]
    if chance is not None:
        sentences.append(Sentence(_write_areas(measured, areas, words), "gi_star_cluster"))
    if "incidents_z" in frame and frame["incidents_z"].notna().any():
        sentences.append(Sentence(_write_changes(measured, words), "incidents_z"))
    return sentences


def _write_few(frame: pd.DataFrame, words: Words) -> str:
    n = frame["n_incidents"]
    k_half, k_most = wards_holding(n, HALF), wards_holding(n, MOST)
    return words("concentration.few", k_half=k_half, k_most=k_most, of=int(n.notna().sum()))


def compare_with_chance(n: pd.Series, k: int) -> ChanceShare | None:
    """What the k fullest wards would hold if every ward were as likely; None without incidents."""
    total = round(n.sum())
    if not total:
        return None
    return expected_share_by_chance(total, int(n.notna().sum()), k, seed=SEED, draws=SHARE_DRAWS)


def _write_areas(measured: Measured, areas: list[list[str]], words: Words) -> str:
    if not areas:
        return words("concentration.no_area")
    names = "; ".join(_list_names(measured, codes, words) for codes in areas[:2])
    more = words("concentration.more_areas", n=len(areas) - 2) if len(areas) > 2 else ""
    return words("concentration.areas", n=len(areas), names=names, more=more)


def _list_names(measured: Measured, codes: list[str], words: Words) -> str:
    names = [name_with_type(str(measured.row(code)["ward_name"]) or code, words) for code in codes]
    rest = words("concentration.more_wards", n=len(names) - NAMES_SHOWN) if len(names) > NAMES_SHOWN else ""
    return ", ".join(names[:NAMES_SHOWN]) + rest


def _write_changes(measured: Measured, words: Words) -> str:
    z = measured.frame["incidents_z"]
    n_rise, n_fall = int((z >= SIGNAL_Z).sum()), int((z <= -SIGNAL_Z).sum())
    both = measured.frame[["n_incidents", "n_incidents_previous"]].dropna().sum()
    city = write_change(both["n_incidents"], both["n_incidents_previous"], words)
    return words("concentration.changes", city=city, n_rise=n_rise, n_fall=n_fall)


def make_tiles(
    derived: Derived, areas: list[list[str]], choice: Choice, partial: Period | None, words: Words
) -> list[Tile]:
    """Incidents, half of them, most of them, the areas, and the wards that stay high."""
    measured = derived.measured
    frame = measured.frame
    if "n_incidents" not in frame:
        return []
    n = frame["n_incidents"]
    tiles = [
        (make_incident_tile(measured, choice.compare, partial, words), "n_incidents", ""),
        (_share_tile(n, HALF, words), "n_incidents", _write_share_formula(HALF, words)),
        (_share_tile(n, MOST, words), "n_incidents", _write_share_formula(MOST, words)),
        (_area_tile(areas, derived, words), "gi_star_cluster", write_search(derived, words)),
        (_lasting_tile(measured, words), "years_in_top_fifth", ""),
    ]
    return [_add_trace(tile, measured, key, formula, words) for tile, key, formula in tiles]


def _add_trace(tile: Tile, measured: Measured, key: str, formula: str, words: Words) -> Tile:
    """formula: in place of the indicator's own, "" to keep it."""
    if key not in measured.frame:
        return tile
    told = trace(measured, key, words)
    if formula:
        told = replace(told, name=tile.label, formula=formula)
    return replace(tile, trace=told)


def _write_share_formula(share: float, words: Words) -> str:
    return words("concentration.share_formula", pct=round(100 * share), draws=SHARE_DRAWS, seed=SEED)


def _share_tile(n: pd.Series, share: float, words: Words) -> Tile:
    label = words("concentration.tile_share", pct=round(100 * share))
    k = wards_holding(n, share)
    by_chance = compare_with_chance(n, k) if k else None
    if by_chance is None:
        return Tile(label, words("tile.none"), sentence=words("headline.none") + words("headline.stop"))
    sentence = words("concentration.by_chance", k=k, pct=round(100 * by_chance.expected))
    return Tile(label, words.number(k), words("concentration.of_wards", n=int(n.notna().sum())), "", sentence)


def _area_tile(areas: list[list[str]], derived: Derived, words: Words) -> Tile:
    label, frame = words("concentration.tile_areas"), derived.measured.frame
    if derived.chance is None:
        return Tile(label, words("tile.none"), sentence=write_search(derived, words))
    n_wards = sum(map(len, areas))
    if not areas:
        return Tile(label, words.number(0), sentence=words("concentration.none_beyond_chance"))
    inside = frame.loc[[code for codes in areas for code in codes], "n_incidents"].sum()
    share = words.number(100 * inside / frame["n_incidents"].sum())
    return Tile(
        label,
        words.number(len(areas)),
        words("concentration.n_wards", n=n_wards),
        "",
        words("concentration.areas_hold", share=share),
    )


def _lasting_tile(measured: Measured, words: Words) -> Tile:
    n = measured.history.shape[1]
    label, k = words("concentration.tile_lasting"), persistence_k(n)
    if not k:
        return Tile(label, words("tile.none"), sentence=words("tile.lasting_none"))
    years = top_fifth_years(measured.history)["years_in_top_fifth"]
    lasting = int((years >= k).sum())
    return Tile(label, words.number(lasting), words("tile.wards"), "", words("tile.lasting_why", k=k, n=n))


def name_areas(measured: Measured, areas: list[list[str]], words: Words) -> list[NamedList]:
    """Each area with all its wards by name."""
    frame = measured.frame
    return [
        NamedList(
            words(
                "concentration.area_title",
                number=number,
                n=len(codes),
                incidents=words.number(frame.loc[codes, "n_incidents"].sum()),
            ),
            "area",
            tuple(name_with_type(str(frame.at[code, "ward_name"]) or code, words) for code in codes),
        )
        for number, codes in enumerate(areas, start=1)
    ]


def write_search(derived: Derived, words: Words) -> str:
    """How clusters were sought, or why they were not."""
    if derived.chance is not None:
        return write_chance(derived.chance, derived.measured, words)
    refusal = derived.refusals.get("gi_star_cluster")
    return words.error(refusal) if refusal else words("concentration.not_sought")


def write_chance(chance: Chance, measured: Measured, words: Words) -> str:
    """Of what clusters were sought, with which neighbours, how many draws, which seed."""
    n_untold = round(chance.n_untold)
    islands, visited = (
        ", ".join(name_with_type(str(measured.frame.at[code, "ward_name"]) or code, words) for code in codes)
        for codes in (chance.islands, chance.visited)
    )
    parts = [
        words("concentration.sought_in", name=words(f"indicator.{chance.basis}.name")),
        words("concentration.reported" if chance.is_reported else "concentration.not_told"),
        words("concentration.untold", n=n_untold) if chance.is_reported and n_untold else "",
        words("concentration.permuted", n=chance.n_permutations, seed=chance.seed,
              q=round(100 * chance.false_discoveries)),
        words("concentration.visited", names=visited) if visited else "",
        words("concentration.islands", names=islands) if islands else "",
    ]  # fmt: skip
    return " ".join(filter(None, parts))
