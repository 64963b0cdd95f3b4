"""WINDOW, converted by transpile from schedules.jil."""

from flytekit import LaunchPlan, Workflow, WorkflowFailurePolicy, task

from job_runtime import cron, run


@task
def window_job() -> int:
    """WINDOW · schedules.jil:45

    must_start_times: "1:05"
    """
    # TODO[A503] the launch plan also runs on the days of exclude_calendar HOLIDAYS
    # TODO[A504] run_window "00:30-03:00" is not kept
    return run("true")


window = Workflow(
    name="WINDOW",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

window_job_node = window.add_entity(window_job)
window_job_node.with_overrides(node_name="window-job", name="WINDOW")

window.add_workflow_output("window_job", window_job_node.outputs["o0"])


window_schedule = LaunchPlan.get_or_create(
    window, name="WINDOW.schedule", schedule=cron("0 1 * * *", timezone="Europe/London")
)


if __name__ == "__main__":
    print(f"Running window() {window()}")
