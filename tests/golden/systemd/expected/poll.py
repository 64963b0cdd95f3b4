"""poll, converted by transpile from poll.service."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def poll_job() -> int:
    """poll · poll.service:1

    FixedRandomDelay: yes
    """
    # TODO[A094] poll.timer starts poll.service up to 30s later than the launch plan
    # TODO[A094] poll.timer starts poll.service right after a run that goes on at its time; the launch plan skips that start
    return run("/usr/bin/poll", stdout="> /dev/null", stderr="> &1")


poll = Workflow(name="poll", failure_policy=KEEP_GOING)

poll_job_node = poll.add_entity(poll_job).with_overrides(
    node_name="poll-job", name="poll"
)

poll.add_workflow_output("poll_job", poll_job_node.o0)


poll_schedule = LaunchPlan.get_or_create(
    poll,
    name="poll.schedule",
    schedule=cron("0,15,30,45 * * * *", timezone="Europe/Berlin"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running poll() {poll()}")
