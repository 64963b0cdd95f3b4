"""LIMITS, converted by transpile from commands.jil."""

from datetime import timedelta

from flytekit import Workflow, WorkflowFailurePolicy, task

from job_runtime import run


@task(retries=2)
def limits_job() -> int:
    """LIMITS · commands.jil:46"""
    return run("true", time_limit=timedelta(minutes=30))


limits = Workflow(
    name="LIMITS",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

limits_job_node = limits.add_entity(limits_job)
limits_job_node.with_overrides(node_name="limits-job", name="LIMITS")

limits.add_workflow_output("limits_job", limits_job_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running limits() {limits()}")
