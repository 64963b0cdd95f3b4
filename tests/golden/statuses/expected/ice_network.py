"""ICE_network, converted by transpile from statuses.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, SKIPPED, run


@task
def ice() -> str:
    """ICE · statuses.jil:1 · condition: f(NOWHERE)

    status: on ice

    command: rm -rf /
    """
    return SKIPPED


@task
def after_ice() -> int:
    """AFTER_ICE · statuses.jil:6 · condition: s(ICE)"""
    return run("true")


@task
def noexec() -> int:
    """NOEXEC · statuses.jil:10 · condition: s(AFTER_ICE)

    status: on noexec

    command: rm -rf /
    """
    return 0


ice_network = Workflow(name="ICE_network", failure_policy=KEEP_GOING)

ice_node = ice_network.add_entity(ice).with_overrides(node_name="ice", name="ICE")
after_ice_node = ice_network.add_entity(after_ice).with_overrides(
    node_name="after-ice", name="AFTER_ICE"
)
noexec_node = ice_network.add_entity(noexec).with_overrides(
    node_name="noexec", name="NOEXEC"
)
after_ice_node >> noexec_node

ice_network.add_workflow_output("ice", ice_node.o0)
ice_network.add_workflow_output("noexec", noexec_node.o0)


if __name__ == "__main__":
    print(f"Running ice_network() {ice_network()}")
