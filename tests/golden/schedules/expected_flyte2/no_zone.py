"""NO_ZONE, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="no_zone")


@env.task(short_name="NO_ZONE")
def no_zone_task() -> int:
    """NO_ZONE · schedules.jil:15"""
    # TODO[A507] the schedule has no time zone: the source uses that of its server, the launch plan UTC
    return run("true")


@env.task(
    short_name="NO_ZONE",
    triggers=flyte.Trigger(
        name="NO_ZONE.schedule", automation=flyte.Cron("59 23 * * *")
    ),
)
async def no_zone() -> list[str]:
    """NO_ZONE · schedules.jil"""
    if await runs_already("no_zone.no_zone"):
        return []

    flow = Flow("NO_ZONE", network=True)
    flow.start("NO_ZONE", no_zone_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(no_zone).outputs()[0], sep="\n")
