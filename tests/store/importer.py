"""An import in a process of its own, telling where it is, to be killed at any moment."""

from multiprocessing.connection import Connection

import pandas as pd
from sqlalchemy import event

from geo.frames import Joined
from store.opening import open_store
from tests.store.six_wards import make_population

N_ROWS = 1_500
NEW = "new"


def make_new() -> Joined:
    rows = make_population().rows.iloc[[0]].assign(n=1.0)
    return Joined("population", pd.concat([rows] * N_ROWS, ignore_index=True))


def import_and_tell(url: str, told: Connection) -> None:
    """Tells `start` with the store open, `commit` as the commit begins, `done` after it."""
    store = open_store(url)
    joined = make_new()
    event.listen(store.engine, "commit", lambda _: told.send("commit"))
    told.send("start")
    store.keep(1, joined, file_name="new.csv", sha256=NEW, findings=(), replace=True, by="Lan")
    told.send("done")
    # It never ends of itself, so that the one who kills it always kills the right process.
    told.recv()
