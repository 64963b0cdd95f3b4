"""HAND_LAST, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, cron, run


@task
def c_hand_j_other_schedule() -> int:
    """C#HAND.J (other schedule) · C#HAND.J has another schedule"""
    return blocked("A755", "C#HAND.J has another schedule")


@task
def j() -> int:
    """C#HAND_LAST.J · cycles.tws:53

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#HAND_LAST · cycles.tws:53 · condition: FOLLOWS HAND.J
# machine: C
# on: EVERYDAY
# TODO[A755] C#HAND_LAST waits for C#HAND.J, which does not start with it: its node fails
hand_last = Workflow(name="HAND_LAST", failure_policy=KEEP_GOING)

c_hand_j_other_schedule_node = hand_last.add_entity(
    c_hand_j_other_schedule
).with_overrides(node_name="c-hand-j-other-schedule", name="C#HAND.J (other schedule)")
j_node = hand_last.add_entity(j).with_overrides(node_name="j", name="C#HAND_LAST.J")
c_hand_j_other_schedule_node >> j_node

hand_last.add_workflow_output("j", j_node.o0)


hand_last_schedule = LaunchPlan.get_or_create(
    hand_last, name="HAND_LAST.schedule", schedule=cron("0 6 * * *", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running hand_last() {hand_last()}")
