"""The plans of workflows around a task: a branch, an approval, or a wait."""

from dataclasses import dataclass

from transpile.targets.flyte.values import Minutes


@dataclass(frozen=True, slots=True)
class BranchPlan:
    """A `workflow` with one branch: the job's task, or else the task `skips`.

    `label` and `skipped` are the display names of the branch and of the node that skips.
    """

    workflow: str
    skips: str
    label: str
    skipped: str


@dataclass(frozen=True, slots=True)
class ApprovalPlan:
    """A `workflow` that waits `within` a time for an answer, and hands it to the job's task."""

    workflow: str
    within: Minutes


@dataclass(frozen=True, slots=True)
class WaitPlan:
    """A `workflow` that waits at a gate until the `cut` holds; the cut `shown` in words."""

    workflow: str
    cut: str
    shown: str

    def documentation(self, job: str) -> tuple[str, ...]:
        """The docstring of the workflow."""
        return (f"{job} · waits for: {self.shown}",)
