"""What stands around the map: title, note band, north arrow, scale bar, inset frame, source lines."""

import datetime as dt
from collections.abc import Sequence
from math import floor, log10

from matplotlib.path import Path

from i18n.formats import Formats
from layers.palettes import DISTRICT_LINE, INK, INK_2, NOTE_BAND
from layers.paper_arrange import ScaleBar
from layers.paper_canvas import Canvas, Style
from layers.paper_layout import Rect
from layers.paper_text import Run, draw_runs, line_width, shrink_to_width, wrap, wrap_evenly, wrap_runs
from layers.paper_view import View
from layers.spec import MapSpec, MapWords

TITLE = Style(13.5, 700, name="paper")
SUBTITLE = Style(12.0, 400, name="paper")
NOTE = Style(7.6, 600, "#FFFFFF")
INSET_TITLE = Style(7.8, 600)
SCALE = Style(7.4, 500)
NORTH = Style(8.6, 700)
SOURCE = Style(7.6, 400, INK_2)
LEAD = Style(7.6, 700, INK)
NOTE_HEIGHT = 6.0
INSET_TITLE_HEIGHT = 5.4
Z = 8.0


def title_lines(canvas: Canvas, spec: MapSpec, width: float) -> tuple[list[str], Style]:
    """The title in capitals on one line, a little smaller if need be, else on several."""
    text = spec.title.upper()
    style = shrink_to_width(canvas, text, TITLE, width, least=0.86)
    return wrap_evenly(canvas, text, style, width), style


def title_height(canvas: Canvas, spec: MapSpec, width: float) -> float:
    """How much more than one line of each the two titles need."""
    titles, style = title_lines(canvas, spec, width)
    subtitles = wrap_evenly(canvas, spec.subtitle, SUBTITLE, width)
    more = (len(titles) - 1) * canvas.em(style) * 1.25
    return more + (len(subtitles) - 1) * canvas.em(SUBTITLE) * 1.25


def draw_title(canvas: Canvas, spec: MapSpec, box: Rect) -> None:
    """What, then where and when, centred over the sheet."""
    titles, style = title_lines(canvas, spec, box.width)
    middle = box.x + box.width / 2
    y = box.y + canvas.em(style) * 0.95
    for line in titles:
        canvas.text(middle, y, line, style, anchor="center", gid="title")
        y += canvas.em(style) * 1.25
    y += canvas.em(SUBTITLE) * 0.12
    for line in wrap_evenly(canvas, spec.subtitle, SUBTITLE, box.width):
        canvas.text(middle, y, line, SUBTITLE, anchor="center", gid="subtitle")
        y += canvas.em(SUBTITLE) * 1.25


def note_lines(canvas: Canvas, note: str, width: float) -> list[str]:
    return wrap(canvas, note, NOTE, width - 6 * canvas.scale) if note else []


def note_height(canvas: Canvas, note: str, width: float) -> float:
    """Millimetres of the band at the map's foot, 0 without a note."""
    lines = note_lines(canvas, note, width)
    return canvas.scale * NOTE_HEIGHT + (len(lines) - 1) * canvas.em(NOTE) * 1.3 if lines else 0.0


def draw_note(canvas: Canvas, note: str, frame: Rect) -> None:
    height = note_height(canvas, note, frame.width)
    if not height:
        return
    band = frame.cut_top(frame.height - height)
    canvas.rect(band, fill=NOTE_BAND, zorder=Z, gid="note-band")
    lines = note_lines(canvas, note, frame.width)
    pitch = canvas.em(NOTE) * 1.3
    y = band.y + (height - pitch * (len(lines) - 1) + canvas.capital(NOTE)) / 2
    for line in lines:
        canvas.text(band.x + 3 * canvas.scale, y, line, NOTE, zorder=Z + 0.1, gid="note")
        y += pitch


def draw_scale_bar(canvas: Canvas, bar: ScaleBar, box: Rect, words: MapWords) -> None:
    """Half dark, half white, with 0, the half and the whole above."""
    x, height = box.x + 3 * canvas.scale, 1.1 * canvas.scale
    y = box.bottom - height - 1.4 * canvas.scale
    half = bar.length / 2
    canvas.rect(
        Rect(x, y, bar.length, height), fill="#FFFFFF", line=INK, line_px=0.9, zorder=Z, gid="scale-bar"
    )
    canvas.rect(Rect(x, y, half, height), fill=INK, zorder=Z)
    baseline = y - 1.2 * canvas.scale
    unit, metres = (words.kilometre, 1000.0) if bar.metres >= 1000 else (words.metre, 1.0)
    for at, value in ((0.0, 0.0), (half, bar.metres / 2), (bar.length, bar.metres)):
        text = _figure(value / metres, words)
        gid = f"scale-bar/{value:g}"
        canvas.text(x + at, baseline, text, SCALE, anchor="center", halo=True, zorder=Z + 0.1, gid=gid)
    after = canvas.width_of(_figure(bar.metres / metres, words), SCALE) / 2 + canvas.em(SCALE) * 0.28
    canvas.text(x + bar.length + after, baseline, unit, SCALE, halo=True, zorder=Z + 0.1)


def _figure(value: float, words: MapWords) -> str:
    return Formats(words.language).number(value, decimals=0 if value == round(value) else 1)


def draw_north(canvas: Canvas, box: Rect, words: MapWords) -> None:
    """A slim arrow, half dark, with the letter under it."""
    x, top, tall, wide = box.x + box.width / 2, box.y + 1, 6.8 * canvas.scale, 1.75 * canvas.scale
    notch = top + tall * 0.74
    left = [(x, top), (x - wide, top + tall), (x, notch), (x, top)]
    right = [(x, top), (x + wide, top + tall), (x, notch), (x, top)]
    canvas.path(Path(left, closed=True), fill="#FFFFFF", line=INK, width_px=0.8, zorder=Z)
    canvas.path(Path(right, closed=True), fill=INK, line=INK, width_px=0.8, zorder=Z)
    baseline = top + tall + 3.2 * canvas.scale
    canvas.text(x, baseline, words.north, NORTH, anchor="center", halo=True, zorder=Z + 0.1, gid="north")


def draw_inset_frame(canvas: Canvas, box: Rect, words: MapWords) -> None:
    """The strip with the inset's title, and a line around all of it."""
    strip = Rect(box.x, box.y, box.width, INSET_TITLE_HEIGHT * canvas.scale)
    canvas.rect(strip, fill="#FFFFFFEB", zorder=6.8)
    y = strip.y + (strip.height + canvas.capital(INSET_TITLE)) / 2
    canvas.text(strip.x + 2.2 * canvas.scale, y, words.inset, INSET_TITLE, zorder=7, gid="inset-title")
    canvas.rect(box, line=DISTRICT_LINE, line_px=1.4, zorder=7, gid="inset")


def source_runs(spec: MapSpec, mm_per_m: float) -> list[list[Run]]:
    """Source and boundaries, then the reference system with the scale: lead-ins bold."""
    words = spec.words
    scale = _two_digits(1000 / mm_per_m)
    lead, _, system = words.crs.replace("{scale}", Formats(words.language).number(scale)).partition(":")
    parts = [(words.source, spec.source), (words.boundaries, spec.boundaries)]
    first = [run for name, text in parts if text for run in (Run(f"{name}:", LEAD), Run(text, SOURCE))]
    return [runs for runs in (first, [Run(f"{lead}:", LEAD), Run(system, SOURCE)] if system else []) if runs]


def _two_digits(value: float) -> int:
    step = 10 ** max(0, floor(log10(value)) - 1)
    return int(round(value / step) * step)


def export_lines(words: MapWords, code: str, exported_on: dt.date | None) -> list[list[Run]]:
    """Code and date, each after its lead-in; a line without its fact is left out."""
    facts = {"{code}": code, "{date}": Formats(words.language).date(exported_on) if exported_on else ""}
    return [
        [Run(template.replace(place, "").strip(), LEAD), Run(fact, SOURCE)]
        for template in words.exported.splitlines()
        for place, fact in facts.items()
        if fact and place in template
    ]


def draw_foot(
    canvas: Canvas, spec: MapSpec, box: Rect, view: View, exported: Sequence[Sequence[Run]]
) -> None:
    """A rule, the source lines at the left, code and date at the right."""
    canvas.line([(box.x, box.y), (box.right, box.y)], colour=INK, width_px=0.8)
    widest = max((line_width(canvas, line) for line in exported), default=0.0)
    room = box.width - (widest + 8 * canvas.scale if widest else 0.0)
    lines, pitch = _fit_source(canvas, source_runs(spec, view.mm_per_m), room, box.height)
    top = box.y + canvas.em(SOURCE) * 0.45
    for number, line in enumerate(lines):
        draw_runs(canvas, box.x, top + pitch * (number + 0.8), line)
    for number, export in enumerate(exported):
        y = top + canvas.em(SOURCE) * 1.5 * (number + 0.8)
        draw_runs(canvas, box.right - line_width(canvas, export), y, export)


def _fit_source(
    canvas: Canvas, paragraphs: list[list[Run]], room: float, height: float
) -> tuple[list[list[Run]], float]:
    """The lines, set smaller until they fit the foot."""
    for factor in (1.0, 0.94, 0.88, 0.82, 0.76, 0.7):
        runs = [[Run(run.text, run.style.times(factor)) for run in paragraph] for paragraph in paragraphs]
        lines = [line for paragraph in runs for line in wrap_runs(canvas, paragraph, room)]
        pitch = canvas.em(SOURCE) * 1.5 * factor
        if pitch * (len(lines) + 0.3) <= height:
            break
    return lines, pitch
