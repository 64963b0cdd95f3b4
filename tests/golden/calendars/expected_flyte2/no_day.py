"""NO_DAY, converted by transpile from jobs.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="no_day")


@env.task(short_name="NO_DAY")
def no_day_task() -> int:
    """NO_DAY · jobs.jil:44"""
    # TODO[A526] run_calendar EMPTY leaves no day to run on: no launch plan was made
    return run("true")


@env.task(short_name="NO_DAY")
async def no_day() -> list[str]:
    """NO_DAY · jobs.jil"""
    flow = Flow("NO_DAY", network=True)
    flow.start("NO_DAY", no_day_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(no_day).outputs()[0], sep="\n")
