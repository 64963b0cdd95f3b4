"""WEEK, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="week")


@env.task(short_name="C#WEEK.J")
def j() -> int:
    """C#WEEK.J · cycles.tws:10

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@env.task(
    short_name="WEEK",
    triggers=(
        flyte.Trigger(
            name="WEEK.schedule",
            automation=flyte.Cron("0 13 * * 1,2,4,5", timezone="America/New_York"),
        ),
        flyte.Trigger(
            name="WEEK.schedule_2",
            automation=flyte.Cron("0 9 * * 0", timezone="America/New_York"),
        ),
        flyte.Trigger(
            name="WEEK.schedule_3",
            automation=flyte.Cron("0 13 * * 0-2,4-6", timezone="Europe/Rome"),
        ),
    ),
)
async def week() -> list[str]:
    """WEEK · cycles.tws"""
    flow = Flow("C#WEEK")
    flow.start("C#WEEK.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(week).outputs()[0], sep="\n")
