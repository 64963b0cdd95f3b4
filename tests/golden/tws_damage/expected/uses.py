"""USES, converted by transpile from broken.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, cron, run


@task
def codes() -> int:
    """A#USES.CODES · broken.tws:60

    machine: A
    streamlogon: x
    defined in: broken.tws:46
    """
    return run("codes again")


@task
def nothing() -> int:
    """A#USES.NOTHING · broken.tws:61 · condition: FOLLOWS CODES

    machine: A
    """
    # TODO[A754] A#USES.NOTHING runs A#NOTHING, which is not defined: its node fails
    return blocked("A754", "A#NOTHING is not defined")


# A#USES · broken.tws:58
# machine: A
# on: EVERYDAY
uses = Workflow(name="USES", failure_policy=KEEP_GOING)

codes_node = uses.add_entity(codes).with_overrides(
    node_name="codes", name="A#USES.CODES"
)
nothing_node = uses.add_entity(nothing).with_overrides(
    node_name="nothing", name="A#USES.NOTHING"
)
codes_node >> nothing_node

uses.add_workflow_output("nothing", nothing_node.o0)


uses_schedule = LaunchPlan.get_or_create(
    uses, name="USES.schedule", schedule=cron("0 12 * * *", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running uses() {uses()}")
