"""UNSAID, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="unsaid")


@env.task(short_name="UNSAID")
def unsaid_task() -> int:
    """UNSAID · schedules.jil:34

    days_of_week: all
    start_times: "1:00"
    """
    # TODO[A875] AutoSys ignores days_of_week, start_times because date_conditions is not set: no launch plan was made
    return run("true")


@env.task(short_name="UNSAID")
async def unsaid() -> list[str]:
    """UNSAID · schedules.jil"""
    flow = Flow("UNSAID", network=True)
    flow.start("UNSAID", unsaid_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(unsaid).outputs()[0], sep="\n")
