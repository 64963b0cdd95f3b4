"""Plans launch plans for schedules, and workflows that check the day and the time of a start."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from transpile.model import Alert
from transpile.model.engine import Engine
from transpile.targets.flyte.alerts import notifications
from transpile.targets.flyte.crons import Firing
from transpile.targets.flyte.day_tests import DayTests
from transpile.targets.flyte.model import (
    DatesPlan,
    LaunchPlanPlan,
    NodeRole,
    RunDaysPlan,
    WorkflowPlan,
)
from transpile.targets.flyte.names import Scope
from transpile.targets.flyte.values import Call, Logic, Moment, Name, Value
from transpile.targets.flyte.waits import PLACES

KICKOFF, IS_RUN_DAY, IS_START = "kickoff", "run_day", "is_start"
_WHY = (
    "Many jobs may wait at the same time, and each takes one of the tasks that run at a time.",
    f"By default {PLACES} run: the waits could keep out the jobs that end them.",
)


@dataclass(slots=True)
class Timetable:
    """The launch plans of a module, and the run days that they look up.

    `start` is the launch plan by which other workflows start this one.
    """

    dates: tuple[DatesPlan, ...] = ()
    run_days: tuple[RunDaysPlan, ...] = ()
    launch_plans: tuple[LaunchPlanPlan, ...] = ()
    start: str = ""


class Started(NamedTuple):
    """Others start a workflow, by the rules of an `engine`; the `plan` may have a name already."""

    engine: type[Engine]
    plan: str = ""


def plan_timetable(
    starts: Iterable[Firing],
    alerts: tuple[Alert, ...],
    workflow: WorkflowPlan,
    places: int,
    tests: DayTests,
    names: Scope,
    started: Started | None = None,
) -> Timetable:
    """The launch plans of a workflow: one for each cron expression, with mail about `alerts`.

    A workflow without `starts` by the clock gets a launch plan if mail is wanted. If the workflow
    needs more `places` for waits, all launch plans set them, and one is added for starts by hand. A
    workflow that others start gets one for that. `tests` looks up days, `names` has the names of
    the platform.
    """
    scope = tests.scope
    start = next((given.name for given in workflow.inputs if isinstance(given.name, Moment)), None)
    planner, plans = _Planner(workflow, scope, tests, start), []
    for firing in starts:
        run_days = planner.run_days(firing) if firing.asks else None
        plans.append(
            LaunchPlanPlan(
                variable=scope.claim(f"{workflow.variable}_schedule"),
                name=names.claim(f"{workflow.name}.schedule"),
                workflow=run_days.variable if run_days else workflow.variable,
                cron=firing.cron,
                timezone=firing.schedule.timezone,
                kickoff=run_days.kickoff if run_days else start,
                skips=firing.schedule.skips,
                max_parallelism=places,
                # An execution on another day succeeds without running the workflow.
                notifications=notifications(alerts, on_success=run_days is None),
            )
        )
    mails = notifications(alerts, on_success=True)
    if started is not None:
        plans.append(
            LaunchPlanPlan(
                variable=scope.claim(f"{workflow.variable}_start"),
                name=started.plan or names.claim(f"{workflow.name}.start"),
                workflow=workflow.variable,
                skips=started.engine.loses_starts,
                max_parallelism=places,
                notifications=mails,
            )
        )
    elif mails and not plans:
        plans.append(
            LaunchPlanPlan(
                variable=scope.claim(f"{workflow.variable}_notified"),
                name=names.claim(f"{workflow.name}.notified"),
                workflow=workflow.variable,
                max_parallelism=places,
                notifications=mails,
            )
        )
    if places:
        by_hand = [(workflow.variable, workflow.name)]
        by_hand += [(plan.variable, plan.variable) for plan in planner.found.values()]
        plans[:0] = [_by_hand(variable, name, places, scope) for variable, name in by_hand]
        plans[0] = replace(plans[0], comments=_WHY)
    by_others = next((plan.name for plan in plans if started and not plan.by_hand), "")
    days = tuple(tests.dates.values()), tuple(planner.found.values())
    return Timetable(*days, tuple(plans), by_others)


def _by_hand(workflow: str, name: str, places: int, scope: Scope) -> LaunchPlanPlan:
    """The workflow's default launch plan, with so many places."""
    return LaunchPlanPlan(
        variable=scope.claim(f"{workflow}_by_hand"),
        name=name,
        workflow=workflow,
        by_hand=True,
        max_parallelism=places,
    )


@dataclass(slots=True)
class _Planner:
    """Plans the checks of days and times: one for all schedules with the same check."""

    workflow: WorkflowPlan
    scope: Scope
    tests: DayTests
    start: str | None
    rests: str = ""
    found: dict[tuple[Call | None, Value], RunDaysPlan] = field(default_factory=dict)

    def run_days(self, firing: Firing) -> RunDaysPlan:
        """The workflow that runs the other one on the days and at the times of a schedule only."""
        inputs = Scope()
        for given in self.workflow.inputs:
            inputs.claim(given.name)
        # A parameter of this name would hide the workflow.
        inputs.take([self.workflow.variable])
        kickoff = self.start or inputs.claim(KICKOFF)
        looked_up = inputs.claim(IS_START if firing.times else IS_RUN_DAY)
        zone, days = firing.schedule.timezone, firing.schedule.days
        day = Call("local_date", (Name(kickoff), *((zone,) if zone else ())))
        terms: list[Value] = []
        if firing.times:
            zoned = (("zone", zone),) if zone else ()
            terms.append(Call("is_start_time", (Name(kickoff), *firing.times), zoned))
        if days.looks_up:
            terms.append(self.tests.of(days, days.cron))
        test = Logic("and", tuple(terms)) if len(terms) > 1 else terms[0]
        key = (day if days.looks_up else None), test
        if key not in self.found:
            self.found[key] = self._look_up(firing, (kickoff, looked_up), *key)
        return self.found[key]

    def _look_up(
        self, firing: Firing, names: tuple[str, str], day: Call | None, test: Value
    ) -> RunDaysPlan:
        variable = self.workflow.variable
        if not self.rests:
            self.rests = self.scope.claim(f"{variable}_rests")
        asked = "at_start_times" if firing.times else "on_run_days"
        rule = (", ".join(firing.times), str(firing.schedule.days))
        return RunDaysPlan(
            variable=self.scope.claim(f"{variable}_{asked}"),
            runs=self.scope.claim(f"{variable}_runs"),
            rests=self.rests,
            is_first=not self.found,
            workflow=variable,
            title=self.workflow.name,
            documentation=(f"{self.workflow.name} · {' '.join(filter(None, rule))}",),
            role=NodeRole.START_TIME if firing.times else NodeRole.RUN_DAY,
            inputs=tuple(i for i in self.workflow.parameters if i.name != names[0]),
            hands_on=self.start is not None,
            kickoff=names[0],
            looked_up=names[1],
            day=day,
            test=test,
        )
