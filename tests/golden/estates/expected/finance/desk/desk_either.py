"""DESK_EITHER, converted by transpile from finance/morning.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from flytekit import LaunchPlan, Workflow, task, workflow

from expected.finance.desk.desk_either_cuts import DESK_EITHER
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
def desk_either_job_look() -> str:
    """DESK_EITHER · does what it waits for hold already?"""
    return look(DESK_EITHER)


@workflow(failure_policy=KEEP_GOING)
def desk_either_job_wait() -> bool:
    """DESK_EITHER · waits for: FIN_AUDIT succeeded or TRD_CLOSE succeeded"""
    return gate(DESK_EITHER)


@task
def desk_either_job() -> int:
    """DESK_EITHER · finance/morning.jil:27

    condition: s(FIN_AUDIT) | s(TRD_CLOSE)

    application: finance
    group: desk
    """
    return run("echo either")


desk_either = Workflow(name="DESK_EITHER", failure_policy=KEEP_GOING)

desk_either_job_look_node = desk_either.add_entity(desk_either_job_look).with_overrides(
    node_name="desk-either-job-look", name="DESK_EITHER (look)"
)
desk_either_job_wait_node = desk_either.add_subwf(desk_either_job_wait).with_overrides(
    node_name="desk-either-job-wait", name="DESK_EITHER (wait)"
)
desk_either_job_node = desk_either.add_entity(desk_either_job).with_overrides(
    node_name="desk-either-job", name="DESK_EITHER"
)
desk_either_job_wait_node >> desk_either_job_node

desk_either.add_workflow_output("desk_either_job", desk_either_job_node.o0)


desk_either_schedule = LaunchPlan.get_or_create(
    desk_either,
    name="DESK_EITHER.schedule",
    schedule=cron("0 6 * * 3", timezone="Europe/London"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running desk_either() {desk_either()}")
