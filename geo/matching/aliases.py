"""What a person once confirmed: this spelling, in this file's words, means that ward."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Alias:
    """A confirmed spelling of one boundary version's ward.

    key: the name or code as matching compares it (`geo.names.fold`). parent: the folded district or
    province it was found under, "" for any. ward_code: the ward it means, "" when a person said that it
    means none: then an alias for any parent is not asked.
    """

    key: str
    ward_code: str
    parent: str = ""
