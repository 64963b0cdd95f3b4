"""LOOP_2, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow

env = flyte.TaskEnvironment(name="loop_2")


@env.task(short_name="LOOP_2")
async def loop_2() -> list[str]:
    """LOOP_2 · broken.jil"""
    flow = Flow("LOOP_2", network=True)
    # LOOP_2 · broken.jil:65
    # TODO[A404] LOOP_1 cannot hold LOOP_2: a box cannot hold itself
    flow.passes("LOOP_2")
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(loop_2).outputs()[0], sep="\n")
