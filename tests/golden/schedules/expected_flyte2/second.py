"""SECOND, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, elsewhere, run, runs_already, tell
from expected_flyte2.join_cuts import JOIN
from expected_flyte2.second_cuts import SECOND

env = flyte.TaskEnvironment(name="second")


@env.task(short_name="SECOND")
def second_task() -> int:
    """SECOND · schedules.jil:62 · condition: s(FIRST)"""
    return run("true")


@env.task(
    short_name="SECOND",
    triggers=flyte.Trigger(
        name="SECOND.schedule", automation=flyte.Cron("0 2 * * *", timezone="UTC")
    ),
)
async def second() -> list[str]:
    """SECOND · schedules.jil"""
    if await runs_already("second.second"):
        return []

    flow = Flow("SECOND", network=True)
    flow.start(
        "SECOND",
        second_task.aio(),
        wait=lambda: elsewhere("SECOND", SECOND),
        tells=lambda: tell("SECOND", JOIN),
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(second).outputs()[0], sep="\n")
