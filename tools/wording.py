"""The few sentences that set-up says, read without the packages that it has yet to install."""

import sys
import tomllib
from pathlib import Path
from typing import Any

from errors import AppError

ROOT = Path(__file__).parent.parent
TEXTS = ROOT / "i18n" / "vi" / "setup.toml"


class SetUpFailed(AppError):
    """A step of set-up could not be done. Its words stand in `i18n` under `error.SetUpFailed`."""


def say(key: str, **facts: object) -> None:
    """Print one sentence of the `setup` table at once, so that a long step is announced."""
    print(_look_up("setup", key).format(**facts), flush=True)


def put_in_words(problem: SetUpFailed) -> str:
    """The problem in one Vietnamese line, with the way out."""
    return _look_up("error", "SetUpFailed", problem.reason).format(**problem.facts)


def fail(problem: SetUpFailed) -> int:
    """Say the problem on stderr; gives the exit code."""
    print(put_in_words(problem), file=sys.stderr)
    return 2


def _look_up(*keys: str) -> str:
    found: Any = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    for key in keys:
        found = found[key]
    return str(found)
