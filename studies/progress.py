"""Saying which step is under way, once the work has lasted a while."""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

SLOW_S = 2.0


class Alarm(Protocol):
    """What `threading.Timer` is used for here."""

    def start(self) -> None: ...
    def cancel(self) -> None: ...


def set_alarm(seconds: float, ring: Callable[[], None]) -> Alarm:
    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    return timer


class Progress:
    """Says the step under way when two seconds have gone by, then every further one; nothing after the end.

    A timer does it, since one long step must not stay silent until the next begins.
    """

    def __init__(
        self,
        say: Callable[[str], None],
        *,
        alarm: Callable[[float, Callable[[], None]], Alarm] = set_alarm,
    ) -> None:
        self._say = say
        self._lock = threading.Lock()
        self._step = ""
        self._is_slow = False
        self._is_over = False
        self._alarm = alarm(SLOW_S, self._grow_slow)

    def begin(self, step: str) -> None:
        """The work has come to this step."""
        with self._lock:
            self._step = step
            if self._is_slow and not self._is_over:
                self._say(step)

    def _grow_slow(self) -> None:
        with self._lock:
            self._is_slow = True
            if self._step and not self._is_over:
                self._say(self._step)

    def __enter__(self) -> Self:
        self._alarm.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._alarm.cancel()
        with self._lock:
            self._is_over = True
