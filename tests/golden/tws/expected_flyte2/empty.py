"""EMPTY, converted by transpile from streams.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow

env = flyte.TaskEnvironment(name="empty")


@env.task(short_name="EMPTY")
async def empty() -> list[str]:
    """EMPTY · streams.tws"""
    flow = Flow("EMPTY", network=True)
    # MAIN#EMPTY · streams.tws:62
    # machine: MAIN
    # on: REQUEST
    flow.passes("MAIN#EMPTY")
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(empty).outputs()[0], sep="\n")
