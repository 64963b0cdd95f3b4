"""SECOND, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task, workflow

from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    ONE_AT_A_TIME,
    SMALL,
    cron,
    gate,
    look,
    run,
    tell,
)
from expected.join_cuts import JOIN
from expected.second_cuts import SECOND


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def second_job_look() -> str:
    """SECOND · does what it waits for hold already?"""
    return look(SECOND)


@workflow(failure_policy=KEEP_GOING)
def second_job_wait() -> bool:
    """SECOND · waits for: FIRST succeeded"""
    return gate(SECOND)


@task
def second_job() -> int:
    """SECOND · schedules.jil:62 · condition: s(FIRST)"""
    return run("true")


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def second_job_tell() -> str:
    """SECOND · JOIN looks at it"""
    return tell(JOIN)


second = Workflow(name="SECOND", failure_policy=KEEP_GOING)

second_job_look_node = second.add_entity(second_job_look).with_overrides(
    node_name="second-job-look", name="SECOND (look)"
)
second_job_wait_node = second.add_subwf(second_job_wait).with_overrides(
    node_name="second-job-wait", name="SECOND (wait)"
)
second_job_node = second.add_entity(second_job).with_overrides(
    node_name="second-job", name="SECOND"
)
second_job_wait_node >> second_job_node
second_job_tell_node = second.add_entity(second_job_tell).with_overrides(
    node_name="second-job-tell", name="SECOND (tell)"
)
second_job_node >> second_job_tell_node

second.add_workflow_output("second_job", second_job_node.o0)


second_schedule = LaunchPlan.get_or_create(
    second,
    name="SECOND.schedule",
    schedule=cron("0 2 * * *", timezone="UTC"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running second() {second()}")
