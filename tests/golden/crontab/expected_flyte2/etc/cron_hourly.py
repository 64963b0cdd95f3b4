"""cron.hourly, converted by transpile from etc/crontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="etc-cron_hourly")


@env.task(short_name="cron.hourly")
def cron_hourly_task() -> int:
    """cron.hourly · etc/crontab:6

    schedule: 17 * * * *
    user: root
    """
    return run(
        "cd / && run-parts --report /etc/cron.hourly",
        env={"PATH": "/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin"},
    )


@env.task(
    short_name="cron.hourly",
    triggers=flyte.Trigger(
        name="cron.hourly.schedule",
        automation=flyte.Cron("17 * * * *", timezone="Europe/Berlin"),
    ),
)
async def cron_hourly() -> list[str]:
    """cron.hourly · etc/crontab"""
    flow = Flow("cron.hourly", network=True)
    flow.start("cron.hourly", cron_hourly_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(cron_hourly).outputs()[0], sep="\n")
