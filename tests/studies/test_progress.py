"""Progress speaks in the middle of a long step, and never after the work."""

from collections.abc import Callable

from studies.progress import Progress


class ByHand:
    """An alarm that rings when the test says so."""

    def __init__(self) -> None:
        self.seconds, self.is_set = 0.0, False
        self.ring: Callable[[], None] = lambda: None

    def __call__(self, seconds: float, ring: Callable[[], None]) -> "ByHand":
        self.seconds, self.ring = seconds, ring
        return self

    def start(self) -> None:
        self.is_set = True

    def cancel(self) -> None:
        self.is_set = False


def test_a_long_step_is_named_while_it_lasts_and_then_every_further_one() -> None:
    said: list[str] = []
    alarm = ByHand()
    with Progress(said.append, alarm=alarm) as progress:
        assert (alarm.seconds, alarm.is_set) == (2.0, True)
        progress.begin("a.zip")
        progress.begin("b.csv")
        assert said == []
        alarm.ring()
        assert said == ["b.csv"]
        progress.begin("c.csv")
    assert said == ["b.csv", "c.csv"]


def test_nothing_is_said_after_the_work_even_if_the_alarm_was_already_ringing() -> None:
    said: list[str] = []
    alarm = ByHand()
    with Progress(said.append, alarm=alarm) as progress:
        progress.begin("a.zip")
    alarm.ring()
    assert (said, alarm.is_set) == ([], False)
