"""A command written wrongly, told in the reader's words; what is not foreseen keeps the parser's own."""

import re

from i18n.messages import Words

QUOTED = re.compile(r"['\"](.+)['\"]")
TOO_SMALL, NUMBERS = "greater_than_equal", {"int_parsing": "whole", "int_from_float": "whole"}


def write_usage_error(error: Exception, words: Words) -> str:
    """One line: which option, what is wrong with it, the way out.

    error: a usage error of the command line's parser, told apart by its name, for the parser hands out no
    types of its own.
    """
    kind, option = type(error).__name__, getattr(error, "option_name", "")
    named = "/".join(getattr(getattr(error, "param", None), "opts", ()))
    if kind == "MissingParameter":
        return words("usage.missing", name=named)
    if kind == "BadParameter":
        return _write_bad_value(error, named, words)
    if kind == "NoSuchOption":
        near = ", ".join(getattr(error, "possibilities", None) or ())
        return words("usage.no_option_near" if near else "usage.no_option", name=option, near=near)
    if kind == "BadOptionUsage":
        return words("usage.no_value", name=option)
    group = getattr(getattr(error, "ctx", None), "command", None)
    if commands := ", ".join(getattr(group, "commands", ())):
        asked = QUOTED.search(str(error)) if kind == "UsageError" else None
        key = "usage.no_such_command" if asked else "usage.no_command"
        return words(key, name=asked[1] if asked else "", choices=commands)
    return words("usage.other", detail=" ".join(str(error).split()))


def _write_bad_value(error: Exception, named: str, words: Words) -> str:
    """The value and its limit stand in the validation error behind the parser's."""
    list_errors = getattr(error.__cause__, "errors", None)
    if list_errors is None:
        return words("usage.value", name=named, detail=" ".join(str(error).split()))
    told = list_errors()[0]
    facts = {"name": named, "value": str(told["input"])}
    if told["type"] == TOO_SMALL:
        return words("usage.too_small", least=told["ctx"]["ge"], **facts)
    return words(f"usage.{NUMBERS.get(told['type'], 'number')}", **facts)
