"""rotate, converted by transpile from etc/cron.d/rotate.sh."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="etc-cron_d-rotate")


@env.task(short_name="rotate")
def rotate_task() -> int:
    """rotate · etc/cron.d/rotate.sh:1

    schedule: 0 3 * * *
    user: root
    """
    return run("/usr/local/sbin/rotate")


@env.task(
    short_name="rotate",
    triggers=flyte.Trigger(
        name="rotate.schedule",
        automation=flyte.Cron("0 3 * * *", timezone="Europe/Berlin"),
    ),
)
async def rotate() -> list[str]:
    """rotate · etc/cron.d/rotate.sh"""
    flow = Flow("rotate", network=True)
    flow.start("rotate", rotate_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(rotate).outputs()[0], sep="\n")
