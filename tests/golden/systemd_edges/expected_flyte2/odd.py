"""odd, converted by transpile from times.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="odd")


@env.task(short_name="odd")
def odd_task() -> int:
    """odd · times.units:36"""
    # TODO[A093] odd.timer starts odd.service 7h after its last end: no launch plan was made
    return run("/usr/bin/odd")


@env.task(short_name="odd")
async def odd() -> list[str]:
    """odd · times.units"""
    flow = Flow("odd", network=True)
    flow.start("odd", odd_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(odd).outputs()[0], sep="\n")
