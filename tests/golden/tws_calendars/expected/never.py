"""NEVER, converted by transpile from calendars.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def j() -> int:
    """C#NEVER.J · calendars.tws:29

    machine: C
    """
    return run("never")


# C#NEVER · calendars.tws:29
# machine: C
# timezone: Europe/Rome
# on: PAYDAYS
# except: PAYDAYS
# TODO[A526] ON PAYDAYS leaves no day to run on: no launch plan was made
never = Workflow(name="NEVER", failure_policy=KEEP_GOING)

j_node = never.add_entity(j).with_overrides(node_name="j", name="C#NEVER.J")

never.add_workflow_output("j", j_node.o0)


if __name__ == "__main__":
    print(f"Running never() {never()}")
