"""The chosen ward's card: numbers, months, categories, cameras, the programme's register."""

import streamlit as st

from i18n.messages import Words
from layers import palettes
from studies.profile import PARTS, CategoryRow, Event, Month, Profile
from views import session
from views.panels import tile_html, trace_html
from views.widgets import escape, mark_image, show_html


def show_card(profile: Profile, words: Words) -> None:
    """Everything known of one ward; the button closes it."""
    chip = status_chip(profile.status, profile.status_words)
    head, button = st.columns([80, 20], vertical_alignment="center")
    with head:
        show_html(
            f'<div class="db-title db-ward" id="db-ward"><h2>{escape(profile.title)}</h2>{chip}'
            f'<span class="db-sub">{escape(profile.subtitle)}</span></div>'
        )
    with button:
        st.button(words("profile.close"), on_click=session.set_choice, args=("dia_ban", None))
    show_html(f'<div class="db-tiles">{"".join(tile_html(tile, words) for tile in profile.tiles)}</div>')
    if profile.changes:
        show_html(f'<p class="db-change">{escape(" ".join(profile.changes))}</p>')
    if profile.parts:
        made_of = f"{words('version.parts')}: {'; '.join(profile.parts)}."
        show_html(f'<p class="db-sub">{escape(made_of)}</p>')
    foots = {key: trace_html(told, words) for key, told in profile.traces.items()}
    incidents = foots.get("n_incidents", "")
    parts = [
        _months(profile.months, incidents, words),
        _categories(profile.categories, incidents, words),
        _cameras(profile, foots.get("n_cameras", ""), words),
        _history(profile.events, foots.get("status", ""), words),
    ]
    show_html(f'<div class="db-cards">{"".join(part for part in parts if part)}</div>')


def status_chip(status: str, words: str) -> str:
    """Colour and mark of a status beside its words."""
    if status == PARTS:
        return f'<span class="db-status">{escape(words)}</span>'
    fill = palettes.STATUS.get(status)
    kind, style = ("db-swatch", f"background:{fill}") if fill else ("db-swatch db-hatch", "")
    mark = mark_image(palettes.STATUS_MARK[status]) if status in palettes.STATUS_MARK else ""
    return f'<span class="db-status"><span class="{kind}" style="{style}">{mark}</span>{escape(words)}</span>'


def _card(title: str, note: str, body: str, *, wide: bool = False) -> str:
    sub = f'<span class="db-sub">{escape(note)}</span>' if note else ""
    kind = "db-card db-broad" if wide else "db-card"
    return f'<section class="{kind}"><h3>{escape(title)} {sub}</h3>{body}</section>'


def _months(months: tuple[Month, ...], foot: str, words: Words) -> str:
    """Bars from zero, a hatched gap where nothing was sent; the highest and the years are named."""
    if len(months) < 2:
        return ""
    highest = max([month.n or 0 for month in months] + [1.0])
    bars = "".join(_month_bar(month, highest, words) for month in months)
    body = (
        f'<div class="db-months"><span class="db-most">{words.number(highest)}</span>'
        f'<div class="db-bars" role="img">{bars}</div></div>'
    )
    return _card(words("profile.months"), words("profile.months_note", n=len(months)), body + foot, wide=True)


def _month_bar(month: Month, highest: float, words: Words) -> str:
    when = f"{month.start.month:02d}/{month.start.year}"
    year = f"<u>{month.start.year}</u>" if month.start.month == 1 else ""
    kind = ' class="db-year"' if month.start.month == 1 else ""
    if month.n is None:
        title = f"{when}: {words('legend.no_data')}"
        return (
            f'<span{kind} title="{escape(title)}"><i class="db-hatch" style="height:100%"></i>{year}</span>'
        )
    height = 100 * month.n / highest
    title = f"{when}: {_count(month.n, words, estimated=month.estimated)}"
    return f'<span{kind} title="{title}"><i style="height:{height:.1f}%"></i>{year}</span>'


def _count(n: float, words: Words, *, estimated: bool) -> str:
    text = words.number(n)
    return words("ranking.estimate", value=text) if estimated else text


def _categories(rows: tuple[CategoryRow, ...], foot: str, words: Words) -> str:
    if not rows:
        return ""
    highest = max([row.now for row in rows] + [row.before or 0 for row in rows] + [1.0])
    lines = "".join(
        f"<tr><td>{escape(row.name)}</td>"
        f'<td class="db-num db-wide"><span class="db-barred">'
        f"{_count(row.now, words, estimated=row.estimated)}"
        f'<span class="db-bar"><i style="width:{100 * row.now / highest:.1f}%"></i></span></span></td>'
        f'<td class="db-num">{escape(row.change)}</td></tr>'
        for row in rows
    )
    table = f'<table class="db-plain"><tbody>{lines}</tbody></table>'
    return _card(words("profile.categories"), words("profile.categories_note"), table + foot)


def _cameras(profile: Profile, foot: str, words: Words) -> str:
    if not profile.cameras:
        return ""
    colours = (palettes.CAMERAS[1], palettes.CAMERAS[3])
    steps = "".join(
        f'<div class="db-step"><span>{escape(label)}</span><b>{escape(text)}</b></div>'
        f'<div class="db-track"><i style="width:{100 * share:.1f}%;background:{colour}"></i></div>'
        for (label, text, share), colour in zip(profile.cameras, colours, strict=False)
    )
    return _card(words("profile.cameras"), "", steps + foot)


def _history(events: tuple[Event, ...], foot: str, words: Words) -> str:
    if not events:
        body = f'<p class="db-sub">{escape(words("profile.no_history"))}</p>'
    else:
        body = "".join(
            f'<div class="db-event"><b>{escape(event.year)}</b>{status_chip(event.status, event.words)}'
            f'<span class="db-sub">{escape(event.source)}</span></div>'
            for event in events
        )
    return _card(words("profile.history"), "", body + foot)
