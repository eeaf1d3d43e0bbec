"""The lists behind the camera page's internal maps, and the workbook of proposed places. Text is final."""

from dataclasses import dataclass

import pandas as pd

from geo.cover.gaps import FEWEST, LINK_M
from geo.cover.siting import Siting
from geo.measure import Measured
from i18n.messages import Words
from layers.naming import name_period, name_ward
from studies.camera_places import Unseen
from studies.report import write_findings

SITE_COLUMNS = ("number", "ward", "name", "longitude", "latitude", "gain", "total")


@dataclass(frozen=True)
class GapRow:
    """One gap."""

    number: str
    ward: str
    n: str
    radius: str


@dataclass(frozen=True)
class SiteRow:
    """One proposed place. name: of the list, else its coordinates."""

    number: str
    ward: str
    name: str
    gain: str
    total: str


def list_gaps(measured: Measured, unseen: Unseen, words: Words) -> list[GapRow]:
    """The gaps as a table; most incidents first."""
    return [
        GapRow(
            words.number(row["number"]),
            _name_ward(measured, row["ward_code"], words),
            words.number(row["n_incidents"]),
            words.number(row["radius_m"]),
        )
        for row in unseen.gaps.table.to_dict("records")
    ]


def write_sums(unseen: Unseen, words: Words) -> tuple[str, ...]:
    """Incidents: given = seen + in gaps + single. Cameras: given = seeing + off + unknown + without place."""
    gaps, zones = unseen.gaps, unseen.zones
    incidents = {
        name: words.number(getattr(gaps, name)) for name in ("n_given", "n_seen", "n_in_gaps", "n_single")
    }
    cameras = {name: getattr(zones, name) for name in ("n_given", "n_seeing", "n_off", "n_unknown")}
    return (
        words("inside.gap_sum", n_gaps=len(gaps.table), **incidents),
        words("inside.camera_sum", n_unplaced=zones.n_unplaced, **cameras),
    )


def write_gap_note(words: Words) -> str:
    return words("inside.gap_note", link=words.number(LINK_M), fewest=words.number(FEWEST))


def list_sites(measured: Measured, siting: Siting, words: Words) -> list[SiteRow]:
    """The proposed places as a table, the one that adds most first."""
    return [
        SiteRow(
            words.number(row["number"]),
            _name_ward(measured, row["ward_code"], words),
            str(row["name"]) or f"{row['latitude']:.5f}, {row['longitude']:.5f}",
            words.number(row["gain"]),
            words.number(row["cumulative"]),
        )
        for row in siting.sites.to_dict("records")
    ]


def write_result(siting: Siting, words: Words) -> tuple[str, ...]:
    """What the places would reach, how good the choice is known to be, and what stays out of reach."""
    reached = words(
        "inside.result",
        k=len(siting.sites),
        n_covered=words.number(siting.n_covered),
        n_demand=words.number(siting.n_demand),
        pct=words.number(100 * siting.n_covered / siting.n_demand, decimals=1),
    )
    sure = words(f"inside.{siting.method}", gap=words.number(siting.gap_pct, decimals=1))
    return f"{reached} {sure}", *write_findings(siting.findings, words)


def make_site_table(measured: Measured, siting: Siting, words: Words) -> pd.DataFrame:
    """The proposed places under the reader's headings, for a spreadsheet that stays inside."""
    rows = [
        (row["number"], _name_ward(measured, row["ward_code"], words), row["name"], row["longitude"],
         row["latitude"], row["gain"], row["cumulative"])
        for row in siting.sites.to_dict("records")
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[words(f"inside.site_{name}") for name in SITE_COLUMNS])


def describe_sites(measured: Measured, siting: Siting, words: Words) -> dict[str, str]:
    """The second sheet of the workbook."""
    period = name_period(measured.question.period, words)
    note = words("inside.site_note", radius=words.number(siting.radius_m))
    lines = [words("inside.internal"), period, *write_result(siting, words), note, words("cover.warning")]
    return {f"{place}": line.replace("**", "") for place, line in enumerate(lines, start=1)}


def _name_ward(measured: Measured, code: object, words: Words) -> str:
    return name_ward(measured, code, words) if isinstance(code, str) and code in measured.frame.index else ""
