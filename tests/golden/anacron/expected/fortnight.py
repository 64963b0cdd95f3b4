"""fortnight, converted by transpile from anacrontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def fortnight_job() -> int:
    """fortnight · anacrontab:11

    period: 14
    delay: 10
    MAILTO: root
    START_HOURS_RANGE: 3-22
    """
    # TODO[A087] fortnight: it runs every 14 days, but the day of its last run is not known
    return run(
        "/usr/local/sbin/fortnight.sh  \t--keep 2",
        env={"PATH": "/sbin:/bin:/usr/sbin:/usr/bin"},
    )


fortnight = Workflow(name="fortnight", failure_policy=KEEP_GOING)

fortnight_job_node = fortnight.add_entity(fortnight_job).with_overrides(
    node_name="fortnight-job", name="fortnight"
)

fortnight.add_workflow_output("fortnight_job", fortnight_job_node.o0)


if __name__ == "__main__":
    print(f"Running fortnight() {fortnight()}")
