"""Gates in front of jobs, and starts of workflows, that jobs of other workflows decide."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Any

from flytekit import approve, current_context, wait_for_input
from flytekit.core.context_manager import FlyteContextManager

from transpile.runtime.admin import Admin, flyte_admin, on_platform
from transpile.runtime.estate import Estate, Last, name_of_start
from transpile.runtime.resume import was_told

LONGEST_WAIT = timedelta(days=365)


@dataclass(frozen=True)
class Wait:
    """A gate in a workflow, and the condition under which it opens.

    `node` is the path of the node that waits. `scheduled` names the workflows around it that look
    up run days. It fails after the `limit`.
    """

    workflow: str
    gate: str
    node: str
    holds: Callable[[Last], bool]
    scheduled: tuple[str, ...] = ()
    limit: timedelta = LONGEST_WAIT


@dataclass(frozen=True)
class Start:
    """A workflow without a clock, by its launch plan, and the condition under which it starts."""

    launch_plan: str
    holds: Callable[[Last], bool]


def gate(wait: Wait) -> Any:
    """A node that waits, without a container, until `look`, `tell` or a person opens it.

    It fails if the person says no. A local run, which has no platform, takes the condition to hold
    and prints that.
    """
    if FlyteContextManager.current_context().compilation_state is None:
        print(f"{wait.gate}: taken to hold, for there is no platform here")
        return True
    answer = wait_for_input(wait.gate, timeout=wait.limit, expected_type=bool)
    named = answer.with_overrides(name=f"{wait.gate} (answer)")
    # Both gates share one signal: the second one fails on a no, as the first one does not.
    return approve(named, wait.gate, timeout=wait.limit)


def look(wait: Wait) -> str:
    """Open the gate of this execution if its condition holds already."""
    if not on_platform():
        return _said(f"{wait.gate}: no platform here")
    admin, estate = _estate()
    if not wait.holds(estate.last):
        return _said(f"{wait.gate}: not yet", *estate.seen(wait.holds))
    admin.open(estate.asking, wait.gate)
    return _said(f"{wait.gate}: holds already", *estate.seen(wait.holds))


def release(wait: Wait) -> str:
    """Open the gate of this execution, because the job behind it is skipped."""
    if not on_platform():
        return _said(f"{wait.gate}: no platform here")
    flyte_admin().open(current_context().execution_id.name, wait.gate)
    return _said(f"{wait.gate}: the job is skipped")


def tell(*cuts: Wait | Start) -> str:
    """Open the gates that waited for this job, and start the workflows that it completes.

    A resumed execution does so only for jobs that it does not take over.
    """
    if not on_platform():
        return _said("no platform here")
    if was_told():
        return _said("told in the earlier run")
    admin, estate = _estate()
    return "\n".join(_told(admin, estate, cut) for cut in cuts)


def _estate() -> tuple[Admin, Estate]:
    """Flyte Admin, and the statuses of jobs as this execution sees them."""
    admin = flyte_admin()
    return admin, Estate(admin, current_context().execution_id.name)


def _told(admin: Admin, estate: Estate, cut: Wait | Start) -> str:
    """Open the gates of a cut or start its workflow, if its condition holds."""
    seen = estate.seen(cut.holds)
    if isinstance(cut, Wait):
        return _said(f"{cut.gate}: {_opened(admin, estate, cut)}", *seen)
    if not cut.holds(estate.last):
        return _said(f"{cut.launch_plan}: not yet", *seen)
    answer = admin.start(cut.launch_plan, name_of_start(cut.launch_plan, seen))
    return _said(f"{cut.launch_plan}: {answer}", *seen)


def _opened(admin: Admin, estate: Estate, wait: Wait) -> str:
    """Open the gate in each running execution for which its condition holds; says which."""
    names = (wait.workflow, *wait.scheduled)
    found = (admin.executions(name, "RUNNING") for name in names)
    running = list(chain.from_iterable(found))
    due = [each for each in running if wait.holds(estate.asked_by(each.name).last)]
    if running and not due:
        return "not yet"
    # Where the wait has not begun, the rest of the condition does not hold yet.
    places = (estate.place_of(execution, wait.workflow, wait.node) for execution in due)
    opened = list(filter(None, places))
    for place in opened:
        admin.open(place, wait.gate)
    return f"opened for {', '.join(opened) or 'nobody'}"


def _said(*lines: str) -> str:
    """Print lines and return them as one text."""
    text = "\n  ".join(lines)
    print(text, flush=True)
    return text
