"""PLACED, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def j() -> int:
    """C#PLACED.J · cycles.tws:47

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#PLACED · cycles.tws:47
# machine: C
# on: EVERYDAY
# TODO[A511] 07:15 daily UTC is only the planned time of C#PLACED, which may start earlier in the source; the launch plan starts it then
placed = Workflow(name="PLACED", failure_policy=KEEP_GOING)

j_node = placed.add_entity(j).with_overrides(node_name="j", name="C#PLACED.J")

placed.add_workflow_output("j", j_node.o0)


placed_schedule = LaunchPlan.get_or_create(
    placed, name="PLACED.schedule", schedule=cron("15 7 * * *", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running placed() {placed()}")
