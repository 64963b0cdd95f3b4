"""Run times: what the source's rules say, and when Flyte starts the emitted launch plans."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from transpile.diagnostics import Diagnostic, Diagnostics
from transpile.flyte.model import ModulePlan, RunDaysPlan
from transpile.flyte.values import Call, Comparison, Logic, Name, Value
from transpile.ir import Every, Job
from transpile.ir.days import DAYS, in_month, week_day
from transpile.pipeline import Estate
from transpile.rehearsal.scheduler import launches
from transpile.semantics.clock import UTC, starts

LEFT_OUT = ("A502", "A506", "A520", "A526", "A770")
"""Findings that say that a schedule has no launch plan."""

NOT_PROVEN = (
    *("A501", "A503", "A504", "A505", "A507", "A508", "A509", "A510", "A521", "A522", "A528"),
    *("A771", "A772", "A773", "A780"),
)
"""Findings that say what about a schedule is not kept, or was assumed."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Start:
    """A moment at which the source starts the job, the launch plans its workflow, or both do."""

    moment: datetime
    source: bool
    emitted: bool

    @property
    def differs(self) -> bool:
        """True when only one side starts."""
        return self.source is not self.emitted


@dataclass(frozen=True, slots=True)
class Timetable:
    """The starts of one job with a schedule; `rule` is the schedule, `ends` are its last days."""

    workflow: str
    module: str
    job: str
    rule: str
    zone: str
    launch_plans: tuple[str, ...]
    starts: tuple[Start, ...]
    ends: tuple[tuple[str, date], ...]
    notes: tuple[Diagnostic, ...]

    @property
    def differences(self) -> int:
        """How many moments are on one side only."""
        return sum(start.differs for start in self.starts)


def timetables(estate: Estate, first: date, days: int, only: str | None) -> Iterator[Timetable]:
    """The timetable of each scheduled job, or of those of one workflow."""
    for module, network in estate.emitted():
        if only in (None, module.title, module.name):
            estate.diagnostics.scope = network.title
            for name in network.order:
                job = network.jobs[name]
                if job.schedule is not None and not is_cron(job):
                    yield _timetable(module, job, estate.diagnostics, first, days)


def is_cron(job: Job) -> bool:
    """True when the source itself says it in cron: there is nothing to compare."""
    return job.schedule is not None and any(each.cron for each in job.schedule.each())


def crons(estate: Estate) -> list[Job]:
    """The jobs whose schedules are the source's own cron expressions."""
    return [job for network in estate.networks for job in network.jobs.values() if is_cron(job)]


def left_out(estate: Estate) -> list[Diagnostic]:
    """The schedules without a launch plan."""
    return [found for found in estate.diagnostics if found.code in LEFT_OUT]


def _timetable(
    module: ModulePlan, job: Job, diagnostics: Diagnostics, first: date, days: int
) -> Timetable:
    assert job.schedule is not None
    zone = job.schedule.timezone or UTC
    info, last = ZoneInfo(zone), first + (days - 1) * _DAY
    # Days of another zone reach into the ones before and after.
    wide = (first - _DAY, days + 2)
    source = set(starts(job.schedule, *wide))
    emitted = set(_launches(module, *wide))
    shown = (m for m in source | emitted if first <= m.astimezone(info).date() <= last)
    calendars = {c: None for each in job.schedule.each() for c in each.days.calendars}
    notes = (found for found in diagnostics.about(job.name) if found.code in NOT_PROVEN)
    return Timetable(
        workflow=module.title,
        module=module.module,
        job=job.name,
        rule=str(job.schedule),
        zone=zone,
        launch_plans=tuple(plan.name for plan in module.launch_plans),
        starts=tuple(Start(m, m in source, m in emitted) for m in sorted(shown)),
        ends=tuple((c.name, c.dates[-1]) for c in calendars if c.dates and c.dates[-1] <= last),
        notes=tuple(notes),
    )


def _launches(module: ModulePlan, first: date, days: int) -> Iterator[datetime]:
    """The moments at which the launch plans start the jobs: look-ups of days included."""
    run_days = {plan.variable: plan for plan in module.run_days}
    dates = {plan.constant: plan.dates for plan in module.dates}
    for plan in (plan for plan in module.launch_plans if plan.cron):
        for moment in launches(plan.cron, plan.timezone, first, days):
            asked = run_days.get(plan.workflow)
            if asked is None or _runs(asked, moment, dates):
                yield moment


def _runs(plan: RunDaysPlan, moment: datetime, dates: Mapping[str, tuple[str, ...]]) -> bool:
    """What the task answers that looks the day up."""
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
    """What the emitted helper of that name answers."""
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
        "not_proven": [{"code": d.code, "message": d.message} for d in found.notes],
    }
