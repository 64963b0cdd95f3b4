"""OTHER_ROOT, converted by transpile from schedules.jil."""

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
from expected.join_cuts import JOIN


@task
def other_root_job() -> int:
    """OTHER_ROOT · schedules.jil:70"""
    return run("true")


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def other_root_job_tell() -> str:
    """OTHER_ROOT · JOIN looks at it"""
    return tell(JOIN)


other_root = Workflow(name="OTHER_ROOT", failure_policy=KEEP_GOING)

other_root_job_node = other_root.add_entity(other_root_job).with_overrides(
    node_name="other-root-job", name="OTHER_ROOT"
)
other_root_job_tell_node = other_root.add_entity(other_root_job_tell).with_overrides(
    node_name="other-root-job-tell", name="OTHER_ROOT (tell)"
)
other_root_job_node >> other_root_job_tell_node

other_root.add_workflow_output("other_root_job", other_root_job_node.o0)


other_root_schedule = LaunchPlan.get_or_create(
    other_root,
    name="OTHER_ROOT.schedule",
    schedule=cron("0 3 * * 6", timezone="UTC"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running other_root() {other_root()}")
