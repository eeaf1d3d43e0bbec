"""Chains of datasets: what a correction takes the place of, and which revision is read."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection

from errors import NotComparable
from geo.frames import Joined
from store import admission, datasets
from store.records import Dataset


def find_corrected(
    connection: Connection, area_id: int, joined: Joined, dataset_id: int, *, file_name: str
) -> Dataset:
    """The dataset that a file corrects. Raises NoData, and NotComparable: `correction` it is another
    area's, or not of the same kind and form; `inactive` it was corrected, replaced or removed already."""
    corrected = datasets.find_dataset(connection, dataset_id)
    alike = (corrected.kind, corrected.by_place) == (joined.kind, joined.by_place)
    if not alike or datasets.find_area_id(connection, dataset_id) != area_id:
        raise NotComparable("correction", file=file_name, other=corrected.file_name)
    if not corrected.active:
        raise NotComparable("inactive", file=file_name, other=corrected.file_name)
    return corrected


def list_chain(connection: Connection, dataset_id: int) -> list[Dataset]:
    """All revisions of a dataset, the newest first."""
    newest = datasets.find_dataset(connection, dataset_id)
    while successor := datasets.find_successor(connection, newest.id):
        newest = successor
    return list(_go_back(connection, newest))


def read_settled(connection: Connection, entry: Dataset) -> Dataset:
    """The newest settled one among a dataset and its earlier revisions, else itself."""
    return next((earlier for earlier in _go_back(connection, entry) if earlier.settled), entry)


def list_read(connection: Connection, entries: Iterable[Dataset]) -> list[Dataset]:
    """What may be read for active datasets: themselves and every settled revision before them."""
    return [
        revision
        for entry in entries
        for revision in _go_back(connection, entry)
        if revision.active or revision.settled
    ]


def check_settling(connection: Connection, entry: Dataset) -> None:
    """Settled figures stand beside what else is in use: no day may be covered twice.
    Raises NotComparable (reasons `overlap`, `undated`)."""
    area_id = datasets.find_area_id(connection, entry.id)
    own = {revision.id for revision in list_chain(connection, entry.id)}
    beside = [
        other
        for other in datasets.list_datasets(connection, area_id, active=True, kind=entry.kind)
        if other.by_place == entry.by_place and other.id not in own
    ]
    admission.check_days(entry, list_read(connection, beside))


def _go_back(connection: Connection, entry: Dataset) -> Iterator[Dataset]:
    yield entry
    while entry.supersedes is not None:
        entry = datasets.find_dataset(connection, entry.supersedes)
        yield entry
