"""Timetables: when the source starts jobs, and when the launch plans start their workflows."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from transpile.findings.diagnostics import Diagnostic, Diagnostics
from transpile.findings.finding import Level, Starts
from transpile.model import Cut, Facts, Job, Schedule
from transpile.pipeline import Estate
from transpile.proof.emitted_starts import EmittedStarts, EmittedWorkflow, emitted_workflow
from transpile.proof.scheduler import UTC
from transpile.proof.source_starts import awaited, starts_of_jobs
from transpile.targets.flyte.model import ModulePlan

PREVIEW = 10
"""So many days of a calendar of rules are shown."""

_NOTED = (Starts.NOTED, Starts.UNKNOWN)

_DAY, _WEEK = timedelta(days=1), timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Start:
    """A moment at which the source starts the job, the emitted workflow does, or both."""

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

    `previews` are the first days of the calendars of rules that its schedule looks at.
    `members` is the number of jobs in it, which start with it. `workflow` and `module` are empty
    for a job that is in no workflow. `starters` are the jobs of other workflows that start the
    workflow, `waits` says what it, and each job in it, waits for.
    """

    workflow: str
    module: str
    job: str
    members: int
    rule: str
    zone: str
    launch_plans: tuple[str, ...]
    starters: tuple[str, ...]
    waits: tuple[str, ...]
    starts: tuple[Start, ...]
    ends: tuple[tuple[str, date], ...]
    previews: tuple[tuple[str, tuple[date, ...]], ...]
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


@dataclass(frozen=True, slots=True)
class Compared:
    """The two sides of an estate: timetables of jobs, and the workflows that nothing starts."""

    timetables: tuple[Timetable, ...]
    by_hand: tuple[str, ...]


def compare(
    networks: Sequence[Facts],
    planned: Iterable[tuple[ModulePlan, Facts]],
    diagnostics: Diagnostics,
    span: Span,
    only: Collection[str] | None = None,
) -> Compared:
    """Compare the starts of all jobs; `planned` has the modules of the networks, in their order.

    There is a timetable for each job with a schedule, for each workflow that others start, and for
    jobs that start at other times than in the source. `only` has the
    titles of workflows, None for all of them.
    """
    found: list[Timetable] = []
    by_hand: list[str] = []
    # A start on these days may follow from one in the week before.
    wide = Span(span.first - _WEEK, span.days + 2 * _WEEK.days, span.lasting)
    modules = (emitted_workflow(m, wide.first, wide.days, wide.lasting) for m, _ in planned)
    for facts in networks:
        workflows = list(islice(modules, facts.emitted))
        if facts.said.schedule is not None:
            # The source has a cron expression, which the launch plan takes over.
            continue
        diagnostics.scope = facts.title
        sides = _Sides(facts, EmittedStarts(workflows), diagnostics, span)
        source = starts_of_jobs(facts, wide.first, wide.days, wide.lasting)
        found += sides.timetables(source, only)
        unstarted = (w.title for w in workflows if not sides.emitted.of(w) and not w.start)
        by_hand += (title for title in unstarted if only is None or title in only)
    for _ in modules:
        pass
    return Compared(tuple(found), tuple(by_hand))


@dataclass(slots=True)
class _Sides:
    """Both sides of one network."""

    facts: Facts
    emitted: EmittedStarts
    diagnostics: Diagnostics
    span: Span

    def timetables(
        self, source: dict[str, list[datetime]], only: Collection[str] | None
    ) -> Iterator[Timetable]:
        """The timetables of the jobs of all workflows, or of some."""
        jobs, upstream = self.facts.jobs, awaited(self.facts)
        homes = {name: workflow for workflow in self.emitted.workflows for name in workflow.jobs}
        for name, moments in source.items():
            job, home = jobs[name], homes.get(name)
            if name in self.facts.sides.stays:
                continue
            if only is not None and (home is None or home.title not in only):
                continue
            if job.schedule is None and job.box:
                # It starts with its box.
                continue
            started = home is not None and bool(home.start) and name in self.facts.cuts
            zone = (job.schedule.timezone if job.schedule else home and home.zone) or UTC
            around = [name, *self.facts.graph.ancestors(name)]
            launched = home.starts_of(around, self.emitted.of(home)) if home else []
            starts = _side_by_side(moments, launched, zone, self.span)
            if job.schedule or started or any(start.differs for start in starts):
                yield self._timetable(name, home, zone, starts, upstream.get(name, ()))

    def _timetable(
        self,
        name: str,
        home: EmittedWorkflow | None,
        zone: str,
        starts: tuple[Start, ...],
        upstream: tuple[str, ...],
    ) -> Timetable:
        job = self.facts.jobs[name]
        last = self.span.first + (self.span.days - 1) * _DAY
        schedules = job.schedule.each() if job.schedule else ()
        rules = dict.fromkeys(c for each in schedules for c in each.days.rule_calendars)
        inside = _inside(self.facts, name)
        cuts = (cut for n in (name, *inside) if (cut := self.facts.cuts.get(n)) and not cut.starts)
        return Timetable(
            workflow=home.title if home else "",
            module=home.module if home else "",
            job=name,
            members=len(inside),
            rule=_rule(job, upstream),
            zone=zone,
            launch_plans=home.launch_plans if home else (),
            starters=tuple(self.emitted.tellers(home)) if home else (),
            waits=tuple(_waits(cuts)),
            starts=starts,
            ends=tuple((name, day) for name, day in _ends(schedules).items() if day <= last),
            previews=tuple((c.name, c.preview(self.span.first, PREVIEW)) for c in rules),
            notes=tuple(d for d in self.diagnostics.about(name) if d.kind.starts in _NOTED),
        )


def _ends(schedules: Iterable[Schedule]) -> dict[str, date]:
    """The last days of the calendars and cycles that schedules look at."""
    found: dict[str, date] = {}
    for schedule in schedules:
        found |= {c.name: c.dates[-1] for c in schedule.days.calendars if c.dates}
        for calendar in schedule.days.rule_calendars:
            found |= {name: day for name, day, _ in calendar.ends()}
    return found


def _waits(cuts: Iterable[Cut]) -> Iterator[str]:
    """What jobs wait for in other workflows, in words."""
    yield from (f"{cut.job} waits for: {cut.shown}" for cut in cuts)


def _rule(job: Job, upstream: tuple[str, ...]) -> str:
    if job.schedule is not None:
        return str(job.schedule)
    return f"after {', '.join(upstream)}" if upstream else "no start time"


def _inside(facts: Facts, name: str) -> list[str]:
    """The jobs in a box, at any depth."""
    found: list[str] = []
    pending = [name]
    while pending:
        inside = facts.members.get(pending.pop(), ())
        found += inside
        pending += inside
    return found


def _side_by_side(
    source: list[datetime], emitted: list[datetime], zone: str, span: Span
) -> tuple[Start, ...]:
    info, last = ZoneInfo(zone), span.first + (span.days - 1) * _DAY
    left, right = set(source), set(emitted)
    shown = (m for m in left | right if span.first <= m.astimezone(info).date() <= last)
    return tuple(Start(m, m in left, m in right) for m in sorted(shown))


def crons(estate: Estate, only: Collection[str] | None = None) -> list[Facts]:
    """The facts about networks with cron expressions in the source; `only` has their titles."""
    return [
        facts
        for facts, names in zip(estate.networks, estate.names, strict=True)
        if facts.said.schedule is not None
        and not facts.stays
        and (only is None or any(n.title in only for n in names))
    ]


def left_out(estate: Estate) -> list[Diagnostic]:
    """The schedules without a launch plan."""
    return [found for found in estate.diagnostics if found.kind.starts is Starts.NOT_PLANNED]


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
        "started_by": list(found.starters),
        "waits": list(found.waits),
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
        "calendars_of_rules": {
            name: [day.isoformat() for day in days] for name, days in found.previews
        },
        "not_kept": [{"code": d.code, "message": d.message} for d in found.errors],
        "not_proven": [{"code": d.code, "message": d.message} for d in found.warnings],
    }
