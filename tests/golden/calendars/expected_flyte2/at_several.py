"""AT_SEVERAL, converted by transpile from jobs.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="at_several")


@env.task(short_name="AT_SEVERAL")
def at_several_task() -> int:
    """AT_SEVERAL · jobs.jil:31"""
    # TODO[A879] start_times are missing, and calendar SUCCESS has several times: no launch plan was made
    return run("true")


@env.task(short_name="AT_SEVERAL")
async def at_several() -> list[str]:
    """AT_SEVERAL · jobs.jil"""
    flow = Flow("AT_SEVERAL", network=True)
    flow.start("AT_SEVERAL", at_several_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(at_several).outputs()[0], sep="\n")
