"""Which catalogue of the programme speaks of a year."""

from collections.abc import Sequence

from errors import NoData
from planning.catalogue import Catalogue
from store.repository import Store


def find_catalogue(store: Store, year: int) -> Catalogue:
    """The newest that was in force by the end of the year; of a year before all of them the first. Raises
    NoData (reason `catalogue`) where none is kept."""
    kept = sorted((each.content for each in store.list_catalogues()), key=lambda each: each.valid_from)
    if not kept:
        raise NoData("catalogue")
    return pick_catalogue(kept, year)


def pick_catalogue(catalogues: Sequence[Catalogue], year: int) -> Catalogue:
    """Of one or more in the order of valid_from, as `find_catalogue`."""
    held = [each for each in catalogues if each.valid_from.year <= year]
    return held[-1] if held else catalogues[0]
