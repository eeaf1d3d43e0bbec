"""A row of a table that becomes a small card on a phone, each cell under its own name."""

from collections.abc import Sequence

from views.widgets import escape


def row_html(heads: Sequence[str], cells: Sequence[str], *, n_names: int = 1, chosen: bool = False) -> str:
    """cells: markup of escaped parts. n_names: how many of the first ones name the row, without a label."""
    named = "".join(f'<td class="db-named">{cell}</td>' for cell in cells[:n_names])
    labelled = "".join(
        f'<td data-label="{escape(head)}">{cell}</td>'
        for head, cell in zip(heads[n_names:], cells[n_names:], strict=True)
    )
    kind = ' class="db-chosen" aria-selected="true"' if chosen else ""
    return f"<tr{kind}>{named}{labelled}</tr>"
