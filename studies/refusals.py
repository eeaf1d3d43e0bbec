"""A refusal in the words of the command line: what is wrong, then the option that mends it."""

from collections.abc import Sequence

from errors import AppError
from i18n.messages import Words

PLACES = {
    "incidents": ("--key", "--longitude", "--latitude"),
    "cameras": ("--camera-key", "--camera-longitude", "--camera-latitude"),
    "population": ("--population-key",),
    "status": ("--status-key",),
}
COUNTS = {"incidents": "--count", "cameras": "--camera-count", "population": "--population-count"}
MOST_CANDIDATES = 4
WIDE = "SeveralChoices.count.incidents"


def list_options() -> dict[str, tuple[str, ...]]:
    """The options of `join` that answer a refusal, by `code.reason.kind`."""
    options: dict[str, tuple[str, ...]] = {
        "MissingColumns.ward.boundaries": ("--code", "--name"),
        "MissingColumns.population.population": ("--population-count",),
        "MissingColumns.status.status": ("--status-value",),
        "SeveralChoices.layers.boundaries": ("--layer",),
        "SeveralChoices.folders.boundaries": ("--layer",),
        "SeveralChoices.total.incidents": ("--only",),
        "DuplicateCodes.names.boundaries": ("--code",),
        "NotComparable.registry_version.boundaries": ("--version",),
        "UnknownEncoding.unclear.boundaries": ("--encoding",),
        "UnknownEncoding.contradicted.boundaries": ("--encoding",),
        "UnknownEncoding.unclear.incidents": ("--incidents-encoding",),
        "UnknownEncoding.contradicted.incidents": ("--incidents-encoding",),
        "SeveralChoices.calendar.incidents": ("--calendar",),
        "BadOption.default_year.incidents": ("--default-year",),
    }
    for kind in COUNTS:
        options[f"SeveralChoices.thousands.{kind}"] = ("--decimal-mark",)
    for kind, place in PLACES.items():
        options[f"MissingColumns.key.{kind}"] = place
        options[f"NothingMatched.by_key.{kind}"] = place[:1]
        # `--sheet` also names the layer of a point file.
        for what in ("sheets", "layers", "folders"):
            options[f"SeveralChoices.{what}.{kind}"] = ("--sheet",)
    for kind in ("incidents", "cameras"):
        options[f"MissingColumns.coordinates.{kind}"] = PLACES[kind][1:]
        options[f"NothingMatched.no_place.{kind}"] = PLACES[kind][1:]
        options[f"NothingMatched.by_place.{kind}"] = (*PLACES[kind][1:], "--points-crs")
    for kind, option in COUNTS.items():
        options[f"SeveralChoices.count.{kind}"] = (option,)
    for what in ("sheets", "layers", "folders"):
        options[f"SeveralChoices.{what}.candidates"] = ("--candidates-layer",)
    for kind, option in {
        "boundaries": "--crs",
        "incidents": "--points-crs",
        "cameras": "--points-crs",
        "candidates": "--candidates-crs",
    }.items():
        for reason in ("missing", "impossible", "impossible_metres", "swapped"):
            options[f"UnknownCrs.{reason}.{kind}"] = (option,)
    return options


OPTIONS = list_options()
IMPORT_NAMES = {
    "--points-crs": "--crs", "--layer": "--sheet", "--incidents-encoding": "--encoding",
    "--camera-key": "--key", "--population-key": "--key", "--status-key": "--key",
    "--camera-longitude": "--longitude", "--camera-latitude": "--latitude",
    "--camera-count": "--count", "--population-count": "--count", "--status-value": "--value",
}  # fmt: skip
SITING_NAMES = (
    "--layer", "--code", "--name", "--crs", "--version", "--longitude", "--latitude", "--camera-longitude",
    "--camera-latitude", "--points-crs", "--calendar", "--only", "--candidates-crs", "--candidates-layer",
)  # fmt: skip


def tell_kind(error: AppError, kind: str) -> None:
    """Note on the error which kind of file it is about; a face needs it to name an option."""
    error.facts.setdefault("kind", kind)


def list_import_options() -> dict[str, tuple[str, ...]]:
    """The same for `import`, which takes one file and so needs no prefixes."""
    told = {
        case: tuple(dict.fromkeys(IMPORT_NAMES.get(option, option) for option in options))
        for case, options in OPTIONS.items()
    }
    return {case: tuple(option for option in options if option != "--only") for case, options in told.items()}


IMPORT_OPTIONS = list_import_options()


def list_siting_options() -> dict[str, tuple[str, ...]]:
    """The same for `siting`, which takes points alone."""
    return {
        case: tuple(option for option in options if option in SITING_NAMES)
        for case, options in OPTIONS.items()
    }


SITING_OPTIONS = list_siting_options()
TABLES_OF: dict[str, dict[str, tuple[str, ...]]] = {
    "join": OPTIONS, "import": IMPORT_OPTIONS, "siting": SITING_OPTIONS, "measure": {}, "map": {},
}  # fmt: skip


def explain(error: AppError, words: Words, command: str = "join") -> str:
    """The refusal on one line, with the options of the command (a key of TABLES_OF) that mend it."""
    text = words.error(error)
    if candidates := error.facts.get("candidates"):
        text += " " + words("cli.candidates", listed=_list_candidates(candidates, words))  # type: ignore[arg-type]
    case = f"{error.code}.{error.reason}.{error.facts.get('kind', '')}"
    options = TABLES_OF[command].get(case)
    if options:
        key = "cli.hint_wide" if case == WIDE else "cli.hint"
        text += " " + words(key, options=", ".join(options), command=command)
    return " ".join(text.split())


def _list_candidates(candidates: Sequence[tuple[str, float, int]], words: Words) -> str:
    """`EPSG:5897 (2 m, 83), …`: how far each system puts the known wards off."""
    told = [
        words("cli.candidate", crs=crs, m=words.number(misfit_m), n=n_known)
        for crs, misfit_m, n_known in candidates[:MOST_CANDIDATES]
        if n_known
    ]
    return "; ".join(told) or words("cli.no_candidate")
