"""The dataclasses of planning as JSON and back, and the only door to pydantic here.

What comes back is what was given, except: a NUL character is left out of texts, and a number that is not
known (NaN) is None. A field that this program knows and the content lacks takes its default; a field or a
value that this program does not know is refused, since writing the rest back would lose it.
"""

import json
import math
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from errors import StoreNewer
from store.columns import NUL

T = TypeVar("T")


def encode(content: object) -> Any:
    """A frozen dataclass as plain JSON: days as ISO text, tuples as lists. ValueError for what its fields do
    not allow or for an infinite number: a bug of the caller."""
    content_type: Any = type(content)
    return _adapter(content_type).dump_python(as_kept(content), mode="json")


def as_kept(content: T) -> T:
    """The content as it will be read back. ValueError as `encode`."""
    content_type: Any = type(content)
    plain = _adapter(content_type).dump_python(content, mode="json", warnings="error")
    kept: T = _read(content_type, _clean(plain))
    return kept


def decode(content_type: type[T], kept: Any) -> T:
    """The dataclass of kept JSON. Raises StoreNewer (reason `content`) for fields and values not known."""
    try:
        content = _read(content_type, kept)
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        raise StoreNewer("content", kind=content_type.__name__, seen=place) from error
    for stray in _list_strays(kept, encode(content)):
        raise StoreNewer("content", kind=content_type.__name__, seen=stray)
    return content


@cache
def _adapter(content_type: Any) -> TypeAdapter[Any]:
    return TypeAdapter(content_type)


def _read(content_type: type[T], plain: Any) -> T:
    known: Any = content_type
    content: T = _adapter(known).validate_json(json.dumps(plain), strict=True)
    return content


def _clean(plain: Any) -> Any:
    if isinstance(plain, dict):
        return {_clean(name): _clean(part) for name, part in plain.items()}
    if isinstance(plain, list):
        return [_clean(part) for part in plain]
    if isinstance(plain, str):
        return plain.replace(NUL, "")
    if isinstance(plain, float) and not math.isfinite(plain):
        if math.isinf(plain):
            raise ValueError("an infinite number cannot be kept")
        return None
    return plain


def _list_strays(kept: Any, known: Any, place: str = "") -> Iterator[str]:
    """Where the kept content says something that the content as read does not say."""
    if isinstance(kept, dict) and isinstance(known, dict):
        for name, part in kept.items():
            inside = f"{place}.{name}" if place else str(name)
            if name in known:
                yield from _list_strays(part, known[name], inside)
            else:
                yield inside
    elif isinstance(kept, list) and isinstance(known, list) and len(kept) == len(known):
        for number, pair in enumerate(zip(kept, known, strict=True)):
            yield from _list_strays(*pair, f"{place}.{number}")
    elif kept != known:
        yield place
