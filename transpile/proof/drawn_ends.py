"""Draws how the runs of an estate end, for both sides of a comparison.

What is drawn depends on the job, the local day and how often the job has started on it: a run that
one side has and the other has not changes nothing on the days after it. For jobs that start often,
it depends on the minute instead; for those in several networks, which one side plays one after
another, on the hour.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b

from transpile.model.outcome import KILLED, SCRIPTS
from transpile.model.run_log import Period, RunEnd

_SHORTEST, _LONGEST = 30.0, 2400.0
"""Usual durations in seconds, where none is known."""

_HANGS = 26 * 3600.0 + 437
"""The duration in seconds of a run that is not over when the job is due on the next day."""

_SHARE = 1 << 32
_SCRIPTS = tuple(f" {word}" for word in SCRIPTS)
_AT_ONCE = RunEnd(0.0)


@dataclass(frozen=True, slots=True)
class Weather:
    """How much goes wrong in a scenario: the shares of runs that fail and that hang.

    `varied`: durations differ from run to run. Otherwise each run takes as long as the job usually
    does.
    """

    failing: float = 0.0
    hanging: float = 0.0
    varied: bool = True


WEATHER = (
    Weather(varied=False),
    Weather(),
    Weather(failing=0.03),
    Weather(failing=0.15),
    Weather(failing=0.03, hanging=0.005),
)
"""Scenarios begin with all runs good; the last kind goes on for all later ones."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What is known of the jobs of an estate.

    `codes` has the exit codes by which a job may end other than well, `seconds` known durations,
    `limits` the seconds after which a job is killed: usually it ends long before. `cyclic` jobs
    start often on one day, `shared` ones are in several networks. Jobs that live `elsewhere`
    succeed at once, as the source takes it.
    """

    codes: Mapping[str, Sequence[int | None]]
    seconds: Mapping[str, float]
    limits: Mapping[str, float]
    cyclic: Container[str]
    elsewhere: Container[str]
    shared: Container[str] = ()


class DrawnEnds:
    """The ends of the runs in one scenario. Make a new one for each side that plays it.

    The `key` tells scenarios apart.
    """

    def __init__(self, period: Period, key: str, weather: Weather, habits: Habits) -> None:
        self._local = period.local
        self._weather = weather
        self._key = f"{key}/"
        self._habits = habits
        self._usual: dict[str, float] = {}
        self._counts: dict[tuple[str, date], int] = {}

    def of(self, job: str, number: int, start: datetime) -> RunEnd:
        """The end of the run of a job that starts at this moment; scripts take no time."""
        habits = self._habits
        if job.endswith(_SCRIPTS) or job in habits.elsewhere:
            return _AT_ONCE
        day = self._local(start).date()
        count = self._counts[job, day] = self._counts.get((job, day), 0) + 1
        turn = f"{start:%H:%M}" if job in habits.cyclic else count
        turn = f"{start:%H}h" if job in habits.shared else turn
        first, second = _drawn(f"{self._key}{job}/{day}/{turn}")
        usual = self._usual.get(job)
        if usual is None:
            drawn = min(_usual(job), habits.limits.get(job, _LONGEST) / 2)
            usual = self._usual[job] = habits.seconds.get(job) or drawn
        weather = self._weather
        lasting = usual * (0.5 + first / _SHARE) if weather.varied else usual
        lasting = float(round(lasting))
        luck = second / _SHARE
        if luck < weather.failing:
            codes = habits.codes.get(job, (1, KILLED))
            return RunEnd(lasting, codes[first % len(codes)] if codes else 0)
        return RunEnd(_HANGS if luck > 1 - weather.hanging else lasting, 0)


def _drawn(key: str) -> tuple[int, int]:
    """Two numbers below _SHARE."""
    found = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")
    return divmod(found, _SHARE)


def _usual(job: str) -> float:
    """A duration of a job in seconds; short ones are as frequent as long ones."""
    share = _drawn(job)[0] / _SHARE
    return float(_SHORTEST * (_LONGEST / _SHORTEST) ** share)
