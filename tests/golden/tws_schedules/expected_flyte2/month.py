"""MONTH, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="month")


@env.task(short_name="C#MONTH.J")
def j() -> int:
    """C#MONTH.J · cycles.tws:28

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@env.task(
    short_name="MONTH",
    triggers=(
        flyte.Trigger(
            name="MONTH.schedule", automation=flyte.Cron("0 5 1,15 * *", timezone="UTC")
        ),
        flyte.Trigger(
            name="MONTH.schedule_2",
            automation=flyte.Cron("0 5 31 1,7 *", timezone="UTC"),
        ),
    ),
)
async def month() -> list[str]:
    """MONTH · cycles.tws"""
    flow = Flow("C#MONTH")
    flow.start("C#MONTH.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(month).outputs()[0], sep="\n")
