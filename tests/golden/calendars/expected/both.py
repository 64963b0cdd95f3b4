"""BOTH, converted by transpile from jobs.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def both_job() -> int:
    """BOTH · jobs.jil:37

    days_of_week: mo
    start_times: "8:00"
    """
    # TODO[A879] both days_of_week and run_calendar are given: no launch plan was made
    return run("true")


both = Workflow(name="BOTH", failure_policy=KEEP_GOING)

both_job_node = both.add_entity(both_job).with_overrides(
    node_name="both-job", name="BOTH"
)

both.add_workflow_output("both_job", both_job_node.o0)


if __name__ == "__main__":
    print(f"Running both() {both()}")
