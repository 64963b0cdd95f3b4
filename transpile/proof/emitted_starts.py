"""When the launch plans of emitted modules start each job.

A workflow starts by its cron expressions, on run days only, and by the tasks of other workflows
that tell it. A job starts with its workflow, or at the time that a task in front of it waits for.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from transpile.proof.day_constants import Constants, constants_of, holds
from transpile.proof.scheduler import UTC, launches
from transpile.proof.source_starts import kept
from transpile.runtime.dates import moments_of
from transpile.targets.flyte.model import ModulePlan, NodeRole, RunDaysPlan
from transpile.targets.flyte.values import Call, Lambda, Name
from transpile.targets.flyte2.model import DriverPlan


@dataclass(frozen=True, slots=True)
class EmittedWorkflow:
    """What an emitted module says about starts.

    `ticks` are the starts (UTC) by cron, `waits` the times of the tasks that jobs wait for, of each
    on its own. `jobs` are those that it runs, `tells` the cuts that the end of each job may start.
    `start` is the launch plan by which others start it, `own` are the cuts that do so.
    """

    title: str
    name: str
    module: str
    zone: str
    launch_plans: tuple[str, ...]
    ticks: tuple[datetime, ...]
    waits: Mapping[str, tuple[datetime, ...]]
    jobs: frozenset[str]
    tells: Mapping[str, frozenset[str]]
    start: str
    own: frozenset[str]

    def starts_of(self, around: Iterable[str], starts: Iterable[datetime]) -> list[datetime]:
        """The starts of a job if its workflow has these; `around` are the job and its boxes."""
        waits = [self.waits[name] for name in around if name in self.waits]
        found = {_after(waits, moment) for moment in starts}
        return sorted(moment for moment in found if moment is not None)


def emitted_workflow(
    module: ModulePlan, first: date, days: int, lasting: timedelta
) -> EmittedWorkflow:
    """What a module says about starts on so many days, if runs take `lasting`."""
    dates = constants_of(module.dates)
    if module.driver is not None:
        return _driven(module, module.driver, dates, first, days, lasting)
    tasks = {task.function: task.result for w in module.workflows for task in w.tasks}
    waits: dict[str, tuple[datetime, ...]] = {}
    tells: dict[str, frozenset[str]] = {}
    for workflow in module.workflows:
        followed = {first for first, _ in workflow.edges}
        for node in workflow.nodes:
            call = tasks.get(node.entity)
            if node.job is None or not isinstance(call, Call):
                continue
            if node.role is NodeRole.TELL:
                names = (name.id for name in call.arguments if isinstance(name, Name))
                tells[node.job] = frozenset(names)
            elif node.role is NodeRole.NOT_BEFORE and node.variable in followed:
                waits[node.job] = tuple(_waited(call, dates, first, days))
    known = {plan.name for plan in module.launch_plans}
    ticks = _launches(module, dates, first, days, lasting)
    start = module.crossings.start if module.crossings.start in known else ""
    return _emitted(module, ticks, waits, tells, start)


def _driven(
    module: ModulePlan,
    driver: DriverPlan,
    dates: Constants,
    first: date,
    days: int,
    lasting: timedelta,
) -> EmittedWorkflow:
    """What the driver of a program says about starts."""
    waits: dict[str, tuple[datetime, ...]] = {}
    tells: dict[str, frozenset[str]] = {}
    for call in (driver.opens, *(each.call for each in driver.statements)):
        name = str(call.arguments[0])
        for word, value in call.keywords:
            inner = value.body if isinstance(value, Lambda) else None
            if word == "clock" and isinstance(inner, Call):
                waits[name] = tuple(_waited(inner, dates, first, days))
            elif word == "tells" and isinstance(inner, Call):
                tells[name] = frozenset(n.id for n in inner.arguments if isinstance(n, Name))
    ticks = _launches(module, dates, first, days, timedelta())
    own = any(cut.starts for _, cut in module.crossings.own)
    start = module.crossings.start if own else ""
    # An earlier run of any trigger makes a driver lose its start.
    return _emitted(module, kept(ticks, lasting) if driver.loses else ticks, waits, tells, start)


def _emitted(
    module: ModulePlan,
    ticks: Iterable[datetime],
    waits: Mapping[str, tuple[datetime, ...]],
    tells: Mapping[str, frozenset[str]],
    start: str,
) -> EmittedWorkflow:
    zones = (plan.timezone for plan in module.launch_plans if plan.timezone)
    return EmittedWorkflow(
        title=module.title,
        name=module.name,
        module=module.module,
        zone=next(zones, UTC),
        launch_plans=tuple(plan.name for plan in module.launch_plans if not plan.by_hand),
        ticks=tuple(ticks),
        waits=waits,
        jobs=frozenset(module.node_of),
        tells=tells,
        start=start,
        own=frozenset(name for name, cut in module.crossings.own if cut.starts),
    )


@dataclass(slots=True)
class EmittedStarts:
    """When each of these workflows starts: by the clock, and when others tell it."""

    workflows: Iterable[EmittedWorkflow]
    _tellers: dict[str, list[tuple[EmittedWorkflow, str]]] = field(default_factory=dict)
    _found: dict[str, list[datetime]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for workflow in self.workflows:
            for job, cuts in workflow.tells.items():
                for cut in cuts:
                    self._tellers.setdefault(cut, []).append((workflow, job))

    def tellers(self, workflow: EmittedWorkflow) -> list[str]:
        """The jobs whose ends may start a workflow."""
        if not workflow.start:
            return []
        return [job for cut in sorted(workflow.own) for _, job in self._tellers.get(cut, ())]

    def of(self, workflow: EmittedWorkflow) -> list[datetime]:
        """The starts (UTC) of a workflow."""
        if workflow.title not in self._found:
            # A workflow that starts itself, by way of others, adds nothing.
            self._found[workflow.title] = list(workflow.ticks)
            cuts = sorted(workflow.own) if workflow.start else ()
            above = {w.title: w for cut in cuts for w, _ in self._tellers.get(cut, ())}
            found = {*workflow.ticks, *(m for w in above.values() for m in self.of(w))}
            self._found[workflow.title] = sorted(found)
        return self._found[workflow.title]


def _after(waits: Iterable[tuple[datetime, ...]], kickoff: datetime) -> datetime | None:
    """When all waits of a run have ended; None if one does not end on the days that are known."""
    found = kickoff
    for moments in waits:
        place = bisect_left(moments, kickoff)
        if place == len(moments):
            return None
        found = max(found, moments[place])
    return found


def _waited(call: Call, dates: Constants, first: date, days: int) -> Iterator[datetime]:
    """The times that a call of `not_before` waits for."""
    *_, times = call.arguments
    given = dict(call.keywords)
    zone, test, minutes = (given.get(key) for key in ("timezone", "days", "minutes"))
    assert isinstance(times, tuple)
    assert isinstance(minutes, tuple | None)
    info, texts = ZoneInfo(str(zone or UTC)), [str(text) for text in times]
    numbers = [number for number in minutes or () if isinstance(number, int)]
    for day in (first + timedelta(days=number) for number in range(days)):
        if not isinstance(test, Lambda) or holds(test.body, dates, day):
            yield from moments_of(day, info, texts, numbers)


def _launches(
    module: ModulePlan, dates: Constants, first: date, days: int, lasting: timedelta
) -> list[datetime]:
    """The starts by cron, on run days only.

    A launch plan that skips starts takes only its own executions into account.
    """
    run_days = {plan.variable: plan for plan in module.run_days}
    found: set[datetime] = set()
    for plan in (plan for plan in module.launch_plans if plan.cron):
        asked = run_days.get(plan.workflow)
        moments = launches(plan.cron, plan.timezone, first, days)
        if asked is not None:
            # An execution that starts nothing takes no time.
            moments = [m for m in moments if _runs(asked, m, dates)]
        found.update(kept(moments, lasting) if plan.skips else moments)
    return sorted(found)


def _runs(plan: RunDaysPlan, moment: datetime, dates: Constants) -> bool:
    """The answer of the task that checks the day and the time of a start."""
    _, *zone = plan.day.arguments if plan.day else (None,)
    day = moment.astimezone(ZoneInfo(str(zone[0]) if zone else UTC)).date()
    return holds(plan.test, dates, day, moment)
