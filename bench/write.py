"""Runs the benchmarks and writes docs/benchmarks.md: python -m bench.write [section …].

A section is a module of this folder whose `run()` compares the answers, takes the times and gives the
section. The page holds what one run measured, so it is written when all sections were run; with some named,
they are only shown.
"""

import importlib
import os
import sys
import time
from pathlib import Path

from bench.report import Section, write_page

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
SECTIONS = ("join", "match", "clusters", "coverage")


def main() -> None:
    names = tuple(sys.argv[1:]) or SECTIONS
    began, loads = time.perf_counter(), [os.getloadavg()[0]]
    sections: list[Section] = []
    for name in names:
        sections.append(importlib.import_module(f"bench.{name}").run())
        loads.append(os.getloadavg()[0])
    minutes = (time.perf_counter() - began) / 60
    page = write_page(sections, command="make bench", loads=loads, minutes=minutes)
    print(page)
    if names == SECTIONS:
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
