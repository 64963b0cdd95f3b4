"""When workflows are expected to end, and which jobs would miss a deadline.

Jobs take known durations and succeed. A workflow starts by its launch plans, or when a job that
starts it ends. Waits for jobs of other workflows take no time.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from transpile.model import Facts, Job
from transpile.model.schedule import Deadline
from transpile.proof.courses import Course, course_of
from transpile.proof.emitted_starts import EmittedWorkflow, emitted_workflow
from transpile.proof.scheduler import UTC
from transpile.report.timetable import Span
from transpile.targets.flyte.model import ModulePlan

_AROUND = timedelta(days=8)
"""A start may follow from one so long before."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A deadline that a job is expected to miss; `must` is what it must have done by then."""

    job: str
    must: str
    by: datetime
    expected: datetime


@dataclass(frozen=True, slots=True)
class ExpectedRun:
    """A run of a workflow, and the deadlines that its jobs miss."""

    start: datetime
    end: datetime
    missed: tuple[Missed, ...]


@dataclass(frozen=True, slots=True)
class ExpectedWorkflow:
    """The runs of a workflow; `path` is the critical path, and `seconds` the time that it takes.

    `unknown` are jobs without a known duration.
    """

    title: str
    zone: str
    path: tuple[str, ...]
    seconds: float
    unknown: tuple[str, ...]
    runs: tuple[ExpectedRun, ...]


def expected_workflows(
    networks: Sequence[Facts],
    planned: Iterable[tuple[ModulePlan, Facts]],
    seconds: Mapping[str, float],
    span: Span,
    only: Collection[str] | None = None,
) -> list[ExpectedWorkflow]:
    """The expected runs of workflows with a job of known duration; `only` has titles."""
    found: list[ExpectedWorkflow] = []
    first, days = span.first - _AROUND, span.days + 2 * _AROUND.days
    parts = ((emitted_workflow(m, first, days, span.lasting), facts) for m, facts in planned)
    for network in networks:
        courses = _Courses([*islice(parts, network.emitted)], seconds)
        for workflow, facts in courses.parts:
            if only is not None and workflow.title not in only:
                continue
            if any(name in seconds for name in _plain(facts)):
                found.append(courses.expected(workflow, facts, span))
    return found


def _plain(facts: Facts) -> Iterator[str]:
    """The jobs that take time by themselves."""
    return (name for name in facts.jobs if not facts.graph.has_members(name))


@dataclass(slots=True)
class _Courses:
    """The workflows of one network."""

    parts: list[tuple[EmittedWorkflow, Facts]]
    seconds: Mapping[str, float]
    _tellers: dict[str, list[tuple[EmittedWorkflow, Facts, str]]] = field(default_factory=dict)
    _starts: dict[str, list[datetime]] = field(default_factory=dict)
    _courses: dict[tuple[str, tuple[tuple[str, float], ...]], Course] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for workflow, facts in self.parts:
            for job, cuts in workflow.tells.items():
                for cut in cuts:
                    self._tellers.setdefault(cut, []).append((workflow, facts, job))

    def expected(self, workflow: EmittedWorkflow, facts: Facts, span: Span) -> ExpectedWorkflow:
        """The runs of a workflow that start on the days of the span."""
        info, last = ZoneInfo(workflow.zone), span.first + timedelta(days=span.days - 1)

        def is_shown(moment: datetime) -> bool:
            day: date = moment.astimezone(info).date()
            return span.first <= day <= last

        starts = [moment for moment in self.starts(workflow) if is_shown(moment)]
        whole = course_of(facts.graph, self.seconds)
        return ExpectedWorkflow(
            title=workflow.title,
            zone=workflow.zone,
            path=whole.path,
            seconds=whole.seconds,
            unknown=tuple(name for name in _plain(facts) if name not in self.seconds),
            runs=tuple(self._run(workflow, facts, moment) for moment in starts),
        )

    def starts(self, workflow: EmittedWorkflow) -> list[datetime]:
        """The starts of a workflow: by the clock, and at the ends of jobs that start it."""
        if workflow.title not in self._starts:
            # A workflow that starts itself, by way of others, adds nothing.
            self._starts[workflow.title] = [*workflow.ticks]
            found = {*workflow.ticks}
            for cut in sorted(workflow.own) if workflow.start else ():
                for above, facts, job in self._tellers.get(cut, ()):
                    for moment in self.starts(above):
                        ends = self._course(above, facts, moment).ends
                        found.add(moment + timedelta(seconds=ends.get(job, 0.0)))
            self._starts[workflow.title] = sorted(found)
        return self._starts[workflow.title]

    def _course(self, workflow: EmittedWorkflow, facts: Facts, start: datetime) -> Course:
        """The course of the run that starts at this moment."""
        held = tuple(
            (job, (at - start).total_seconds())
            for job, times in workflow.waits.items()
            if (at := next((moment for moment in times if moment >= start), None))
        )
        key = (workflow.title, held)
        if key not in self._courses:
            self._courses[key] = course_of(facts.graph, self.seconds, dict(held))
        return self._courses[key]

    def _run(self, workflow: EmittedWorkflow, facts: Facts, start: datetime) -> ExpectedRun:
        course = self._course(workflow, facts, start)
        missed: list[Missed] = []
        for name, at in course.starts.items():
            job = facts.jobs[name]
            if job.deadlines is None:
                continue
            waits = workflow.waits.get(name, ())
            tick = next((moment for moment in waits if moment >= start), start)
            sides = (
                ("start", job.deadlines.starts, at),
                ("end", job.deadlines.ends, course.ends[name]),
            )
            for must, deadlines, seconds in sides:
                reached = start + timedelta(seconds=seconds)
                by = _deadline(job, deadlines, tick)
                if by is not None and reached > by:
                    missed.append(Missed(name, must, by, reached))
        return ExpectedRun(start, start + timedelta(seconds=course.seconds), tuple(missed))


def _deadline(job: Job, deadlines: Iterable[Deadline], tick: datetime) -> datetime | None:
    """The deadline that belongs to a start time."""
    zone = ZoneInfo((job.schedule and job.schedule.timezone) or UTC)
    local = tick.astimezone(zone)
    for deadline in deadlines:
        if deadline.time in (None, (local.hour, local.minute)):
            return tick + timedelta(minutes=deadline.minutes)
    return None


def expected_json(found: ExpectedWorkflow) -> dict[str, Any]:
    """The expected runs of a workflow as JSON; times are in its zone."""
    info = ZoneInfo(found.zone)
    return {
        "workflow": found.title,
        "critical_path": list(found.path),
        "seconds": found.seconds,
        "without_duration": list(found.unknown),
        "runs": [
            {
                "start": run.start.astimezone(info).isoformat(),
                "end": run.end.astimezone(info).isoformat(),
                "missed": [
                    {
                        "job": missed.job,
                        "must": missed.must,
                        "by": missed.by.astimezone(info).isoformat(),
                        "expected": missed.expected.astimezone(info).isoformat(),
                    }
                    for missed in run.missed
                ],
            }
            for run in found.runs
        ],
    }
