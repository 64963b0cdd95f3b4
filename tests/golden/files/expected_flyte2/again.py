"""AGAIN, converted by transpile from files.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked

env = flyte.TaskEnvironment(name="again")


@env.task(short_name="AGAIN")
def again_task() -> int:
    """AGAIN · files.jil:34"""
    # TODO[A863] a file trigger with continuous has no translation: its node fails
    return blocked("A863", "continuous")


@env.task(short_name="AGAIN")
async def again() -> list[str]:
    """AGAIN · files.jil"""
    flow = Flow("AGAIN", network=True)
    flow.start("AGAIN", again_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(again).outputs()[0], sep="\n")
