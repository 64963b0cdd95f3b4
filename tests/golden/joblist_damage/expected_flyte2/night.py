"""NIGHT, converted by transpile from drawn.dot."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked

env = flyte.TaskEnvironment(name="night")


@env.task(short_name="GET")
def get() -> int:
    """GET · drawn.dot:6

    command: echo get
    """
    # TODO[A738] the drawing leaves out what GET needs: its condition
    return blocked("A738", "the drawing leaves out its condition")


@env.task(short_name="GONE")
def gone() -> int:
    """GONE · GONE is not defined"""
    return blocked("A303", "GONE is not defined")


@env.task(short_name="SUM")
def sum_task() -> int:
    """SUM · drawn.dot:9 · condition: after LOAD, GONE

    command: echo sum
    """
    # TODO[A115] dir cannot be back: expected forward
    # TODO[A303] job GONE is not defined: this condition of SUM never holds
    return blocked("A739", "what it comes after is not known")


@env.task(short_name="NIGHT")
async def night() -> list[str]:
    """NIGHT · drawn.dot"""
    flow = Flow("NIGHT", network=True)
    # LOAD · drawn.dot:4
    load = flow.box("LOAD")
    load.start("GET", get.aio())
    # other · drawn.dot:8
    flow.passes("other")
    flow.start("GONE", gone.aio())
    flow.start("SUM", sum_task.aio(), False)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(night).outputs()[0], sep="\n")
