"""Boxes and their members."""

from dataclasses import replace

from transpile.findings.codes.boxes import BoxNeverCompletes, EmptyBox, InvalidBox, UndefinedBox
from transpile.findings.codes.conditions import UnreadableCondition
from transpile.findings.codes.jobs import CommandSkipped, JobOnHold
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Blocked, InitialStatus, Job, Kind, Network

_INHERITED = (InitialStatus.ON_ICE, InitialStatus.ON_NOEXEC)


def nest_boxes(network: Network, diagnostics: Diagnostics) -> Network:
    """After this pass every `box` is a box of the network, and boxes form a forest.

    `members` lists each box's jobs in source order. AutoSys: a box on ice or on noexec takes its
    members along.
    """
    jobs = {
        name: _put_aside(_in_a_box(job, network.jobs, diagnostics))
        for name, job in network.jobs.items()
    }
    for name in _on_box_cycles(jobs):
        job = jobs[name]
        diagnostics.add(
            InvalidBox(box=job.box or "", name=name, reason="a box cannot hold itself"),
            job.span,
            job=name,
            text=job.box or "",
        )
        jobs[name] = replace(job, box=None)
    members: dict[str, list[str]] = {n: [] for n, j in jobs.items() if j.kind is Kind.BOX}
    for name, job in jobs.items():
        if job.box is not None:
            members[job.box].append(name)
    _hand_down(jobs, members)
    _settle(jobs, members, diagnostics)
    return replace(network, jobs=jobs, members={n: tuple(m) for n, m in members.items()})


def _in_a_box(job: Job, jobs: dict[str, Job], diagnostics: Diagnostics) -> Job:
    if job.box is None:
        return job
    box = jobs.get(job.box)
    if box is None:
        diagnostics.add(
            UndefinedBox(box=job.box, name=job.name), job.span, job=job.name, text=job.box
        )
        return replace(job, box=None)
    if box.kind is not Kind.BOX:
        diagnostics.add(
            InvalidBox(box=job.box, name=job.name, reason="it is no box"),
            job.span,
            job=job.name,
            text=job.box,
        )
        return replace(job, box=None)
    return job


def _put_aside(job: Job) -> Job:
    """A job that does not run cannot fail: only a condition that noexec still waits for can."""
    if job.status not in _INHERITED:
        return job
    waits = (
        job.status is InitialStatus.ON_NOEXEC
        and job.blocked
        and job.blocked.cause is UnreadableCondition
    )
    blocked = job.blocked if waits else None
    return replace(job, blocked=blocked, box_rule=None, never_ends=None, terminates_box=False)


def _on_box_cycles(jobs: dict[str, Job]) -> list[str]:
    """The boxes that are, at whatever depth, inside themselves."""
    found: list[str] = []
    settled: set[str] = set()
    for name in jobs:
        path: dict[str, None] = {}
        box: str | None = name
        while box is not None and box not in settled and box not in path:
            path[box] = None
            box = jobs[box].box
        if box in path:
            names = list(path)
            found += names[names.index(box) :]
        settled.update(path)
    return found


def _hand_down(jobs: dict[str, Job], members: dict[str, list[str]]) -> None:
    pending = [name for name, job in jobs.items() if job.kind is Kind.BOX and job.box is None]
    while pending:
        name = pending.pop()
        status = jobs[name].status
        for member in members[name]:
            if status in _INHERITED and jobs[member].status is not status:
                jobs[member] = _put_aside(replace(jobs[member], status=status))
            if member in members:
                pending.append(member)


def _settle(jobs: dict[str, Job], members: dict[str, list[str]], diagnostics: Diagnostics) -> None:
    for name, job in list(jobs.items()):
        if job.status is InitialStatus.ON_HOLD:
            diagnostics.add(JobOnHold(name=name), job.span, job=name)
        elif job.status is not InitialStatus.ACTIVE:
            diagnostics.add(CommandSkipped(name=name, status=job.status.value), job.span, job=name)
        if members.get(name, True) == []:
            if job.box_rule is None:
                diagnostics.add(EmptyBox(name=name), job.span, job=name)
                continue
            # AutoSys: the rule is looked at when a member completes.
            reason = f"it has no members, so {job.box_rule.text} is never looked at"
            diagnostics.add(
                BoxNeverCompletes(name=name, reason=reason), job.box_rule.span, job=name
            )
            blocked = job.never_ends or Blocked(BoxNeverCompletes, reason)
            jobs[name] = replace(job, box_rule=None, never_ends=blocked)
