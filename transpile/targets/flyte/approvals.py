"""Jobs that somebody approves: a workflow asks, and the job's task looks at the answer."""

from dataclasses import replace

from transpile.model import Approval, Job
from transpile.targets.flyte.model import ApprovalPlan, TaskPlan
from transpile.targets.flyte.names import Scope
from transpile.targets.flyte.values import Call, Minutes


def asked(task: TaskPlan, job: Job, scope: Scope) -> TaskPlan:
    """The task, with the workflow that asks if an approval stands for the job.

    flytekit takes what waits for an answer in a workflow that is a function only.
    """
    if not isinstance(job.action, Approval) or not isinstance(task.result, Call):
        return task
    workflow = scope.claim(f"{task.function}_approval", "_node")
    return replace(task, approval=ApprovalPlan(workflow, Minutes(job.action.within)))
