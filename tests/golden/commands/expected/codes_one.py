"""CODES_ONE, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def codes_one_job() -> int:
    """CODES_ONE · commands.jil:42"""
    return run("exit 2", success_codes=(2,))


codes_one = Workflow(name="CODES_ONE", failure_policy=KEEP_GOING)

codes_one_job_node = codes_one.add_entity(codes_one_job).with_overrides(
    node_name="codes-one-job", name="CODES_ONE"
)

codes_one.add_workflow_output("codes_one_job", codes_one_job_node.o0)


if __name__ == "__main__":
    print(f"Running codes_one() {codes_one()}")
