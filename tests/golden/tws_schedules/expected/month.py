"""MONTH, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def j() -> int:
    """C#MONTH.J · cycles.tws:28

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#MONTH · cycles.tws:28
# machine: C
# on: "FREQ=MONTHLY;BYMONTHDAY=1,15", "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=31"
month = Workflow(name="MONTH", failure_policy=KEEP_GOING)

j_node = month.add_entity(j).with_overrides(node_name="j", name="C#MONTH.J")

month.add_workflow_output("j", j_node.o0)


month_schedule = LaunchPlan.get_or_create(
    month, name="MONTH.schedule", schedule=cron("0 5 1,15 * *", timezone="UTC")
)


month_schedule_2 = LaunchPlan.get_or_create(
    month, name="MONTH.schedule_2", schedule=cron("0 5 31 1,7 *", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running month() {month()}")
