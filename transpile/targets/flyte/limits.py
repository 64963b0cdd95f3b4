"""Reports the workflows that exceed a limit of Flyte."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transpile.findings.codes.limits import (
    BoxTimeLimit,
    ManyPaths,
    MappedTimeLimit,
    TooManyNodes,
    TooManyPaths,
    WorkflowTooLarge,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Facts, Job, Kind
from transpile.targets.flyte.model import WorkflowPlan
from transpile.targets.flyte.paths import visits
from transpile.targets.flyte.size import LIMIT, object_sizes
from transpile.targets.flyte.split import DEEPEST, REVISITS, Splitter

SLOW, STALLED = 1_000, 100_000
"""Numbers of visits from which a walk over all paths is slow, and from which it stalls Flyte.

Measured: 4,700 take 9 s of a run, 37,000 take 30 s; 2.2 million never end."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Checks the workflows of one module, which the splitter has split.

    `box_of` has the box of each workflow name; findings about other workflows are placed at the job
    `first`.
    """

    diagnostics: Diagnostics
    jobs: Mapping[str, Job]
    first: str
    box_of: Mapping[str, str]
    splitter: Splitter

    def report(self, workflows: Sequence[WorkflowPlan]) -> None:
        """Report what no part makes small enough; inner workflows come first."""
        most = self.splitter.most
        for workflow in workflows:
            nodes = len(workflow.nodes)
            if nodes > most:
                reason = self._reason(workflow)
                large = TooManyNodes(name=workflow.name, nodes=nodes, limit=most, reason=reason)
                self._add(large, workflow.name)
            self._report_paths(workflow)
        self._report_sizes(workflows)

    def _report_paths(self, workflow: WorkflowPlan) -> None:
        count, nodes = visits(workflow), len(workflow.nodes)
        if count > max(SLOW, REVISITS * nodes):
            kind = TooManyPaths if count > STALLED else ManyPaths
            found = kind(
                name=workflow.name,
                nodes=nodes,
                paths=_amount(count),
                reason=self._reason(workflow),
            )
            self._add(found, workflow.name)

    def _report_sizes(self, workflows: Sequence[WorkflowPlan]) -> None:
        sizes = object_sizes(workflows, self.splitter.module)
        launched = {node.entity for w in workflows for node in w.nodes if node.launches}
        for workflow in workflows:
            size = sizes[workflow.variable]
            is_root = workflow is workflows[-1] or workflow.variable in launched
            if is_root and size > LIMIT:
                large = WorkflowTooLarge(
                    name=workflow.name, size=f"{size / 1e6:.1f}", reason=self._reason(workflow)
                )
                self._add(large, workflow.name)

    def _reason(self, workflow: WorkflowPlan) -> str:
        """The reason why no nodes of this workflow can become a part."""
        if self.splitter.origins[workflow.name] in self.splitter.deep:
            return f"parts would be nested more than {DEEPEST} deep"
        labels = [node.label for node in workflow.nodes]
        names = ", ".join(labels[:3])
        names += f" and {len(labels) - 3} others" if len(labels) > 4 else ""
        return f"{names} have no common upstream and downstream nodes"

    def _add(self, finding: Finding, name: str) -> None:
        job = self.jobs[self.box_of.get(self.splitter.origins[name], self.first)]
        self.diagnostics.add(finding, job.span, text=name)


def report_time_limits(facts: Facts, diagnostics: Diagnostics) -> None:
    """Report the time limits of boxes and entities, which no task keeps."""
    for name in facts.order:
        job = facts.jobs[name]
        if not job.time_limit:
            continue
        limit = f"{job.time_limit:,} minutes" if job.time_limit > 1 else "1 minute"
        if job.kind is Kind.BOX:
            diagnostics.add(BoxTimeLimit(name=name, limit=limit), job.span, job=name, text=name)
        elif job.call:
            entity = str(job.call.entity)
            diagnostics.add(
                MappedTimeLimit(name=name, limit=limit, entity=entity),
                job.call.span,
                job=name,
                text=entity,
            )


def _amount(count: int) -> str:
    """The number with separators; very large numbers are cut off."""
    return f"{count:,}" if count < 10**12 else "more than 1,000,000,000,000"
