"""LIMITS, converted by transpile from commands.jil."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="limits")


@env.task(short_name="LIMITS", retries=2)
def limits_task() -> int:
    """LIMITS · commands.jil:46"""
    return run("true", time_limit=timedelta(minutes=30))


@env.task(short_name="LIMITS")
async def limits() -> list[str]:
    """LIMITS · commands.jil"""
    flow = Flow("LIMITS", network=True)
    flow.start("LIMITS", limits_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(limits).outputs()[0], sep="\n")
