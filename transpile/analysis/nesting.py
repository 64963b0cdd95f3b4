"""Puts jobs into their boxes and hands statuses down to members."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from transpile.findings.codes.boxes import BoxNeverCompletes, EmptyBox, InvalidBox, UndefinedBox
from transpile.findings.codes.jobs import CommandSkipped, JobOnHold
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Blocked, InitialStatus, Job, Kind

RESTS = (InitialStatus.ON_ICE, InitialStatus.ON_NOEXEC)
"""The statuses of jobs that run nothing; a box hands them down to its members."""


class Nested(NamedTuple):
    """The jobs, each in a known box or none, and the members of each box.

    `never_ends` says of some boxes why they cannot complete.
    """

    jobs: dict[str, Job]
    members: dict[str, tuple[str, ...]]
    never_ends: dict[str, Blocked]


def nest_boxes(said: Mapping[str, Job], diagnostics: Diagnostics) -> Nested:
    """After this pass every `box` is a box among the jobs, and boxes form a forest.

    `members` lists each box's jobs in source order. Members of a box on ice or on noexec are on ice
    or on noexec, too.
    """
    jobs = {name: _put_aside(_in_a_box(job, said, diagnostics)) for name, job in said.items()}
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
    never_ends = {name: job.rule_blocked for name, job in jobs.items() if job.rule_blocked}
    for name, blocked in _without_members(jobs, members, diagnostics):
        never_ends.setdefault(name, blocked)
        jobs[name] = replace(jobs[name], box_rule=None)
    return Nested(jobs, {n: tuple(m) for n, m in members.items()}, never_ends)


def _in_a_box(job: Job, jobs: Mapping[str, Job], diagnostics: Diagnostics) -> Job:
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
    """Remove box rules and terminators from a job that does not run."""
    if job.status not in RESTS:
        return job
    return replace(job, box_rule=None, rule_blocked=None, terminates_box=False)


def _on_box_cycles(jobs: dict[str, Job]) -> list[str]:
    """The boxes that contain themselves, at any depth."""
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
            if status in RESTS and jobs[member].status is not status:
                jobs[member] = _put_aside(replace(jobs[member], status=status))
            if member in members:
                pending.append(member)


def _without_members(
    jobs: Mapping[str, Job], members: Mapping[str, list[str]], diagnostics: Diagnostics
) -> list[tuple[str, Blocked]]:
    """The boxes with a rule that is never looked at; jobs that rest are reported, too."""
    found = []
    for name, job in jobs.items():
        if job.status is InitialStatus.ON_HOLD:
            diagnostics.add(JobOnHold(name=name), job.span, job=name)
        elif job.status is not InitialStatus.ACTIVE:
            diagnostics.add(CommandSkipped(name=name, status=job.status.value), job.span, job=name)
        if members.get(name, True) == []:
            if job.box_rule is None:
                diagnostics.add(EmptyBox(name=name), job.span, job=name)
                continue
            # The engine looks at the rule when a member completes.
            reason = f"it has no members, so {job.box_rule.text} is never looked at"
            diagnostics.add(
                BoxNeverCompletes(name=name, reason=reason), job.box_rule.span, job=name
            )
            found.append((name, Blocked(BoxNeverCompletes, reason)))
    return found
