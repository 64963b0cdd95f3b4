"""HAND_network, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def j_2() -> int:
    """C#HAND_TOO.J · cycles.tws:52

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#HAND_TOO · cycles.tws:52 · condition: FOLLOWS HAND
# machine: C
# on: REQUEST
# TODO[A774] neither C#HAND_TOO nor C#HAND has a run cycle: one workflow starts both together
hand_too = Workflow(name="HAND_TOO", failure_policy=KEEP_GOING)

j_2_node = hand_too.add_entity(j_2).with_overrides(node_name="j-2", name="C#HAND_TOO.J")

hand_too.add_workflow_output("j_2", j_2_node.o0)


@task
def j() -> int:
    """C#HAND.J · cycles.tws:51

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#HAND · cycles.tws:51
# machine: C
# on: REQUEST
hand = Workflow(name="HAND", failure_policy=KEEP_GOING)

j_node = hand.add_entity(j).with_overrides(node_name="j", name="C#HAND.J")

hand.add_workflow_output("j", j_node.o0)


hand_network = Workflow(name="HAND_network", failure_policy=KEEP_GOING)

hand_node = hand_network.add_subwf(hand).with_overrides(node_name="hand", name="C#HAND")
hand_too_node = hand_network.add_subwf(hand_too).with_overrides(
    node_name="hand-too", name="C#HAND_TOO"
)
hand_node >> hand_too_node

hand_network.add_workflow_output("j_2", hand_too_node.j_2)


if __name__ == "__main__":
    print(f"Running hand_network() {hand_network()}")
