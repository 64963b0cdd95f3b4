"""NOTHING, converted by transpile from files.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked


@task
def nothing_job() -> int:
    """NOTHING · files.jil:38"""
    # TODO[A202] a job of type fw needs watch_file: its node fails
    return blocked("A202", "no watch_file")


nothing = Workflow(name="NOTHING", failure_policy=KEEP_GOING)

nothing_job_node = nothing.add_entity(nothing_job).with_overrides(
    node_name="nothing-job", name="NOTHING"
)

nothing.add_workflow_output("nothing_job", nothing_job_node.o0)


if __name__ == "__main__":
    print(f"Running nothing() {nothing()}")
