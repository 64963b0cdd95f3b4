"""The engine of AutoSys over days: one row a job, events, and nothing that happens at midnight."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import ClassVar

from transpile.dialects.autosys.day_course import DayCourse
from transpile.dialects.autosys.day_jobs import (
    INACTIVE,
    STATES,
    Row,
    boxes,
    is_unreadable,
    tables,
)
from transpile.dialects.autosys.day_operations import OPERATIONS
from transpile.dialects.autosys.day_readings import CLOCK_CHANGE, READINGS
from transpile.dialects.autosys.ticks import Openings, Tick, ticks
from transpile.model import Facts, InitialStatus, Job
from transpile.model.clock import ClockChange
from transpile.model.day_engine import DayEngine
from transpile.model.run_log import Operation, Period, RunEnds, RunLog


def is_documented(change: ClockChange) -> bool:
    """True for changes at 02:00, the only ones that the documents describe."""
    hour = (change.before if change.is_forward else change.after).hour
    return hour == (2 if change.is_forward else 1)


class AutoSysDays(DayEngine):
    """Runs the jobs of an estate as AutoSys does, day after day."""

    readings = READINGS
    operations: ClassVar[frozenset[str]] = frozenset(OPERATIONS)

    def __init__(self, facts: Facts, period: Period, chosen: Mapping[str, str]) -> None:
        super().__init__(facts, period, chosen)
        self._plain = self.answers[CLOCK_CHANGE.name] == "plain"
        self._odd_changes = False
        self.jobs = facts.said.jobs
        self.box_of = boxes(self.jobs)
        self._named, self.global_readers = tables(facts)
        self._ticks = {n: self._ticks_of(job) for n, job in self.jobs.items() if job.schedule}
        self._openings = {
            name: Openings(job.start_rule.window, job.start_rule.timezone or period.zone, period)
            for name, job in self.jobs.items()
            if job.start_rule and job.start_rule.window
        }
        self.outside = frozenset(facts.externals)

    @property
    def depends_on_change(self) -> bool:
        """True if the reading of clock changes moves a start time."""
        return self._odd_changes

    def _ticks_of(self, job: Job) -> tuple[Tick, ...]:
        assert job.schedule is not None
        return tuple(ticks(job.schedule, self.period, self._follows))

    def _follows(self, change: ClockChange) -> bool:
        """True if the rules of the documents are applied to this change."""
        if is_documented(change):
            return True
        self._odd_changes = True
        return not self._plain

    def play(self, ends: RunEnds, operations: Sequence[Operation] = ()) -> RunLog:
        """Run the jobs through the period; all are INACTIVE at first, or as their status says."""
        return DayCourse(self, ends).play(operations)

    def rows(self) -> dict[str, Row]:
        """The rows at the beginning."""
        rows = {name: self._row(job) for name, job in self.jobs.items()}
        for name, box in self.box_of.items():
            rows[name].box = rows[box]
            rows[box].members.append(rows[name])
        for row in rows.values():
            # AutoSys: ice on a box is ice on everything in it.
            row.is_iced = row.is_iced or any(box.is_iced for box in row.around())
        for name, named in self._named.items():
            rows[name].named = [rows[other] for other in named]
            for row in rows[name].named:
                row.readers.append(rows[name])
        return rows

    def _row(self, job: Job) -> Row:
        rule = job.start_rule
        zone = (rule and rule.timezone) or (job.schedule and job.schedule.timezone)
        status = dict(job.notes).get("status", "").strip("\"' ").upper()
        seeded = status if status in STATES else INACTIVE
        return Row(
            job=job,
            clocked=job.schedule is not None,
            ticks=self._ticks.get(job.name, ()),
            openings=self._openings.get(job.name),
            excluded=rule.excluded if rule else (),
            zone=zone or self.period.zone,
            limit=timedelta(minutes=job.time_limit) if job.time_limit else None,
            status=seeded,
            changed=self.period.begin if seeded != INACTIVE else None,
            ended=self.period.begin if seeded != INACTIVE else None,
            code=0 if seeded == "SUCCESS" else None,
            is_held=job.status is InitialStatus.ON_HOLD or is_unreadable(job),
            is_iced=job.status is InitialStatus.ON_ICE,
            is_noexec=job.status is InitialStatus.ON_NOEXEC,
        )
