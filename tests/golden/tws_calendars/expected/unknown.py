"""UNKNOWN, converted by transpile from calendars.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def j() -> int:
    """C#UNKNOWN.J · calendars.tws:32

    machine: C
    """
    return run("unknown")


# C#UNKNOWN · calendars.tws:30
# machine: C
# timezone: Europe/Rome
# on: BROKEN, NOWHERE
# TODO[A770] the days of BROKEN of C#UNKNOWN are not known: no launch plan was made for it
# TODO[A770] the days of NOWHERE of C#UNKNOWN are not known: no launch plan was made for it
unknown = Workflow(name="UNKNOWN", failure_policy=KEEP_GOING)

j_node = unknown.add_entity(j).with_overrides(node_name="j", name="C#UNKNOWN.J")

unknown.add_workflow_output("j", j_node.o0)


if __name__ == "__main__":
    print(f"Running unknown() {unknown()}")
