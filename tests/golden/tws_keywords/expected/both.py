"""BOTH, converted by transpile from keywords.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def count() -> int:
    """W#BOTH.COUNT · keywords.tws:41

    machine: W
    """
    return run("count")


# W#BOTH · keywords.tws:38
# machine: W
# on: RUNCYCLE R1 SA SUBSET S AND AT 0600 TZ UTC
# on: RUNCYCLE R2 "FREQ=MONTHLY;BYMONTHDAY=1" SUBSET S AND AT 0600 TZ UTC
# TODO[A770] the days of SUBSET S AND of W#BOTH are not known: no launch plan was made for it
# TODO[A770] the days of SUBSET S AND of W#BOTH are not known: no launch plan was made for it
both = Workflow(name="BOTH", failure_policy=KEEP_GOING)

count_node = both.add_entity(count).with_overrides(
    node_name="count", name="W#BOTH.COUNT"
)

both.add_workflow_output("count", count_node.o0)


if __name__ == "__main__":
    print(f"Running both() {both()}")
