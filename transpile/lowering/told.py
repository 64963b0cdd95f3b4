"""Who hears of which end.

A node tells of the end of its job, and the node at the end of a box of that of the box. Where no
such node computes the status of a box, the workflow of the box fails if and only if the box does.
"""

from collections.abc import Iterable, Iterator

from transpile.lowering.failures import Failures, Link
from transpile.lowering.structure import Deed, Does, Key, Role, Told
from transpile.model import Alert, End, Facts, SettledJob


def alerts_of(key: Key, does: Does, job: SettledJob | None) -> tuple[Alert, ...]:
    """What people hear of the end of a node."""
    if job is None:
        return ()
    if key.role is Role.END:
        return () if job.never_ends else job.alerts
    return job.alerts if key.role is Role.JOB and does is Deed.RUN else ()


def of_the_whole(facts: Facts, whole: str | None) -> tuple[Alert, ...]:
    """What people hear of the end of the outermost workflow; `whole` is the job that is all."""
    return (*facts.said.alerts, *(facts.jobs[whole].alerts if whole else ()))


def of_failure(facts: Facts, failures: Failures, box: str | None, whole: str | None) -> Told | None:
    """What people hear when the workflow of a box, or the outermost one, fails."""
    told = Told((), box)
    if box is not None and not tells_its_end(failures, box):
        told = Told(facts.jobs[box].alerts, box)
    if box in (None, whole) and not told.alerts:
        told = Told(facts.said.alerts, None)
    members = facts.members.get(box, ()) if box else ()
    ends = [End.FAILURE]
    if any(facts.jobs[name].terminates_box for name in members if name in facts.jobs):
        # The workflow of a box that a member has terminated fails like any other.
        ends.append(End.TERMINATED)
    found = (tuple(alert for alert in told.alerts if alert.on is end) for end in ends)
    return next((Told(alerts, told.job) for alerts in found if alerts), None)


def unheard(facts: Facts, failures: Failures, kept: Iterable[str]) -> Iterator[str]:
    """The boxes of whose end nobody hears; those `kept` are workflows, which fail if they do."""
    kept = frozenset(kept)
    for name in facts.order:
        if facts.members.get(name) and name not in kept and not tells_its_end(failures, name):
            yield name


def tells_its_end(failures: Failures, box: str) -> bool:
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
