"""MATCHES, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, cron, run


@task
def c_shared_other_schedule() -> int:
    """C#SHARED (other schedule) · C#SHARED has another schedule"""
    return blocked("A755", "C#SHARED has another schedule")


@task
def j() -> int:
    """C#MATCHES.J · cycles.tws:27

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#MATCHES · cycles.tws:24 · condition: FOLLOWS SHARED
# machine: C
# on: EVERYDAY
# TODO[A755] C#MATCHES waits for C#SHARED, which does not start with it: its node fails
matches = Workflow(name="MATCHES", failure_policy=KEEP_GOING)

c_shared_other_schedule_node = matches.add_entity(
    c_shared_other_schedule
).with_overrides(node_name="c-shared-other-schedule", name="C#SHARED (other schedule)")
j_node = matches.add_entity(j).with_overrides(node_name="j", name="C#MATCHES.J")
c_shared_other_schedule_node >> j_node

matches.add_workflow_output("j", j_node.o0)


matches_schedule = LaunchPlan.get_or_create(
    matches, name="MATCHES.schedule", schedule=cron("0 6 * * *", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running matches() {matches()}")
