"""Runs the benchmarks and writes docs/benchmarks.md: python -m bench.write [section …].

A section is a module of this folder. Its `run()` gives the section; without one, what its `main()` prints is
the section, under its docstring. The page holds what one run measured, so it is written
when all sections were run; with some named, they are only shown.
"""

import contextlib
import importlib
import io
import os
import sys
from pathlib import Path
from types import ModuleType

from bench.report import Section, write_page

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
SECTIONS = ("join", "match")


def run_section(module: ModuleType) -> Section:
    """The module's section, made while it runs."""
    if hasattr(module, "run"):
        section: Section = module.run()
        return section
    sys.argv = [module.__name__]
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        module.main()
    title, _, about = (module.__doc__ or module.__name__).partition("\n")
    return Section(title.rstrip("."), f"{about.strip()}\n\n```text\n{said.getvalue().strip()}\n```")


def main() -> None:
    names = tuple(sys.argv[1:]) or SECTIONS
    before = os.getloadavg()[0]
    sections = [run_section(importlib.import_module(f"bench.{name}")) for name in names]
    page = write_page(sections, command="python -m bench.write", loads=(before, os.getloadavg()[0]))
    print(page)
    if names == SECTIONS:
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
