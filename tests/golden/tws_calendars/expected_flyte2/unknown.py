"""UNKNOWN, converted by transpile from calendars.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="unknown")


@env.task(short_name="C#UNKNOWN.J")
def j() -> int:
    """C#UNKNOWN.J · calendars.tws:32

    machine: C
    """
    return run("unknown")


@env.task(short_name="UNKNOWN")
async def unknown() -> list[str]:
    """UNKNOWN · calendars.tws"""
    flow = Flow("C#UNKNOWN")
    flow.start("C#UNKNOWN.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(unknown).outputs()[0], sep="\n")
