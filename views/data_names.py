"""Column names and cells of a file as a reader knows them."""

import re

from i18n.messages import Words

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
