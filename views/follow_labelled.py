"""A table that becomes a list of labelled lines on a narrow screen."""

from collections.abc import Iterable, Sequence

from views.widgets import escape


def labelled_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """heads: text; cells: markup that the caller has escaped. To stand inside `.db-follow`."""
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(f"<tr>{_row(heads, cells)}</tr>" for cells in rows)
    return f'<table class="db-plain"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(heads: Sequence[str], cells: Sequence[str]) -> str:
    return "".join(
        f'<td data-label="{escape(head)}">{cell}</td>' for head, cell in zip(heads, cells, strict=True)
    )


def plain_rows(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """Cells of text as markup."""
    return [[escape(cell) for cell in cells] for cells in rows]
