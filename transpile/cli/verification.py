"""Verifies single workflows, in any process."""

import tempfile
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from transpile.cli.subjects import verify_module, write_module
from transpile.findings.diagnostics import Added, Diagnostic, Diagnostics
from transpile.findings.finding import Level
from transpile.proof.loading import LoadError
from transpile.proof.scenarios import Scenarios
from transpile.proof.verify import Verdict
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.plan import PlanTask

CHUNK = 250
"""Number of scenarios that one process runs: enough to outweigh loading the workflow."""

_ALONE = threading.Lock()
"""flytekit keeps what it has loaded in one place for all threads of a process."""


@dataclass(frozen=True, slots=True)
class VerifyTask:
    """The scenarios from `first` to `end` of at most `most` of one workflow, its `number`."""

    number: int
    plan: PlanTask
    most: int
    seed: int
    first: int = 0
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict about a workflow, the jobs in it, and what was found about them.

    `unproven` are the warnings and errors about its jobs.
    """

    number: int
    added: Added
    jobs: tuple[str, ...]
    verdict: Verdict
    unproven: list[Diagnostic]


def warm_up() -> None:
    """Does nothing: a process that looks it up has imported what verifies."""


def verify_tasks(
    plans: Iterable[PlanTask], most: int, seed: int, *, in_chunks: bool
) -> Iterator[VerifyTask]:
    """A task for each workflow, or several with a part of its scenarios."""
    for number, plan in enumerate(plans):
        count = Scenarios(plan.part.facts, most, seed).most if in_chunks else 0
        starts = range(0, max(count, 1), CHUNK)
        ends = [*starts[1:], None]
        for first, end in zip(starts, ends, strict=True):
            yield VerifyTask(number, plan, most, seed, first, end)


def merged(found: Iterable[Verified]) -> Iterator[Verified]:
    """One verdict for each workflow."""
    for _, parts in groupby(found, lambda each: each.number):
        whole, *others = parts
        for part in others:
            whole.verdict.add(part.verdict)
        yield whole


def verify_one(task: VerifyTask) -> Verified:
    """Run the scenarios of the task."""
    findings = task.plan.findings.opened()
    module, facts = task.plan.plan(findings)
    with _ALONE, tempfile.TemporaryDirectory(prefix="transpile-") as folder:
        path = write_module(module, Path(folder))
        try:
            chunk = task.first, task.end
            verdict = verify_module(module, path, facts, task.most, task.seed, chunk)
        except LoadError as error:
            verdict = Verdict(module.title, problems=[f"it cannot be loaded: {error}"])
    unproven = not_proven(module, findings)
    return Verified(task.number, findings.added, tuple(module.node_of), verdict, unproven)


def not_proven(module: ModulePlan, diagnostics: Diagnostics) -> list[Diagnostic]:
    """The warnings and errors about the jobs of a module."""
    found = (d for name in module.node_of for d in diagnostics.about(name))
    return [d for d in found if d.level is not Level.NOTE]
