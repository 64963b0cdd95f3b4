"""UNSAID, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def unsaid_job() -> int:
    """UNSAID · schedules.jil:34

    days_of_week: all
    start_times: "1:00"
    """
    # TODO[A875] AutoSys ignores days_of_week, start_times because date_conditions is not set: no launch plan was made
    return run("true")


unsaid = Workflow(name="UNSAID", failure_policy=KEEP_GOING)

unsaid_job_node = unsaid.add_entity(unsaid_job).with_overrides(
    node_name="unsaid-job", name="UNSAID"
)

unsaid.add_workflow_output("unsaid_job", unsaid_job_node.o0)


if __name__ == "__main__":
    print(f"Running unsaid() {unsaid()}")
