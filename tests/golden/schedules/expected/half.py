"""HALF, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import (
    ConcurrencyLimitBehavior,
    ConcurrencyPolicy,
    LaunchPlan,
    Workflow,
    WorkflowFailurePolicy,
    task,
)

from expected.job_runtime import cron, run


@task
def half_job() -> int:
    """HALF · schedules.jil:81"""
    # TODO[A509] days_of_week without start_times: read as midnight
    return run("true")


half = Workflow(
    name="HALF",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

half_job_node = half.add_entity(half_job)
half_job_node.with_overrides(node_name="half-job", name="HALF")

half.add_workflow_output("half_job", half_job_node.outputs["o0"])


half_schedule = LaunchPlan.get_or_create(
    half,
    name="HALF.schedule",
    schedule=cron("0 0 * * 1", timezone="UTC"),
    concurrency=ConcurrencyPolicy(
        max_concurrency=1, behavior=ConcurrencyLimitBehavior.SKIP
    ),
)


if __name__ == "__main__":
    print(f"Running half() {half()}")
