"""FIRST, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="first")


@env.task(short_name="FIRST")
def first_task() -> int:
    """FIRST · schedules.jil:55"""
    return run("true")


@env.task(
    short_name="FIRST",
    triggers=flyte.Trigger(
        name="FIRST.schedule", automation=flyte.Cron("0 1 * * *", timezone="UTC")
    ),
)
async def first() -> list[str]:
    """FIRST · schedules.jil"""
    if await runs_already("first.first"):
        return []

    flow = Flow("FIRST", network=True)
    flow.start("FIRST", first_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(first).outputs()[0], sep="\n")
