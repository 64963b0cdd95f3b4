"""HALF, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="half")


@env.task(short_name="HALF")
def half_task() -> int:
    """HALF · schedules.jil:81"""
    # TODO[A509] days_of_week without start_times: read as midnight
    return run("true")


@env.task(
    short_name="HALF",
    triggers=flyte.Trigger(
        name="HALF.schedule", automation=flyte.Cron("0 0 * * 1", timezone="UTC")
    ),
)
async def half() -> list[str]:
    """HALF · schedules.jil"""
    if await runs_already("half.half"):
        return []

    flow = Flow("HALF", network=True)
    flow.start("HALF", half_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(half).outputs()[0], sep="\n")
