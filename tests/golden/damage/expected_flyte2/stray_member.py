"""STRAY_MEMBER, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="stray_member")


@env.task(short_name="STRAY_MEMBER")
def stray_member_task() -> int:
    """STRAY_MEMBER · broken.jil:54"""
    # TODO[A403] box NOWHERE is not defined: STRAY_MEMBER was converted as a job without a box
    return run("true")


@env.task(short_name="STRAY_MEMBER")
async def stray_member() -> list[str]:
    """STRAY_MEMBER · broken.jil"""
    flow = Flow("STRAY_MEMBER", network=True)
    flow.start("STRAY_MEMBER", stray_member_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(stray_member).outputs()[0], sep="\n")
