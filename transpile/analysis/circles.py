"""Circles of conditions: opens those that cannot come true, and tells deadlocks from others."""

from collections.abc import Iterable
from dataclasses import replace

from transpile.analysis.moments import Jobs, Moment
from transpile.analysis.settling import Halts
from transpile.model import (
    FALSE,
    TRUE,
    Atom,
    BoxRule,
    Condition,
    GlobalValue,
    Job,
    JobGraph,
    Status,
    StatusTest,
    atoms,
    holds,
    replaced,
    simplified,
)


def open_circles(graph: JobGraph, halts: Halts) -> JobGraph:
    """After this pass no member of a box has an alternative that needs the member to have run.

    A member runs once in each run of its box. In `s(A) | s(C)` the second alternative is useless if
    C waits for the member. The same goes for the rule of a box and the end of the box.
    """
    ordered = set(graph.sorted)
    if len(ordered) == len(graph.behind):
        return graph
    jobs = Jobs.of(graph, halts)
    opened: dict[str, Job] = {}
    useless: set[tuple[str, str, bool]] = set()
    for name, job in graph.jobs.items():
        if job.condition is not None and job.box and graph.start[name] not in ordered:
            behind = _behind(jobs, jobs.named.get(name, ()), name)
            condition = _without(job.condition, behind)
            if behind and condition != FALSE:
                opened[name] = job.waiting_for(condition)
                useless |= {(other, name, False) for other in behind}
        if job.box_rule is not None and graph.end[name] not in ordered:
            behind = _behind(jobs, jobs.awaited_at_end.get(name, ()), name)
            rule = _rule_without(job.box_rule, behind)
            if behind and rule is not None:
                opened[name] = replace(opened.get(name, job), box_rule=rule)
                useless |= {(other, name, True) for other in behind}
    kept = (d for d in graph.dependencies if (d.upstream, d.downstream, d.at_end) not in useless)
    return replace(graph, jobs={**graph.jobs, **opened}, dependencies=tuple(kept))


def _behind(jobs: Jobs, named: Iterable[str], name: str) -> set[str]:
    """Those of the named jobs that cannot have ended before this one has."""
    return {n for n in named if n == name or name in Moment(jobs, {}, begun=[n]).over}


def _rule_without(rule: BoxRule, useless: set[str]) -> BoxRule | None:
    """The rule that never sees these jobs; None where the box could not succeed without them."""
    success = None if rule.success is None else _without(rule.success, useless)
    failure = None if rule.failure is None else _without(rule.failure, useless)
    return None if success == FALSE else replace(rule, success=success, failure=failure)


def _without(condition: Condition, useless: set[str]) -> Condition:
    """The condition, false where it asks for the end of one of these jobs."""

    def put_in(atom: Atom) -> Condition:
        return FALSE if _waits_for(atom, useless) else atom

    return simplified(replaced(condition, put_in))


def _waits_for(atom: Atom, names: set[str]) -> bool:
    if isinstance(atom, GlobalValue) or atom.instance is not None:
        return False
    asks = not (isinstance(atom, Status) and atom.test is StatusTest.NOT_RUNNING)
    return asks and atom.job in names


def is_deadlock(graph: JobGraph, names: set[str]) -> bool:
    """True if none of the jobs on a circle can be the first to start."""
    return not any(_may_be_first(graph, name, names) for name in names)


def _may_be_first(graph: JobGraph, name: str, names: set[str]) -> bool:
    job = graph.jobs[name]
    waits = any(_waits_for(atom, names) for atom in atoms(job.condition))
    if graph.has_members(name) and not waits:
        # It stands there for its end, which its members are before.
        return False
    outer = (box for box in graph.ancestors(name) if box in names)
    if not all(_starts(graph.jobs[box], names) for box in outer):
        return False
    return _starts(job, names)


def _starts(job: Job, names: set[str]) -> bool:
    return holds(job.condition or TRUE, lambda atom: not _waits_for(atom, names))
