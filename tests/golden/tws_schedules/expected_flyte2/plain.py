"""PLAIN, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="plain")


@env.task(short_name="C#PLAIN.J")
def j() -> int:
    """C#PLAIN.J · cycles.tws:46

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@env.task(
    short_name="PLAIN",
    triggers=flyte.Trigger(name="PLAIN.schedule", automation=flyte.Cron("0 0 * * 1-5")),
)
async def plain() -> list[str]:
    """PLAIN · cycles.tws"""
    flow = Flow("C#PLAIN")
    flow.start("C#PLAIN.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(plain).outputs()[0], sep="\n")
