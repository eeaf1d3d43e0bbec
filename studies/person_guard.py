"""What a clerk types of an office must not name a person. As for columns of a file: surnames, telephone and
identity numbers are known by their look, so a strange spelling may pass."""

import re

import pandas as pd

from geo.reading.persons import find_person_columns, find_person_text

PARTS = re.compile(r"\s*[,;:/\n]\s*|\s+[-–—]\s+")
OFFICE, PLACE = "phụ trách", "địa bàn"


def names_person(text: str, *, is_place: bool = False) -> bool:
    """Whether a part of the text looks like a person's name, telephone, identity number or e-mail, or a name
    stands in it after a title. is_place: a street or hamlet may bear a person's name, so only numbers and
    addresses count."""
    if find_person_text(text) not in (None, *(("name",) if is_place else ())):
        return True
    parts = [part for part in PARTS.split(text) if part.strip()]
    header = PLACE if is_place else OFFICE
    return any(find_person_columns(pd.DataFrame({header: [part]}, dtype=object)) for part in parts)
