"""TWICE_network, converted by transpile from these files:

second.jil
first.jil
"""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def twice(level: str) -> int:
    """TWICE · second.jil:1"""
    # TODO[A858] TWICE is defined again: its definition at first.jil:7 is dropped
    return run("echo second $LEVEL", env={"LEVEL": level})


@task
def changed() -> int:
    """CHANGED · first.jil:10 · condition: s(TWICE)

    machine: m1
    """
    # TODO[A860] override_job changes only the next run of CHANGED: it was not applied
    return run("echo after")


twice_network = Workflow(name="TWICE_network", failure_policy=KEEP_GOING)
level = twice_network.add_workflow_input("level", (str, "two"))

twice_node = twice_network.add_entity(twice, level=level).with_overrides(
    node_name="twice", name="TWICE"
)
changed_node = twice_network.add_entity(changed).with_overrides(
    node_name="changed", name="CHANGED"
)
twice_node >> changed_node

twice_network.add_workflow_output("changed", changed_node.o0)


if __name__ == "__main__":
    print(f"Running twice_network() {twice_network()}")
