"""What a row says of a ward itself: its residents, its state in the programme."""

import numpy as np
import pandas as pd

from errors import SeveralChoices
from geo.findings import Finding, list_examples
from geo.reading.cells import to_number
from geo.reading.columns import TableColumns
from geo.reading.read import Table
from geo.rows.fact_cells import fold_words, note, note_bad, read_counts, read_text, with_none

STATUS_WORDS: dict[str, tuple[str, ...]] = {
    "khong_thuoc_dien": ("khong thuoc dien", "out of scope"),
    "duoc_lua_chon": ("duoc lua chon", "lua chon", "selected"),
    "dang_chuyen_hoa": ("dang chuyen hoa", "in progress"),
    "chuyen_hoa_thanh_cong": ("chuyen hoa thanh cong", "thanh cong", "dat", "passed"),
    "tot": ("tot", "trong do: tot", "chuyen hoa tot", "good"),
    "chua_dat": ("chua dat", "not yet"),
    "duy_tri": ("duy tri", "duy tri sau chuyen hoa", "maintenance"),
    "phuc_tap_tro_lai": ("phuc tap tro lai", "tai phuc tap", "relapsed"),
}
STATUS_BY_WORD = {word: key for key, said in STATUS_WORDS.items() for word in (key.replace("_", " "), *said)}


def refuse_repeats(rows: pd.DataFrame, table: Table, column: str) -> None:
    """Two figures for one ward may be two years or two parts; adding them up is a guess."""
    joined = rows.loc[rows["outcome"] == "joined", "ward_code"]
    repeated = joined[joined.duplicated()]
    if len(repeated):
        raise SeveralChoices("repeated", file=table.file, column=column, choices=list_examples(repeated))


def build_population(
    table: Table, columns: TableColumns, placed: pd.DataFrame, findings: list[Finding]
) -> pd.DataFrame:
    """n is residents."""
    n, qualifier = read_counts(table, str(columns.value), columns, findings)
    rows = placed.assign(n=n, qualifier=qualifier)
    refuse_repeats(rows, table, str(columns.value))
    return rows


def build_status(
    table: Table, columns: TableColumns, placed: pd.DataFrame, findings: list[Finding]
) -> pd.DataFrame:
    """The programme's word for each ward and year; a row whose year cannot be read has no state."""
    frame = table.frame
    words = read_text(frame, columns.value)
    status = fold_words(words).map(STATUS_BY_WORD.get, na_action="ignore")
    note("UnknownStatus", words, words.notna() & status.isna(), f"{table.file}:{columns.value}", findings)
    year, lost = pd.Series(np.nan, index=frame.index), pd.Series(False, index=frame.index)
    if columns.year:
        year, lost, _ = to_number(frame[columns.year])
        note_bad(frame[columns.year], lost, f"{table.file}:{columns.year}", findings)
    status = with_none(status.astype(object).mask(lost))
    return placed.assign(n=1.0, year=year, status=status, source=read_text(frame, columns.source))
