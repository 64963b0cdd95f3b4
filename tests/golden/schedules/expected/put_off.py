"""PUT_OFF, converted by transpile from schedules.jil."""

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
def put_off_job() -> int:
    """PUT_OFF · schedules.jil:93"""
    return run("true")


put_off = Workflow(
    name="PUT_OFF",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

put_off_job_node = put_off.add_entity(put_off_job)
put_off_job_node.with_overrides(node_name="put-off-job", name="PUT_OFF")

put_off.add_workflow_output("put_off_job", put_off_job_node.outputs["o0"])


put_off_schedule = LaunchPlan.get_or_create(
    put_off,
    name="PUT_OFF.schedule",
    schedule=cron("0,30 22,23 * * 5", timezone="America/New_York"),
    concurrency=ConcurrencyPolicy(
        max_concurrency=1, behavior=ConcurrencyLimitBehavior.SKIP
    ),
)


if __name__ == "__main__":
    print(f"Running put_off() {put_off()}")
