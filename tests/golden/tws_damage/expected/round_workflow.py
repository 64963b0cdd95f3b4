"""ROUND, converted by transpile from broken.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, cron, run


@task
def beside() -> int:
    """A#ROUND.BESIDE · broken.tws:32

    machine: A
    """
    return run("c")


@task
def round_workflow_end() -> int:
    """A#ROUND · end of the box"""
    return blocked(
        "A407", "members were left out: A#ROUND.X, A#ROUND.Y, A#ROUND.Z, A#ROUND.BEHIND"
    )


# A#ROUND · broken.tws:26
# machine: A
# on: EVERYDAY
# TODO[A407] box A#ROUND never completes: members were left out: A#ROUND.X, A#ROUND.Y, A#ROUND.Z, A#ROUND.BEHIND
round_workflow = Workflow(name="ROUND", failure_policy=KEEP_GOING)

beside_node = round_workflow.add_entity(beside).with_overrides(
    node_name="beside", name="A#ROUND.BESIDE"
)
round_workflow_end_node = round_workflow.add_entity(round_workflow_end).with_overrides(
    node_name="round-workflow-end", name="A#ROUND (end)"
)
beside_node >> round_workflow_end_node

round_workflow.add_workflow_output("round_workflow_end", round_workflow_end_node.o0)


round_workflow_schedule = LaunchPlan.get_or_create(
    round_workflow, name="ROUND.schedule", schedule=cron("0 9 * * *", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running round_workflow() {round_workflow()}")
