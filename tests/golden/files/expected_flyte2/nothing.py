"""NOTHING, converted by transpile from files.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked

env = flyte.TaskEnvironment(name="nothing")


@env.task(short_name="NOTHING")
def nothing_task() -> int:
    """NOTHING · files.jil:38"""
    # TODO[A202] a job of type fw needs watch_file: its node fails
    return blocked("A202", "no watch_file")


@env.task(short_name="NOTHING")
async def nothing() -> list[str]:
    """NOTHING · files.jil"""
    flow = Flow("NOTHING", network=True)
    flow.start("NOTHING", nothing_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(nothing).outputs()[0], sep="\n")
