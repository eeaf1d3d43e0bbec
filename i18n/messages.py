"""Words by key, in the reader's language.

`i18n/<language>/*.toml` hold the texts; nested tables join with dots (`[legend]` `zero` is
`legend.zero`). Missing words are a bug: `Words.__call__` raises KeyError.
"""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from errors import AppError, BadOption, Key
from i18n.formats import Formats

FOLDER = Path(__file__).parent
LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Words(Formats):
    """Texts and number formats of one language.

    words("legend.zero") gives a text; words("join.given", n=3) fills `{n}`. Numbers handed in as
    int or float are written as the language writes them; format a float beforehand with `number`
    where its decimals matter.
    """

    texts: dict[str, str]

    def __call__(self, key: str, **facts: object) -> str:
        return self.fill(self.texts[key], facts)

    def has(self, key: str) -> bool:
        return key in self.texts

    def fill(self, text: str, facts: dict[str, object]) -> str:
        return text.format(**{name: self.plain(value) for name, value in facts.items()}) if facts else text

    def plain(self, value: object) -> str:
        """A fact as text: integers grouped, floats with at most three decimals, days as dd/mm/yyyy, keys by
        their words, tuples with commas."""
        if isinstance(value, Key):
            return self.texts[f"{value.group}.{value}"]
        if isinstance(value, tuple):
            return ", ".join(self.plain(part) for part in value)
        if isinstance(value, bool):
            return str(value)
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, dt.date):
            return self.date(value)
        if isinstance(value, float):
            return self.number(value, decimals=3).rstrip("0").rstrip(",.")
        return str(value)

    def error(self, error: AppError) -> str:
        """One calm sentence: what is wrong, where, and the way out."""
        keys = (f"error.{error.code}.{error.reason}", f"error.{error.code}.other", "error.other")
        key = next(key for key in keys if key in self.texts)
        return self.fill(self.texts[key], error.facts | {"code": error.code, "reason": error.reason})


@cache
def load_words(language: str) -> Words:
    """The words of `vi` or `en`; KeyError for another language."""
    if language not in LANGUAGES:
        raise KeyError(language)
    texts: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.toml")):
        more = _flatten(tomllib.loads(path.read_text(encoding="utf-8")))
        if twice := texts.keys() & more.keys():
            raise ValueError(f"{path.name} says again what another file says: {sorted(twice)}")
        texts |= more
    return Words(language=language, texts=texts)


def _flatten(table: dict[str, object], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = str(value)
    return flat


def pick_words(language: str) -> Words:
    """The words of a language that a person named. Raises BadOption (reason `language`)."""
    if language not in LANGUAGES:
        raise BadOption("language", value=language, choices=", ".join(LANGUAGES))
    return load_words(language)
