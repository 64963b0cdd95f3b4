"""warm-up, converted by transpile from etc/crontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def warm_up_job() -> int:
    """warm-up · etc/crontab:8

    schedule: @reboot
    user: root
    """
    # TODO[A087] @reboot: cron starts it when the machine does; no launch plan starts it
    return run(
        "/usr/local/sbin/warm-up",
        env={"PATH": "/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin"},
    )


warm_up = Workflow(name="warm-up", failure_policy=KEEP_GOING)

warm_up_job_node = warm_up.add_entity(warm_up_job).with_overrides(
    node_name="warm-up-job", name="warm-up"
)

warm_up.add_workflow_output("warm_up_job", warm_up_job_node.o0)


if __name__ == "__main__":
    print(f"Running warm_up() {warm_up()}")
