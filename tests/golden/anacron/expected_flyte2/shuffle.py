"""shuffle, converted by transpile from anacrontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="shuffle")


@env.task(short_name="shuffle")
def shuffle_task() -> int:
    """shuffle · anacrontab:16

    period: 1
    delay: 10
    MAILTO: root
    RANDOM_DELAY: 45
    START_HOURS_RANGE: 3-22
    """
    return run(
        "/usr/local/sbin/shuffle.sh", env={"PATH": "/sbin:/bin:/usr/sbin:/usr/bin"}
    )


@env.task(
    short_name="shuffle",
    triggers=flyte.Trigger(
        name="shuffle.schedule",
        automation=flyte.Cron("15 4 * * *", timezone="Europe/Berlin"),
    ),
)
async def shuffle() -> list[str]:
    """shuffle · anacrontab"""
    if await runs_already("shuffle.shuffle"):
        return []

    flow = Flow("shuffle", network=True)
    flow.start("shuffle", shuffle_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(shuffle).outputs()[0], sep="\n")
