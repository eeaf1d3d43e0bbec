"""A folder of Parquet and CSV files as a stream of row batches; at no time is more than a batch in memory.

Every file is read by its first line (CSV) or its schema (Parquet): no titles above the header, no old
encodings. Names of folders within mean nothing. After a first look at a file's beginning, only the columns
asked for are read, so columns of personal data are not.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from errors import MissingColumns, NoData, UnreadableFile

BATCH_ROWS = 250_000
BATCH_BYTES = 16 * 1024**2
DELIMITERS = ",;\t|"
ENDINGS = (".parquet", ".csv")


@dataclass(frozen=True)
class Folder:
    """paths: the files to read, in the order of their names, folders within included. ignored: other files,
    by name. What begins with a dot or an underscore, file or folder, is neither."""

    name: str
    paths: tuple[Path, ...]
    ignored: tuple[str, ...]


def list_partitions(path: Path) -> Folder:
    """Raises UnreadableFile("not_a_folder") and NoData("no_partitions")."""
    if not path.is_dir():
        raise UnreadableFile("not_a_folder", file=path.name)
    found = sorted(each for each in path.rglob("*") if each.is_file() and not _is_hidden(each, path))
    paths = tuple(each for each in found if each.suffix.lower() in ENDINGS)
    if not paths:
        raise NoData("no_partitions", folder=path.name, endings=", ".join(ENDINGS))
    return Folder(path.name, paths, tuple(each.name for each in found if each not in set(paths)))


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)


def read_columns(path: Path) -> list[str]:
    """The names of the columns. Raises UnreadableFile (reasons `corrupt`, `empty`, `not_utf8`)."""
    if path.stat().st_size == 0:
        raise UnreadableFile("empty", file=path.name)
    if path.suffix.lower() == ".csv":
        return _read_header(path)[0]
    with _open_parquet(path) as opened:
        return list(opened.schema_arrow.names)


def iterate(path: Path, columns: Sequence[str], *, batch_rows: int = BATCH_ROWS) -> Iterator[pd.DataFrame]:
    """Batches of these columns, CSV cells as text, others as stored; RangeIndex. batch_rows bounds those of
    Parquet; those of CSV hold up to BATCH_BYTES of text.

    Raises MissingColumns (`partition_named`, `twice`) before the first, UnreadableFile (`corrupt`, `uneven`,
    `not_utf8`).
    """
    names = read_columns(path)
    for column in columns:
        if column not in names:
            raise MissingColumns("partition_named", file=path.name, column=column, columns=", ".join(names))
    if twice := [name for name in columns if names.count(name) > 1]:
        raise MissingColumns("twice", file=path.name, column=twice[0])
    is_csv, asked = path.suffix.lower() == ".csv", list(columns)
    for batch in _stream_csv(path, asked) if is_csv else _stream_parquet(path, asked, batch_rows):
        frame = batch.to_pandas(ignore_metadata=True)
        coded = frame.select_dtypes("category").columns
        yield frame.astype(dict.fromkeys(coded, object))[asked]


def _open_parquet(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path, memory_map=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableFile("corrupt", file=path.name) from error


def _stream_parquet(path: Path, columns: list[str], batch_rows: int) -> Iterator[pa.RecordBatch]:
    try:
        with _open_parquet(path) as opened:
            yield from opened.iter_batches(batch_size=batch_rows, columns=columns, use_threads=False)
    except (pa.ArrowException, OSError) as error:
        raise UnreadableFile("corrupt", file=path.name) from error


def _read_header(path: Path) -> tuple[list[str], str]:
    """(column names, delimiter): the mark that cuts the first line into the most columns."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            line = stream.readline()
    except UnicodeDecodeError as error:
        raise UnreadableFile("not_utf8", file=path.name) from error
    except OSError as error:
        raise UnreadableFile("not_found", file=path.name) from error
    if "\0" in line:
        raise UnreadableFile("corrupt", file=path.name)
    delimiter = max(DELIMITERS, key=line.count)
    return next(csv.reader([line], delimiter=delimiter), []), delimiter


def _stream_csv(path: Path, columns: list[str]) -> Iterator[pa.RecordBatch]:
    names, delimiter = _read_header(path)
    as_text = dict.fromkeys(names, pa.string())
    try:
        with pyarrow.csv.open_csv(
            path,
            pyarrow.csv.ReadOptions(
                use_threads=False, block_size=BATCH_BYTES, column_names=names, skip_rows_after_names=1
            ),
            pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            pyarrow.csv.ConvertOptions(include_columns=columns, column_types=as_text),
        ) as reader:
            yield from reader
    except (pa.ArrowException, OSError) as error:
        raise _explain(error, path) from error


def _explain(error: Exception, path: Path) -> UnreadableFile:
    text = str(error)
    if "UTF8" in text:
        return UnreadableFile("not_utf8", file=path.name)
    line = re.search(r"Row #(\d+): Expected \d+ columns", text)
    if line:
        return UnreadableFile("uneven", file=path.name, line=int(line[1]))
    return UnreadableFile("corrupt", file=path.name)
