"""Put the 32 units from 1/7/2025 together again: python data/boundaries/make_later.py [--out FILE.zip]

They come from can_tho_2024.zip and data/sample/crosswalk_2024_2025.csv; the same files give the same bytes.
"""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    runpy.run_module("data.boundaries.schematic.later", run_name="__main__")
