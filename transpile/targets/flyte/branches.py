"""Puts conditions into native branches: the job's task, or a task that skips it.

Each branch is in a workflow of its own because flytekit's imperative workflows cannot hold one:
`create_conditional` always raises. Flyte compares texts by their order (propeller's
branch/comparator.go), so a branch can test how a status begins. It cannot compare exit codes by
size or read values that jobs hand over; such conditions stay in the task.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from transpile.findings.codes.limits import ConditionInTask
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.structure import Node, Role
from transpile.model import ExitCode, OutputValue, atoms
from transpile.targets.flyte.around import BranchPlan
from transpile.targets.flyte.imports import names_in
from transpile.targets.flyte.model import SKIPPED, TaskPlan
from transpile.targets.flyte.names import Scope

MOST_ATOMS = 20
"""Maximum number of atoms: flytekit nests comparisons, and protobuf stops at a depth of 100."""


@dataclass(slots=True)
class Branches:
    """Puts conditions into branches if `wanted`, and reports the conditions that stay in a task.

    With `inside_branch` the whole workflow is in a branch. `scope` has the module's names.
    """

    scope: Scope
    diagnostics: Diagnostics
    wanted: bool
    inside_branch: bool
    skips: dict[bool, str] = field(default_factory=dict)

    def tasks(self, node: Node, task: TaskPlan) -> Iterator[TaskPlan]:
        """The job's task, with its branch, if any, after the task that skips it, if that is new."""
        if not self.wanted or task.gate is None or node.key.role is not Role.JOB:
            yield task
            return
        if reason := self._reason(node, task):
            assert node.job is not None
            name = node.job.name
            self.diagnostics.add(
                ConditionInTask(name=node.job.name, reason=reason),
                node.job.span,
                job=name,
                text=name,
            )
            yield task
            return
        if task.gives not in self.skips:
            yield self._skipping(gives=task.gives)
        workflow = self.scope.claim(f"{task.function}_branch", "_node")
        branch = BranchPlan(
            workflow=workflow,
            skips=self.skips[task.gives],
            label=f"{node.key.name} (branch)",
            skipped=f"{node.key.name} (skipped)",
        )
        used = set(names_in(task.result))
        yield replace(task, branch=branch, uses=tuple(p for p in task.parameters if p in used))

    def _reason(self, node: Node, task: TaskPlan) -> str | None:
        """The reason why the condition stays in the task; None if it becomes a branch."""
        if task.text:
            # A template prints the condition with the task.
            return "a template prints its task"
        if task.approval:
            return "its task is in the workflow that asks for the approval"
        if self.inside_branch:
            return "its workflow is in the branch for run days, and flytekit cannot nest branches"
        asked = list(atoms(node.condition))
        if any(isinstance(atom, ExitCode) and atom.operator not in ("=", "!=") for atom in asked):
            return "Flyte's conditions cannot compare exit codes by size"
        if any(isinstance(atom, OutputValue) for atom in asked):
            return "Flyte's conditions cannot read values that jobs hand over"
        if len(asked) > MOST_ATOMS:
            return f"it has {len(asked)} terms, more than {MOST_ATOMS}"
        return None

    def _skipping(self, *, gives: bool) -> TaskPlan:
        """The task that stands in for jobs whose condition is false."""
        base = "skipped_with_nothing" if gives else "skipped"
        self.skips[gives] = self.scope.claim(base, "_node")
        text = "In the place of a job whose condition is false."
        return TaskPlan(
            function=self.skips[gives],
            job="",
            documentation=(text,),
            todos=(),
            settings=(),
            parameters=(),
            result=SKIPPED,
            reports=True,
            gives=gives,
        )
