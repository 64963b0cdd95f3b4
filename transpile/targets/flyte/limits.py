"""Reports the workflows that exceed a limit of Flyte."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transpile.findings.codes.limits import (
    ManyPaths,
    NotSplit,
    TooManyNodes,
    TooManyPaths,
    WorkflowTooLarge,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Job
from transpile.targets.flyte.model import WorkflowPlan
from transpile.targets.flyte.paths import visits
from transpile.targets.flyte.size import LIMIT, object_sizes
from transpile.targets.flyte.split import Knot

NODE_LIMIT = 100
"""flyteadmin's default for registration.maxWorkflowNodes."""

SLOW, STALLED = 1_000, 100_000
"""Numbers of visits from which a walk over all paths is slow, and from which it stalls Flyte.

Measured: 4,700 take 9 s of a run, 37,000 take 30 s; 2.2 million never end."""

_REVISITS = 10
"""Average number of visits to a node that is always fast enough."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Checks the workflows of one module.

    `box_of` has the box of each workflow name; findings about other workflows are placed at the job
    `first`. `wanted` is the maximum number of nodes that the user wants in an execution.
    """

    diagnostics: Diagnostics
    jobs: Mapping[str, Job]
    first: str
    box_of: Mapping[str, str]
    wanted: int | None

    def report(self, workflows: Sequence[WorkflowPlan], knots: Sequence[Knot], module: str) -> None:
        """Report what is too large for Flyte or larger than wanted; inner workflows come first."""
        for knot in knots:
            name, limit = knot.workflow.name, self.wanted or 0
            kept = NotSplit(name=name, nodes=knot.nodes, limit=limit, reason=knot.reason)
            self._add(kept, name, knot.origin)
        known = {knot.workflow.name for knot in knots}
        for workflow in workflows:
            if len(workflow.nodes) > NODE_LIMIT and workflow.name not in known:
                large = TooManyNodes(name=workflow.name, nodes=len(workflow.nodes))
                self._add(large, workflow.name)
            self._report_paths(workflow)
        self._report_sizes(workflows, module)

    def _report_paths(self, workflow: WorkflowPlan) -> None:
        count, nodes = visits(workflow), len(workflow.nodes)
        if count > max(SLOW, _REVISITS * nodes):
            kind = TooManyPaths if count > STALLED else ManyPaths
            found = kind(name=workflow.name, nodes=nodes, paths=_amount(count))
            self._add(found, workflow.name)

    def _report_sizes(self, workflows: Sequence[WorkflowPlan], module: str) -> None:
        sizes = object_sizes(workflows, module)
        launched = {node.entity for w in workflows for node in w.nodes if node.launches}
        for workflow in workflows:
            size = sizes[workflow.variable]
            is_root = workflow is workflows[-1] or workflow.variable in launched
            if is_root and size > LIMIT:
                large = WorkflowTooLarge(name=workflow.name, size=f"{size / 1e6:.1f}")
                self._add(large, workflow.name)

    def _add(self, finding: Finding, name: str, origin: str | None = None) -> None:
        job = self.jobs[self.box_of.get(origin or name, self.first)]
        self.diagnostics.add(finding, job.span, text=name)


def _amount(count: int) -> str:
    """The number with separators; very large numbers are cut off."""
    return f"{count:,}" if count < 10**12 else "more than 1,000,000,000,000"
