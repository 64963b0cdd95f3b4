"""inbox, converted by transpile from times.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def inbox_job() -> int:
    """inbox · times.units:146"""
    # TODO[A093] inbox.path starts inbox.service when a file changes: no launch plan was made
    return run("/usr/bin/inbox")


inbox = Workflow(name="inbox", failure_policy=KEEP_GOING)

inbox_job_node = inbox.add_entity(inbox_job).with_overrides(
    node_name="inbox-job", name="inbox"
)

inbox.add_workflow_output("inbox_job", inbox_job_node.o0)


if __name__ == "__main__":
    print(f"Running inbox() {inbox()}")
