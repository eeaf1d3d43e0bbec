"""The map of a programme's areas by their own states, on the boundaries that their codes are of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from geo.frames import Source
from geo.measure import Measured
from geo.question import Question
from i18n.messages import Words
from layers.atlas import Frame, draw_map
from layers.spec import Figure, MapSpec, Outline
from planning.lifecycle import state_of
from store.plan_records import KeptArea
from store.repository import Store
from studies.caption import write_caption
from studies.follow import Followed
from studies.follow_rows import AreaRow, find_status
from studies.following import find_home
from studies.holdings import Holdings
from studies.watch_words import name_area

KEY = "status"
OUT_OF_SCOPE = "khong_thuoc_dien"
TABLE_COLUMNS = (
    "number", "name", "parent", "types", "reasons", "responsible", "days", "state", "since", "grade",
    "targets", "next_due",
)  # fmt: skip


@dataclass(frozen=True)
class AreaMap:
    """area_of: id of the kept area by ward code, as drawn. notes: what the map cannot show."""

    spec: MapSpec
    table: pd.DataFrame
    caption: str
    area_of: Mapping[str, int]
    notes: tuple[str, ...]


def pick_home(store: Store, areas: Sequence[KeptArea]) -> int | None:
    """The boundaries that most of the areas stand on, the first of several; None where none are kept."""
    homes = Counter(home for kept in areas if (home := find_home(store, kept.content)) is not None)
    return homes.most_common(1)[0][0] if homes else None


def draw_areas(
    store: Store, followed: Followed, holdings: Holdings, rows: Sequence[AreaRow], words: Words
) -> AreaMap:
    """Whole wards are coloured by their state; a hamlet has no outline and leaves its ward unknown. Wards not
    on the list are out of scope only where every selected area has a name and lies here; else they are
    unknown. Raises NoData (reason `indicator`) when no ward has a state.
    """
    index, home = holdings.wards.frame.index, holdings.area.id
    here = [kept for kept in followed.areas if find_home(store, kept.content) == home]
    whole = [kept for kept in here if not kept.content.hamlet and kept.content.ward_code in index]
    is_told = followed.is_whole and len(here) == len(followed.areas)
    status = pd.Series(OUT_OF_SCOPE if is_told else None, index=index, dtype=object)
    status[[kept.content.ward_code for kept in here if kept.content.hamlet]] = None
    for kept in whole:
        status[kept.content.ward_code] = find_status(kept) or None
    spec = _draw(followed, holdings, status, whole, words)
    measured = _measure(followed, holdings, status)
    return AreaMap(
        spec=spec,
        table=make_table(rows, words),
        caption=write_caption(measured, spec, words),
        area_of={kept.content.ward_code: kept.id for kept in whole},
        notes=tuple(_write_notes(followed, here, words)),
    )


def _measure(followed: Followed, holdings: Holdings, status: pd.Series) -> Measured:
    told, wards = followed.programme, holdings.wards
    return Measured(
        frame=wards.frame.assign(**{KEY: status}),
        question=Question(),
        version=wards.version,
        boundary_source=replace(
            wards.source, illustrative=wards.source.illustrative and not wards.source.schematic
        ),
        sources=(Source(name=told.source or told.document.title, illustrative=told.illustrative),),
        tallies={},
        crs_read=wards.crs_read,
        place=holdings.area.title,
    )


def _draw(
    followed: Followed, holdings: Holdings, status: pd.Series, whole: Sequence[KeptArea], words: Words
) -> MapSpec:
    numbers = {kept.id: number for number, kept in enumerate(followed.areas, start=1)}
    outline = Outline(
        "target",
        words("follow.outline"),
        tuple(kept.content.ward_code for kept in whole),
        tuple(numbers[kept.id] for kept in whole),
    )
    title = words("follow.map_title", year=str(followed.programme.year))
    frame = Frame(holdings.area.title, title, outlines=(outline,) if whole else ())
    spec = draw_map(_measure(followed, holdings, status), holdings.shapes, KEY, words, frame)
    listing = spec.listing and replace(
        spec.listing,
        title=words("follow.listing"),
        rows=tuple(
            (str(number), *row[1:]) for number, row in zip(outline.numbers, spec.listing.rows, strict=True)
        ),
    )
    day = words("follow.map_day", day=followed.today)
    counted = words("legend.counted", period=day[:1].upper() + day[1:])
    return replace(
        spec,
        subtitle=f"{holdings.area.title}, {day}",
        choropleth=replace(spec.choropleth, subtitle=counted),
        listing=listing,
        figures=(Figure(words.number(len(whole)), words("follow.figure")), *spec.figures[1:]),
    )


def _write_notes(followed: Followed, here: Sequence[KeptArea], words: Words) -> list[str]:
    """What the colours do not say, by name."""
    told = {
        "off_map": [kept for kept in followed.areas if kept not in here],
        "hamlets": [kept for kept in here if kept.content.hamlet],
        "proposed": [kept for kept in here if state_of(kept.taken) == "de_xuat"],
        "left": [kept for kept in here if state_of(kept.taken) == "ra_khoi_dien"],
    }
    lines = [
        words(f"follow.note_{key}", names="; ".join(name_area(kept.content, words) for kept in areas))
        for key, areas in told.items()
        if areas
    ]
    if followed.results.n_unnamed:
        lines.append(words("follow.note_unnamed", n=followed.results.n_unnamed))
    return lines


def make_table(rows: Sequence[AreaRow], words: Words) -> pd.DataFrame:
    """The list of areas for XLSX and CSV, columns named for the reader; what is not known is said."""
    unknown = words("reports.unknown")
    return pd.DataFrame(
        [
            {words(f"follow.head.{name}"): getattr(row, name) or unknown for name in TABLE_COLUMNS}
            for row in rows
        ]
    )
