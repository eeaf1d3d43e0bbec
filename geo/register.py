"""The programme's register: which status a ward has in a year, and what is not told."""

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from geo.findings import Finding, list_examples
from geo.frames import Joined, Period


def read_status(
    frame: gpd.GeoDataFrame, facts: Sequence[Joined], period: Period | None
) -> tuple[pd.Series, int | None, list[Finding]]:
    """Status per ward (None unknown), the year it holds in, and remarks.

    The year is that of the period's end, else the newest on file; rows without a year hold in every year.
    Two different states of one ward in one year are no answer. A ward that is not listed is out of scope
    only when the list is complete and every row of it found its ward.
    """
    findings: list[Finding] = []
    listed = pd.concat([fact.rows for fact in facts], ignore_index=True)
    years = listed["year"].dropna()
    year = period.end.year if period is not None and len(years) else int(years.max()) if len(years) else None
    of_year = listed if year is None else listed[(listed["year"] == year) | listed["year"].isna()]
    where = ", ".join(fact.source.file for fact in facts)
    if len(listed) and of_year.empty:
        findings.append(Finding("StatusYearMissing", "warning", where, str(year)))
    joined = of_year[of_year["outcome"] == "joined"]
    told = joined[joined["status"].notna()].drop_duplicates(["ward_code", "status"])
    clashing = told.loc[told["ward_code"].duplicated(keep=False), "ward_code"].unique()
    if len(clashing):
        names = frame.loc[clashing, "ward_name"]
        findings.append(Finding("StatusConflict", "error", where, list_examples(names), {"n": len(clashing)}))
    single = told[~told["ward_code"].isin(clashing)].set_index("ward_code")["status"]
    column = single.reindex(frame.index).astype(object)
    column = column.where(column.notna(), None)
    if any(fact.complete for fact in facts) and len(of_year):
        if (of_year["outcome"] != "joined").any():
            findings.append(Finding("ListNotComplete", "warning", where))
        else:
            unlisted = ~column.index.isin(joined["ward_code"])
            column = column.mask(unlisted, "khong_thuoc_dien")
    return column, year, findings
