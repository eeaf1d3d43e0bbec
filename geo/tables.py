"""Tables without shapes: CSV, XLSX and Parquet, every cell as it stood in the file."""

import csv
import io
import re
from collections.abc import Hashable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import python_calamine
from numpy.typing import NDArray
from pandas.errors import EmptyDataError, ParserError

from errors import SeveralChoices, TooLarge, UnreadableFile
from geo import archive
from geo.findings import Finding, list_examples

DELIMITERS = ",;\t|"
SAMPLE_ROWS = 50
SAMPLE_LETTERS = 200_000
MOST_ROWS = 20_000_000
MOST_COLUMNS = 2_000
MOST_PARQUET_BYTES = 4 * 1024**3
Findings = tuple[Finding, ...]


def name_columns(names: Sequence[object], file: str) -> tuple[list[str], Findings]:
    """Column names as text on one line, unnamed ones as `column_3`, repeated ones as `name_2`."""
    texts = ["" if _is_empty(name) else " ".join(str(name).split()) for name in names]
    unnamed = [f"column_{place}" for place, text in enumerate(texts, start=1) if not text]
    texts = [text or f"column_{place}" for place, text in enumerate(texts, start=1)]
    taken, distinct, repeated = set(texts), list[str](), list[str]()
    for text in texts:
        name, turn = text, 1
        while name in distinct or (turn > 1 and name in taken):
            turn += 1
            name = f"{text}_{turn}"
        if turn > 1:
            repeated.append(text)
        distinct.append(name)
    findings: Findings = ()
    if unnamed:
        findings += (Finding("UnnamedColumns", "info", file, list_examples(unnamed), {"file": file}),)
    if repeated:
        findings += (Finding("DuplicateColumns", "warning", file, list_examples(repeated), {"file": file}),)
    return distinct, findings


def read_csv(path: Path) -> tuple[pd.DataFrame, Findings]:
    """Every cell as text. The delimiter and the encoding are found out; a guess is a finding."""
    text, findings = _decode(path.read_bytes(), path.name)
    text, delimiter, width = _find_delimiter(text)
    try:
        grid = pd.read_csv(
            io.StringIO(text), sep=delimiter, header=None, names=range(width), dtype=str, na_filter=False,
            index_col=False, skipinitialspace=True,
        )  # fmt: skip
    except EmptyDataError as error:
        raise UnreadableFile("no_rows", file=path.name) from error
    except ParserError as error:
        line = re.search(r"in line (\d+)", str(error))
        if line:
            raise UnreadableFile("ragged", file=path.name, line=int(line[1])) from error
        raise UnreadableFile("corrupt", file=path.name) from error
    frame, more = _take_header(grid.fillna(""), path.name)
    return frame, findings + more


def _decode(content: bytes, file: str) -> tuple[str, Findings]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content:
        raise UnreadableFile("corrupt", file=file)
    else:
        encodings = ["utf-8-sig", "cp1252", "iso8859-1"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding in ("utf-8-sig", "utf-16"):
            return text, ()
        seen = list_examples(re.findall(r"\S*[^\x00-\x7f]\S*", text)[:5])
        return text, (
            Finding("EncodingGuessed", "warning", file, seen, {"file": file, "encoding": encoding}),
        )
    raise UnreadableFile("corrupt", file=file)


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
    return [name for name, rows in _read_workbook(path).items() if rows]


def read_xlsx(path: Path, sheet: str | None) -> tuple[pd.DataFrame, str, Findings]:
    """(cells, sheet name, findings). Numbers and dates stay typed cell by cell; blank cells are None."""
    sheets = {name: rows for name, rows in _read_workbook(path).items() if rows or name == sheet}
    choices = ", ".join(sheets)
    if sheet is not None and sheet not in sheets:
        raise UnreadableFile("no_such_sheet", file=path.name, sheet=sheet, choices=choices)
    if sheet is None and len(sheets) > 1:
        raise SeveralChoices("sheets", file=path.name, choices=choices)
    if not sheets:
        raise UnreadableFile("no_rows", file=path.name)
    name = sheet or next(iter(sheets))
    rows = [[None if cell == "" else cell for cell in row] for row in sheets[name]]
    frame, findings = _take_header(pd.DataFrame(rows, dtype=object), path.name)
    return frame, name, findings


def _read_workbook(path: Path) -> dict[str, list[list[object]]]:
    archive.check_zip(path)
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as workbook:
            visible = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.visible == python_calamine.SheetVisibleEnum.Visible
                and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
            return {
                name: [list(row) for row in workbook.get_sheet_by_name(name).to_python()] for name in visible
            }
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableFile("corrupt", file=path.name) from error


def _take_header(grid: pd.DataFrame, file: str) -> tuple[pd.DataFrame, Findings]:
    """Names the columns by the header row. Titles above it are skipped with a finding; columns and closing
    rows without anything in them go."""
    top = grid.head(SAMPLE_ROWS).to_numpy(dtype=object)
    header = _find_header(top, file)
    titles = [str(cell) for cell in top[:header].ravel() if not _is_empty(cell)]
    findings: Findings = ()
    if titles:
        facts: dict[str, object] = {"file": file, "n": header}
        findings = (Finding("HeaderSkipped", "info", file, list_examples(titles), facts),)
    body = grid.iloc[header + 1 :]
    body = body.iloc[: _count_until_blank(body)]
    if not len(body):
        raise UnreadableFile("no_rows", file=file)
    used = [
        place
        for place, name in enumerate(top[header])
        if not _is_empty(name) or not body.iloc[:, place].map(_is_empty).all()
    ]
    names, more = name_columns([top[header, place] for place in used], file)
    return body.iloc[:, used].reset_index(drop=True).set_axis(names, axis=1), findings + more


def _find_header(top: NDArray[np.object_], file: str) -> int:
    """The first row with something in it, unless that is a title: a row that fills only its first cell,
    with a row of nothing but words further down."""
    filled = np.array([[not _is_empty(cell) for cell in row] for row in top], dtype=bool).reshape(top.shape)
    if not filled.any():
        raise UnreadableFile("no_rows", file=file)
    first = int(np.argmax(filled.any(axis=1)))
    for place in range(first, len(top)):
        if filled[place].sum() > 1:
            is_words = all(_is_empty(cell) or _is_word(cell) for cell in top[place])
            return place if is_words else first
        if filled[place].any() and not filled[place][0]:
            return first
    return first


def _is_empty(cell: object) -> bool:
    return cell is None or (not cell.strip() if isinstance(cell, str) else cell != cell)


def _is_word(cell: object) -> bool:
    return isinstance(cell, str) and any(letter.isalpha() for letter in cell)


def _count_until_blank(body: pd.DataFrame) -> int:
    """Rows up to the last one that holds something."""
    last = len(body)
    while last and all(_is_empty(cell) for cell in body.iloc[last - 1]):
        last -= 1
    return last


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
