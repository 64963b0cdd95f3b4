"""PLAIN, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def j() -> int:
    """C#PLAIN.J · cycles.tws:46

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#PLAIN · cycles.tws:46
# machine: C
# on: MO, WE, WEEKDAYS
# TODO[A509] ON without AT: read as midnight
# TODO[A507] the schedule has no time zone: the source uses that of its server, the launch plan UTC
plain = Workflow(name="PLAIN", failure_policy=KEEP_GOING)

j_node = plain.add_entity(j).with_overrides(node_name="j", name="C#PLAIN.J")

plain.add_workflow_output("j", j_node.o0)


plain_schedule = LaunchPlan.get_or_create(
    plain, name="PLAIN.schedule", schedule=cron("0 0 * * 1-5")
)


if __name__ == "__main__":
    print(f"Running plain() {plain()}")
