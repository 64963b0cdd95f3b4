"""cron.monthly, converted by transpile from anacrontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="cron_monthly")


@env.task(short_name="cron.monthly")
def cron_monthly_task() -> int:
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


@env.task(
    short_name="cron.monthly",
    triggers=flyte.Trigger(
        name="cron.monthly.schedule",
        automation=flyte.Cron("50 4 1 * *", timezone="Europe/Berlin"),
    ),
)
async def cron_monthly() -> list[str]:
    """cron.monthly · anacrontab"""
    if await runs_already("cron_monthly.cron_monthly"):
        return []

    flow = Flow("cron.monthly", network=True)
    flow.start("cron.monthly", cron_monthly_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(cron_monthly).outputs()[0], sep="\n")
