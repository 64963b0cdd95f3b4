"""LATER, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="later")


@env.task(short_name="C#LATER.J")
def j() -> int:
    """C#LATER.J · cycles.tws:45

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@env.task(short_name="LATER")
async def later() -> list[str]:
    """LATER · cycles.tws"""
    flow = Flow("C#LATER")
    flow.start("C#LATER.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(later).outputs()[0], sep="\n")
