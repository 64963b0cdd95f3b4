"""cron.hourly, converted by transpile from etc/crontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def cron_hourly_job() -> int:
    """cron.hourly · etc/crontab:6

    schedule: 17 * * * *
    user: root
    """
    return run(
        "cd / && run-parts --report /etc/cron.hourly",
        env={"PATH": "/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin"},
    )


cron_hourly = Workflow(name="cron.hourly", failure_policy=KEEP_GOING)

cron_hourly_job_node = cron_hourly.add_entity(cron_hourly_job).with_overrides(
    node_name="cron-hourly-job", name="cron.hourly"
)

cron_hourly.add_workflow_output("cron_hourly_job", cron_hourly_job_node.o0)


cron_hourly_schedule = LaunchPlan.get_or_create(
    cron_hourly,
    name="cron.hourly.schedule",
    schedule=cron("17 * * * *", timezone="Europe/Berlin"),
)


if __name__ == "__main__":
    print(f"Running cron_hourly() {cron_hourly()}")
