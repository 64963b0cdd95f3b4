"""seconds, converted by transpile from times.units."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="seconds")


@env.task(short_name="seconds")
def seconds_task() -> int:
    """seconds · times.units:63"""
    # TODO[A093] seconds.timer starts seconds.service several times in a minute (*:*:0/10 UTC): no launch plan was made
    return run("/usr/bin/tick", time_limit=timedelta(minutes=2))


@env.task(
    short_name="seconds",
    triggers=flyte.Trigger(
        name="seconds.schedule",
        automation=flyte.Cron("0,20,40 * * * *", timezone="UTC"),
    ),
)
async def seconds() -> list[str]:
    """seconds · times.units"""
    if await runs_already("seconds.seconds"):
        return []

    flow = Flow("seconds", network=True)
    flow.start("seconds", seconds_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(seconds).outputs()[0], sep="\n")
