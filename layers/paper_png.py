"""A PNG made small enough for chat without touching the colours that mean something."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

EXACT = 96
CHUNK = 4096
COLOURS = (256, 160, 112)


def shrink_png(png: bytes, max_bytes: int) -> bytes:
    """The image in at most 256 colours, then fewer, then smaller, until it has at most max_bytes.

    The most frequent colours, which are those of areas and ink, stay as they are; only the blends on
    edges are gathered. Sizes go down by eighths.
    """
    with Image.open(BytesIO(png)) as opened:
        title = str(opened.info.get("Title", ""))
        image = opened.convert("RGB")
    full = image
    for eighths in (8, 7, 6, 5, 4, 3, 2, 1):
        if eighths < 8:
            size = full.width * eighths // 8, full.height * eighths // 8
            image = full.resize(size, Image.Resampling.LANCZOS)
        for n_colours in COLOURS:
            small = _encode(_reduce(image, n_colours), title)
            if len(small) <= max_bytes:
                return small
    return small


def _reduce(image: Image.Image, n_colours: int) -> Image.Image:
    pixels = np.asarray(image, dtype=np.uint8).reshape(-1, 3)
    packed = pixels.astype(np.uint32) @ np.array([65536, 256, 1], dtype=np.uint32)
    seen, place, count = np.unique(packed, return_inverse=True, return_counts=True)
    colours = np.array([seen >> 16 & 255, seen >> 8 & 255, seen & 255]).T.astype(np.uint8)
    order = np.argsort(-count, kind="stable")
    palette = colours[order[:EXACT]]
    rest = order[EXACT:]
    if len(rest):
        palette = np.vstack([palette, _gather(colours[rest], count[rest], n_colours - EXACT)])
    indexes = _nearest(colours, palette)[place]
    reduced = Image.frombytes("P", image.size, indexes.tobytes())
    reduced.putpalette(palette.tobytes())
    return reduced


def _nearest(colours: NDArray[np.uint8], palette: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The place of the nearest palette colour for each colour."""
    wide, targets = colours.astype(np.int32), palette.astype(np.int32)
    rows = [
        ((wide[start : start + CHUNK, None, :] - targets[None]) ** 2).sum(axis=2).argmin(axis=1)
        for start in range(0, len(wide), CHUNK)
    ]
    return np.concatenate(rows).astype(np.uint8)


def _gather(colours: NDArray[np.uint8], count: NDArray[np.intp], n_colours: int) -> NDArray[np.uint8]:
    """A few colours that stand for many, weighed by how often each is seen."""
    repeated = np.repeat(colours, np.minimum(count, 64), axis=0)
    strip = Image.fromarray(repeated[None, :, :])
    palette = strip.quantize(n_colours, method=Image.Quantize.MEDIANCUT).getpalette() or []
    return np.array(palette, dtype=np.uint8).reshape(-1, 3)[:n_colours]


def _encode(image: Image.Image, title: str) -> bytes:
    buffer, facts = BytesIO(), PngInfo()
    if title:
        facts.add_itxt("Title", title)
    image.save(buffer, format="PNG", optimize=True, pnginfo=facts)
    return buffer.getvalue()
