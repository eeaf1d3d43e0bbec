"""The still parts of the overview: sentences, tiles, the list."""

import streamlit as st

from geo.indicators import INDICATORS
from i18n.messages import Words
from layers.sheet import NamedList, Ranking, RankRow, Sentence, Tile, Trace
from studies.holdings import Holdings
from studies.place import Place
from views import session
from views.widgets import escape, rich, show_html

TONES = {"better": "db-better", "worse": "db-worse", "": ""}


def show_title(holdings: Holdings, words: Words, *, title: str = "overview.title") -> None:
    """What the page is of, the boundary version, and the mark of made-up data. title: key of the words."""
    area, source = holdings.area, holdings.wards.source
    place = area.title
    version = area.version or words("atlas.version_unknown")
    is_example = source.illustrative or any(fact.source.illustrative for fact in holdings.facts)
    chip = f'<span class="db-chip">{escape(words("overview.illustrative"))}</span>' if is_example else ""
    subtitle = words("overview.subtitle", n=area.n_wards, version=version)
    if area.valid_to:
        subtitle += "; " + words("version.until", date=area.valid_to)
    elif area.valid_from:
        subtitle += "; " + words("version.since", date=area.valid_from)
    if holdings.span is not None:
        subtitle += words("overview.data_to", date=holdings.span.end)
    show_html(
        f'<div class="db-title"><h1>{escape(words(title, place=place))}</h1>'
        f'<span class="db-sub">{escape(subtitle)}</span>{chip}</div>'
    )


def show_version(place: Place, words: Words) -> None:
    """Whose figures stand on whose boundaries."""
    n_old, n_new = place.areas[0].n_wards, place.current.n_wards
    show_html(f'<div class="db-note">{escape(words("version.carried", n_old=n_old, n_new=n_new))}</div>')


def show_headline(sentences: tuple[Sentence, ...], words: Words) -> None:
    """What the data say, before any number or colour; each with a way to its map."""
    if not sentences:
        return
    for column, sentence in zip(st.columns(len(sentences)), sentences, strict=True):
        with column, st.container(key=f"db-sentence-{sentence.key}"):
            show_html(f"<p>{rich(sentence.text)}</p>")
            name = words(f"layer.{sentence.key}")
            st.button(
                words("overview.see", name=name[:1].lower() + name[1:]),
                key=f"see_{sentence.key}",
                type="tertiary",
                on_click=session.set_choice,
                args=("lop", sentence.key),
            )


def show_formula(key: str, words: Words) -> None:
    """How the shown measure is made, from what, and where it misleads."""
    lines = [words(f"indicator.{key}.{part}") for part in ("formula", "source", "caution")]
    lines += [words("overview.steady")]
    lines += [words("overview.camera_caution")] if INDICATORS[key].family == "cameras" else []
    body = "".join(f"<p>{escape(line)}{'' if line.endswith('.') else '.'}</p>" for line in lines)
    show_html(f'<div class="db-formula"><b>{escape(words(f"indicator.{key}.name"))}</b>{body}</div>')


def show_tiles(tiles: tuple[Tile, ...], words: Words) -> None:
    """One bordered row; hairlines between; no icons."""
    show_html(f'<div class="db-tiles">{"".join(tile_html(tile, words) for tile in tiles)}</div>')


def trace_html(trace: Trace | None, words: Words) -> str:
    """Where a number comes from, folded until it is asked for."""
    if trace is None:
        return ""
    parts = (("formula", trace.formula), ("source_head", trace.source), ("period", trace.period),
             ("boundaries", trace.boundaries), ("caution", trace.caution))  # fmt: skip
    lines = "".join(
        f"<dt>{escape(words(f'trace.{head}'))}</dt><dd>{escape(text)}</dd>" for head, text in parts
    )
    return (
        f'<details class="db-trace"><summary>{escape(words("trace.open"))}</summary>'
        f"<b>{escape(trace.name)}</b><dl>{lines}</dl></details>"
    )


def tile_html(tile: Tile, words: Words) -> str:
    is_word = not any(sign.isdigit() for sign in tile.value)
    size = "db-value db-word" if is_word else "db-value"
    beside = f'<span class="db-beside {TONES[tile.tone]}">{escape(tile.beside)}</span>' if tile.beside else ""
    return (
        f'<div class="db-tile"><div class="db-label">{escape(tile.label)}</div>'
        f'<div class="{size}">{escape(tile.value)} {beside}</div>'
        f'<div class="db-why">{escape(tile.sentence)}</div>{trace_html(tile.trace, words)}</div>'
    )


def show_lists(lists: tuple[NamedList, ...]) -> None:
    """The outlined wards by name: no fact hangs on a line alone."""
    items = "".join(
        f'<p><span class="db-swatch db-{named.kind}"></span> <b>{escape(named.title)}:</b> '
        f"{escape('; '.join(named.names))}</p>"
        for named in lists
    )
    if items:
        show_html(f'<div class="db-lists">{items}</div>')


def show_ranking(ranking: Ranking, selected: str | None, words: Words) -> None:
    """The list beside the map; it scrolls, its head stays."""
    heads = [f'<th class="db-num"></th><th>{escape(words("ranking.ward"))}</th>',
             f'<th class="db-num db-wide">{escape(ranking.value_title)}</th>']  # fmt: skip
    if ranking.shows_incidents:
        heads.append(f'<th class="db-num">{escape(words("ranking.incidents"))}</th>')
    if ranking.shows_change:
        heads.append(f'<th class="db-num">{escape(words("ranking.change"))}</th>')
    rows = "".join(_rank_row(row, ranking, selected, words) for row in ranking.rows)
    show_html(
        f'<section class="db-card db-ranking"><h2>{escape(ranking.title)}</h2>'
        f'<div class="db-scroll" tabindex="0"><table><thead><tr>{"".join(heads)}</tr></thead>'
        f'<tbody>{rows}</tbody></table></div><p class="db-sub">{escape(ranking.note)}</p>'
        f"{trace_html(ranking.trace, words)}</section>"
    )


def _rank_row(row: RankRow, ranking: Ranking, selected: str | None, words: Words) -> str:
    number = f" <small>{escape(words('ranking.target', n=row.number))}</small>" if row.number else ""
    name = f"<b>{escape(row.name)}</b>" if row.number else escape(row.name)
    bar = ""
    if row.share is not None:
        bar = f'<span class="db-bar"><i style="width:{100 * row.share:.1f}%"></i></span>'
    cells = [
        f'<td class="db-num db-place">{escape(row.place)}</td>',
        f'<td>{name}{number}<span class="db-parent">{escape(row.parent)}</span></td>',
        f'<td class="db-num db-wide{" db-muted" if row.muted else ""}">'
        f'<span class="db-barred">{escape(row.value)}{bar}</span></td>',
    ]
    if ranking.shows_incidents:
        cells.append(f'<td class="db-num">{escape(row.n_incidents)}</td>')
    if ranking.shows_change:
        muted = " db-muted" if row.muted_change else ""
        cells.append(f'<td class="db-num{muted}">{escape(row.change)}</td>')
    chosen = ' class="db-chosen" aria-selected="true"' if row.ward_code == selected else ""
    return f"<tr{chosen}>{''.join(cells)}</tr>"
