"""Tables without shapes: CSV, workbooks and Parquet, every cell as it stood in the file."""

import codecs
import contextlib
import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Hashable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl.utils.exceptions import InvalidFileException
from pandas.errors import EmptyDataError, ParserError

from errors import SeveralChoices, TooLarge, UnreadableFile
from geo.reading import encodings
from geo.reading.grid import Findings, Grid, name_columns
from geo.reading.layout import Layout, lay_out
from geo.reading.workbook import Sheet, read_sheets

__all__ = ["is_geoparquet", "list_sheets", "name_columns", "read_csv", "read_parquet", "read_workbook"]

DELIMITERS = ",;\t|"
OPEN_QUOTE = "EOF inside string"
SAMPLE_ROWS = 50
SAMPLE_LETTERS = 200_000
FONT_ROWS = 200
# What openpyxl raises for workbooks that are read all the same.
FONTS_UNREADABLE = (
    OSError, ValueError, LookupError, TypeError, AttributeError, SyntaxError, ArithmeticError, AssertionError,
    EOFError, NotImplementedError, zipfile.BadZipFile, zlib.error, InvalidFileException,
)  # fmt: skip
MOST_ROWS = 20_000_000
MOST_COLUMNS = 2_000
MOST_PARQUET_BYTES = 4 * 1024**3


def read_csv(path: Path, *, encoding: str | None = None) -> Layout:
    """Every cell as text. The delimiter and, unless a person says it, the encoding are found out; a guess is
    a finding."""
    text, is_raw = _decode(path.read_bytes(), path.name, encoding)
    text, delimiter, width = _find_delimiter(text)
    try:
        grid = pd.read_csv(
            io.StringIO(text), sep=delimiter, header=None, names=range(width), dtype=str, na_filter=False,
            index_col=False, skipinitialspace=True, skip_blank_lines=False,
        )  # fmt: skip
    except EmptyDataError as error:
        raise UnreadableFile("no_rows", file=path.name) from error
    except ParserError as error:
        line = re.search(r"in line (\d+)", str(error))
        if line:
            raise UnreadableFile("ragged", file=path.name, line=int(line[1])) from error
        if OPEN_QUOTE in str(error):
            at = re.search(r"row (\d+)", str(error))
            raise UnreadableFile("open_quote", file=path.name, line=int(at[1]) + 1 if at else "?") from error
        raise UnreadableFile("corrupt", file=path.name) from error
    _refuse_swallowed(grid, delimiter, path.name)
    grid.index += 1
    cells = _drop_blank_lines(grid).fillna("")
    cells, findings = encodings.decode_columns(cells, file=path.name, encoding=encoding, raw=is_raw)
    layout = lay_out(Grid(cells), file=path.name)
    return replace(layout, findings=findings + layout.findings)


def _refuse_swallowed(grid: pd.DataFrame, delimiter: str, file: str) -> None:
    """A quotation mark that was never closed takes whole lines into one cell, up to the next mark."""
    most = len(grid.columns) - 1
    if not most:
        return
    for column in grid.columns:
        cells = grid[column]
        for row in cells.index[cells.str.contains("\n", regex=False, na=False)]:
            if any(line.count(delimiter) >= most for line in str(cells[row]).splitlines()[1:]):
                raise UnreadableFile("open_quote", file=file, line=int(row) + 1)


def _drop_blank_lines(grid: pd.DataFrame) -> pd.DataFrame:
    """A line without even a delimiter is no row."""
    is_blank = grid[0] == ""
    if len(grid.columns) > 1:
        is_blank &= grid[1].isna()
    return grid[~is_blank] if is_blank.any() else grid


def _decode(content: bytes, file: str, encoding: str | None) -> tuple[str, bool]:
    """The text, and whether it still shows one letter per byte, to be decoded column by column."""
    said = None if encoding is None else encodings.check_encoding(encoding)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), False
        except UnicodeDecodeError as error:
            raise UnreadableFile("corrupt", file=file) from error
    if b"\x00" in content:
        raise UnreadableFile("corrupt", file=file)
    if said not in ("cp1252", "cp1258"):
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode("utf-8-sig"), False
    return content.decode("iso8859-1"), True


def _find_delimiter(text: str) -> tuple[str, str, int]:
    """(text, delimiter, number of columns): the mark that cuts most sample rows into equally many."""
    declared = re.match(r"sep=(.)\r?\n", text)
    if declared:
        text = text[declared.end() :]
    sample = list(islice(io.StringIO(text[:SAMPLE_LETTERS], newline=""), SAMPLE_ROWS))
    best, best_delimiter, width = (0.0, 0), ",", 1
    for delimiter in declared[1] if declared else DELIMITERS:
        try:
            widths = [
                len(row) for row in csv.reader(sample, delimiter=delimiter, skipinitialspace=True) if row
            ]
        except csv.Error:
            continue
        if not widths:
            continue
        usual = max(set(widths), key=widths.count)
        score = (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 1)
        if score > best:
            best, best_delimiter, width = score, delimiter, max(widths)
    return text, best_delimiter, width


def list_sheets(path: Path) -> list[str]:
    """Visible sheets that hold something, in the workbook's order."""
    return [sheet.name for sheet in read_sheets(path) if sheet.rows]


def read_workbook(path: Path, sheet: str | None, *, encoding: str | None = None) -> tuple[Layout, str]:
    """(table, sheet name). Numbers and dates stay typed cell by cell; blank cells are None."""
    sheets = {found.name: found for found in read_sheets(path) if found.rows or found.name == sheet}
    choices = ", ".join(sheets)
    if sheet is not None and sheet not in sheets:
        raise UnreadableFile("no_such_sheet", file=path.name, sheet=sheet, choices=choices)
    if sheet is None and len(sheets) > 1:
        raise SeveralChoices("sheets", file=path.name, choices=choices)
    if not sheets:
        raise UnreadableFile("no_rows", file=path.name)
    chosen = sheets[sheet] if sheet else next(iter(sheets.values()))
    rows = [[None if cell == "" else cell for cell in row] for row in chosen.rows]
    cells = pd.DataFrame(rows, dtype=object)
    cells.index += chosen.first_line
    fonts = _read_fonts(path, chosen, cells)
    cells, findings = encodings.decode_columns(cells, file=path.name, fonts=fonts, encoding=encoding)
    layout = lay_out(Grid(cells, chosen.merges), file=path.name)
    return replace(layout, findings=findings + layout.findings), chosen.name


def _read_fonts(path: Path, sheet: Sheet, cells: pd.DataFrame) -> dict[Hashable, list[str]]:
    """Font names of the columns whose letters may be those of an old encoding. A signal only: none where
    the fonts cannot be read."""
    is_old = [_has_old_letters(cells[column]) for column in cells.columns]
    if path.suffix.lower() not in (".xlsx", ".xlsm") or not any(is_old):
        return {}
    fonts: dict[Hashable, list[str]] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True)
        for row in book[sheet.name].iter_rows(max_row=sheet.first_line + FONT_ROWS):
            for cell in row:
                place = (cell.column or 0) - 1 - sheet.first_column
                if isinstance(cell.value, str) and 0 <= place < len(is_old) and is_old[place]:
                    fonts.setdefault(place, []).append(str(cell.font.name or ""))
        book.close()
    except FONTS_UNREADABLE:
        return {}
    return fonts


def _has_old_letters(cells: pd.Series) -> bool:
    """Letters beyond ASCII, none of which Vietnamese Unicode alone has."""
    text = "".join(cell for cell in cells if isinstance(cell, str))
    return not text.isascii() and max(text) <= "\u00ff"


def is_geoparquet(path: Path) -> bool:
    """Whether shapes and their reference system are described inside."""
    return b"geo" in (_open_parquet(path).schema_arrow.metadata or {})


def read_parquet(path: Path) -> tuple[pd.DataFrame, Findings]:
    """Columns keep their types; a stored pandas index is no column."""
    _open_parquet(path)
    try:
        frame = pq.read_table(path).to_pandas(ignore_metadata=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableFile("corrupt", file=path.name) from error
    indexes: list[Hashable] = [name for name in frame.columns if str(name).startswith("__index_level_")]
    frame = frame.drop(columns=indexes)
    if not len(frame) or not len(frame.columns):
        raise UnreadableFile("no_rows", file=path.name)
    names, findings = name_columns(list(frame.columns), path.name)
    frame.columns = pd.Index(names)
    return frame, findings


def _open_parquet(path: Path) -> pq.ParquetFile:
    """Checked by what its footer declares: rows of one repeated value take no space in the file."""
    try:
        with pq.ParquetFile(path) as opened:
            meta = opened.metadata
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableFile("corrupt", file=path.name) from error
    n_bytes = sum(meta.row_group(place).total_byte_size for place in range(meta.num_row_groups))
    if meta.num_rows > MOST_ROWS or meta.num_columns > MOST_COLUMNS or n_bytes > MOST_PARQUET_BYTES:
        raise TooLarge("table", file=path.name, n_rows=meta.num_rows, n_columns=meta.num_columns)
    return opened
