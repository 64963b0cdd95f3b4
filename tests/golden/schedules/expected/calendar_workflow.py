"""CALENDAR, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, WorkflowFailurePolicy, task

from expected.job_runtime import run


@task
def calendar() -> int:
    """CALENDAR · schedules.jil:39

    start_times: "1:00"
    """
    # TODO[A876] run_calendar WORKDAYS decides when CALENDAR runs: no launch plan was made
    return run("true")


calendar_workflow = Workflow(
    name="CALENDAR",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

calendar_node = calendar_workflow.add_entity(calendar)
calendar_node.with_overrides(node_name="calendar", name="CALENDAR")

calendar_workflow.add_workflow_output("calendar", calendar_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running calendar_workflow() {calendar_workflow()}")
