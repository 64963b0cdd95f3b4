"""OLD, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def j() -> int:
    """C#OLD.J · cycles.tws:48

    the last

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    # TODO[A786] RECOVERY STOP of C#OLD.J is ignored
    return run("true")


# C#OLD · cycles.tws:48
# machine: C
# validfrom: 01/01/2020
# on: REQUEST
# TODO[A773] VALIDTO 12/31/2020 of C#OLD is ignored: the launch plan also runs on other days
old = Workflow(name="OLD", failure_policy=KEEP_GOING)

j_node = old.add_entity(j).with_overrides(node_name="j", name="C#OLD.J")

old.add_workflow_output("j", j_node.o0)


if __name__ == "__main__":
    print(f"Running old() {old()}")
