"""LIMITS, converted by transpile from commands.jil."""

from datetime import timedelta

from flytekit import Workflow, WorkflowFailurePolicy, task

from job_runtime import run


@task(retries=2, timeout=timedelta(minutes=30))
def limits_job() -> int:
    """LIMITS · commands.jil:46"""
    # TODO[A212] on Flyte a time-out uses up one of the 2 retries; LIMITS would not start again
    return run("true")


limits = Workflow(
    name="LIMITS",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

limits_job_node = limits.add_entity(limits_job)
limits_job_node.with_overrides(node_name="limits-job", name="LIMITS")

limits.add_workflow_output("limits_job", limits_job_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running limits() {limits()}")
