"""cron.daily, converted by transpile from etc/crontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def cron_daily_job() -> int:
    """cron.daily · etc/crontab:7

    schedule: 25 6 * * *
    user: root
    """
    return run(
        "test -x /usr/sbin/anacron || ( cd / && run-parts --report /etc/cron.daily )",
        env={"PATH": "/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin"},
    )


cron_daily = Workflow(name="cron.daily", failure_policy=KEEP_GOING)

cron_daily_job_node = cron_daily.add_entity(cron_daily_job).with_overrides(
    node_name="cron-daily-job", name="cron.daily"
)

cron_daily.add_workflow_output("cron_daily_job", cron_daily_job_node.o0)


cron_daily_schedule = LaunchPlan.get_or_create(
    cron_daily,
    name="cron.daily.schedule",
    schedule=cron("25 6 * * *", timezone="Europe/Berlin"),
)


if __name__ == "__main__":
    print(f"Running cron_daily() {cron_daily()}")
