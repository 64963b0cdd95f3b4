"""TICK, converted by transpile from jobs.json."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="tick")


@env.task(short_name="LATER.TICK")
def tick_task() -> int:
    """LATER.TICK · jobs.json:72

    folder: LATER
    application: SHIP
    sub_application: PORT
    machine: quay1
    owner: port
    """
    # TODO[A065] a run of LATER.TICK that takes longer than its interval leaves out the next one
    return run("tick")


@env.task(
    short_name="TICK",
    triggers=flyte.Trigger(
        name="TICK.schedule",
        automation=flyte.Cron("0 8-12 * * *", timezone="Europe/Oslo"),
    ),
)
async def tick() -> list[str]:
    """TICK · jobs.json"""
    if await runs_already("tick.tick"):
        return []

    flow = Flow("TICK", network=True)
    flow.start("LATER.TICK", tick_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(tick).outputs()[0], sep="\n")
