"""UNKNOWN, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked

env = flyte.TaskEnvironment(name="unknown")


@env.task(short_name="UNKNOWN")
def unknown_task() -> int:
    """UNKNOWN · broken.jil:11

    command: true
    """
    # TODO[A115] n_retrys cannot be often: expected a number of restarts
    # TODO[A853] unknown attribute comand
    # TODO[A853] unknown attribute colour
    return blocked("A853", "comand: false")


@env.task(short_name="UNKNOWN")
async def unknown() -> list[str]:
    """UNKNOWN · broken.jil"""
    flow = Flow("UNKNOWN", network=True)
    flow.start("UNKNOWN", unknown_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(unknown).outputs()[0], sep="\n")
