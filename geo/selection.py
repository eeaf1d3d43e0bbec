"""Which rows of incidents a Selection chooses, and which tell of such incidents at all.

The difference decides between zero and unknown: a ward whose rows name categories and not the chosen one has
none of it; a ward whose rows name no category may have any number.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from errors import BadOption
from geo.categories import APART, CRIME, GROUPS, find_sums, group_of, realm_of
from geo.frames import SEVERITIES, Joined
from geo.names import fold
from geo.question import KNOWN_BY, Selection

Mask = NDArray[np.bool_]


def check_selection(
    category: str | None, group: str | None, severity: str | None, known_by: str | None
) -> Selection:
    """The incidents that a person named. Raises BadOption (reasons `group`, `severity`, `known_by`)."""
    for reason, value, choices in (
        ("group", group, GROUPS),
        ("severity", severity, SEVERITIES),
        ("known_by", known_by, KNOWN_BY),
    ):
        if value is not None and value not in choices:
            raise BadOption(reason, value=value, choices=", ".join(choices))
    return Selection(category, group, severity, known_by)


def find_realm(chosen: Selection) -> str:
    """`crime`, or `traffic` or `fire` where the category or group asks for them."""
    if chosen.category is not None:
        return realm_of(chosen.category)
    return chosen.group if chosen.group in APART else CRIME


def chooses(chosen: Selection, category: str | None) -> bool:
    """Whether a category, None for none told, is among those chosen."""
    if chosen.category is not None and (category is None or fold(category) != fold(chosen.category)):
        return False
    group = group_of(category) if category else None
    if chosen.group is not None:
        return group == chosen.group
    return chosen.category is not None or group not in APART


def find_chosen(joined: Joined, chosen: Selection) -> Mask:
    """Rows of the chosen category, group, severity and way of becoming known, by place. A sum beside its
    parts in one file is chosen only by its own name."""
    places, names = joined.categories
    sums = find_sums(names) if chosen.category is None else set()
    kept = [chooses(chosen, name) and name not in sums for name in (*names, None)]
    mask: Mask = np.array(kept)[places]
    for column, value in (("severity", chosen.severity), ("known_by", chosen.known_by)):
        if value is not None:
            mask &= (joined.rows[column] == value).to_numpy(dtype=bool)
    return mask


def has_realm(joined: Joined, inside: Mask, chosen: Selection) -> bool:
    """Whether any row among those told is a crime, a traffic accident or a fire, as the selection asks. A row
    without a category is a crime."""
    places, names = joined.categories
    realm = find_realm(chosen)
    is_of = np.array([realm_of(name) == realm for name in (*names, None)])
    return bool(is_of[places[inside]].any())


def find_telling(joined: Joined, inside: Mask, chosen: Selection) -> Mask:
    """Rows that say something of what is chosen, be it that it was another: none where the file knows nothing
    of its kind, and only those with a category, severity or way of becoming known where one is asked for."""
    if not has_realm(joined, inside, chosen):
        return np.zeros(len(inside), dtype=bool)
    telling = inside.copy()
    if chosen.category or chosen.group:
        telling &= joined.categories[0] >= 0
    for column, value in (("severity", chosen.severity), ("known_by", chosen.known_by)):
        if value is not None:
            telling &= joined.rows[column].notna().to_numpy()
    return telling


def find_sum_files(told: Sequence[tuple[Joined, Mask]]) -> list[Joined]:
    """Files all of whose categories, in the rows told, are sums of what the others hold."""
    if len(told) < 2:
        return []
    named = [(fact, _list_told(fact, inside)) for fact, inside in told]
    sums = find_sums(set().union(*(names for _, names in named)))
    return [fact for fact, names in named if names and names <= sums]


def _list_told(joined: Joined, inside: Mask) -> set[str]:
    places, names = joined.categories
    return {names[place] for place in np.unique(places[inside]) if place >= 0}
