"""HARMLESS, converted by transpile from calls.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def harmless_job() -> int:
    """HARMLESS · calls.jil:18"""
    return run(
        "echo sendevent -E STARTJOB -J REPORT; grep jil /data/jil/run.sh # autorep -J LOAD"
    )


harmless = Workflow(name="HARMLESS", failure_policy=KEEP_GOING)

harmless_job_node = harmless.add_entity(harmless_job).with_overrides(
    node_name="harmless-job", name="HARMLESS"
)

harmless.add_workflow_output("harmless_job", harmless_job_node.o0)


if __name__ == "__main__":
    print(f"Running harmless() {harmless()}")
