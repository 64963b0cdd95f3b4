"""HELD_BOX, converted by transpile from statuses.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="held_box")


@env.task(short_name="IN_HELD_BOX")
def in_held_box() -> int:
    """IN_HELD_BOX · statuses.jil:33"""
    return run("rm -rf /")


@env.task(short_name="HELD_BOX")
async def held_box() -> list[str]:
    """HELD_BOX · statuses.jil"""
    flow = Flow("HELD_BOX", network=True)
    # HELD_BOX · statuses.jil:30
    # status: on hold
    # TODO[A206] HELD_BOX is on hold: its node fails, and no downstream job runs
    held_box_box = flow.box("HELD_BOX", blocked="A206: on hold")
    held_box_box.start("IN_HELD_BOX", in_held_box.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(held_box).outputs()[0], sep="\n")
