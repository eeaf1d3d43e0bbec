"""Both languages say the same things: the same keys, filled from the same facts, each said once."""

import ast
import re
import tomllib
from collections import Counter
from string import Formatter

import pytest

from i18n.messages import FOLDER, LANGUAGES, load_words

ROOT = FOLDER.parent
FILES = sorted(path.name for path in (FOLDER / "vi").glob("*.toml"))
ROOMS = ("geo", "store", "studies", "layers", "briefing", "planning")


def flatten(table: dict[str, object], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in table.items():
        flat |= flatten(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name: str(value)}
    return flat


def read(language: str, name: str) -> dict[str, str]:
    return flatten(tomllib.loads((FOLDER / language / name).read_text(encoding="utf-8")))


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def test_both_languages_have_the_same_files() -> None:
    assert sorted(path.name for path in (FOLDER / "en").glob("*.toml")) == FILES


@pytest.mark.parametrize("name", FILES)
def test_both_languages_have_the_same_keys_with_the_same_placeholders(name: str) -> None:
    vietnamese, english = read("vi", name), read("en", name)
    assert english.keys() == vietnamese.keys()
    differing = {key for key in english if placeholders(english[key]) != placeholders(vietnamese[key])}
    assert differing == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_said_twice(language: str) -> None:
    counts = Counter(key for name in FILES for key in read(language, name))
    assert [key for key, n in counts.items() if n > 1] == []
    assert load_words(language).texts.keys() == counts.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_blank_but_the_hint_that_nothing_helps(language: str) -> None:
    blank = {key for key, text in load_words(language).texts.items() if not text.strip()}
    assert {key for key in blank if not (key.startswith("finding.") and key.endswith("_hint"))} == set()


def list_raised() -> set[tuple[str, str]]:
    """(error class, reason) of every `raise SomeError("reason", …)` in the house."""
    found = set()
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                name, first = node.exc.func, node.exc.args[:1]
                if isinstance(name, ast.Name) and first and isinstance(first[0], ast.Constant):
                    found.add((name.id, str(first[0].value)))
    return found


def list_findings() -> set[str]:
    """Every code that a Finding is made with: told to Finding itself, or listed with its severity."""
    codes = set()
    for path in (path for room in ("geo", "studies") for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
                codes |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)}
            if isinstance(node, ast.Tuple) and node.elts and isinstance(node.elts[0], ast.Constant):
                first = node.elts[0].value
                if isinstance(first, str) and re.fullmatch(r"(?:[A-Z][a-z]+){2,}", first):
                    codes.add(first)
    return {str(code) for code in codes}


def test_every_refusal_and_every_remark_has_its_words() -> None:
    texts = load_words("vi").texts
    raised, codes = list_raised(), list_findings()
    assert ("UnreadableFile", "corrupt") in raised
    assert {"NotANumber", "NoLocation"} <= codes
    refusals = {f"error.{name}.{reason}" for name, reason in raised if f"error.{name}.other" in texts}
    assert {key for key in refusals if key not in texts} == set()
    remarks = {key for code in codes for key in (f"finding.{code}", f"finding.{code}_hint")}
    assert {key for key in remarks if key not in texts} == set()
