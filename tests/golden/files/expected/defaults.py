"""DEFAULTS, converted by transpile from files.jil."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, wait_for_file


@task
def defaults_job() -> int:
    """DEFAULTS · files.jil:9

    machine: agent1
    """
    return wait_for_file(
        "/data/in/$HOME/x y.csv", interval=60, steady=60, time_limit=timedelta(hours=1)
    )


defaults = Workflow(name="DEFAULTS", failure_policy=KEEP_GOING)

defaults_job_node = defaults.add_entity(defaults_job).with_overrides(
    node_name="defaults-job", name="DEFAULTS"
)

defaults.add_workflow_output("defaults_job", defaults_job_node.o0)


if __name__ == "__main__":
    print(f"Running defaults() {defaults()}")
