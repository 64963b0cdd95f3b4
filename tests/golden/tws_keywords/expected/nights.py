"""NIGHTS, converted by transpile from keywords.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def lamps(fruit: str) -> int:
    """W#NIGHTS.LAMPS · keywords.tws:48

    machine: W
    """
    return run("lamps $FRUIT", env={"FRUIT": fruit})


@task
def script() -> int:
    """W#NIGHTS.SCRIPT · keywords.tws:50

    machine: W
    job_type: executable
    """
    return run("count && echo done")


@task
def program() -> int:
    """W#NIGHTS.PROGRAM · keywords.tws:61

    machine: W
    job_type: executable
    streamlogon: market
    """
    return run("'/opt/market/bin/tidy up' -v 'a b'")


# W#NIGHTS · keywords.tws:45
# machine: W
# on: RUNCYCLE R1 VARTABLE SUMMER SU AT 2300 TZ UTC EVERY 0100 EVERYENDTIME 0200 +1 DAY
# on: RUNCYCLE R2 VARTABLE WINTER MO AT 2300 TZ UTC EVERY 0100
# TODO[A761] EVERY 0100 of W#NIGHTS is ignored: it runs once
# TODO[A778] VARTABLE SUMMER of W#NIGHTS is ignored: parameters have the values of the default table
# TODO[A778] VARTABLE WINTER of W#NIGHTS is ignored: parameters have the values of the default table
nights = Workflow(name="NIGHTS", failure_policy=KEEP_GOING)
fruit = nights.add_workflow_input("fruit", (str, "pears"))

lamps_node = nights.add_entity(lamps, fruit=fruit).with_overrides(
    node_name="lamps", name="W#NIGHTS.LAMPS"
)
script_node = nights.add_entity(script).with_overrides(
    node_name="script", name="W#NIGHTS.SCRIPT"
)
program_node = nights.add_entity(program).with_overrides(
    node_name="program", name="W#NIGHTS.PROGRAM"
)

nights.add_workflow_output("lamps", lamps_node.o0)
nights.add_workflow_output("script", script_node.o0)
nights.add_workflow_output("program", program_node.o0)


nights_schedule = LaunchPlan.get_or_create(
    nights, name="NIGHTS.schedule", schedule=cron("0 23 * * 0,1", timezone="UTC")
)


nights_schedule_2 = LaunchPlan.get_or_create(
    nights, name="NIGHTS.schedule_2", schedule=cron("0 0-2 * * 1", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running nights() {nights()}")
