"""Which font file stands for which words; files come from set-up, by explicit path.

A font is never looked up by family name in the system: some distributions carry old files of the
same name that lack the Vietnamese letters, and a program then mixes fonts glyph by glyph.
"""

from pathlib import Path
from typing import Literal

from errors import MissingFont

FontName = Literal["screen", "paper"]
FOLDER = Path(__file__).parent.parent / "static" / "vendor" / "fonts"
FILES: dict[tuple[FontName, int], str] = {
    ("screen", 400): "BeVietnamPro-Regular.ttf",
    ("screen", 500): "BeVietnamPro-Medium.ttf",
    ("screen", 600): "BeVietnamPro-SemiBold.ttf",
    ("screen", 700): "BeVietnamPro-Bold.ttf",
    ("paper", 400): "Tinos-Regular.ttf",
    ("paper", 700): "Tinos-Bold.ttf",
}


def font_file(name: FontName, weight: int, *, folder: Path = FOLDER) -> Path:
    """Be Vietnam Pro ("screen", also inside the map frame) or Tinos ("paper": Times metrics).

    Raises MissingFont with the file's path when set-up has not put it there.
    """
    path = folder / FILES[name, weight]
    if not path.is_file():
        raise MissingFont(file=str(path))
    return path
