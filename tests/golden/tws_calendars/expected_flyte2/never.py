"""NEVER, converted by transpile from calendars.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="never")


@env.task(short_name="C#NEVER.J")
def j() -> int:
    """C#NEVER.J · calendars.tws:29

    machine: C
    """
    return run("never")


@env.task(short_name="NEVER")
async def never() -> list[str]:
    """NEVER · calendars.tws"""
    flow = Flow("C#NEVER")
    flow.start("C#NEVER.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(never).outputs()[0], sep="\n")
