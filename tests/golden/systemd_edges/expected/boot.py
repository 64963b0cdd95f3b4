"""boot, converted by transpile from times.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def boot_job() -> int:
    """boot · times.units:11"""
    # TODO[A093] boot.timer starts boot.service 5min after boot: no launch plan was made
    # TODO[A093] boot.timer starts boot.service 10min after systemd has started: no launch plan was made
    # TODO[A093] boot.timer starts boot.service 1h after the timer has started: no launch plan was made
    return run("/usr/bin/warm-up")


boot = Workflow(name="boot", failure_policy=KEEP_GOING)

boot_job_node = boot.add_entity(boot_job).with_overrides(
    node_name="boot-job", name="boot"
)

boot.add_workflow_output("boot_job", boot_job_node.o0)


if __name__ == "__main__":
    print(f"Running boot() {boot()}")
