"""Finds the globals that jobs use, and the references to values in their actions."""

from collections.abc import Iterator

from transpile.lowering.structure import Global
from transpile.model import (
    Command,
    Facts,
    FileWatch,
    GlobalValue,
    InitialStatus,
    SettledJob,
    Steps,
    VariableRef,
    atoms,
)


def references(job: SettledJob) -> list[VariableRef]:
    """The references to values in the job's action; none if the action does not run."""
    if job.held_up or job.call or job.status is not InitialStatus.ACTIVE:
        return []
    if not isinstance(job.action, Command | FileWatch | Steps):
        return []
    return [part for text in job.action.texts for part in text if isinstance(part, VariableRef)]


def globals_of(facts: Facts) -> dict[str, Global]:
    """The globals that the jobs of a group use, in order of first use."""
    users: dict[str, SettledJob] = {}
    handed: dict[str, bool] = {}
    for job in map(facts.jobs.__getitem__, facts.order):
        refs = references(job)
        for ref in refs:
            handed[ref.name] = bool(ref.jobs) and handed.get(ref.name, True)
        for name in (*(ref.name for ref in refs), *_asked(job)):
            users.setdefault(name, job)
    return {name: Global(job, handed.get(name, False)) for name, job in users.items()}


def _asked(job: SettledJob) -> Iterator[str]:
    """The globals in the conditions of a job; none for a job on ice."""
    if job.status is InitialStatus.ON_ICE:
        return
    for condition in job.conditions:
        yield from (atom.name for atom in atoms(condition) if isinstance(atom, GlobalValue))
