"""last, converted by transpile from spool/bob.cron."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="spool-last")


@env.task(short_name="last")
def last_task() -> int:
    """last · spool/bob.cron:5

    schedule: 30 5 * * *
    """
    return run("/home/bob/last.sh")


@env.task(
    short_name="last",
    triggers=flyte.Trigger(
        name="last.schedule",
        automation=flyte.Cron("30 5 * * *", timezone="Europe/Berlin"),
    ),
)
async def last() -> list[str]:
    """last · spool/bob.cron"""
    flow = Flow("last", network=True)
    flow.start("last", last_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(last).outputs()[0], sep="\n")
