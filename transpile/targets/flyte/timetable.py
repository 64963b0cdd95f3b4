"""Plans launch plans for schedules, and workflows that look up run days in calendars."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from transpile.model import WEEK, Alert, Calendar, DayRule, Days, Schedule
from transpile.model.days import DAYS
from transpile.targets.flyte.alerts import notifications
from transpile.targets.flyte.crons import crons
from transpile.targets.flyte.model import DatesPlan, LaunchPlanPlan, RunDaysPlan, WorkflowPlan
from transpile.targets.flyte.names import CONSTANTS, Scope, identifier
from transpile.targets.flyte.values import Call, Comparison, Logic, Moment, Name, Value
from transpile.targets.flyte.waits import PLACES

KICKOFF, LOOKED_UP = "kickoff", "run_day"
_WHY = (
    "Many jobs may wait at the same time, and each takes one of the tasks that run at a time.",
    f"By default {PLACES} run: the waits could keep out the jobs that end them.",
)
DAY = Name("day")
"""The variable of the day in the task that looks it up."""


@dataclass(slots=True)
class Timetable:
    """The launch plans of a module, and the run days that they look up."""

    dates: tuple[DatesPlan, ...] = ()
    run_days: tuple[RunDaysPlan, ...] = ()
    launch_plans: tuple[LaunchPlanPlan, ...] = ()


def plan_timetable(
    schedule: Schedule | None,
    alerts: tuple[Alert, ...],
    workflow: WorkflowPlan,
    places: int,
    scope: Scope,
    names: Scope,
) -> Timetable:
    """The launch plans of a workflow: one for each cron expression, with mail about `alerts`.

    A workflow without a schedule gets a launch plan if mail is wanted. If the workflow needs more
    `places` for waits, all launch plans set them, and one is added for starts by hand. `scope` has
    the names of the module, `names` those of the platform.
    """
    planner = _Planner(workflow, scope)
    start = next((given.name for given in workflow.inputs if isinstance(given.name, Moment)), None)
    plans = []
    for each in schedule.opened() if schedule else ():
        run_days = planner.run_days(each) if each.days.looks_up else None
        for cron in crons(each):
            plans.append(
                LaunchPlanPlan(
                    variable=scope.claim(f"{workflow.variable}_schedule"),
                    name=names.claim(f"{workflow.name}.schedule"),
                    workflow=run_days.variable if run_days else workflow.variable,
                    cron=cron,
                    timezone=each.timezone,
                    kickoff=run_days.kickoff if run_days else start,
                    skips=each.skips,
                    max_parallelism=places,
                    # An execution on another day succeeds without running the workflow.
                    notifications=notifications(alerts, on_success=run_days is None),
                )
            )
    mails = notifications(alerts, on_success=True)
    if mails and not plans:
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
    return Timetable(tuple(planner.dates.values()), tuple(planner.found.values()), tuple(plans))


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
    """Plans the look-ups of run days: one for all schedules with the same days."""

    workflow: WorkflowPlan
    scope: Scope
    dates: dict[Calendar, DatesPlan] = field(default_factory=dict)
    rests: str = ""
    found: dict[tuple[Call, Value], RunDaysPlan] = field(default_factory=dict)

    def run_days(self, schedule: Schedule) -> RunDaysPlan:
        """The workflow that runs the other one on the schedule's days only."""
        inputs = Scope()
        for given in self.workflow.inputs:
            inputs.claim(given.name)
        # A parameter of this name would hide the workflow.
        inputs.take([self.workflow.variable])
        kickoff = inputs.claim(KICKOFF)
        looked_up = inputs.claim(LOOKED_UP)
        zone = (schedule.timezone,) if schedule.timezone else ()
        day = Call("local_date", (Name(kickoff), *zone))
        test = _joined("or", (self._test(rule, schedule.days) for rule in schedule.days.rules))
        if (day, test) not in self.found:
            self.found[day, test] = self._look_up(schedule.days, (kickoff, looked_up), day, test)
        return self.found[day, test]

    def _test(self, rule: DayRule, days: Days) -> Value:
        """The test of the rule for a day on which cron fires."""
        rule, cron, terms = rule.asked, days.cron, list[Value]()
        if cron.month_days or not set(cron.week) <= set(rule.week):
            names = tuple(DAYS[number] for number in rule.week)
            terms += [Call("is_day_of_week", (DAY, names))] if rule.week != WEEK else []
        by_month_day = cron.month_days and cron.week == WEEK
        if not (by_month_day and set(cron.month_days) <= set(rule.month_days)):
            terms += [Call("is_day_of_month", (DAY, rule.month_days))] if rule.month_days else []
        if rule.months != cron.months:
            terms += [Call("is_in_month", (DAY, rule.months))] if rule.months else []
        if rule.every:
            first = tuple(map(str, rule.every.first))
            terms.append(Call("is_every", (DAY, rule.every.count, first)))
        if rule.run_calendar:
            terms.append(Comparison(DAY, "in", self._constant(rule.run_calendar)))
        for calendar in rule.exclude_calendars:
            terms.append(Comparison(DAY, "not in", self._constant(calendar)))
        if rule.since:
            terms.append(Comparison(DAY, ">=", rule.since.isoformat()))
        if rule.until:
            terms.append(Comparison(DAY, "<", rule.until.isoformat()))
        return _joined("and", terms)

    def _look_up(self, days: Days, names: tuple[str, str], day: Call, test: Value) -> RunDaysPlan:
        variable = self.workflow.variable
        if not self.rests:
            self.rests = self.scope.claim(f"{variable}_rests")
        return RunDaysPlan(
            variable=self.scope.claim(f"{variable}_on_run_days"),
            runs=self.scope.claim(f"{variable}_runs"),
            rests=self.rests,
            is_first=not self.found,
            workflow=variable,
            title=self.workflow.name,
            days=str(days),
            inputs=self.workflow.parameters,
            kickoff=names[0],
            looked_up=names[1],
            day=day,
            test=test,
        )

    def _constant(self, calendar: Calendar) -> Name:
        if calendar not in self.dates:
            base = identifier(calendar.name, "calendar", CONSTANTS)
            self.dates[calendar] = DatesPlan(
                constant=self.scope.claim(base.upper()),
                comment=f"{calendar.name} · {calendar.span.file}:{calendar.span.line}",
                dates=tuple(day.isoformat() for day in calendar.dates),
            )
        return Name(self.dates[calendar].constant)


def _joined(word: str, terms: Iterable[Value]) -> Value:
    first, *others = terms
    return Logic(word, (first, *others)) if others else first
