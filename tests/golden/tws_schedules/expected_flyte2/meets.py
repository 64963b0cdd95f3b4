"""MEETS, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="meets")


@env.task(short_name="C#MEETS.J")
def j() -> int:
    """C#MEETS.J · cycles.tws:50

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@env.task(
    short_name="MEETS",
    triggers=flyte.Trigger(
        name="MEETS.schedule", automation=flyte.Cron("0 6 1 * 1", timezone="UTC")
    ),
)
async def meets() -> list[str]:
    """MEETS · cycles.tws"""
    flow = Flow("C#MEETS")
    flow.start("C#MEETS.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(meets).outputs()[0], sep="\n")
