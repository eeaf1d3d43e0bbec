"""Write the bundled example's tables anew: python data/sample/make_sample.py [--out FOLDER]

The same seed gives the same files. Everything written is illustrative except the rows that name a source.
"""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    runpy.run_module("data.sample.illustrative", run_name="__main__")
