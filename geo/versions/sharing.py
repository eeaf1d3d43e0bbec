"""A table's rows among the wards that followed: whole, or by the weights of a divided ward's parts."""

from typing import Literal

import numpy as np
import pandas as pd

from errors import BrokenCrosswalk
from geo.findings import Finding, list_examples
from geo.frames import Joined, Wards
from geo.versions.crosswalk import Crosswalk

By = Literal["population", "area"]
SUM_TOLERANCE = 0.01
SHORTEST_MONTH_DAYS = 28
# Days stored are no count: they stay with their row, whatever ward it goes to.
COUNTS = ("n", "n_working", "n_connected", "n_live", "n_stored")


def share_out(joined: Joined, crosswalk: Crosswalk, new: Wards, by: By) -> tuple[pd.DataFrame, list[Finding]]:
    """Rows of whole wards under their new code, those of divided ones once per part, the others as they are.
    Counts of a divided ward sum to what they were. Raises BrokenCrosswalk, see `geo.versions.carry.carry`."""
    rows, file = joined.rows, joined.source.file
    home = rows["outcome"] == "joined"
    asked = pd.Index(rows.loc[home, "ward_code"].unique())
    missing = asked.difference(crosswalk.rows["old_code"].unique())
    if len(missing):
        raise BrokenCrosswalk("missing", file=file, n=len(missing), seen=list_examples(missing))
    parts = _weigh(crosswalk.rows[crosswalk.rows["old_code"].isin(asked)], by, file)
    keyed = rows.assign(old_code=rows["ward_code"].where(home))
    spread = keyed.merge(parts, how="left", on="old_code", sort=False)
    is_home = spread["new_code"].notna()
    for name in COUNTS:
        if name in spread:
            spread[name] = spread[name] * spread["weight"].where(is_home, 1.0)
    spread["ward_code"] = spread["new_code"].where(is_home, spread["ward_code"]).astype(object)
    spread["ward_code"] = spread["ward_code"].where(spread["ward_code"].notna(), None)
    # Once estimated, always estimated: a third version may take the estimate on whole.
    exact = (spread["by"] == "whole") & (spread["method"] != "estimated")
    spread["method"] = spread["method"].where(~is_home, np.where(exact, "whole", "estimated"))
    findings = _list_estimates(parts, new, file) + _list_silent(joined, crosswalk, new)
    return spread[list(rows.columns)].reset_index(drop=True), findings


def _weigh(parts: pd.DataFrame, by: By, file: str) -> pd.DataFrame:
    """old_code, new_code, weight (summing to 1 per old unit), by ("whole", "population", "area")."""
    second: By = "area" if by == "population" else "population"
    chosen = pd.Series(np.where(parts["whole"], "whole", ""), index=parts.index, dtype=object)
    weight = pd.Series(1.0, index=parts.index)
    for name in (by, second):
        given = parts[f"weight_{name}"]
        usable = given.notna().groupby(parts["old_code"]).transform("all") & (chosen == "")
        chosen, weight = chosen.mask(usable, name), weight.mask(usable, given)
    if (chosen == "").any():
        raise BrokenCrosswalk("no_weight", file=file, seen=list_examples(parts.loc[chosen == "", "old_code"]))
    sums = weight.groupby(parts["old_code"]).transform("sum")
    wrong = (sums - 1).abs() > SUM_TOLERANCE
    if wrong.any():
        raise BrokenCrosswalk("weights", file=file, seen=list_examples(parts.loc[wrong, "old_code"]))
    return parts[["old_code", "new_code"]].assign(weight=weight / sums, by=chosen)


def _list_estimates(parts: pd.DataFrame, new: Wards, file: str) -> list[Finding]:
    """Which wards were divided, into what, and by which weights."""
    findings = []
    for name, code in (("population", "CarriedByPopulation"), ("area", "CarriedByArea")):
        divided = parts[parts["by"] == name]
        if len(divided):
            names = new.frame["ward_name"].reindex(divided["new_code"]).set_axis(divided["old_code"])
            into = names.groupby(level=0).agg(" + ".join)
            seen = list_examples(f"{old_code} → {told}" for old_code, told in into.items())
            findings.append(Finding(code, "warning", file, seen, {"n": len(into)}))
    return findings


def _list_silent(joined: Joined, crosswalk: Crosswalk, new: Wards) -> list[Finding]:
    """New wards of which one part reported less often than another, or never: their sums look small."""
    reported = _count_reports(joined)
    if reported is None:
        return []
    of_parts = crosswalk.rows["old_code"].map(reported).fillna(0).groupby(crosswalk.rows["new_code"])
    uneven = of_parts.min() < of_parts.max()
    if not uneven.any():
        return []
    names = new.frame["ward_name"].reindex(uneven.index[uneven])
    facts: dict[str, object] = {"n": int(uneven.sum())}
    return [Finding("CarriedPartsSilent", "warning", joined.source.file, list_examples(names), facts)]


def _count_reports(joined: Joined) -> pd.Series | None:
    """Periods told per old ward; None for a list of single incidents, where silence tells nothing."""
    rows = joined.rows[(joined.rows["outcome"] == "joined") & joined.rows["n"].notna()]
    if joined.kind != "incidents":
        return rows.groupby("ward_code").size().clip(upper=1)
    if ((rows["end"] - rows["start"]).dt.days < SHORTEST_MONTH_DAYS - 1).any():
        return None
    return rows.drop_duplicates(["ward_code", "start", "end"]).groupby("ward_code").size()
