"""RESTS, converted by transpile from calls.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow

env = flyte.TaskEnvironment(name="rests_workflow")


@env.task(short_name="RESTS")
async def rests_workflow() -> list[str]:
    """RESTS · calls.jil"""
    flow = Flow("RESTS", network=True)
    # RESTS · calls.jil:21
    # status: on ice
    # command: sendevent -E KILLJOB -J LOAD
    flow.on_ice("RESTS")
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(rests_workflow).outputs()[0], sep="\n")
