"""What the store holds for the long list of one area and year."""

from geo.measure import Measured
from planning.catalogue import Catalogue
from store.repository import Store
from studies.catalogues import find_catalogue
from studies.long_list import read_register
from studies.shortlist import LongList, prepare


def load_long_list(
    store: Store, measured: Measured, area_id: int, year: int, *, catalogue: Catalogue | None = None
) -> LongList:
    """The long list for choosing the areas of a year. catalogue: None for the one in force at the year's
    beginning. Raises NoData (reasons `shortlist`, `catalogue`)."""
    catalogue = catalogue or find_catalogue(store, year)
    programmes = store.list_programmes()
    areas = store.list_target_areas()
    register = read_register(
        measured,
        programmes,
        areas,
        area_id=area_id,
        register=catalogue.registers[0].key,
        year=year,
        maintenance_months=catalogue.maintenance_months,
    )
    return prepare(measured, catalogue, register, store.load_proposals(area_id, year))
