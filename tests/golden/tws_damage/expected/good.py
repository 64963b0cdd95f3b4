"""GOOD, converted by transpile from broken.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, cron

# left out: A#ROUND.X
# TODO[A401] these jobs wait for one another: A#ROUND.X -> A#ROUND.Y -> A#ROUND.Z -> A#ROUND.X
# left out: A#ROUND.Y
# left out: A#ROUND.Z
# left out: A#ROUND.BEHIND
# TODO[A402] A#ROUND.BEHIND was left out: it waits for A#ROUND.Z
# left out: A#SELF
# TODO[A402] A#SELF was left out: it waits for A#SELF.S
# left out: A#SELF.S
# TODO[A401] these jobs wait for one another: A#SELF.S -> A#SELF.S


@task
def j() -> int:
    """A#GOOD.J · broken.tws:36

    machine: A
    """
    # TODO[A754] A#GOOD.J runs A#J, which is not defined: its node fails
    return blocked("A754", "A#J is not defined")


# A#GOOD · broken.tws:34
# machine: A
# validfrom: 01/01/2027
# on: EVERYDAY
# TODO[A752] A#GOOD is already defined at broken.tws:4: only one definition counts
good = Workflow(name="GOOD", failure_policy=KEEP_GOING)

j_node = good.add_entity(j).with_overrides(node_name="j", name="A#GOOD.J")

good.add_workflow_output("j", j_node.o0)


good_schedule = LaunchPlan.get_or_create(
    good, name="GOOD.schedule", schedule=cron("30 5 * * *", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running good() {good()}")
