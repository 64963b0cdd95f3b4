"""ICE_BOX, converted by transpile from statuses.jil."""

from flytekit import Workflow, WorkflowFailurePolicy, task


@task
def in_ice_box() -> int:
    """IN_ICE_BOX · statuses.jil:26

    status: on ice

    command: rm -rf /
    """
    return 0


# ICE_BOX · statuses.jil:23
#
# status: on ice
ice_box = Workflow(
    name="ICE_BOX",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

in_ice_box_node = ice_box.add_entity(in_ice_box)
in_ice_box_node.with_overrides(node_name="in-ice-box", name="IN_ICE_BOX")

ice_box.add_workflow_output("in_ice_box", in_ice_box_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running ice_box() {ice_box()}")
