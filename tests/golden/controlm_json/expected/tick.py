"""TICK, converted by transpile from jobs.json."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def tick_job() -> int:
    """LATER.TICK · jobs.json:72

    folder: LATER
    application: SHIP
    sub_application: PORT
    machine: quay1
    owner: port
    """
    # TODO[A065] a run of LATER.TICK that takes longer than its interval leaves out the next one
    return run("tick")


tick = Workflow(name="TICK", failure_policy=KEEP_GOING)

tick_job_node = tick.add_entity(tick_job).with_overrides(
    node_name="tick-job", name="LATER.TICK"
)

tick.add_workflow_output("tick_job", tick_job_node.o0)


tick_schedule = LaunchPlan.get_or_create(
    tick,
    name="TICK.schedule",
    schedule=cron("0 8-12 * * *", timezone="Europe/Oslo"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running tick() {tick()}")
