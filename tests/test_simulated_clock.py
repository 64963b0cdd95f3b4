"""The simulated clock: who asks every few seconds is woken only when the answer may be new."""

import random
from functools import partial

import pytest

from transpile.proof.clocks import Done, SimulatedClock

UNTIL = 40.0


def ends(clock: SimulatedClock, rnd: random.Random, seen: list[float]) -> None:
    """Attempts that end at some moments, and note them."""
    for _ in range(rnd.randrange(4)):
        seconds = rnd.choice((0.5, 3.0, 7.0, 12.0, 30.0, 60.0))
        clock.submit(lambda s=seconds: Done(seconds=s), lambda _: seen.append(clock.now))


def asked(seed: int, *, each: bool) -> tuple[list[tuple[int, float, int]], int]:
    """When each of three asks with a new answer, and how many events that takes.

    They ask at `each` moment, as sleepers do, or leave it to the clock.
    """
    rnd, clock = random.Random(seed), SimulatedClock()
    seen: list[float] = []
    found: list[tuple[int, float, int]] = []
    ends(clock, rnd, seen)

    def look(name: int, interval: float, known: int) -> None:
        if known != len(seen) or clock.now > UNTIL:
            found.append((name, clock.now, len(seen)))
            known = len(seen)
        if clock.now <= UNTIL:
            again = partial(look, name, interval, known)
            if each:
                clock.after(interval, again)
            else:
                clock.ask(interval, UNTIL, again)

    for name, interval in enumerate((1.0, 2.5, 0.25)):
        look(name, interval, 0)
    count = 0
    while not clock.is_idle:
        clock.next()()
        count += 1
    return found, count


@pytest.mark.parametrize("seed", range(40))
def test_whoever_asks_gets_the_same_answers_at_the_same_moments(seed: int) -> None:
    slow, quick = asked(seed, each=True), asked(seed, each=False)
    assert sorted(quick[0]) == sorted(slow[0])
    assert quick[1] < 30 < slow[1]


def test_a_clock_on_which_nothing_can_end_is_idle() -> None:
    clock = SimulatedClock()
    clock.ask(1.0, float("inf"), lambda: None)
    assert clock.is_idle
