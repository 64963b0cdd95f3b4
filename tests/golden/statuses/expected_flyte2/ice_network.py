"""ICE_network, converted by transpile from statuses.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="ice_network")


@env.task(short_name="AFTER_ICE")
def after_ice() -> int:
    """AFTER_ICE · statuses.jil:6 · condition: s(ICE)"""
    return run("true")


@env.task(short_name="ICE_network")
async def ice_network() -> list[str]:
    """ICE_network · statuses.jil"""
    flow = Flow("ICE_network", network=True)
    # ICE · statuses.jil:1 · condition: f(NOWHERE)
    # status: on ice
    # command: rm -rf /
    flow.on_ice("ICE")
    after_ice_job = flow.start("AFTER_ICE", after_ice.aio())
    # NOEXEC · statuses.jil:10 · condition: s(AFTER_ICE)
    # status: on noexec
    # command: rm -rf /
    flow.passes("NOEXEC", after_ice_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(ice_network).outputs()[0], sep="\n")
