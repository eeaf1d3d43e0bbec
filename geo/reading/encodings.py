"""Text of old Vietnamese files in its true letters: TCVN3 (ABC), VNI-Windows, cp1258, UTF-8, cp1252.

The encoding is found per column, never per value: An Hoà, good Unicode, would become An Hồ under VNI.
TCVN3 writes ư as the soft hyphen, so cells are decoded before anything strips or cleans them.
"""

from collections.abc import Hashable, Mapping, Sequence

import numpy as np
import pandas as pd

from errors import BadOption, UnknownEncoding
from geo.findings import Finding, list_examples
from geo.reading.encoding_choice import Choice, choose_encoding
from geo.reading.encoding_tables import CODECS, Codec, compose, decode, encode, is_unicode, restore_capitals
from geo.reading.encoding_vote import AS_IS, Unit, Verdict, settle

__all__ = [
    "CODECS",
    "Choice",
    "Codec",
    "check_encoding",
    "choose_encoding",
    "decode",
    "decode_columns",
    "encode",
]

ALIASES: dict[str, Codec] = {
    "utf8": "utf-8", "abc": "tcvn3", "tcvn": "tcvn3", "vni-windows": "vni", "windows-1258": "cp1258",
    "1258": "cp1258", "windows-1252": "cp1252", "1252": "cp1252", "iso-8859-1": "cp1252", "latin-1": "cp1252",
}  # fmt: skip


def check_encoding(text: str) -> Codec:
    """What a person's word for an encoding means: `ABC` is tcvn3. BadOption("encoding") for others."""
    name = text.strip().lower().replace("_", "-")
    found: Codec | None = next((codec for codec in CODECS if codec == name), ALIASES.get(name))
    if found is None:
        raise BadOption("encoding", value=text, choices=", ".join(CODECS))
    return found


def decode_columns(
    frame: pd.DataFrame,
    *,
    file: str,
    fonts: Mapping[Hashable, Sequence[str]] | None = None,
    encoding: str | None = None,
    raw: bool = False,
    declared: str | None = None,
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """The same table, text cells and text column labels in their true letters (composed), with one
    EncodingGuessed finding per encoding that was found out.

    Hand in the grid as it came, before a header is taken or a cell is stripped (labels may be numbers);
    cells that are no text stay. fonts: font names seen in a column, by column label (`.VnTime`, `VNI-Times`,
    `Times New Roman`). encoding: said by a person, overrules. raw: every text is bytes read as ISO-8859-1
    (else it is Unicode, and stays so unless it clearly is not). declared: what a .cpg says, for raw.
    Raises UnknownEncoding("unclear") when two readings are as good, UnknownEncoding("contradicted") when
    `encoding` has no such bytes, BadOption("encoding").
    """
    units = _list_units(frame, fonts or {})
    said = None if encoding is None else check_encoding(encoding)
    if not any(unit.texts for unit in units):
        return frame, ()
    if said is None:
        verdicts = settle(units, file, raw=raw, declared=_name_declared(declared))
    else:
        verdicts = [Verdict(said)] * len(units)
    letters = [
        {
            text: _decode_text(text, verdict.codec, raw=raw) or _fall_back(text, said, file, raw=raw)
            for text in unit.texts
        }
        for unit, verdict in zip(units, verdicts, strict=True)
    ]
    kept = _name_declared(declared) if raw else AS_IS
    return rewrite(frame, letters), () if said else _tell(verdicts, letters, file, kept)


def rewrite(frame: pd.DataFrame, letters: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """The table with other texts: a mapping per column, in order, and one for the labels."""
    columns = [_rewrite_cells(frame.iloc[:, place], letters[place]) for place in range(frame.shape[1])]
    labels = [letters[-1].get(label, label) for label in frame.columns]
    return pd.concat(columns, axis=1).set_axis(labels, axis=1) if columns else frame


def _rewrite_cells(column: pd.Series, letters: Mapping[str, str]) -> pd.Series:
    if all(text == written for text, written in letters.items()):
        return column
    values = column.to_numpy(dtype=object)
    cells = [letters.get(cell, cell) if isinstance(cell, str) else cell for cell in values]
    return pd.Series(cells, index=column.index, dtype=column.dtype)


def _decode_text(text: str, codec: Codec, *, raw: bool) -> str | None:
    """None where the codec has no such bytes; Unicode letters are true under any."""
    if not raw and (codec == AS_IS or is_unicode(text)):
        return compose(text)
    try:
        letters = decode(text, codec)
    except UnicodeError:
        return None
    return restore_capitals(letters) if codec == "tcvn3" else letters


def _fall_back(text: str, said: Codec | None, file: str, *, raw: bool) -> str:
    if raw and said is not None:
        raise UnknownEncoding("contradicted", file=file, encoding=said, seen=decode(text, AS_IS))
    return decode(text, AS_IS) if raw else compose(text)


def _tell(
    verdicts: Sequence[Verdict], letters: Sequence[Mapping[str, str]], file: str, kept: Codec | None
) -> tuple[Finding, ...]:
    """A finding for each encoding that the file does not declare itself."""
    guessed = dict[Codec, list[str]]()
    for verdict, decoded in zip(verdicts, letters, strict=True):
        if verdict.codec != kept and decoded:
            guessed.setdefault(verdict.codec, []).extend(decoded.values())
    unsure = {verdict.codec for verdict in verdicts if verdict.severity == "warning"}
    return tuple(
        Finding(
            "EncodingGuessed",
            "warning" if codec in unsure else "info",
            file,
            list_examples(examples),
            {"file": file, "encoding": codec},
        )
        for codec, examples in guessed.items()
    )


def _name_declared(declared: str | None) -> Codec | None:
    """iso8859-1 and -15 differ from cp1252 in no Vietnamese letter."""
    if declared in ("cp1252", "iso8859-1", "iso8859-15"):
        return "cp1252"
    return "cp1258" if declared == "cp1258" else None


def _list_units(frame: pd.DataFrame, fonts: Mapping[Hashable, Sequence[str]]) -> list[Unit]:
    """One per column, in order, then the labels."""
    units = [
        Unit(str(label), list_texts(frame.iloc[:, place]), tuple(fonts.get(label, ())))
        for place, label in enumerate(frame.columns)
    ]
    return [*units, Unit("", list_texts(frame.columns))]


def list_texts(cells: pd.Series | pd.Index) -> tuple[str, ...]:
    """The distinct texts that hold more than ASCII."""
    if not (cells.dtype == object or isinstance(cells.dtype, pd.StringDtype)):
        return ()
    if isinstance(cells.dtype, pd.StringDtype):
        is_plain = np.asarray(cells.str.isascii(), dtype=object)
        cells = cells[is_plain == False].unique()  # noqa: E712 - missing cells are neither
    values = np.asarray(cells, dtype=object)
    return tuple(dict.fromkeys(cell for cell in values if isinstance(cell, str) and not cell.isascii()))
