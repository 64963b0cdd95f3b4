"""DESK_TROUBLE, converted by transpile from finance/morning.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from flytekit import LaunchPlan, Workflow, task, workflow

from expected.finance.desk.desk_trouble_cuts import DESK_TROUBLE
from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    ONE_AT_A_TIME,
    SECRETS,
    SMALL,
    cron,
    gate,
    look,
    run,
)


@task(environment=ENVIRONMENT, secret_requests=SECRETS, requests=SMALL, retries=5)
def desk_trouble_job_look() -> str:
    """DESK_TROUBLE · does what it waits for hold already?"""
    return look(DESK_TROUBLE)


@workflow(failure_policy=KEEP_GOING)
def desk_trouble_job_wait() -> bool:
    """DESK_TROUBLE · waits for: FIN_NIGHT failed in the last 12:00 or TRD_LOAD was killed or TRD_RECON ended with exit code 2"""
    return gate(DESK_TROUBLE)


@task
def desk_trouble_job() -> int:
    """DESK_TROUBLE · finance/morning.jil:17

    condition: f(FIN_NIGHT, 12.00) | t(TRD_LOAD) | e(TRD_RECON) = 2

    application: finance
    group: desk
    """
    return run("echo trouble")


desk_trouble = Workflow(name="DESK_TROUBLE", failure_policy=KEEP_GOING)

desk_trouble_job_look_node = desk_trouble.add_entity(
    desk_trouble_job_look
).with_overrides(node_name="desk-trouble-job-look", name="DESK_TROUBLE (look)")
desk_trouble_job_wait_node = desk_trouble.add_subwf(
    desk_trouble_job_wait
).with_overrides(node_name="desk-trouble-job-wait", name="DESK_TROUBLE (wait)")
desk_trouble_job_node = desk_trouble.add_entity(desk_trouble_job).with_overrides(
    node_name="desk-trouble-job", name="DESK_TROUBLE"
)
desk_trouble_job_wait_node >> desk_trouble_job_node

desk_trouble.add_workflow_output("desk_trouble_job", desk_trouble_job_node.o0)


desk_trouble_schedule = LaunchPlan.get_or_create(
    desk_trouble,
    name="DESK_TROUBLE.schedule",
    schedule=cron("0 6 * * 2", timezone="Europe/London"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running desk_trouble() {desk_trouble()}")
