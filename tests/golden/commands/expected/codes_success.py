"""CODES_SUCCESS, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def codes_success_job() -> int:
    """CODES_SUCCESS · commands.jil:32"""
    return run("exit 12", success_codes=(0, *range(10, 21)))


codes_success = Workflow(name="CODES_SUCCESS", failure_policy=KEEP_GOING)

codes_success_job_node = codes_success.add_entity(codes_success_job).with_overrides(
    node_name="codes-success-job", name="CODES_SUCCESS"
)

codes_success.add_workflow_output("codes_success_job", codes_success_job_node.o0)


if __name__ == "__main__":
    print(f"Running codes_success() {codes_success()}")
