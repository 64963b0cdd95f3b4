"""WEEK, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def j() -> int:
    """C#WEEK.J · cycles.tws:10

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#WEEK · cycles.tws:4
# machine: C
# timezone: America/New_York
# on: RUNCYCLE A "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR" AT 1300 UNTIL 2359
# on: RUNCYCLE B "FREQ=WEEKLY;BYDAY=SA" AT 0900 +1 DAYS
# on: RUNCYCLE C "FREQ=DAILY" AT 1300 TZ Europe/Rome
# except: RUNCYCLE D WE
# TODO[A762] UNTIL 2359 of C#WEEK is ignored: it may start later
week = Workflow(name="WEEK", failure_policy=KEEP_GOING)

j_node = week.add_entity(j).with_overrides(node_name="j", name="C#WEEK.J")

week.add_workflow_output("j", j_node.o0)


week_schedule = LaunchPlan.get_or_create(
    week,
    name="WEEK.schedule",
    schedule=cron("0 13 * * 1,2,4,5", timezone="America/New_York"),
)


week_schedule_2 = LaunchPlan.get_or_create(
    week,
    name="WEEK.schedule_2",
    schedule=cron("0 9 * * 0", timezone="America/New_York"),
)


week_schedule_3 = LaunchPlan.get_or_create(
    week,
    name="WEEK.schedule_3",
    schedule=cron("0 13 * * 0-2,4-6", timezone="Europe/Rome"),
)


if __name__ == "__main__":
    print(f"Running week() {week()}")
