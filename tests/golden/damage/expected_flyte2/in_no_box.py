"""IN_NO_BOX, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="in_no_box")


@env.task(short_name="IN_NO_BOX")
def in_no_box_task() -> int:
    """IN_NO_BOX · broken.jil:58"""
    # TODO[A404] GOOD cannot hold IN_NO_BOX: it is no box
    return run("true")


@env.task(short_name="IN_NO_BOX")
async def in_no_box() -> list[str]:
    """IN_NO_BOX · broken.jil"""
    flow = Flow("IN_NO_BOX", network=True)
    flow.start("IN_NO_BOX", in_no_box_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(in_no_box).outputs()[0], sep="\n")
