"""PLACED, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="placed")


@env.task(short_name="C#PLACED.J")
def j() -> int:
    """C#PLACED.J · cycles.tws:47

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@env.task(
    short_name="PLACED",
    triggers=flyte.Trigger(
        name="PLACED.schedule", automation=flyte.Cron("15 7 * * *", timezone="UTC")
    ),
)
async def placed() -> list[str]:
    """PLACED · cycles.tws"""
    flow = Flow("C#PLACED")
    flow.start("C#PLACED.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(placed).outputs()[0], sep="\n")
