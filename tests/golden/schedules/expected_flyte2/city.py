"""CITY, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="city")


@env.task(short_name="CITY")
def city_task() -> int:
    """CITY · schedules.jil:8"""
    return run("true")


@env.task(
    short_name="CITY",
    triggers=flyte.Trigger(
        name="CITY.schedule",
        automation=flyte.Cron("0,15,30,45 * * * 0", timezone="America/Chicago"),
    ),
)
async def city() -> list[str]:
    """CITY · schedules.jil"""
    if await runs_already("city.city"):
        return []

    flow = Flow("CITY", network=True)
    flow.start("CITY", city_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(city).outputs()[0], sep="\n")
