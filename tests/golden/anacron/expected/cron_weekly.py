"""cron.weekly, converted by transpile from anacrontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def cron_weekly_job() -> int:
    """cron.weekly · anacrontab:9

    period: 7
    delay: 25
    MAILTO: root
    START_HOURS_RANGE: 3-22
    """
    return run(
        "nice run-parts /etc/cron.weekly", env={"PATH": "/sbin:/bin:/usr/sbin:/usr/bin"}
    )


cron_weekly = Workflow(name="cron.weekly", failure_policy=KEEP_GOING)

cron_weekly_job_node = cron_weekly.add_entity(cron_weekly_job).with_overrides(
    node_name="cron-weekly-job", name="cron.weekly"
)

cron_weekly.add_workflow_output("cron_weekly_job", cron_weekly_job_node.o0)


cron_weekly_schedule = LaunchPlan.get_or_create(
    cron_weekly,
    name="cron.weekly.schedule",
    schedule=cron("30 4 * * 1", timezone="Europe/Berlin"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running cron_weekly() {cron_weekly()}")
