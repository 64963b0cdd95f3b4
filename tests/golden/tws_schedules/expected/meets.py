"""MEETS, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def j() -> int:
    """C#MEETS.J · cycles.tws:50

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#MEETS · cycles.tws:50
# machine: C
# on: RUNCYCLE A "FREQ=WEEKLY;BYDAY=MO"
# on: RUNCYCLE B "FREQ=MONTHLY;BYMONTHDAY=1"
meets = Workflow(name="MEETS", failure_policy=KEEP_GOING)

j_node = meets.add_entity(j).with_overrides(node_name="j", name="C#MEETS.J")

meets.add_workflow_output("j", j_node.o0)


meets_schedule = LaunchPlan.get_or_create(
    meets, name="MEETS.schedule", schedule=cron("0 6 1 * 1", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running meets() {meets()}")
