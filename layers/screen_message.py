"""A MapSpec as the one small message that repaints the browser's map.

Nothing is decided here: classes, colours, words and counts are copied. Text stays text: the JSON can
stand inside a script element or an `eval` without ending either.
"""

import json
import string

from i18n.messages import load_words
from layers.palettes import HATCH_FILL, ink_on
from layers.screen_places import place_parts, zone_parts
from layers.spec import Choropleth, LegendEntry, MapSpec, MapWords, Outline

DIGITS = string.digits + string.ascii_lowercase
UNSAFE = {"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029", "{{": "\\u007b{"}


def encode(value: object) -> str:
    """JSON that is safe inside HTML and JavaScript and that no template mistakes for its own."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for unsafe, safe in UNSAFE.items():
        text = text.replace(unsafe, safe)
    return text


def map_message(spec: MapSpec, order: str, *, selected: str | None) -> dict[str, object]:
    """`fills` has one digit (base 36) per ward, in the order that `order` stands for."""
    if len(spec.choropleth.classes) > len(DIGITS):
        raise ValueError(f"a map of {len(spec.choropleth.classes)} classes cannot be read")
    return {
        "order": order,
        "key": spec.key,
        "title": spec.title,
        "fills": "".join(DIGITS[class_id] for class_id in spec.choropleth.ward_class),
        "legend": {
            "title": spec.choropleth.title,
            "subtitle": spec.choropleth.subtitle,
            "rows": [_legend_row(entry) for entry in spec.choropleth.classes],
            "both": spec.words.both,
            "cross": _cross_key(spec.choropleth),
        },
        "outlines": [_outline(outline) for outline in spec.outlines],
        "selected": selected,
        "labels": [
            [label.text, label.longitude, label.latitude, label.kind, label.rank, int(label.always)]
            for label in spec.labels
        ],
        "tips": [list(lines) for lines in spec.tips],
        "corner": list(spec.extent[:2]),
        "zones": zone_parts(spec),
        "places": place_parts(spec),
        "note": spec.note,
    }


def furniture_words(words: MapWords) -> dict[str, str]:
    """Words of buttons, scale and trouble."""
    say = load_words(words.language)
    return {
        "language": words.language,
        "north": words.north,
        "kilometre": words.kilometre,
        "metre": words.metre,
        "whole_area": words.whole_area,
        "zoom_in": say("screen_map.zoom_in"),
        "zoom_out": say("screen_map.zoom_out"),
        "unreachable": say("screen_map.unreachable"),
    }


def _legend_row(entry: LegendEntry) -> list[object]:
    return [entry.words, entry.fill, entry.mark, entry.count, int(entry.indent)]


def _cross_key(choropleth: Choropleth) -> dict[str, object] | None:
    """The grid of a key of two measures; ink: of the figures in each cell."""
    cross = choropleth.cross
    if cross is None:
        return None
    return {
        "rowTitle": cross.row_title,
        "columnTitle": cross.column_title,
        "rows": list(cross.rows),
        "columns": list(cross.columns),
        "cells": [list(row) for row in cross.cells],
        "ink": [
            [ink_on(choropleth.classes[place].fill or HATCH_FILL) for place in row] for row in cross.cells
        ],
    }


def _outline(outline: Outline) -> list[object]:
    return [outline.kind, outline.words, list(outline.ward_codes), list(outline.numbers)]
