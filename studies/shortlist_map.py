"""The map of the proposal: our own score, the chosen wards by number, and what left the list."""

from dataclasses import replace

import pandas as pd

from i18n.messages import Words
from layers.atlas import Frame, draw_map
from layers.spec import MapSpec, Outline
from studies.caption import write_caption
from studies.holdings import Holdings
from studies.shortlist import Shortlist

KEY = "priority_score"


def draw_shortlist(holdings: Holdings, found: Shortlist, words: Words) -> tuple[MapSpec, str]:
    """The map, and its caption to copy. Raises NoData when no ward has a score."""
    added = {KEY: found.scored.score}
    if "camera_gap_points" in found.table:
        added["camera_gap_points"] = found.table["camera_gap_points"]
    measured = replace(found.measured, frame=found.measured.frame.assign(**added))
    n, year = len(found.chosen), str(found.register.year)
    outlines = [
        Outline("target", words("shortlist.outline_chosen"), found.chosen, tuple(range(1, n + 1))),
    ]
    if found.changes.leaving:
        outlines.append(
            Outline("former", words("shortlist.outline_former", year=year), found.changes.leaving)
        )
    frame = Frame(
        holdings.area.title,
        words("shortlist.map_title", year=str(found.scenario.year)),
        outlines=tuple(outlines),
    )
    spec = draw_map(measured, holdings.shapes, KEY, words, frame)
    return spec, write_caption(measured, spec, words)


def make_table(found: Shortlist, stability: pd.Series, words: Words) -> pd.DataFrame:
    """The whole long list for XLSX and CSV, one row per ward, columns named for the reader."""
    order = [*found.scored.order()]
    order += [str(code) for code in found.table.index if code not in set(order)]
    places = {code: place for place, code in enumerate(found.chosen, start=1)}
    table = pd.DataFrame(index=pd.Index(order, name=words("shortlist.column_code")))
    table[words("shortlist.column_name")] = found.table["ward_name"].reindex(order)
    table[words("shortlist.column_parent")] = found.table["parent"].reindex(order)
    table[words("shortlist.column_number")] = pd.Series(places, dtype=float).reindex(order)
    table[words("shortlist.column_score")] = found.scored.score.reindex(order)
    table[words("shortlist.column_stability")] = 100 * stability.reindex(order)
    return table.reset_index()
