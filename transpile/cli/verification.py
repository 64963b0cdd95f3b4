"""Verifies single workflows, in any process."""

import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from transpile.cli.subjects import (
    Written,
    module_in,
    verify_module,
    write_file,
    write_module,
)
from transpile.findings.diagnostics import Added, Diagnostic, Diagnostics
from transpile.findings.finding import Level
from transpile.proof.elsewhere import Elsewhere
from transpile.proof.loading import LoadError
from transpile.proof.scenarios import Scenarios
from transpile.proof.verify import Verdict
from transpile.targets.flyte.cut_plans import CutsPlan
from transpile.targets.flyte.cuts import CutTable, Owner
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.render import render_cuts
from transpile.targets.plan import Part, PlanTask

CHUNK = 250
"""Number of scenarios that one process runs: enough to outweigh loading the workflow."""

_ALONE = threading.Lock()
"""flytekit keeps what it has loaded in one place for all threads of a process."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What planning says about a workflow before it is verified."""

    added: Added
    jobs: tuple[str, ...]
    cuts: Owner


@dataclass(frozen=True, slots=True)
class VerifyTask:
    """The scenarios of one workflow, or a chunk of them; `number` is that of the workflow.

    `elsewhere` is what it needs to know of other workflows, `beside` are the modules of cuts that
    it imports. The modules in the folder `against` are verified instead of new ones.
    """

    number: int
    plan: PlanTask
    elsewhere: Elsewhere
    beside: tuple[CutsPlan, ...]
    most: int
    seed: int
    chunk: tuple[int, int | None] = (0, None)
    against: Path | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict about a workflow; `unproven` are the warnings and errors about its jobs."""

    number: int
    verdict: Verdict
    unproven: list[Diagnostic]


def warm_up() -> None:
    """Does nothing: a process that looks it up has imported what verifies."""


def sketch_batch(tasks: Sequence[PlanTask]) -> list[Sketch]:
    """Plan some workflows."""
    found = []
    for task in tasks:
        findings = task.findings.opened()
        module, _ = task.plan(findings)
        found.append(Sketch(findings.added, tuple(module.node_of), Owner.of(module)))
    return found


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What workflows need to know of one another, once all are planned."""

    table: CutTable
    cuts: Mapping[str, CutsPlan]

    @classmethod
    def of(cls, table: CutTable) -> "Neighbours":
        """What the table knows; modules of cuts by their dotted name in the package."""
        return cls(table, {plan.module: plan for plan in table.plans()})

    def of_part(self, part: Part, package: str) -> tuple[Elsewhere, tuple[CutsPlan, ...]]:
        """What a workflow needs to know, and the modules of cuts that it imports."""
        facts, named = part.facts, part.names.cuts
        told = [cut for cuts in facts.told.values() for cut in cuts]
        jobs = {*facts.jobs, *(cut.job for cut in told)}
        jobs.update(job for cut in (*facts.cuts.values(), *told) for job in cut.asked)
        places = self.table.places
        known = {j: places[key] for j in sorted(jobs) if (key := (part.names.network, j)) in places}
        constants = {job: (f"{package}.{module}", name) for job, (module, name) in named.items()}
        beside = sorted({m for m, _ in (*named.values(), *part.names.heard.values())})
        return Elsewhere(known, constants), tuple(self.cuts[module] for module in beside)


def verify_tasks(
    plans: Iterable[PlanTask],
    around: Neighbours,
    most: int,
    seed: int,
    against: Path | None,
    *,
    in_chunks: bool,
) -> Iterator[VerifyTask]:
    """A task for each workflow, or several with a chunk of its scenarios each."""
    for number, plan in enumerate(plans):
        elsewhere, beside = around.of_part(plan.part, plan.form.package)
        count = Scenarios(plan.part.facts, most, seed).most if in_chunks else 0
        starts = range(0, max(count, 1), CHUNK)
        for chunk in zip(starts, [*starts[1:], None], strict=True):
            yield VerifyTask(number, plan, elsewhere, beside, most, seed, chunk, against)


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
    with _ALONE, tempfile.TemporaryDirectory(prefix="transpile-") as name:
        try:
            path = _module_of(task, module, Path(name))
            written = Written(module, facts, path, task.elsewhere)
            verdict = verify_module(written, task.most, task.seed, task.chunk, task.against)
        except LoadError as error:
            verdict = Verdict(module.title, problems=[f"it cannot be loaded: {error}"])
    return Verified(task.number, verdict, not_proven(module, findings))


def _module_of(task: VerifyTask, module: ModulePlan, folder: Path) -> Path:
    """The module to verify: one that exists, or a new one in the folder. Raises LoadError."""
    if task.against is not None:
        return module_in(module, task.against)
    for plan in task.beside:
        write_file(folder / plan.package, plan.path, render_cuts(plan))
    return write_module(module, folder)


def not_proven(module: ModulePlan, diagnostics: Diagnostics) -> list[Diagnostic]:
    """The warnings and errors about the jobs of a module."""
    found = (d for name in module.node_of for d in diagnostics.about(name))
    return [d for d in found if d.level is not Level.NOTE]
