"""LATER, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def j() -> int:
    """C#LATER.J · cycles.tws:45

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#LATER · cycles.tws:45
# machine: C
# timezone: Mars/Olympus
# on: EVERYDAY
# TODO[A506] time zone Mars/Olympus is unknown: no launch plan was made
later = Workflow(name="LATER", failure_policy=KEEP_GOING)

j_node = later.add_entity(j).with_overrides(node_name="j", name="C#LATER.J")

later.add_workflow_output("j", j_node.o0)


if __name__ == "__main__":
    print(f"Running later() {later()}")
