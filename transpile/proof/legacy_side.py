"""The legacy side of an estate that moves in waves: what it answers about its jobs over time."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from transpile.model import Bridge, Cut
from transpile.model.outcome import Far, State
from transpile.runtime.statuses import FAILURE, RUNNING, SUCCESS, TERMINATED

NO_STATUS = "INACTIVE"
"""The answer about a job that has not run, or not since its box began."""

WORDS = {
    State.SUCCEEDED: SUCCESS,
    State.FAILED: FAILURE,
    State.TERMINATED: TERMINATED,
    State.UNFINISHED: RUNNING,
}
"""How a status command calls the states of jobs."""


@dataclass(frozen=True, slots=True)
class LegacyStatus:
    """A new status of a job, from a moment on; the code is that of an end."""

    at: datetime
    word: str
    code: int | None = None


@dataclass(frozen=True, slots=True)
class LegacySide:
    """Answers commands as the [bridge] table says.

    `commands` has the job that each command asks about, `statuses` the changes of each job in order
    of time. There are no answers from the first to the second moment of each silence. Tasks ask
    every `interval` seconds, or as often as they say.
    """

    commands: Mapping[str, str]
    statuses: Mapping[str, Sequence[LegacyStatus]]
    bridge: Bridge
    silences: Sequence[tuple[datetime, datetime]] = ()
    interval: float | None = None

    def answer(self, command: str, now: datetime) -> str | None:
        """The line that a command prints; None if it does not answer."""
        job = self.commands.get(command)
        if job is None or any(begin <= now < end for begin, end in self.silences):
            return None
        last = self.last(job, now)
        if last is None:
            return NO_STATUS
        words = [last.word]
        if last.word not in (RUNNING, NO_STATUS):
            words += [str(last.code)] if self.bridge.exit_codes and last.code is not None else []
            words += [last.at.isoformat()] if self.bridge.times else []
        return " ".join(words)

    def last(self, job: str, now: datetime) -> LegacyStatus | None:
        """The latest status of a job; None if it never had any."""
        known = self.statuses.get(job, ())
        number = bisect_right(known, now, key=_at)
        return known[number - 1] if number else None

    def next_change(self, commands: Iterable[str], now: datetime) -> datetime | None:
        """When the answer to one of the commands may change for the first time after a moment."""
        found = [end for _, end in self.silences if end > now]
        for command in commands:
            known = self.statuses.get(self.commands.get(command, ""), ())
            found += [status.at for status in known[bisect_right(known, now, key=_at) :][:1]]
        return min(found, default=None)


def _at(status: LegacyStatus) -> datetime:
    return status.at


def asking(cuts: Iterable[Cut]) -> dict[str, str]:
    """The job that each command of these cuts asks about."""
    return {command: job for cut in cuts for job, command in cut.legacy}


def side_of_scenario(
    commands: Mapping[str, str], far: Far, zero: datetime, bridge: Bridge, interval: float
) -> LegacySide:
    """The legacy side in one run: jobs have the statuses of a scenario."""
    statuses = {
        job: tuple(
            LegacyStatus(
                zero + timedelta(seconds=change.at),
                WORDS[change.ending.state],
                change.ending.exit_code,
            )
            for change in far.get(job, ())
        )
        for job in commands.values()
    }
    return LegacySide(commands, statuses, bridge, interval=interval)
