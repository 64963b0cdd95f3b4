"""GLOBAL, converted by transpile from forms.jil."""

from flytekit import Workflow, WorkflowFailurePolicy, task

from job_runtime import blocked


@task
def global_job() -> int:
    """GLOBAL · forms.jil:35

    condition: v(MODE) = "full load" or VALUE(MODE)!=delta

    command: true
    """
    # TODO[A301] the condition cannot be emitted yet, so its node fails: v(MODE) = "full load" or VALUE(MODE)!=delta
    return blocked("A301", 'condition: v(MODE) = "full load" or VALUE(MODE)!=delta')


global_workflow = Workflow(
    name="GLOBAL",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

global_job_node = global_workflow.add_entity(global_job)
global_job_node.with_overrides(node_name="global-job", name="GLOBAL")

global_workflow.add_workflow_output("global_job", global_job_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running global_workflow() {global_workflow()}")
