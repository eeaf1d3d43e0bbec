"""Imports run downstairs only, and each outside library has one door."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = (
    {"i18n", "config", "errors"},
    {"geo"},
    {"layers", "planning"},
    {"briefing", "store"},
    {"studies"},
    {"views"},
    {"cli_kpi", "cli_measure", "cli_planning", "cli_programme", "cli_store", "cli_siting", "cli_usage"},
    {"app", "cli"},
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
DOORS = {
    "streamlit": ("app.py", "views/"),
    "streamlit_folium": ("views/",),
    "altair": ("views/chart",),
    "folium": ("layers/folium_map.py",),
    "branca": ("layers/folium_map.py",),
    "matplotlib": ("layers/matplotlib_map.py", "layers/paper_"),
    "sqlalchemy": ("store/",),
    "alembic": ("store/",),
    "pydantic": ("store/plan_codec.py", "config.py"),
    "pydantic_settings": ("config.py",),
    "openpyxl": ("briefing/", "geo/reading/tables.py"),
    "typer": (
        "cli.py",
        "cli_kpi.py",
        "cli_measure.py",
        "cli_planning.py",
        "cli_programme.py",
        "cli_store.py",
        "cli_siting.py",
    ),
    "rapidfuzz": ("geo/matching/suggest.py",),
    "pyogrio": ("geo/reading/gdal.py", "studies/joined_file.py"),
    "python_calamine": ("geo/reading/workbook.py", "geo/reading/workbook_cells.py"),
    "dask": ("geo/partition.py",),
}
SPEECHLESS = ("geo", "planning")
HOUSE = sorted(
    path
    for room in FLOOR_OF
    for path in ([ROOT / f"{room}.py"] if (ROOT / f"{room}.py").exists() else (ROOT / room).rglob("*.py"))
)


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(str(node.module).split(".")[0])
    return names


def room_of(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("path", HOUSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_downstairs_and_through_their_doors(path: Path) -> None:
    room, place = room_of(path), str(path.relative_to(ROOT))
    names = imported(path)
    upstairs = {n for n in names if n in FLOOR_OF and n != room and FLOOR_OF[n] >= FLOOR_OF[room]}
    assert upstairs - (FLOORS[0] if room in FLOORS[0] else set()) == set()
    assert {n for n in names if n in DOORS and not place.startswith(DOORS[n])} == set()
    if "config" in names:
        assert room == "app" or room.startswith("cli"), "only the faces read settings"
    if room in SPEECHLESS:
        assert "i18n" not in names, "geo and planning speak no human language"


def test_the_house_was_found() -> None:
    assert {room_of(path) for path in HOUSE} >= {
        "geo",
        "layers",
        "store",
        "studies",
        "views",
        "app",
        "cli",
        "errors",
    }
