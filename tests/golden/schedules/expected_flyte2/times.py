"""TIMES, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="times")


@env.task(short_name="TIMES")
def times_task() -> int:
    """TIMES · schedules.jil:1"""
    return run("true")


@env.task(
    short_name="TIMES",
    triggers=(
        flyte.Trigger(
            name="TIMES.schedule",
            automation=flyte.Cron("0 8,20 * * 1-5", timezone="America/New_York"),
        ),
        flyte.Trigger(
            name="TIMES.schedule_2",
            automation=flyte.Cron("30 8 * * 1-5", timezone="America/New_York"),
        ),
    ),
)
async def times() -> list[str]:
    """TIMES · schedules.jil"""
    if await runs_already("times.times"):
        return []

    flow = Flow("TIMES", network=True)
    flow.start("TIMES", times_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(times).outputs()[0], sep="\n")
