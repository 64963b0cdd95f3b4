"""cron.monthly, converted by transpile from anacrontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def cron_monthly_job() -> int:
    """cron.monthly · anacrontab:10

    period: @monthly
    delay: 45
    MAILTO: root
    START_HOURS_RANGE: 3-22
    """
    # TODO[A087] cron.monthly: anacron starts it a month after its last run, and some days earlier after a shorter month; the launch plan starts it on day 1 of each month
    return run(
        "nice run-parts /etc/cron.monthly",
        env={"PATH": "/sbin:/bin:/usr/sbin:/usr/bin"},
    )


cron_monthly = Workflow(name="cron.monthly", failure_policy=KEEP_GOING)

cron_monthly_job_node = cron_monthly.add_entity(cron_monthly_job).with_overrides(
    node_name="cron-monthly-job", name="cron.monthly"
)

cron_monthly.add_workflow_output("cron_monthly_job", cron_monthly_job_node.o0)


cron_monthly_schedule = LaunchPlan.get_or_create(
    cron_monthly,
    name="cron.monthly.schedule",
    schedule=cron("50 4 1 * *", timezone="Europe/Berlin"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running cron_monthly() {cron_monthly()}")
