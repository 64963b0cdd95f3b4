"""Finds the alerts that each node and workflow raises.

The node of a job raises its alerts, and the node at the end of a box those of the box. If no node
computes the status of a box, its workflow fails exactly if the box does, and raises its alerts.
"""

from collections.abc import Callable, Iterator

from transpile.lowering.failures import Failures, Link
from transpile.lowering.structure import Deed, Does, FailureAlerts, Key, Role
from transpile.model import Alert, End, Facts, SettledJob


def alerts_of(key: Key, does: Does, job: SettledJob | None) -> tuple[Alert, ...]:
    """The alerts that a node raises when it ends."""
    if job is None:
        return ()
    if key.role is Role.END:
        return () if job.never_ends else job.alerts
    return job.alerts if key.role is Role.JOB and does is Deed.RUN else ()


def alerts_of_whole(facts: Facts, whole: str | None) -> tuple[Alert, ...]:
    """The alerts about the end of the outermost workflow; `whole` is the only job of the group."""
    return (*facts.said.alerts, *(facts.jobs[whole].alerts if whole else ()))


def alerts_of_failure(
    facts: Facts, failures: Failures, box: str | None, whole: str | None
) -> FailureAlerts | None:
    """The alerts that the workflow of a box, or the outermost one, raises when it fails.

    A box that never starts fails on Flyte only.
    """
    job, alerts = box, tuple[Alert, ...]()
    if box is not None and not facts.jobs[box].held_up and not _has_status(failures, box):
        alerts = facts.jobs[box].alerts
    if box in (None, whole) and not alerts:
        alerts, job = facts.said.alerts, None
    members = facts.members.get(box, ()) if box else ()
    ends = [End.FAILURE]
    if any(facts.jobs[name].terminates_box for name in members if name in facts.jobs):
        # The workflow of a terminated box fails, too.
        ends.append(End.TERMINATED)
    found = (tuple(alert for alert in alerts if alert.on is end) for end in ends)
    return next((FailureAlerts(raised, job) for raised in found if raised), None)


def unheard_boxes(
    facts: Facts, failures: Failures, is_workflow: Callable[[str], bool]
) -> Iterator[str]:
    """The boxes whose end raises no alert: neither a workflow nor a node stands for it."""
    for name in facts.order:
        if facts.members.get(name) and not is_workflow(name) and not _has_status(failures, name):
            yield name


def _has_status(failures: Failures, box: str) -> bool:
    """True if a node computes the status of the box, whatever fails once it has started."""
    end, start = Key(Role.END, box), Key(Role.START, box)
    pending, seen = [end], {end, start}
    while pending:
        for upstream, link in failures.links.get(pending.pop(), {}).items():
            if upstream not in seen:
                if link is Link.SUCCESS:
                    return False
                seen.add(upstream)
                pending.append(upstream)
    return end in failures.watched
