"""WEEKEND, converted by transpile from keywords.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="weekend")


@env.task(short_name="W#WEEKEND.SWEEP")
def sweep(winter_fruit: str) -> int:
    """W#WEEKEND.SWEEP · keywords.tws:33

    machine: W
    recovery: stop
    """
    return run("sweep $WINTER_FRUIT", env={"WINTER_FRUIT": winter_fruit})


@env.task(
    short_name="WEEKEND",
    triggers=(
        flyte.Trigger(
            name="WEEKEND.schedule", automation=flyte.Cron("0 7 * * 6", timezone="UTC")
        ),
        flyte.Trigger(
            name="WEEKEND.schedule_2",
            automation=flyte.Cron("0 8 * * 0", timezone="UTC"),
        ),
    ),
)
async def weekend(winter_fruit: str = "apples") -> list[str]:
    """WEEKEND · keywords.tws"""
    flow = Flow("W#WEEKEND")
    flow.start("W#WEEKEND.SWEEP", sweep.aio(winter_fruit))
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(weekend).outputs()[0], sep="\n")
