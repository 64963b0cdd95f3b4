"""nightly, converted by transpile from these files:

load/daily/compact.job
load/daily/nightly.job
"""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def compact(level: str) -> int:
    """compact · load/daily/compact.job:1"""
    # TODO[A208] global level has no value in the estate: the workflow needs it as an input
    return run(
        "cd /srv/prod && ./compact.sh --level ${level}",
        env={"level": level, "JOB_OUTPUT_PROP_FILE": "/dev/null"},
    )


@task
def nightly_job() -> int:
    """nightly · load/daily/nightly.job:1 · condition: after compact"""
    # TODO[A815] the value is kept as written; Azkaban reads property files as Latin-1
    return run(
        "cd load/daily && python3 check.py 'café' 'été'",
        env={"JOB_OUTPUT_PROP_FILE": "/dev/null"},
    )


nightly = Workflow(name="nightly", failure_policy=KEEP_GOING)
level = nightly.add_workflow_input("level", (str, "$$level"))

compact_node = nightly.add_entity(compact, level=level).with_overrides(
    node_name="compact", name="compact"
)
nightly_job_node = nightly.add_entity(nightly_job).with_overrides(
    node_name="nightly-job", name="nightly"
)
compact_node >> nightly_job_node

nightly.add_workflow_output("nightly_job", nightly_job_node.o0)


if __name__ == "__main__":
    print(f"Running nightly() {nightly()}")
