"""The table of the proposal: place, score, its parts as one bar, how firm, and beside the year before."""

from i18n.messages import Words
from layers.palettes import SCORE_PARTS
from studies.shortlist import Shortlist
from studies.shortlist_words import ShortRow, name_criterion
from views.widgets import escape, show_html


def show_rows(
    found: Shortlist, chosen: list[ShortRow], following: list[ShortRow], selected: str | None, words: Words
) -> None:
    heads = [("", "db-num"), (words("shortlist.ward"), ""), (words("shortlist.score"), "db-num"),
             (words("shortlist.parts"), "db-wide"), (words("shortlist.stability"), "db-num")]  # fmt: skip
    heads.append((words("selection.rules"), "db-rules"))
    if found.register.listed:
        heads.append((words("shortlist.beside", year=str(found.register.year)), ""))
    head = "".join(f'<th class="{kind}">{escape(text)}</th>' for text, kind in heads)
    cut = (
        f'<tr class="db-cut"><td colspan="{len(heads)}">'
        f"{escape(words('shortlist.cut', n=len(chosen)))}</td></tr>"
    )
    body = "".join(_row(row, found, selected) for row in chosen)
    body += cut + "".join(_row(row, found, selected) for row in following)
    show_html(
        f'<section class="db-card db-ranking db-shortlist"><h2>{escape(words("shortlist.table_title"))}</h2>'
        f'<div class="db-keys">{_keys(found, words)}</div>'
        f'<div class="db-scroll" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
        f'<p class="db-sub">{escape(words("shortlist.table_note"))}</p></section>'
    )


def colour_of(key: str) -> str:
    return SCORE_PARTS.get(key, SCORE_PARTS["other"])


def _keys(found: Shortlist, words: Words) -> str:
    return "".join(
        f'<span><i style="background:{colour_of(each.key)}"></i>'
        f"{escape(name_criterion(each.key, each.column, words))}</span>"
        for each in found.criteria
        if found.scored.weights[each.key] > 0
    )


def _row(row: ShortRow, found: Shortlist, selected: str | None) -> str:
    bars = "".join(
        f'<i style="width:{part.points:.2f}%;background:{colour_of(part.key)}"'
        f' title="{escape(part.tip)}"></i>'
        for part in row.parts
    )
    small = "".join(f'<div class="db-told">{escape(text)}</div>' for text in (row.origin, row.rules) if text)
    name = f"<b>{escape(row.name)}</b>" if row.number else escape(row.name)
    name += f' <span class="db-of">{escape(row.parent)}</span>' if row.parent else ""
    name = f'<span class="db-named">{name}</span>'
    firm = f"◇ {row.stability}" if row.is_fragile else row.stability
    cells = [
        f'<td class="db-num db-place">{escape(row.number)}</td>',
        f'<td>{name}<span class="db-track db-parts db-narrow">{bars}</span>{small}</td>',
        f'<td class="db-num"><b>{escape(row.score)}</b></td>',
        f'<td class="db-wide"><span class="db-track db-parts">{bars}</span></td>',
        f'<td class="db-num{" db-fragile" if row.is_fragile else ""}">{escape(firm)}</td>',
    ]
    cells.append(f'<td class="db-rules db-told">{escape(row.outcome)}</td>')
    if found.register.listed:
        cells.append(f'<td class="db-beside-{row.beside_kind}">{escape(row.beside)}</td>')
    kind = ' class="db-chosen" aria-selected="true"' if row.ward_code == selected else ""
    return f"<tr{kind}>{''.join(cells)}</tr>"
