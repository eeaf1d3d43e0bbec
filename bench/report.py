"""What was measured, as a page: each section, and above them the machine, the day, the command, the load."""

import datetime as dt
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.turns import Taken

CPU_NAMES = Path("/proc/cpuinfo")
PACKAGES = (
    *("numpy", "scipy", "pandas", "shapely", "geopandas", "sedonadb", "rapidfuzz"),
    *("esda", "libpysal", "numba"),
)
HOW = """\
- Answers are compared first, which also warms every way up. Then the ways take turns in one process, each
  round in the order opposite to the last; medians of five rounds, unless a section says otherwise. CPU is of
  the whole process, all threads.
- Only ratios are claims. Seconds are this machine's under this load; below 1.3 times is a tie."""


@dataclass(frozen=True)
class Section:
    """One topic. body: Markdown."""

    title: str
    body: str


def write_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Markdown; the first column and the last are text, the others numbers."""
    rule = [":---", *["---:"] * (len(head) - 2), ":---"]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in (head, rule, *rows))


def write_pairs(rows: Sequence[tuple[str, Taken, Taken, str]]) -> str:
    """A row per task: what, ours, theirs, and a note on the answers."""
    head = ["what", "ours CPU s", "theirs CPU s", "ours wall s", "theirs wall s", "CPU ÷ ours", "wall ÷ ours"]
    lines = [
        [
            what,
            *(f"{seconds:.3f}" for seconds in (ours.cpu_s, theirs.cpu_s, ours.wall_s, theirs.wall_s)),
            *(f"{ratio:.1f}" for ratio in (theirs.cpu_s / ours.cpu_s, theirs.wall_s / ours.wall_s)),
            answers,
        ]
        for what, ours, theirs, answers in rows
    ]
    return write_table([*head, "answers"], lines)


def write_turns(taken: Mapping[str, Taken], ours: str, notes: Mapping[str, str]) -> str:
    """A row per way: medians, how many times ours each took, and a note on its answers."""
    own = taken[ours]
    rows = [
        [
            f"**{name}**" if name == ours else name,
            f"{each.cpu_s:.3f}",
            f"{each.wall_s:.3f}",
            f"{each.cpu_s / own.cpu_s:.1f}",
            f"{each.wall_s / own.wall_s:.1f}",
            notes.get(name, ""),
        ]
        for name, each in taken.items()
    ]
    return write_table(["way", "CPU s", "wall s", "CPU ÷ ours", "wall ÷ ours", "answers"], rows)


def describe_machine() -> str:
    """Processor, cores, system and Python."""
    names = CPU_NAMES.read_text(encoding="utf-8").splitlines() if CPU_NAMES.is_file() else []
    model = next((line.partition(":")[2].strip() for line in names if line.startswith("model name")), "")
    system = f"{platform.system()}, Python {platform.python_version()}"
    return f"{model or platform.machine()}, {os.cpu_count()} cores, {system}"


def write_page(sections: Sequence[Section], *, command: str, loads: Sequence[float], minutes: float) -> str:
    """loads: how many processes wanted a core on average in the last minute, before the run and after each
    section. minutes: of the whole run."""
    first, *others = (f"{load:.1f}" for load in loads)
    told = f"{first} before the run, {', '.join(others)} after each section"
    day = dt.datetime.now(tz=dt.UTC).date().isoformat()
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    head = f"""\
# Benchmarks

Written by `{command}` on {day} in {minutes:.0f} min; not edited by hand.

- Machine: {describe_machine()}. Load: {told}.
- Versions: {versions}.
{HOW}
"""
    return "\n".join([head, *(f"## {section.title}\n\n{section.body}\n" for section in sections)])
