"""HELD_network, converted by transpile from statuses.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="held_network")


@env.task(short_name="HELD")
def held() -> int:
    """HELD · statuses.jil:15

    status: on hold

    command: rm -rf /
    """
    # TODO[A206] HELD is on hold: its node fails, and no downstream job runs
    return blocked("A206", "on hold")


@env.task(short_name="AFTER_HELD")
def after_held() -> int:
    """AFTER_HELD · statuses.jil:19 · condition: s(HELD)"""
    return run("true")


@env.task(short_name="HELD_network")
async def held_network() -> list[str]:
    """HELD_network · statuses.jil"""
    flow = Flow("HELD_network", network=True)
    held_job = flow.start("HELD", held.aio())
    flow.start("AFTER_HELD", after_held.aio(), held_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(held_network).outputs()[0], sep="\n")
