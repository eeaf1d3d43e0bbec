"""Column names and cells of a file, and wards, as a reader knows them."""

import re

import pandas as pd

from geo.frames import Wards
from i18n.messages import Words
from layers.naming import name_with_type

MARKUP = re.compile(r"([\\`*_\[\]<>:$~#|!])")


def name_column(column: str, words: Words) -> str:
    """The column's own name, or words for one that reading made out of headings."""
    key = f"data.heading.{column}"
    return words(key) if words.has(key) else column


def as_label(text: str) -> str:
    """Text of a file inside a widget's label, which is Markdown: no picture is fetched, nothing is styled."""
    return MARKUP.sub(r"\\\1", " ".join(text.split()))


def show_cell(cell: object) -> str:
    """As the file shows it: a whole number that a spreadsheet stores as 4.0 is 4."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def name_ward(wards: Wards, code: str, words: Words) -> str:
    """`P. Cái Khế, Q. Ninh Kiều`; the code of a ward without a name."""
    row = pd.Series(wards.frame.loc[code])
    shown, parent = name_with_type(str(row["ward_name"]), words) or code, str(row["parent"])
    return f"{shown}, {name_with_type(parent, words)}" if parent else shown
