"""A refusal in the words of the command line: what is wrong, then the option that mends it."""

from errors import AppError
from i18n.messages import Words

PLACES = {
    "incidents": ("--key", "--longitude", "--latitude"),
    "cameras": ("--camera-key", "--camera-longitude", "--camera-latitude"),
    "population": ("--population-key",),
    "status": ("--status-key",),
}
COUNTS = {"incidents": "--count", "cameras": "--camera-count", "population": "--population-count"}
WIDE = "SeveralChoices.count.incidents"


def list_options() -> dict[str, tuple[str, ...]]:
    """The options of `join` that answer a refusal, by `code.reason.kind`."""
    options: dict[str, tuple[str, ...]] = {
        "MissingColumns.ward.boundaries": ("--code", "--name"),
        "MissingColumns.population.population": ("--population-count",),
        "MissingColumns.status.status": ("--status-value",),
        "SeveralChoices.layers.boundaries": ("--layer",),
        "SeveralChoices.total.incidents": ("--only",),
        "DuplicateCodes.names.boundaries": ("--code",),
        "NotComparable.registry_version.boundaries": ("--version",),
    }
    for kind, place in PLACES.items():
        options[f"MissingColumns.key.{kind}"] = place
        options[f"NothingMatched.by_key.{kind}"] = place[:1]
        # `--sheet` also names the layer of a point file.
        options[f"SeveralChoices.sheets.{kind}"] = options[f"SeveralChoices.layers.{kind}"] = ("--sheet",)
    for kind in ("incidents", "cameras"):
        options[f"MissingColumns.coordinates.{kind}"] = PLACES[kind][1:]
        options[f"NothingMatched.by_place.{kind}"] = (*PLACES[kind][1:], "--points-crs")
    for kind, option in COUNTS.items():
        options[f"SeveralChoices.count.{kind}"] = (option,)
    for kind, option in {
        "boundaries": "--crs",
        "incidents": "--points-crs",
        "cameras": "--points-crs",
    }.items():
        for reason in ("missing", "impossible", "impossible_metres"):
            options[f"UnknownCrs.{reason}.{kind}"] = (option,)
    return options


OPTIONS = list_options()


def tell_kind(error: AppError, kind: str) -> None:
    """Note on the error which kind of file it is about; a face needs it to name an option."""
    error.facts.setdefault("kind", kind)


def explain(error: AppError, words: Words) -> str:
    """The refusal on one line, with the options of `join` that mend it."""
    case = f"{error.code}.{error.reason}.{error.facts.get('kind', '')}"
    text = words.error(error)
    if case in OPTIONS:
        key = "cli.hint_wide" if case == WIDE else "cli.hint"
        text += " " + words(key, options=", ".join(OPTIONS[case]))
    return " ".join(text.split())
