"""What leaves the page: two images, a caption to copy, two tables. Images are drawn when asked for."""

import datetime as dt
import hashlib

import pandas as pd
import streamlit as st

from briefing.table import to_csv, to_xlsx
from i18n.messages import Words
from layers.matplotlib_map import to_png
from layers.sheet import Sheet
from layers.spec import MapShapes, MapSpec
from views.widgets import escape, show_html

CHAT_BYTES = 1_000_000
CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_downloads(sheet: Sheet, shapes: MapShapes, words: Words, *, images: bool = True) -> None:
    """The row of buttons under the map, and the reconciliation line. images: see `show_map_downloads`."""
    show_map_downloads(sheet.map, sheet.table, sheet.caption, shapes, words, images=images)
    lines = [words("overview.balance", balance=sheet.balance)] if sheet.balance else []
    lines += sheet.notes
    show_html("".join(f'<p class="db-balance">{escape(line)}</p>' for line in lines))


def show_map_downloads(
    spec: MapSpec,
    table: pd.DataFrame,
    caption: str,
    shapes: MapShapes,
    words: Words,
    *,
    images: bool = True,
) -> None:
    """The buttons alone. table: columns named for the reader. images: False where the map stays off
    papers."""
    code = export_code(spec)
    name = f"{spec.key}-{code}"
    with st.container(horizontal=True, key="db-downloads", vertical_alignment="center"):
        if images:
            _offer_images(spec, shapes, name, code, words)
        with st.popover(words("overview.caption")):
            st.code(caption, language=None, wrap_lines=True)
        st.download_button(
            words("overview.xlsx"), data=lambda: to_xlsx(table, title=spec.key, notes=describe(spec, words)),
            file_name=f"{name}.xlsx", mime=XLSX_TYPE, on_click="ignore",
        )  # fmt: skip
        st.download_button(
            words("overview.csv"), data=lambda: to_csv(table),
            file_name=f"{name}.csv", mime=CSV_TYPE, on_click="ignore",
        )  # fmt: skip


def _offer_images(spec: MapSpec, shapes: MapShapes, name: str, code: str, words: Words) -> None:
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    st.download_button(
        words("overview.png"),
        data=lambda: to_png(spec, shapes, code=code, exported_on=today),
        file_name=f"{name}.png", mime="image/png", type="primary", on_click="ignore",
    )  # fmt: skip
    st.download_button(
        words("overview.chat"),
        data=lambda: to_png(spec, shapes, max_bytes=CHAT_BYTES, code=code, exported_on=today),
        file_name=f"{name}-chat.png", mime="image/png", on_click="ignore",
    )  # fmt: skip


def describe(spec: MapSpec, words: Words) -> dict[str, str]:
    """The second sheet of the workbook: what the numbers are and rest on."""
    notes = {words("map.legend"): f"{spec.title}. {spec.subtitle}", words("map.source"): spec.source,
             words("map.boundaries"): spec.boundaries}  # fmt: skip
    if spec.note:
        notes["!"] = spec.note
    return notes


def export_code(spec: MapSpec) -> str:
    """Six signs that tell two sheets apart: the same map has the same code."""
    return hashlib.sha256(repr(spec).encode()).hexdigest()[:6].upper()
