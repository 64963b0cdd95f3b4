"""Settles conditions: replaces each atom that no run can change with a constant."""

from dataclasses import replace

from transpile.model import (
    COMPARISONS,
    FALSE,
    TRUE,
    Atom,
    Condition,
    ExitCode,
    ExitRule,
    Facts,
    GlobalValue,
    InitialStatus,
    Kind,
    OutputValue,
    SettledJob,
    Status,
    StatusTest,
    holds_of_ice,
    replaced,
)

OF_ANY_END = (
    StatusTest.NOT_FAILED,
    StatusTest.NOT_SUCCEEDED,
    StatusTest.OVER,
    StatusTest.AWAITED,
)
"""Tests that may hold for a job that never ran."""


def settle_rule(facts: Facts, box: SettledJob, rule: Condition) -> Condition:
    """The rule of a box, settled. An atom about a missing job never holds."""

    def settled(atom: Atom) -> Condition:
        if isinstance(atom, GlobalValue) or _asks_whether_idle(atom):
            return _settled(facts, box, atom)
        is_missing = atom.instance is not None or atom.job not in facts.jobs
        return FALSE if is_missing else _settled(facts, box, atom)

    return replaced(rule, settled)


def settle(facts: Facts, job: SettledJob, condition: Condition) -> Condition:
    """The condition of a job, settled."""
    return replaced(condition, lambda atom: _settled(facts, job, atom))


def _settled(facts: Facts, job: SettledJob, atom: Atom) -> Condition:
    if isinstance(atom, GlobalValue):
        return atom
    if _asks_whether_idle(atom):
        # A box runs while its members do. Any other job has ended or has not started.
        own = atom.instance is None and atom.job in facts.graph.ancestors(job.name)
        return FALSE if own else TRUE
    if atom.instance is None and atom.job in facts.left_out:
        return FALSE
    if atom.instance is not None or atom.job not in facts.jobs:
        return replace(atom, lookback=None, offset=0, span=None)
    return _settled_inside(facts, facts.jobs[atom.job], atom)


def _settled_inside(
    facts: Facts, upstream: SettledJob, atom: Status | ExitCode | OutputValue
) -> Condition:
    """An atom about a job of the group, settled."""
    if upstream.status is InitialStatus.ON_ICE:
        return TRUE if holds_of_ice(atom) else FALSE
    if isinstance(atom, OutputValue):
        hands_over = upstream.output_file is not None and upstream.action is not None
        return replace(atom, offset=0, span=None) if hands_over else FALSE
    if isinstance(atom, ExitCode) and upstream.kind is Kind.BOX:
        return FALSE
    if isinstance(atom, Status) and atom.test in OF_ANY_END:
        return Status(atom.job, atom.test)
    if _cannot_fail(facts, upstream):
        return _of_a_success(atom)
    if isinstance(atom, ExitCode):
        if _asks_for_success(atom, upstream):
            return Status(atom.job, StatusTest.SUCCESS)
        return ExitCode(atom.job, atom.operator, atom.value)
    return Status(atom.job, atom.test)


def _asks_whether_idle(atom: Status | ExitCode | OutputValue) -> bool:
    return isinstance(atom, Status) and atom.test is StatusTest.NOT_RUNNING


def _cannot_fail(facts: Facts, job: SettledJob) -> bool:
    """True for a job without an action: it succeeds when it is reached."""
    passes = job.status is InitialStatus.ON_NOEXEC or job.action is None
    return passes and not job.held_up and not job.never_ends and not facts.members.get(job.name)


def _of_a_success(atom: Status | ExitCode) -> Condition:
    """An atom about a job that cannot fail: its success, or FALSE."""
    success = Status(atom.job, StatusTest.SUCCESS)
    if isinstance(atom, ExitCode):
        return success if COMPARISONS[atom.operator](0, atom.value) else FALSE
    return FALSE if atom.test in (StatusTest.FAILURE, StatusTest.TERMINATED) else success


def _asks_for_success(atom: ExitCode, job: SettledJob) -> bool:
    rule = job.success
    return atom.operator == "=" and atom.value == 0 and rule == ExitRule()
