"""shuffle, converted by transpile from anacrontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def shuffle_job() -> int:
    """shuffle · anacrontab:16

    period: 1
    delay: 10
    MAILTO: root
    RANDOM_DELAY: 45
    START_HOURS_RANGE: 3-22
    """
    return run(
        "/usr/local/sbin/shuffle.sh", env={"PATH": "/sbin:/bin:/usr/sbin:/usr/bin"}
    )


shuffle = Workflow(name="shuffle", failure_policy=KEEP_GOING)

shuffle_job_node = shuffle.add_entity(shuffle_job).with_overrides(
    node_name="shuffle-job", name="shuffle"
)

shuffle.add_workflow_output("shuffle_job", shuffle_job_node.o0)


shuffle_schedule = LaunchPlan.get_or_create(
    shuffle,
    name="shuffle.schedule",
    schedule=cron("15 4 * * *", timezone="Europe/Berlin"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running shuffle() {shuffle()}")
