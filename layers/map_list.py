"""What stands beside a map in words: its short list of wards, and three numbers."""

from collections.abc import Sequence

import pandas as pd

from geo.indicators import INDICATORS
from geo.measure import Measured
from i18n.messages import Words
from layers.legend_named import HIGH_CLASSES
from layers.naming import name_with_type, write_value
from layers.spec import Figure, Listing, Outline

LIST_ROWS = 10
NUMERIC = ("incidents", "cameras", "change", "score")


def find_high(measured: Measured, key: str) -> list[str]:
    """Wards of the classes that a map of named classes is looked at for: by class, then most incidents first.
    [] for other maps."""
    if key not in HIGH_CLASSES:
        return []
    frame = measured.frame
    rank = frame[key].map({name: place for place, name in enumerate(HIGH_CLASSES[key])}).dropna()
    value_key = _value_key(measured, key)
    most = -frame[value_key].reindex(rank.index).fillna(0) if value_key != key else 0
    order = pd.DataFrame({"rank": rank, "most": most}).sort_values(["rank", "most"], kind="stable")
    return [str(code) for code in order.index]


def _value_key(measured: Measured, key: str) -> str:
    """The number that stands beside each ward: the indicator itself, or what its classes were made from."""
    if INDICATORS[key].family in NUMERIC:
        return key
    wanted = (*(["incidents_per_10k"] if INDICATORS[key].family == "funnel" else []), "n_incidents")
    return next((column for column in wanted if column in measured.frame), key)


def list_wards(measured: Measured, key: str, outlines: Sequence[Outline], words: Words) -> Listing | None:
    """Wards of the high class, else the numbered target areas, else the ten highest of the indicator."""
    frame = measured.frame
    targets = next((outline for outline in outlines if outline.kind == "target"), None)
    value_key = _value_key(measured, key)
    if codes := find_high(measured, key):
        title = words(f"listing.{key}_title")
    elif key in HIGH_CLASSES:
        return None
    elif targets:
        codes, title = list(targets.ward_codes), _name_targets("listing.target_title", targets, words)
    elif INDICATORS[value_key].family in NUMERIC:
        highest = frame[value_key].dropna().sort_values(ascending=False, kind="stable")
        codes = [str(code) for code in highest.index[:LIST_ROWS]]
        title = words("listing.top_title", name=words(f"indicator.{value_key}.name").lower())
    else:
        return None
    return _write_listing(measured, title, codes, value_key, words)


def _name_targets(key: str, targets: Outline, words: Words) -> str:
    """The register's target areas by their usual words, any others by those of their outline."""
    is_register = targets.words == words("outline.target")
    return words(key) if is_register else words(f"{key}_of", name=targets.words)


def _write_listing(
    measured: Measured, title: str, codes: Sequence[str], value_key: str, words: Words
) -> Listing:
    has_parents = (measured.frame["parent"] != "").any()
    columns = [
        "",
        words("listing.ward"),
        *([words("listing.parent")] if has_parents else []),
        words(f"indicator.{value_key}.short"),
    ]
    rows = []
    for number, code in enumerate(codes, start=1):
        row = measured.row(code)
        parent = [name_with_type(str(row["parent"]), words)] if has_parents else []
        name = name_with_type(str(row["ward_name"]) or code, words)
        rows.append((str(number), name, *parent, write_value(value_key, row[value_key], words)))
    return Listing(title, tuple(columns), tuple(rows))


def count_figures(
    measured: Measured, key: str, outlines: Sequence[Outline], n_missing: int, words: Words
) -> tuple[Figure, ...]:
    """Three numbers for the foot of the sheet: the wards that the map is about, their incidents, and the
    wards without information."""
    frame = measured.frame
    targets = next((outline for outline in outlines if outline.kind == "target"), None)
    figures = []
    if key in HIGH_CLASSES:
        codes = find_high(measured, key)
        figures = [Figure(words.number(len(codes)), words(f"figure.{key}"))]
        figures += _count_inside(measured, codes, "figure.inside", words)
    elif targets:
        codes = list(targets.ward_codes)
        figures = [Figure(words.number(len(codes)), _name_targets("figure.targets", targets, words))]
        figures += _count_inside(measured, codes, "figure.target_incidents", words)
    else:
        figures.append(Figure(words.number(len(frame)), words("figure.wards")))
        n_incidents = frame["n_incidents"].sum() if "n_incidents" in frame else 0.0
        if n_incidents:
            figures.append(Figure(words.number(n_incidents), words("figure.incidents")))
    return (*figures, Figure(words.number(n_missing), words("figure.no_data")))


def _count_inside(measured: Measured, codes: list[str], caption: str, words: Words) -> list[Figure]:
    """Incidents of some wards, and their share of all; nothing where no incident is known."""
    frame = measured.frame
    n_incidents = frame["n_incidents"].sum() if "n_incidents" in frame else 0.0
    if not n_incidents:
        return []
    inside = frame.loc[codes, "n_incidents"].sum()
    return [Figure(words.number(inside), words(caption, share=words.number(100 * inside / n_incidents)))]
