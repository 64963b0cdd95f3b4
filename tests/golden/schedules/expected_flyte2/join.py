"""JOIN, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="join")


@env.task(short_name="JOIN")
def join_task() -> int:
    """JOIN · schedules.jil:77 · condition: s(SECOND) & s(OTHER_ROOT)"""
    return run("true")


@env.task(short_name="JOIN")
async def join() -> list[str]:
    """JOIN · schedules.jil"""
    if await runs_already("join.join"):
        return []

    flow = Flow("JOIN", network=True)
    flow.start("JOIN", join_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(join).outputs()[0], sep="\n")
