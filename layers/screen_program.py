"""The browser's side of the map as one script: marks, painting, furniture and wiring, with its styles.

The parts stand beside this file as `ward_*.js` and `ward_layer.css`, plain functions that share one
closed scope; nothing is fetched from anywhere but the addresses handed in.
"""

import json
from collections.abc import Callable
from pathlib import Path

from layers import palettes
from layers.fonts import FILES
from layers.marks import MARKS
from layers.screen_geometry import short_hash, write_once

HERE = Path(__file__).parent
PARTS = (
    "ward_marks.js",
    "ward_shapes.js",
    "ward_labels.js",
    "ward_canvas.js",
    "ward_places.js",
    "ward_badges.js",
    "ward_panel.js",
    "ward_key.js",
    "ward_message.js",
    "ward_page.js",
    "ward_view.js",
    "ward_layer.js",
)
WEIGHTS = (400, 600, 700)
LOOK = {
    "wardLine": palettes.WARD_LINE,
    "paleLine": palettes.WARD_LINE_PALE,
    "districtLine": palettes.DISTRICT_LINE,
    "label": palettes.LABEL,
    "districtLabel": palettes.DISTRICT_LABEL,
    "target": palettes.TARGET_LINE,
    "gap": palettes.GAP_LINE,
    "selected": palettes.SELECTED_LINE,
    "hatch": palettes.HATCH_LINE,
    "hatchWidth": palettes.HATCH_WIDTH_PX,
    "hatchSpacing": palettes.HATCH_SPACING_PX,
    "zone": dict(palettes.ZONE),
    "zoneOpacity": dict(palettes.ZONE_OPACITY),
    "zoneLine": palettes.ZONE_LINE,
    "place": dict(palettes.PLACE),
}
SHEET = {"ground": palettes.GROUND, "note-band": palettes.NOTE_BAND} | {
    name.replace("_", "-"): colour for name, colour in palettes.UI_LIGHT.items()
}


def program_text(*, style: str) -> str:
    """style: what the script adds to the page it runs in; "" where the page has it already."""
    marks = {
        name: {"colour": mark.colour, "strokes": [[stroke.svg, stroke.width] for stroke in mark.strokes]}
        for name, mark in MARKS.items()
    }
    constants = {"STYLE": style, "LOOK": LOOK, "MARKS": marks}
    given = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in constants.items())
    parts = "\n".join((HERE / part).read_text(encoding="utf-8") for part in PARTS)
    return f'(function () {{\n"use strict";\n{given}{parts}\n}})();\n'


def style_text(font_address: Callable[[str], str]) -> str:
    """Fonts, colours by name, and the rules that use them.

    font_address: from a font's file name to what stands in `url()`.
    """
    faces = "".join(
        f'@font-face{{font-family:"Be Vietnam Pro";font-weight:{weight};font-display:swap;'
        f'src:url("{font_address(FILES["screen", weight])}") format("truetype")}}\n'
        for weight in WEIGHTS
    )
    colours = "".join(f"--{name}:{colour};" for name, colour in SHEET.items())
    rules = (HERE / "ward_layer.css").read_text(encoding="utf-8")
    return f"{faces}:root{{{colours}}}\n{rules}"


def write_program(folder: Path, *, fonts: str) -> str:
    """Writes `ward_layer_<hash>.js` into the folder unless it is there; returns the file name.

    fonts: address of the folder with the font files.
    """
    text = program_text(style=style_text(lambda name: f"{fonts}/{name}"))
    return write_once(folder, f"ward_layer_{short_hash(text)}.js", text)
