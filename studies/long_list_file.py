"""What the store holds for the long list of one area and year."""

from geo.measure import Measured
from store.repository import Store
from studies.catalogues import find_catalogue
from studies.long_list import read_register
from studies.shortlist import LongList, prepare


def load_long_list(
    store: Store, measured: Measured, area_id: int, year: int, *, register: str = ""
) -> LongList:
    """The long list for choosing the areas of a year. register: key of the catalogue in force by the year's
    end, "" its first. Raises NoData (reasons `shortlist`, `catalogue`)."""
    catalogue = find_catalogue(store, year)
    programmes = store.list_programmes()
    areas = store.list_target_areas()
    first = catalogue.registers[0].key
    told = read_register(
        measured,
        programmes,
        areas,
        area_id=area_id,
        register=register or first,
        has_statuses=register in ("", first),
        year=year,
        maintenance_months=catalogue.maintenance_months,
    )
    return prepare(measured, catalogue, told, store.load_proposals(area_id, year))
