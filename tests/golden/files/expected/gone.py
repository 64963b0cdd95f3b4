"""GONE, converted by transpile from files.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, wait_for_file


@task
def gone_job() -> int:
    """GONE · files.jil:18"""
    # TODO[A869] watch_file_type NOTEXIST is read as a single check: GONE fails if the file is there
    return wait_for_file("/data/in/lock", absent=True, once=True)


gone = Workflow(name="GONE", failure_policy=KEEP_GOING)

gone_job_node = gone.add_entity(gone_job).with_overrides(
    node_name="gone-job", name="GONE"
)

gone.add_workflow_output("gone_job", gone_job_node.o0)


if __name__ == "__main__":
    print(f"Running gone() {gone()}")
