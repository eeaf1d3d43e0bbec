"""The chosen ward's card: numbers, months, categories, cameras, the programme's register."""

import streamlit as st

from i18n.messages import Words
from layers import palettes
from studies.profile import CategoryRow, Event, Month, Profile
from views import session
from views.panels import tile_html
from views.widgets import escape, mark_svg, show_html

WIDTH, HEIGHT, FOOT, LEFT = 640, 170, 22, 28


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
    show_html(f'<div class="db-tiles">{"".join(map(tile_html, profile.tiles))}</div>')
    parts = [_months(profile.months, words), _categories(profile.categories, words), _cameras(profile, words),
             _history(profile.events, words)]  # fmt: skip
    show_html(f'<div class="db-cards">{"".join(part for part in parts if part)}</div>')


def status_chip(status: str, words: str) -> str:
    """Colour and mark of a status beside its words."""
    fill = palettes.STATUS.get(status)
    kind, style = ("db-swatch", f"background:{fill}") if fill else ("db-swatch db-hatch", "")
    mark = mark_svg(palettes.STATUS_MARK[status]) if status in palettes.STATUS_MARK else ""
    return f'<span class="db-status"><span class="{kind}" style="{style}">{mark}</span>{escape(words)}</span>'


def _card(title: str, note: str, body: str, *, wide: bool = False) -> str:
    sub = f'<span class="db-sub">{escape(note)}</span>' if note else ""
    kind = "db-card db-broad" if wide else "db-card"
    return f'<section class="{kind}"><h3>{escape(title)} {sub}</h3>{body}</section>'


def _months(months: tuple[Month, ...], words: Words) -> str:
    """Bars from zero, a gap where nothing was sent; years below, the last month named."""
    if len(months) < 2:
        return ""
    highest = max([month.n or 0 for month in months] + [1.0])
    step = (WIDTH - LEFT) / len(months)
    plot = HEIGHT - FOOT - 14
    bars, years = [], []
    for place, month in enumerate(months):
        x = LEFT + place * step
        if month.n is not None:
            height = plot * month.n / highest
            bars.append(
                f'<rect x="{x + 1:.1f}" y="{14 + plot - height:.1f}" width="{max(step - 2, 1):.1f}" '
                f'height="{height:.1f}"><title>{month.start.month:02d}/{month.start.year}: '
                f"{words.number(month.n)}</title></rect>"
            )
        if month.start.month == 1 or place == 0:
            years.append(
                f'<line x1="{x:.1f}" x2="{x:.1f}" y1="14" y2="{HEIGHT - FOOT + 5}"/>'
                f'<text x="{x + 4:.1f}" y="{HEIGHT - 5}">{month.start.year}</text>'
            )
    axis = f'<text x="0" y="22">{words.number(highest)}</text><text x="0" y="{14 + plot}">0</text>'
    body = (
        f'<svg class="db-months" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">{"".join(years)}'
        f'<line x1="{LEFT}" x2="{WIDTH}" y1="{14 + plot}" y2="{14 + plot}"/>{"".join(bars)}{axis}</svg>'
    )
    return _card(words("profile.months"), words("profile.months_note", n=len(months)), body, wide=True)


def _categories(rows: tuple[CategoryRow, ...], words: Words) -> str:
    if not rows:
        return ""
    highest = max([row.now for row in rows] + [row.before or 0 for row in rows] + [1.0])
    lines = "".join(
        f"<tr><td>{escape(row.name)}</td>"
        f'<td class="db-num db-wide"><span class="db-barred">{words.number(row.now)}'
        f'<span class="db-bar"><i style="width:{100 * row.now / highest:.1f}%"></i></span></span></td>'
        f'<td class="db-num">{escape(row.change)}</td></tr>'
        for row in rows
    )
    table = f'<table class="db-plain"><tbody>{lines}</tbody></table>'
    return _card(words("profile.categories"), words("profile.categories_note"), table)


def _cameras(profile: Profile, words: Words) -> str:
    if not profile.cameras:
        return ""
    colours = (palettes.CAMERAS[1], palettes.CAMERAS[3])
    steps = "".join(
        f'<div class="db-step"><span>{escape(label)}</span><b>{escape(text)}</b></div>'
        f'<div class="db-track"><i style="width:{100 * share:.1f}%;background:{colour}"></i></div>'
        for (label, text, share), colour in zip(profile.cameras, colours, strict=False)
    )
    return _card(words("profile.cameras"), "", steps)


def _history(events: tuple[Event, ...], words: Words) -> str:
    if not events:
        body = f'<p class="db-sub">{escape(words("profile.no_history"))}</p>'
    else:
        body = "".join(
            f'<div class="db-event"><b>{escape(event.year)}</b>{status_chip(event.status, event.words)}'
            f'<span class="db-sub">{escape(event.source)}</span></div>'
            for event in events
        )
    return _card(words("profile.history"), "", body)
