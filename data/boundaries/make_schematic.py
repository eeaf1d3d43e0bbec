"""Draw the bundled example's ward outlines anew: python data/boundaries/make_schematic.py [--out FILE.zip]

The same seed gives the same file. The outlines are schematic: made from ward centres and areas alone.
"""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    runpy.run_module("data.boundaries.schematic", run_name="__main__")
