"""FIRST, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    ONE_AT_A_TIME,
    SMALL,
    cron,
    run,
    tell,
)
from expected.second_cuts import SECOND


@task
def first_job() -> int:
    """FIRST · schedules.jil:55"""
    return run("true")


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def first_job_tell() -> str:
    """FIRST · SECOND looks at it"""
    return tell(SECOND)


first = Workflow(name="FIRST", failure_policy=KEEP_GOING)

first_job_node = first.add_entity(first_job).with_overrides(
    node_name="first-job", name="FIRST"
)
first_job_tell_node = first.add_entity(first_job_tell).with_overrides(
    node_name="first-job-tell", name="FIRST (tell)"
)
first_job_node >> first_job_tell_node

first.add_workflow_output("first_job", first_job_node.o0)


first_schedule = LaunchPlan.get_or_create(
    first,
    name="FIRST.schedule",
    schedule=cron("0 1 * * *", timezone="UTC"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running first() {first()}")
