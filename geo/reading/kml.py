"""KML before GDAL sees it: one whole document, no entities, not deeper than a reader can bear.

KML is always in WGS 84 degrees. Each folder with features is a layer; the files that network links point
to are never opened, and a finding says so. Text stays text, also where it is HTML.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

import pandas as pd

from errors import UnreadableFile

MOST_DEPTH = 100
# What tells how a feature is drawn, and GDAL's columns that are always there.
DRAWING = ("altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon", "snippet")
OFTEN_EMPTY = ("id", "Name", "description", "timestamp", "begin", "end")


@dataclass
class _Scan:
    """Counts while expat walks through the document."""

    depth: int = 0
    n_links: int = 0

    def open(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self.depth += 1
        if self.depth > MOST_DEPTH or (self.depth == 1 and local != "kml"):
            raise ValueError(name)
        self.n_links += local == "NetworkLink"

    def close(self, _name: str) -> None:
        self.depth -= 1

    def refuse(self, *_declared: object) -> None:
        raise ValueError("document type")


def scan_kml(path: Path, file: str) -> int:
    """How many network links the document has. UnreadableFile("bad_kml") when it is not whole, not KML,
    declares a document type (that is where entities come from) or is nested too deeply."""
    scan, parser = _Scan(), expat.ParserCreate()
    parser.StartElementHandler = scan.open
    parser.EndElementHandler = scan.close
    start: Callable[..., None] = scan.refuse
    parser.StartDoctypeDeclHandler = start
    try:
        with path.open("rb") as stream:
            parser.ParseFile(stream)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableFile("bad_kml", file=file) from error
    return scan.n_links


def drop_drawing(attributes: pd.DataFrame) -> pd.DataFrame:
    """Without the columns that tell how features are drawn, and without those of KML's own that are empty."""
    drawn = [column for column in DRAWING if column in attributes]
    empty = [
        column
        for column in OFTEN_EMPTY
        if column in attributes and attributes[column].replace(["", "NaT"], None).isna().all()
    ]
    return attributes.drop(columns=[*drawn, *empty])
