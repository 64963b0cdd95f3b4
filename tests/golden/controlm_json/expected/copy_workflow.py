"""COPY, converted by transpile from jobs.json."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task, workflow

from expected.copy_workflow_cuts import COPY
from expected.job_runtime import ENVIRONMENT, KEEP_GOING, SMALL, cron, gate, look, run


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def copy_look() -> str:
    """LATER.COPY · does what it waits for hold already?"""
    return look(COPY)


@workflow(failure_policy=KEEP_GOING)
def copy_wait() -> bool:
    """LATER.COPY · waits for: LATER.CRANE succeeded in the run begun 27:59 before to 4:01 before this one, at most 21:00 after this start"""
    return gate(COPY)


@task
def copy() -> int:
    """LATER.COPY · jobs.json:65 · condition: LIFTED

    folder: LATER
    application: SHIP
    sub_application: PORT
    machine: quay1
    owner: port
    """
    return run("copy")


copy_workflow = Workflow(name="COPY", failure_policy=KEEP_GOING)

copy_look_node = copy_workflow.add_entity(copy_look).with_overrides(
    node_name="copy-look", name="LATER.COPY (look)"
)
copy_wait_node = copy_workflow.add_subwf(copy_wait).with_overrides(
    node_name="copy-wait", name="LATER.COPY (wait)"
)
copy_node = copy_workflow.add_entity(copy).with_overrides(
    node_name="copy", name="LATER.COPY"
)
copy_wait_node >> copy_node

copy_workflow.add_workflow_output("copy", copy_node.o0)


copy_workflow_schedule = LaunchPlan.get_or_create(
    copy_workflow,
    name="COPY.schedule",
    schedule=cron("0 10 * * 2,5", timezone="Europe/Oslo"),
)


if __name__ == "__main__":
    print(f"Running copy_workflow() {copy_workflow()}")
