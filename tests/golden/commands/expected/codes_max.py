"""CODES_MAX, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def codes_max_job() -> int:
    """CODES_MAX · commands.jil:28"""
    return run("exit 3", success_codes=range(5))


codes_max = Workflow(name="CODES_MAX", failure_policy=KEEP_GOING)

codes_max_job_node = codes_max.add_entity(codes_max_job).with_overrides(
    node_name="codes-max-job", name="CODES_MAX"
)

codes_max.add_workflow_output("codes_max_job", codes_max_job_node.o0)


if __name__ == "__main__":
    print(f"Running codes_max() {codes_max()}")
