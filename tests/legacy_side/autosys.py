"""A small AutoSys on a virtual clock.

It takes definitions as the reader finds them, and shares nothing else with the dialect: statuses
are latched, a start time arms a job until it starts, a box resets its members when it starts, and
each end of a job or box wakes the jobs whose conditions name it.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, timezone
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

from tests.legacy_side.programs import Programs
from transpile.model import (
    All,
    AnyOf,
    Command,
    Condition,
    ExitCode,
    GlobalValue,
    InitialStatus,
    Job,
    Kind,
    Schedule,
    Status,
    StatusTest,
    atoms,
)
from transpile.model.job import plain
from transpile.model.run_log import RunEnd

ENDED = ("SUCCESS", "FAILURE", "TERMINATED")
BAD = ENDED[1:]
WORDS = {
    StatusTest.SUCCESS: ("SUCCESS",),
    StatusTest.FAILURE: ("FAILURE",),
    StatusTest.TERMINATED: ("TERMINATED",),
    StatusTest.DONE: ENDED,
}


class Clock(Protocol):
    """A virtual clock."""

    def moment(self) -> datetime: ...
    def at(self, moment: datetime, event: Callable[[], None]) -> None: ...


@dataclass(slots=True)
class Run:
    """A run of a job or box; one that goes on has no end."""

    job: str
    start: datetime
    end: datetime | None = None
    status: str = "RUNNING"
    code: int | None = None


@dataclass(slots=True)
class Row:
    """A job, its status, and what runs."""

    job: Job
    status: str = "INACTIVE"
    changed: datetime | None = None
    ended: datetime | None = None
    code: int | None = None
    run: Run | None = None
    tries: int = 0
    armed: bool = False
    ran: bool = False
    members: "list[Row]" = field(default_factory=list)
    readers: "list[Row]" = field(default_factory=list)

    @property
    def iced(self) -> bool:
        return self.job.status is InitialStatus.ON_ICE

    @property
    def runs(self) -> bool:
        return self.status in ("RUNNING", "RESTART")

    @property
    def command(self) -> str:
        action = self.job.action
        return plain(action.text) if isinstance(action, Command) else ""


class AutoSys:
    """Runs the jobs of its definitions; `ends` says how each try ends.

    `changes` counts changes of statuses. `clashes` are jobs that it runs while somebody tells it
    that they run elsewhere.
    """

    def __init__(
        self, clock: Clock, programs: Programs, ends: Callable[[str, datetime], RunEnd]
    ) -> None:
        self._clock = clock
        self._programs = programs
        self._ends = ends
        self._rows: dict[str, Row] = {}
        self._due: deque[Row] = deque()
        self._definitions = 0
        self.runs: list[Run] = []
        self.changes = 0
        self.clashes: list[str] = []

    def load(self, jobs: Mapping[str, Job], until: datetime) -> None:
        """Take new definitions; what they have of the jobs before keeps its status."""
        self._definitions += 1
        before, self._rows = self._rows, {}
        self._programs.drop_rows(before.keys() - jobs.keys())
        for name, job in jobs.items():
            row = self._rows[name] = before.get(name, Row(job))
            row.job, row.members, row.readers = job, [], []
            self._write(row)
        for name, row in self._rows.items():
            if row.job.box in self._rows:
                self._rows[row.job.box].members.append(row)
            for other in dict.fromkeys(a.job for a in atoms(row.job.condition) if _of_job(a)):
                if other in self._rows:
                    self._rows[other].readers.append(row)
            for moment in _starts(row.job.schedule, self._clock.moment(), until):
                tick = partial(self._tick, name, self._definitions)
                self._clock.at(moment, partial(self._event, tick))

    def hear(self) -> None:
        """Take the events that somebody has sent."""
        for name, status in self._programs.events():
            self._event(partial(self._told, self._rows[name], status))

    # ---------------------------------------------------------------- events

    def _event(self, happens: Callable[[], None]) -> None:
        happens()
        while self._due:
            row = self._due.popleft()
            if self._may_start(row):
                self._start(row)

    def _tick(self, name: str, definitions: int) -> None:
        row = self._rows.get(name)
        # A start time while the job runs is lost.
        if row is not None and definitions == self._definitions and not row.runs:
            row.armed = True
            self._due.append(row)

    def _told(self, row: Row, status: str) -> None:
        """CHANGE_STATUS: nothing starts or stops by it but what waits for the job."""
        if row.run is not None:
            self.clashes.append(row.job.name)
            return
        row.code = None
        if status in ENDED:
            row.ended = self._clock.moment()
        self._set(row, status)

    def _set(self, row: Row, status: str) -> None:
        row.status, row.changed = status, self._clock.moment()
        self.changes += 1
        self._write(row)
        if status not in ENDED:
            return
        self._due += row.readers
        box = self._rows.get(row.job.box or "")
        while box is not None:
            if (ended := self._box_status(box)) is not None:
                self._end(box, ended, None)
            box = self._rows.get(box.job.box or "")

    def _write(self, row: Row) -> None:
        begun = row.run.start if row.run else row.changed
        status = "OI" if row.iced else row.status
        ended = row.ended if not row.runs else None
        self._programs.write_row(row.job.name, begun, ended, status, row.code)

    # ---------------------------------------------------------------- starts

    def _may_start(self, row: Row) -> bool:
        job = row.job
        if row.runs or row.iced or (job.schedule is not None and not row.armed):
            return False
        box = self._rows.get(job.box or "")
        if box is not None and (not box.runs or row.ran):
            return False
        return job.condition is None or self._holds(job.condition, row)

    def _start(self, row: Row) -> None:
        row.armed, row.ran, row.tries = False, True, 0
        row.run = Run(row.job.name, self._clock.moment())
        self.runs.append(row.run)
        self._set(row, "RUNNING")
        if row.job.kind is not Kind.BOX:
            self._try(row)
            return
        for each in _below(row):
            each.ran = each.runs
            if not each.runs:
                each.code = None
                self._set(each, "ACTIVATED")
        self._due += row.members

    def _try(self, row: Row) -> None:
        row.tries, row.status = row.tries + 1, "RUNNING"
        self._write(row)
        if "pyflyte" in row.command:
            self._run_really(row, row.run)
            return
        end = self._ends(row.job.name, self._clock.moment())
        seconds, code, limit = end.seconds, end.code, row.job.time_limit
        if limit is not None and seconds > 60 * limit:
            seconds, code = 60 * limit, None
        moment = self._clock.moment() + timedelta(seconds=seconds)
        ends = partial(self._end_try, row, row.run, code)
        self._clock.at(moment, partial(self._event, ends))

    def _run_really(self, row: Row, run: Run | None) -> None:
        code, sleeps = self._programs.run(row.command)
        moment = self._clock.moment() + timedelta(seconds=sleeps or 1)
        goes_on = partial(self._run_really, row, run)
        event = goes_on if sleeps else partial(self._end_try, row, run, code)
        self._clock.at(moment, partial(self._event, event))

    def _end_try(self, row: Row, run: Run | None, code: int | None) -> None:
        if row.run is not run:
            return
        action = row.job.action
        assert isinstance(action, Command)
        if code is None:
            self._end(row, "TERMINATED", None)
        elif action.success.accepts(code):
            self._end(row, "SUCCESS", code)
        elif row.tries > row.job.retries:
            self._end(row, "FAILURE", code)
        else:
            row.status = "RESTART"
            self.changes += 1
            self._write(row)
            moment = self._clock.moment() + timedelta(seconds=10 + 5 * row.tries)
            self._clock.at(moment, partial(self._event, partial(self._try, row)))

    def _end(self, row: Row, status: str, code: int | None) -> None:
        if row.run is not None:
            row.run.end, row.run.status, row.run.code = self._clock.moment(), status, code
        row.run, row.code, row.ended = None, code, self._clock.moment()
        for each in row.members:
            if not each.runs and not each.ran:
                each.status = "INACTIVE"
                self._write(each)
        self._set(row, status)

    # ---------------------------------------------------------------- rules

    def _box_status(self, box: Row) -> str | None:
        """How a box ends now; None while it goes on."""
        if not box.runs:
            return None
        live = [row for row in box.members if not row.iced]
        over = [row for row in live if row.ran and row.status in ENDED]
        bad = [row for row in over if row.status in BAD]
        if any(row.job.terminates_box for row in bad):
            return "TERMINATED"
        rule = box.job.box_rule
        failure, success = (rule.failure, rule.success) if rule else (None, None)
        if failure is not None and self._holds(failure, box):
            return "FAILURE"
        if success is not None and self._holds(success, box):
            return "SUCCESS"
        if len(over) < len(live):
            return None
        if bad:
            return "FAILURE" if failure is None else None
        return "SUCCESS" if success is None else None

    def _holds(self, condition: Condition, me: Row) -> bool:
        if isinstance(condition, All):
            return all(self._holds(term, me) for term in condition.terms)
        if isinstance(condition, AnyOf):
            return any(self._holds(term, me) for term in condition.terms)
        assert isinstance(condition, Status | ExitCode), "globals and values are not played here"
        row = self._rows.get(condition.job)
        if row is None:
            return False
        if row.iced:
            bad = StatusTest.FAILURE, StatusTest.TERMINATED
            return isinstance(condition, Status) and condition.test not in bad
        if isinstance(condition, ExitCode):
            holds = row.code is not None and _compares(row.code, condition)
        elif condition.test is StatusTest.NOT_RUNNING:
            return not row.runs
        else:
            holds = row.status in WORDS[condition.test]
        return holds and self._is_young(row, condition.lookback, me)

    def _is_young(self, row: Row, minutes: int | None, me: Row) -> bool:
        if minutes is None:
            return True
        if minutes == 0:
            return me.ended is None or (row.ended is not None and row.ended >= me.ended)
        age = timedelta(minutes=minutes)
        return row.changed is not None and self._clock.moment() - row.changed <= age


def _of_job(atom: object) -> bool:
    return not isinstance(atom, GlobalValue)


def _compares(code: int, atom: ExitCode) -> bool:
    value = atom.value
    return {
        "=": code == value,
        "!=": code != value,
        "<": code < value,
        "<=": code <= value,
        ">": code > value,
        ">=": code >= value,
    }[atom.operator]


def _below(box: Row) -> Iterator[Row]:
    for row in box.members:
        yield row
        yield from _below(row)


def _starts(schedule: Schedule | None, begin: datetime, end: datetime) -> list[datetime]:
    """The start times (UTC) from one moment until before another."""
    found = set()
    for each in schedule.each() if schedule else ():
        zone = ZoneInfo(each.timezone or "UTC")
        day = begin.astimezone(zone).date() - timedelta(days=1)
        while day <= end.astimezone(zone).date():
            hours = [(hour, minute) for hour in range(24) for minute in each.minutes]
            for hour, minute in [*each.times, *hours] if day in each.days else ():
                local = datetime.combine(day, time(hour, minute), tzinfo=zone)
                found.add(local.astimezone(timezone.utc))
            day += timedelta(days=1)
    return sorted(moment for moment in found if begin <= moment < end)
