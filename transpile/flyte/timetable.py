"""Schedules to launch plans, and calendars to the workflows that look days up for them."""

from dataclasses import dataclass, field

from transpile.flyte.alerts import notifications
from transpile.flyte.crons import crons
from transpile.flyte.model import (
    Call,
    Comparison,
    DatesPlan,
    LaunchPlanPlan,
    Logic,
    Name,
    RunDaysPlan,
    Value,
    WorkflowPlan,
)
from transpile.flyte.names import CONSTANTS, Scope, identifier
from transpile.ir import Alert, Calendar, Schedule

KICKOFF = "kickoff"


@dataclass(slots=True)
class Timetable:
    """What starts the workflow of a module by the clock."""

    dates: tuple[DatesPlan, ...] = ()
    run_days: tuple[RunDaysPlan, ...] = ()
    launch_plans: tuple[LaunchPlanPlan, ...] = ()


def plan_timetable(
    schedule: Schedule | None,
    alerts: tuple[Alert, ...],
    workflow: WorkflowPlan,
    scope: Scope,
    names: Scope,
) -> Timetable:
    """A launch plan for each cron expression, which mails what people are to hear of the whole.

    Where nothing starts it by the clock, one is there for that. `scope` is the module's, `names`
    Flyte's.
    """
    planner = _Planner(workflow, scope)
    plans = []
    for each in schedule.each() if schedule else ():
        run_days = planner.run_days(each) if each.looks_up else None
        for cron in crons(each):
            plans.append(
                LaunchPlanPlan(
                    variable=scope.claim(f"{workflow.variable}_schedule"),
                    name=names.claim(f"{workflow.name}.schedule"),
                    workflow=run_days.variable if run_days else workflow.variable,
                    cron=cron,
                    timezone=each.timezone,
                    kickoff=run_days.kickoff if run_days else None,
                    # On the other days it succeeds, too.
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
                notifications=mails,
            )
        )
    return Timetable(tuple(planner.dates.values()), tuple(planner.found.values()), tuple(plans))


_Days = tuple[Calendar | None, tuple[Calendar, ...], str | None]


@dataclass(slots=True)
class _Planner:
    """One look-up for all schedules that run on the same days."""

    workflow: WorkflowPlan
    scope: Scope
    dates: dict[Calendar, DatesPlan] = field(default_factory=dict)
    found: dict[_Days, RunDaysPlan] = field(default_factory=dict)

    def run_days(self, schedule: Schedule) -> RunDaysPlan:
        """The workflow that runs the other one on the schedule's days only."""
        key = (schedule.run_calendar, schedule.exclude_calendars, schedule.timezone)
        if key not in self.found:
            self.found[key] = self._look_up(schedule)
        return self.found[key]

    def _look_up(self, schedule: Schedule) -> RunDaysPlan:
        variable, inputs = self.workflow.variable, Scope()
        for given in self.workflow.inputs:
            inputs.claim(given.name)
        kickoff = inputs.claim(KICKOFF)
        zone = (schedule.timezone,) if schedule.timezone else ()
        day = Call("local_date", (Name(kickoff), *zone))
        run, excluded = schedule.run_calendar, schedule.exclude_calendars
        terms: list[Value] = [Comparison(day, "in", self._constant(run))] if run else []
        terms += [Comparison(day, "not in", self._constant(other)) for other in excluded]
        said = [f"on the days of {run.name}"] if run else []
        said += [f"except on the days of {calendar.name}" for calendar in excluded]
        return RunDaysPlan(
            variable=self.scope.claim(f"{variable}_on_run_days"),
            runs=self.scope.claim(f"{variable}_runs"),
            rests=self.scope.claim(f"{variable}_rests"),
            workflow=variable,
            title=self.workflow.name,
            days=", ".join(said),
            inputs=self.workflow.parameters,
            kickoff=kickoff,
            test=terms[0] if len(terms) == 1 else Logic("and", tuple(terms)),
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
