"""LOOP_1, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow

env = flyte.TaskEnvironment(name="loop_1")


@env.task(short_name="LOOP_1")
async def loop_1() -> list[str]:
    """LOOP_1 · broken.jil"""
    flow = Flow("LOOP_1", network=True)
    # LOOP_1 · broken.jil:62
    # TODO[A404] LOOP_2 cannot hold LOOP_1: a box cannot hold itself
    flow.passes("LOOP_1")
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(loop_1).outputs()[0], sep="\n")
