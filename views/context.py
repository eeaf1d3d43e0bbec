"""What every page is handed: the store, the reader's words, and what this address may show."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from i18n.messages import Words
from store.records import Area
from store.repository import Store


@dataclass(frozen=True)
class Context:
    """is_local: the server answers on loopback only; elsewhere aggregates are shown and nothing is taken
    in, since nobody signs in yet."""

    store: Store
    words: Words
    boundaries_folder: Path
    is_local: bool
    revision: int
    areas: tuple[Area, ...]


def is_loopback(address: str) -> bool:
    """Whether a server on this address can be reached from this machine alone. No address means all."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
