"""The list beside the map: the same wards, the same values, in words."""

import pandas as pd

from geo.estimates import is_estimate
from geo.indicators import INDICATORS, SMALL_BASE, Share
from geo.measure import Measured
from i18n.messages import Words
from layers.map_list import NUMERIC
from layers.naming import name_with_type, write_value
from layers.sheet import Ranking, RankRow
from layers.spec import MapSpec
from studies.trace import trace

FEW_INCIDENTS = 10


def rank_wards(measured: Measured, key: str, spec: MapSpec, compare: str, words: Words) -> Ranking:
    """All wards with a value, the highest first; categories in the legend's order."""
    frame = measured.frame
    numbers = {
        code: number
        for outline in spec.outlines
        if outline.kind == "target"
        for code, number in zip(outline.ward_codes, outline.numbers, strict=False)
    }
    order = _order(frame, key, spec)
    is_number = INDICATORS[key].family in NUMERIC
    highest = float(frame[key].abs().max()) if is_number and len(order) else 0.0
    shows_change = "n_incidents_difference" in frame and bool(frame["n_incidents_difference"].notna().any())
    rows = tuple(
        _row(measured.row(code), code, place, key, highest, numbers.get(str(code)), words)
        for place, code in enumerate(order, start=1)
    )
    note = words("ranking.note", n=len(order), of=len(frame))
    if shows_change:
        note += words(
            "ranking.muted", few=FEW_INCIDENTS, base=SMALL_BASE, compare=words(f"compare.{compare}")
        )
    if measured.visitor_wards and INDICATORS[key].per.endswith("residents"):
        names = [str(frame.at[code, "ward_name"]) for code in order if code in measured.visitor_wards]
        note += words("ranking.visitors", names=", ".join(names)) if names else ""
    name = words(f"indicator.{key}.name")
    return Ranking(
        title=words("ranking.title", name=name[:1].lower() + name[1:]),
        value_title=words(f"indicator.{key}.short"),
        shows_incidents=key != "n_incidents" and "n_incidents" in frame,
        shows_change=shows_change,
        rows=rows,
        note=note,
        trace=trace(measured, key, words),
    )


def _order(frame: pd.DataFrame, key: str, spec: MapSpec) -> list[str]:
    known = frame[frame[key].notna()]
    if INDICATORS[key].family in NUMERIC:
        return [str(code) for code in known.sort_values(key, ascending=False, kind="stable").index]
    places = dict(zip(frame.index, spec.choropleth.ward_class, strict=True))
    by = pd.DataFrame({"class": [places[code] for code in known.index]}, index=known.index)
    by["n"] = -known["n_incidents"].fillna(0) if "n_incidents" in known else 0
    return [str(code) for code in by.sort_values(["class", "n"], kind="stable").index]


def _row(
    row: pd.Series, code: str, place: int, key: str, highest: float, number: int | None, words: Words
) -> RankRow:
    n = row.get("n_incidents")
    change, before = row.get("n_incidents_difference"), row.get("n_incidents_previous")
    is_number = highest > 0
    return RankRow(
        ward_code=code,
        place=words.number(place),
        name=name_with_type(str(row["ward_name"]) or code, words),
        parent=name_with_type(str(row["parent"]), words),
        value=_value(row, key, words),
        share=abs(float(row[key])) / highest if is_number else None,
        n_incidents=_value(row, "n_incidents", words) if pd.notna(n) else "",
        change=words.signed(change) if change is not None and pd.notna(change) else "",
        number=number,
        muted=INDICATORS[key].per != "" and pd.notna(n) and n < FEW_INCIDENTS,
        muted_change=pd.notna(before) and before is not None and before < SMALL_BASE,
    )


def write_share(share: Share, words: Words) -> str:
    """`2/3; 1 chưa rõ`: short, under a heading that says of what."""
    text = words("parts.short", n=share.n, of=share.of)
    return text + words("parts.unknown", n=share.unknown) if share.unknown else text


def _value(row: pd.Series, key: str, words: Words) -> str:
    if isinstance(row[key], Share):
        return write_share(row[key], words)
    return qualify_value(row, key, write_value(key, row[key], words), words)


def qualify_value(row: pd.Series, key: str, text: str, words: Words) -> str:
    """The value as the reader writes it; a number with a share of a divided unit in it is about
    so much, a count of incidents that lacks the figures of a part at least so much."""
    if INDICATORS[key].family not in ("incidents", "cameras") or pd.isna(row[key]):
        return text
    if is_estimate(row, key):
        return words("ranking.estimate", value=text)
    is_short = INDICATORS[key].family == "incidents" and row.get("missing_parts")
    return words("ranking.at_least", value=text) if is_short else text
