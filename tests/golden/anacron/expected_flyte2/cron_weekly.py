"""cron.weekly, converted by transpile from anacrontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="cron_weekly")


@env.task(short_name="cron.weekly")
def cron_weekly_task() -> int:
    """cron.weekly · anacrontab:9

    period: 7
    delay: 25
    MAILTO: root
    START_HOURS_RANGE: 3-22
    """
    return run(
        "nice run-parts /etc/cron.weekly", env={"PATH": "/sbin:/bin:/usr/sbin:/usr/bin"}
    )


@env.task(
    short_name="cron.weekly",
    triggers=flyte.Trigger(
        name="cron.weekly.schedule",
        automation=flyte.Cron("30 4 * * 1", timezone="Europe/Berlin"),
    ),
)
async def cron_weekly() -> list[str]:
    """cron.weekly · anacrontab"""
    if await runs_already("cron_weekly.cron_weekly"):
        return []

    flow = Flow("cron.weekly", network=True)
    flow.start("cron.weekly", cron_weekly_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(cron_weekly).outputs()[0], sep="\n")
