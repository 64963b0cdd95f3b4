"""LIMITS, converted by transpile from commands.jil."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task(retries=2)
def limits_job() -> int:
    """LIMITS · commands.jil:46"""
    return run("true", time_limit=timedelta(minutes=30))


limits = Workflow(name="LIMITS", failure_policy=KEEP_GOING)

limits_job_node = limits.add_entity(limits_job).with_overrides(
    node_name="limits-job", name="LIMITS"
)

limits.add_workflow_output("limits_job", limits_job_node.o0)


if __name__ == "__main__":
    print(f"Running limits() {limits()}")
