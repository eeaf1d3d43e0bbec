"""The long list: every ward with what speaks for choosing it, by figures, units' proposals and register.

A ward that lacks a figure is listed with what it lacks; it is not taken for quiet.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from geo.measure import Measured
from planning.lifecycle import apply_corrections, entered_on, state_of
from planning.longlist import camera_gap_points
from planning.programme import Programme, State
from planning.scenario import Proposal
from store.plan_records import Kept, KeptArea

# What the register's yearly table says, in the states of the programme's areas.
STATE_OF_STATUS: dict[str, State] = {
    "duoc_lua_chon": "duoc_lua_chon",
    "dang_chuyen_hoa": "dang_chuyen_hoa",
    "chuyen_hoa_thanh_cong": "chuyen_hoa_thanh_cong",
    "tot": "chuyen_hoa_thanh_cong",
    "chua_dat": "chua_dat",
    "duy_tri": "duy_tri",
    "phuc_tap_tro_lai": "phuc_tap_tro_lai",
}
CHOSEN_STATES = ("duoc_lua_chon", "dang_chuyen_hoa")


@dataclass(frozen=True)
class Register:
    """What is on file of the wards of one area in one register: by ward code the state and when it ends.
    key: of the register."""

    states: dict[str, State]
    maintained_until: dict[str, dt.date]
    listed: tuple[str, ...]
    year: int | None
    key: str = ""


def read_register(
    measured: Measured,
    programmes: Sequence[Kept[Programme]],
    areas: Sequence[KeptArea],
    *,
    area_id: int,
    register: str,
    year: int,
    maintenance_months: int,
    has_statuses: bool = True,
) -> Register:
    """States before the plan year, from the programmes' own steps where there are any, else from the yearly
    table of statuses; and the list of the year before, in the document's order.

    A ward under steps is never judged by the table as well; of several programmes the latest step speaks.
    listed: () and year None where no list is known. has_statuses: the yearly table speaks of this register;
    it names none, so it is taken for the catalogue's first.
    """
    by_id = {kept.id: kept.content for kept in programmes}
    first_day = dt.date(year, 1, 1)
    states: dict[str, State] = {}
    until: dict[str, dt.date] = {}
    newest: dict[str, dt.date] = {}
    listed: list[str] = []
    for kept in areas:
        programme = by_id[kept.programme_id]
        if programme.register != register or kept.content.area_id != area_id or kept.content.hamlet:
            continue
        meant = apply_corrections(kept.taken)
        steps = [replace(step, corrects=None) for step in meant if step.on < first_day]
        state = state_of(steps)
        if state is None:
            continue
        code = kept.content.ward_code
        if programme.year == year - 1 and state != "de_xuat":
            listed.append(code)
        if code in newest and newest[code] > steps[-1].on:
            continue
        newest[code], states[code] = steps[-1].on, state
        until.pop(code, None)
        begun = entered_on(steps, "duy_tri")
        if state == "duy_tri" and begun is not None:
            until[code] = (pd.Timestamp(begun) + pd.DateOffset(months=maintenance_months)).date()
    told = _read_statuses(measured) if has_statuses else {}
    if not listed:
        listed = [code for code, state in told.items() if state in CHOSEN_STATES]
    of_year = year - 1 if listed else None
    return Register({**told, **states}, until, tuple(dict.fromkeys(listed)), of_year, register)


def _read_statuses(measured: Measured) -> dict[str, State]:
    if "status" not in measured.frame:
        return {}
    column = measured.frame["status"].dropna()
    return {str(code): STATE_OF_STATUS[key] for code, key in column.items() if key in STATE_OF_STATUS}


def make_long_list(measured: Measured, proposals: Sequence[Proposal], register: Register) -> pd.DataFrame:
    """Index ward_code. The measures' columns, and camera_gap_points (0 to 100), proposed (bool), unit,
    reason, type (tuple of keys), cost (million đồng, NaN), recognised_on (date or None), area_label, state
    (or None), maintenance_until (date or None)."""
    table = pd.DataFrame(measured.frame.drop(columns="geometry")).copy()
    if {"n_incidents", "cameras_per_km2"} <= set(table):
        table["camera_gap_points"] = camera_gap_points(table["n_incidents"], table["cameras_per_km2"])
    told = {proposal.ward_code: proposal for proposal in proposals}
    blank = Proposal("", proposed=False)
    rows = [told.get(str(code), blank) for code in table.index]
    table["proposed"] = [row.proposed for row in rows]
    table["unit"] = [row.unit for row in rows]
    table["reason"] = [row.reason for row in rows]
    table["type"] = [row.types for row in rows]
    table["cost"] = pd.Series([row.cost for row in rows], index=table.index, dtype=float)
    table["recognised_on"] = pd.Series([row.recognised_on for row in rows], index=table.index, dtype=object)
    table["area_label"] = [row.area_label for row in rows]
    table["state"] = _column(table.index, register.states)
    table["maintenance_until"] = _column(table.index, register.maintained_until)
    return table


def _column(index: pd.Index, told: dict[str, State] | dict[str, dt.date]) -> pd.Series:
    return pd.Series([told.get(str(code)) for code in index], index=index, dtype=object)
