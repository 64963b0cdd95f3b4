"""cron.daily, converted by transpile from etc/crontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="etc-cron_daily")


@env.task(short_name="cron.daily")
def cron_daily_task() -> int:
    """cron.daily · etc/crontab:7

    schedule: 25 6 * * *
    user: root
    """
    return run(
        "test -x /usr/sbin/anacron || ( cd / && run-parts --report /etc/cron.daily )",
        env={"PATH": "/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin"},
    )


@env.task(
    short_name="cron.daily",
    triggers=flyte.Trigger(
        name="cron.daily.schedule",
        automation=flyte.Cron("25 6 * * *", timezone="Europe/Berlin"),
    ),
)
async def cron_daily() -> list[str]:
    """cron.daily · etc/crontab"""
    flow = Flow("cron.daily", network=True)
    flow.start("cron.daily", cron_daily_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(cron_daily).outputs()[0], sep="\n")
