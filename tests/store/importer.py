"""An import in a process of its own, telling where it is, to be killed at any moment.

`python -m tests.store.importer` loads everything once and forks a fresh importer for each address that it is
given, so that a round costs no loading, and no file that changes meanwhile is read half-way through.
"""

import os
import signal
import sys
import time

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


def tell(phase: str, *facts: object) -> None:
    """One line: the phase, the moment, the process and whatever else; told whole, whenever it is killed."""
    line = " ".join(map(str, (phase, time.monotonic(), os.getpid(), *facts)))
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def import_and_tell(url: str, *, hold: bool) -> None:
    """Tells `start` with the store open, `commit` as the commit begins, `done` after it. hold: it goes no
    further than the commit's beginning."""
    store = open_store(url)
    joined = make_new()

    def begin_commit(_: object) -> None:
        tell("commit")
        if hold:
            signal.pause()

    event.listen(store.engine, "commit", begin_commit)
    tell("start")
    store.keep(1, joined, file_name="new.csv", sha256=NEW, findings=(), replace=True, by="Lan")
    tell("done")


def serve() -> None:
    """Each line read is `hold URL` or `run URL`; the importer's end, always by its killer, is told."""
    for line in sys.stdin:
        how, url = line.split()
        pid = os.fork()
        if not pid:
            try:
                import_and_tell(url, hold=how == "hold")
            except Exception as error:  # noqa: BLE001 (whatever it is, the one who waits must hear of it)
                tell("failed", repr(error))
            # It never ends of itself, so that the one who kills it always kills the right process.
            while True:
                signal.pause()
        os.waitpid(pid, 0)
        tell("ended")


if __name__ == "__main__":
    serve()
