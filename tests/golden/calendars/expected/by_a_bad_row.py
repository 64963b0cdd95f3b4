"""BY_A_BAD_ROW, converted by transpile from jobs.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def by_a_bad_row_job() -> int:
    """BY_A_BAD_ROW · jobs.jil:58

    start_times: "8:00"
    """
    # TODO[A876] run_calendar BROKEN decides when BY_A_BAD_ROW runs: no launch plan was made
    return run("true")


by_a_bad_row = Workflow(name="BY_A_BAD_ROW", failure_policy=KEEP_GOING)

by_a_bad_row_job_node = by_a_bad_row.add_entity(by_a_bad_row_job).with_overrides(
    node_name="by-a-bad-row-job", name="BY_A_BAD_ROW"
)

by_a_bad_row.add_workflow_output("by_a_bad_row_job", by_a_bad_row_job_node.o0)


if __name__ == "__main__":
    print(f"Running by_a_bad_row() {by_a_bad_row()}")
