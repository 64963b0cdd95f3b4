"""Compares the launch plans of an emitted module with the planned ones."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flytekit.core.launch_plan import LaunchPlan

from transpile.proof.scheduler import UTC
from transpile.targets.flyte.model import LaunchPlanPlan

_ZONE = "CRON_TZ="


@dataclass(frozen=True, slots=True)
class LaunchedBy:
    """A launch plan or a trigger, as far as it decides when a workflow starts.

    `kickoff` is the input that gets the time of the schedule. With `skips` it starts nothing while
    an execution that it started goes on. One `on_demand` counts only if other workflows start it.
    """

    name: str
    cron: str = ""
    zone: str = UTC
    kickoff: str = ""
    skips: bool = False
    inputs: dict[str, Any] = field(default_factory=dict)
    on_demand: bool = False


def launched_by(plan: LaunchPlan) -> LaunchedBy:
    """What a launch plan says about starts."""
    timed = plan.schedule and plan.schedule.cron_schedule
    head, _, rest = timed.schedule.partition(" ") if timed else ("", "", "")
    zoned = head.startswith(_ZONE)
    return LaunchedBy(
        name=plan.name,
        cron=(rest if zoned else timed.schedule) if timed else "",
        zone=head.removeprefix(_ZONE) if zoned else UTC,
        kickoff=(plan.schedule.kickoff_time_input_arg or "") if timed else "",
        skips=bool(plan.concurrency),
        inputs=dict(plan.saved_inputs),
    )


class _Start(NamedTuple):
    """The settings of a launch plan that decide when which workflow starts."""

    workflow: str
    cron: str
    kickoff: str
    skips: bool
    max_parallelism: int


def launch_plan_problems(
    names: Mapping[str, Any], plans: Iterable[LaunchPlanPlan]
) -> Iterator[str]:
    """The differences of the planned launch plans from those in the namespace of a module."""
    variables = {id(value): name for name, value in names.items()}
    for plan in plans:
        found = names.get(plan.variable)
        if not isinstance(found, LaunchPlan):
            yield f"launch plan {plan.name} is not defined"
            continue
        expected, actual = _planned(plan), _defined(found, variables)
        for setting, wanted, is_there in zip(_Start._fields, expected, actual, strict=True):
            if wanted != is_there:
                yield f"launch plan {plan.name}: {setting} is {is_there!r} instead of {wanted!r}"


def _planned(plan: LaunchPlanPlan) -> _Start:
    zone = f"CRON_TZ={plan.timezone} " if plan.timezone else ""
    cron, kickoff = f"{zone}{plan.cron}", plan.kickoff or ""
    return _Start(plan.workflow, cron, kickoff, plan.skips, plan.max_parallelism)


def _defined(plan: LaunchPlan, variables: Mapping[int, str]) -> _Start:
    cron = plan.schedule.cron_schedule.schedule if plan.schedule else ""
    kickoff = (plan.schedule.kickoff_time_input_arg if plan.schedule else "") or ""
    workflow = variables.get(id(plan.workflow), "")
    return _Start(workflow, cron, kickoff, bool(plan.concurrency), plan.max_parallelism or 0)
