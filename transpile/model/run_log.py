"""Run logs: when jobs ran over days, and how they ended.

The engine of a source, the emitted workflows and the records of a scheduler are all told as one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol
from zoneinfo import ZoneInfo

from transpile.model.outcome import State


class Cause(Enum):
    """Why the starts of a source and those of launch plans may differ."""

    LOST_TICK = "lost tick"
    OVERLAP = "overlap"
    STUCK_BOX = "stuck box"
    SECOND_RUN = "second run of a pair"
    OLD_STATUS = "old status"
    LATE_ARM = "arm that outlives its day"
    WINDOW = "window opening"
    MISSED_WINDOW = "missed window"
    EXCLUDED_DAY = "excluded day"
    ZONE_DAY = "day of the zone"
    CLOCK_CHANGE = "clock change"
    RETRY = "wait before a retry"
    CARRIED = "carried forward"
    ALARM = "alarm"
    ALTERNATIVE = "alternative that waits"
    APART = "jobs kept apart"
    LOOKBACK = "look-back inside a workflow"
    SERIAL = "commands one after another"
    KNOWN = "known difference"
    OUTAGE = "outage of the scheduler"
    OPEN_WAIT = "wait that is still open"
    LATEST_START = "latest start time"
    REPETITION = "repetition inside a run"
    NO_INSTANCE = "missing instance"
    FAILURE = "failure that stops other jobs"
    LIMIT = "limit of parallel jobs"
    ASKED_LATE = "late question"
    UNTOLD = "told otherwise"


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ends by itself: after so many seconds, with an exit code. KILLED is a kill.

    `outputs` are the values that it hands over to other jobs, by name.
    """

    seconds: float = 60.0
    code: int | None = 0
    outputs: tuple[tuple[str, str], ...] = ()


class RunEnds(Protocol):
    """How runs end."""

    def of(self, job: str, number: int, start: datetime) -> RunEnd:
        """The end of the n-th run of a job, counted from 1, that starts at this moment (UTC).

        Each try of a job that is tried again is asked for as one more run.
        """


@dataclass(frozen=True, slots=True)
class Period:
    """From `begin` to `end`, both UTC. `zone` is that of the scheduler."""

    zone: str
    begin: datetime
    end: datetime

    def local(self, moment: datetime) -> datetime:
        """A moment in the scheduler's zone."""
        return moment.astimezone(ZoneInfo(self.zone))

    @property
    def days(self) -> int:
        """How many local days it touches."""
        last = self.local(self.end - timedelta(microseconds=1)).date()
        return (last - self.local(self.begin).date()).days + 1


@dataclass(frozen=True, slots=True)
class Operation:
    """What an operator does at a moment (UTC): an event such as ON_HOLD about a job or a global."""

    at: datetime
    event: str
    name: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class JobRun:
    """The n-th run of a job or box. Moments are UTC; a run that goes on has no end and no state.

    `code` is None for a box and for a run that was killed. `again`: it tries once more what the run
    before has failed to do. `launched` is when the execution that holds it was to start.
    """

    job: str
    number: int
    start: datetime
    end: datetime | None = None
    state: State | None = None
    code: int | None = None
    again: bool = False
    launched: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Remark:
    """What runs do not show: why a job started, or did not, in words; `at` is UTC."""

    job: str
    at: datetime
    cause: Cause
    text: str


@dataclass(frozen=True, slots=True)
class RunLog:
    """All runs of a period in order of their starts, and remarks in order of time.

    `readings` are the answers to open questions that decided something.
    """

    runs: tuple[JobRun, ...]
    remarks: tuple[Remark, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)

    def about(self, jobs: Collection[str]) -> "RunLog":
        """The runs of these jobs, and the remarks about them."""
        runs = tuple(run for run in self.runs if run.job in jobs)
        remarks = tuple(note for note in self.remarks if note.job in jobs)
        return RunLog(runs, remarks, self.readings)


def merged(logs: Iterable[RunLog]) -> RunLog:
    """One log of several, about different jobs."""
    found = list(logs)
    if len(found) == 1:
        return found[0]
    runs = sorted((run for log in found for run in log.runs), key=lambda run: run.start)
    remarks = sorted((note for log in found for note in log.remarks), key=lambda note: note.at)
    readings = {name: answer for log in found for name, answer in log.readings.items()}
    return RunLog(tuple(runs), tuple(remarks), readings)
