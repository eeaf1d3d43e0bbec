"""The documents of the project as tests read them: their examples, their tables, their commands."""

import re
import shlex
from pathlib import Path

from openpyxl import Workbook

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DATA = ROOT / "docs" / "data.md"
EVERY = (README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
FENCE = re.compile(r"^```(\w*) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def read_fences(path: Path, kind: str) -> list[tuple[str, str]]:
    """(name, text) of a document's fenced blocks of a kind, in order."""
    found = FENCE.findall(path.read_text(encoding="utf-8"))
    return [(name, text) for language, name, text in found if language == kind]


def read_commands(path: Path) -> list[list[str]]:
    text = "".join(block.replace("\\\n", " ") for _, block in read_fences(path, "sh"))
    return [shlex.split(line) for line in text.splitlines()]


def read_table(path: Path, *heads: str) -> list[list[str]]:
    """The cells below the heads of the one table that begins with them, row by row."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [place for place, line in enumerate(lines) if _split(line)[: len(heads)] == list(heads)]
    assert len(found) == 1, f"{heads} heads {len(found)} tables"
    rows = []
    for line in lines[found[0] + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(_split(line))
    return rows


def _split(line: str) -> list[str]:
    return [cell.strip().strip("`") for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def save_examples(path: Path, folder: Path) -> set[str]:
    """The document's named examples as files, each under its name."""
    names = set()
    for kind in ("csv", "geojson", "toml"):
        for name, text in read_fences(path, kind):
            (folder / name).write_text(text, encoding="utf-8")
            names.add(name)
    for name, text in read_fences(path, "sheet"):
        _write_sheet(text, folder / name)
        names.add(name)
    return names


def _write_sheet(text: str, path: Path) -> None:
    """A cell per bar; whole numbers are typed as numbers, as a clerk's are."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row, line in enumerate(text.splitlines(), start=1):
        for column, cell in enumerate(line.split("|"), start=1):
            said = cell.strip()
            sheet.cell(row, column).value = int(said) if said.isdecimal() else said or None
    book.save(path)
