"""LAST, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="last")


@env.task(short_name="LAST")
def last_task() -> int:
    """LAST · broken.jil:69"""
    return run("true")


@env.task(short_name="LAST")
async def last() -> list[str]:
    """LAST · broken.jil"""
    flow = Flow("LAST", network=True)
    flow.start("LAST", last_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(last).outputs()[0], sep="\n")
