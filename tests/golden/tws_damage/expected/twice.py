"""TWICE, converted by transpile from broken.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, cron, run


@task
def j() -> int:
    """A#TWICE.J · broken.tws:39

    machine: A
    """
    # TODO[A760] A#TWICE.J is already in its stream, at broken.tws:39: the second job was left out
    # TODO[A754] A#TWICE.J runs A#J, which is not defined: its node fails
    return blocked("A754", "A#J is not defined")


@task
def t() -> int:
    """A#TWICE.T · broken.tws:39

    machine: A
    """
    return run("t")


# A#TWICE · broken.tws:39
# machine: A
# on: EVERYDAY
twice = Workflow(name="TWICE", failure_policy=KEEP_GOING)

j_node = twice.add_entity(j).with_overrides(node_name="j", name="A#TWICE.J")
t_node = twice.add_entity(t).with_overrides(node_name="t", name="A#TWICE.T")

twice.add_workflow_output("j", j_node.o0)
twice.add_workflow_output("t", t_node.o0)


twice_schedule = LaunchPlan.get_or_create(
    twice, name="TWICE.schedule", schedule=cron("0 11 * * *", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running twice() {twice()}")
