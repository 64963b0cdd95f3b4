"""cron.daily, converted by transpile from anacrontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="cron_daily")


@env.task(short_name="cron.daily")
def cron_daily_task() -> int:
    """cron.daily · anacrontab:8

    period: 1
    delay: 5
    MAILTO: root
    START_HOURS_RANGE: 3-22
    """
    return run(
        "nice run-parts /etc/cron.daily", env={"PATH": "/sbin:/bin:/usr/sbin:/usr/bin"}
    )


@env.task(
    short_name="cron.daily",
    triggers=flyte.Trigger(
        name="cron.daily.schedule",
        automation=flyte.Cron("10 4 * * *", timezone="Europe/Berlin"),
    ),
)
async def cron_daily() -> list[str]:
    """cron.daily · anacrontab"""
    if await runs_already("cron_daily.cron_daily"):
        return []

    flow = Flow("cron.daily", network=True)
    flow.start("cron.daily", cron_daily_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(cron_daily).outputs()[0], sep="\n")
