"""Timetables: when the source starts jobs, and when the launch plans start their workflows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from transpile.findings.diagnostics import Diagnostic, Diagnostics
from transpile.findings.finding import Level, Starts
from transpile.model import Every, Facts, Job
from transpile.model.days import DAYS, in_month, week_day
from transpile.pipeline import Estate
from transpile.proof.scheduler import launches
from transpile.proof.source_clock import UTC
from transpile.proof.source_starts import awaited, kept, starts_of_jobs
from transpile.targets.flyte.model import ModulePlan, RunDaysPlan
from transpile.targets.flyte.values import Call, Comparison, Logic, Name, Value

_NOTED = (Starts.NOTED, Starts.UNKNOWN)

_DAY, _WEEK = timedelta(days=1), timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Start:
    """A moment at which the source starts the job, a launch plan its workflow, or both."""

    moment: datetime
    source: bool
    emitted: bool

    @property
    def differs(self) -> bool:
        """True if only one side starts."""
        return self.source is not self.emitted


@dataclass(frozen=True, slots=True)
class Span:
    """A number of days from the first one; every run takes `lasting`."""

    first: date
    days: int
    lasting: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Timetable:
    """The starts of one job; `rule` describes its schedule, `ends` has last days of calendars.

    `members` is the number of jobs in it, which start with it.
    """

    workflow: str
    module: str
    job: str
    members: int
    rule: str
    zone: str
    launch_plans: tuple[str, ...]
    starts: tuple[Start, ...]
    ends: tuple[tuple[str, date], ...]
    notes: tuple[Diagnostic, ...]

    @property
    def differences(self) -> int:
        """The number of starts on one side only."""
        return sum(start.differs for start in self.starts)

    @property
    def is_good(self) -> bool:
        """True if all starts of the source are known and both sides have the same."""
        return not self.differences and all(
            d.kind.starts is not Starts.UNKNOWN for d in self.errors
        )

    @property
    def errors(self) -> list[Diagnostic]:
        """Known differences of the schedule."""
        return [found for found in self.notes if found.level is Level.ERROR]

    @property
    def warnings(self) -> list[Diagnostic]:
        """What is not proven about the schedule."""
        return [found for found in self.notes if found.level is not Level.ERROR]


def timetables(
    planned: Iterable[tuple[ModulePlan, Facts]],
    diagnostics: Diagnostics,
    span: Span,
    only: str | None = None,
) -> Iterator[Timetable]:
    """The timetables of jobs with a schedule, and of jobs that start at other times than Flyte.

    `only` names a single workflow.
    """
    for module, facts in planned:
        if only in (None, module.title, module.name):
            diagnostics.scope = facts.title
            yield from _of_workflow(module, facts, diagnostics, span)


def _of_workflow(
    module: ModulePlan, facts: Facts, diagnostics: Diagnostics, span: Span
) -> Iterator[Timetable]:
    if facts.said.schedule is not None:
        # The source has a cron expression, which the launch plan takes over.
        return
    # A start on these days may follow from one in the week before.
    wide = Span(span.first - _WEEK, span.days + 2 * _WEEK.days, span.lasting)
    source = starts_of_jobs(facts, wide.first, wide.days, span.lasting)
    emitted = _launches(module, wide)
    upstream = awaited(facts)
    for name, moments in source.items():
        job = facts.jobs[name]
        if job.schedule is None and job.box:
            # It starts with its box.
            continue
        zone = _zone(job, module)
        starts = _side_by_side(moments, emitted, zone, span)
        if job.schedule is None and not any(start.differs for start in starts):
            continue
        last = span.first + (span.days - 1) * _DAY
        schedules = job.schedule.each() if job.schedule else ()
        calendars = {c: None for each in schedules for c in each.days.calendars}
        yield Timetable(
            workflow=module.title,
            module=module.module,
            job=name,
            members=_members(facts, name),
            rule=_rule(job, upstream.get(name, ())),
            zone=zone,
            launch_plans=tuple(plan.name for plan in module.launch_plans),
            starts=starts,
            ends=tuple((c.name, c.dates[-1]) for c in calendars if c.dates and c.dates[-1] <= last),
            notes=tuple(d for d in diagnostics.about(name) if d.kind.starts in _NOTED),
        )


def _rule(job: Job, upstream: tuple[str, ...]) -> str:
    if job.schedule is not None:
        return str(job.schedule)
    return f"after {', '.join(upstream)}" if upstream else "no start time"


def _zone(job: Job, module: ModulePlan) -> str:
    """The time zone of the table: that of the job, else of a launch plan."""
    zones = (plan.timezone for plan in module.launch_plans if plan.timezone)
    return (job.schedule.timezone if job.schedule else next(zones, None)) or UTC


def _members(facts: Facts, name: str) -> int:
    found, pending = 0, [name]
    while pending:
        inside = facts.members.get(pending.pop(), ())
        found += len(inside)
        pending += inside
    return found


def _side_by_side(
    source: list[datetime], emitted: list[datetime], zone: str, span: Span
) -> tuple[Start, ...]:
    info, last = ZoneInfo(zone), span.first + (span.days - 1) * _DAY
    left, right = set(source), set(emitted)
    shown = (m for m in left | right if span.first <= m.astimezone(info).date() <= last)
    return tuple(Start(m, m in left, m in right) for m in sorted(shown))


def crons(estate: Estate) -> list[Facts]:
    """The facts about networks with cron expressions in the source."""
    return [facts for facts in estate.networks if facts.said.schedule is not None]


def left_out(estate: Estate) -> list[Diagnostic]:
    """The schedules without a launch plan."""
    return [found for found in estate.diagnostics if found.kind.starts is Starts.NOT_PLANNED]


def _launches(module: ModulePlan, span: Span) -> list[datetime]:
    """The moments at which the launch plans start the jobs, on run days only.

    A launch plan that skips starts takes only its own executions into account.
    """
    run_days = {plan.variable: plan for plan in module.run_days}
    dates = {plan.constant: plan.dates for plan in module.dates}
    found: set[datetime] = set()
    for plan in (plan for plan in module.launch_plans if plan.cron):
        asked = run_days.get(plan.workflow)
        moments = launches(plan.cron, plan.timezone, span.first, span.days)
        if asked is not None:
            # A day without a run takes no time.
            moments = [m for m in moments if _runs(asked, m, dates)]
        found.update(kept(moments, span.lasting) if plan.skips else moments)
    return sorted(found)


def _runs(plan: RunDaysPlan, moment: datetime, dates: Mapping[str, tuple[str, ...]]) -> bool:
    """The answer of the task that looks up run days."""
    _, *zone = plan.day.arguments
    day = moment.astimezone(ZoneInfo(str(zone[0]) if zone else UTC)).date()

    def holds(value: Value) -> bool:
        if isinstance(value, Logic):
            return (any if value.word == "or" else all)(map(holds, value.terms))
        if isinstance(value, Call):
            return _allows(value.function, value.arguments[1:], day)
        assert isinstance(value, Comparison)
        if isinstance(value.right, str):
            at_least = day.isoformat() >= value.right
            return at_least is (value.operator == ">=")
        assert isinstance(value.right, Name)
        return (day.isoformat() in dates[value.right.id]) is (value.operator == "in")

    return holds(plan.test)


def _allows(function: str, arguments: tuple[Any, ...], day: date) -> bool:
    """The answer of the run-time helper of that name."""
    if function == "is_every":
        count, first = arguments
        return day in Every(count, tuple(map(date.fromisoformat, first)))
    (allowed,) = arguments
    if function == "is_day_of_week":
        return DAYS[week_day(day)] in allowed
    if function == "is_day_of_month":
        return not in_month(day).isdisjoint(allowed)
    assert function == "is_in_month"
    return day.month in allowed


def timetable_json(found: Timetable) -> dict[str, Any]:
    """A timetable as JSON; times are in its zone."""
    info = ZoneInfo(found.zone)
    return {
        "workflow": found.workflow,
        "module": found.module,
        "job": found.job,
        "members": found.members,
        "schedule": found.rule,
        "timezone": found.zone,
        "launch_plans": list(found.launch_plans),
        "starts": [
            {
                "at": start.moment.astimezone(info).isoformat(),
                "source": start.source,
                "emitted": start.emitted,
            }
            for start in found.starts
        ],
        "differences": found.differences,
        "calendars_that_end": {name: day.isoformat() for name, day in found.ends},
        "not_kept": [{"code": d.code, "message": d.message} for d in found.errors],
        "not_proven": [{"code": d.code, "message": d.message} for d in found.warnings],
    }
