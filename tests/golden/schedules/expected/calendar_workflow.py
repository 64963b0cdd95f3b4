"""CALENDAR, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def calendar() -> int:
    """CALENDAR · schedules.jil:39

    start_times: "1:00"
    """
    # TODO[A876] run_calendar WORKDAYS decides when CALENDAR runs: no launch plan was made
    return run("true")


calendar_workflow = Workflow(name="CALENDAR", failure_policy=KEEP_GOING)

calendar_node = calendar_workflow.add_entity(calendar).with_overrides(
    node_name="calendar", name="CALENDAR"
)

calendar_workflow.add_workflow_output("calendar", calendar_node.o0)


if __name__ == "__main__":
    print(f"Running calendar_workflow() {calendar_workflow()}")
