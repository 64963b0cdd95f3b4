"""WEEKEND, converted by transpile from keywords.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def sweep(winter_fruit: str) -> int:
    """W#WEEKEND.SWEEP · keywords.tws:33

    machine: W
    recovery: stop
    """
    return run("sweep $WINTER_FRUIT", env={"WINTER_FRUIT": winter_fruit})


# W#WEEKEND · keywords.tws:31
# machine: W
# on: RUNCYCLE R1 "FREQ=WEEKLY;BYDAY=FR,SA" AT 0700 TZ UTC
# on: RUNCYCLE R2 "FREQ=WEEKLY;BYDAY=SU" AT 0800 TZ UTC
# except: RUNCYCLE R3 FR
weekend = Workflow(name="WEEKEND", failure_policy=KEEP_GOING)
winter_fruit = weekend.add_workflow_input("winter_fruit", (str, "apples"))

sweep_node = weekend.add_entity(sweep, winter_fruit=winter_fruit).with_overrides(
    node_name="sweep", name="W#WEEKEND.SWEEP"
)

weekend.add_workflow_output("sweep", sweep_node.o0)


weekend_schedule = LaunchPlan.get_or_create(
    weekend, name="WEEKEND.schedule", schedule=cron("0 7 * * 6", timezone="UTC")
)


weekend_schedule_2 = LaunchPlan.get_or_create(
    weekend, name="WEEKEND.schedule_2", schedule=cron("0 8 * * 0", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running weekend() {weekend()}")
