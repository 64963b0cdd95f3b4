"""ICE_BOX, converted by transpile from statuses.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow

env = flyte.TaskEnvironment(name="ice_box")


@env.task(short_name="ICE_BOX")
async def ice_box() -> list[str]:
    """ICE_BOX · statuses.jil"""
    flow = Flow("ICE_BOX", network=True)
    # ICE_BOX · statuses.jil:23
    # status: on ice
    ice_box_box = flow.on_ice("ICE_BOX")
    # IN_ICE_BOX · statuses.jil:26
    # status: on ice
    # command: rm -rf /
    ice_box_box.on_ice("IN_ICE_BOX")
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(ice_box).outputs()[0], sep="\n")
