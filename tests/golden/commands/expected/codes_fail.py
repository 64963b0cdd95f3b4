"""CODES_FAIL, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def codes_fail_job() -> int:
    """CODES_FAIL · commands.jil:37"""
    return run("exit 3", fail_codes=(1, *range(5, 8)))


codes_fail = Workflow(name="CODES_FAIL", failure_policy=KEEP_GOING)

codes_fail_job_node = codes_fail.add_entity(codes_fail_job).with_overrides(
    node_name="codes-fail-job", name="CODES_FAIL"
)

codes_fail.add_workflow_output("codes_fail_job", codes_fail_job_node.o0)


if __name__ == "__main__":
    print(f"Running codes_fail() {codes_fail()}")
