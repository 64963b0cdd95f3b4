"""HRB.TIDE, converted by transpile from estate.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.hrb_tide_cuts import HRB_TIDE_LEGACY
from expected_flyte2.job_runtime import (
    Flow,
    run,
    runs_already,
    tell_legacy,
    tell_legacy_start,
)

env = flyte.TaskEnvironment(name="hrb_tide")


@env.task(short_name="HRB.TIDE")
def hrb_tide_task() -> int:
    """HRB.TIDE · estate.jil:40"""
    return run("tide")


@env.task(
    short_name="HRB.TIDE",
    triggers=flyte.Trigger(
        name="HRB.TIDE.schedule", automation=flyte.Cron("15 0,12 * * *", timezone="UTC")
    ),
)
async def hrb_tide() -> list[str]:
    """HRB.TIDE · estate.jil"""
    if await runs_already("hrb_tide.hrb_tide"):
        return []

    flow = Flow("HRB.TIDE", network=True)
    flow.start(
        "HRB.TIDE",
        hrb_tide_task.aio(),
        before=lambda: tell_legacy_start(HRB_TIDE_LEGACY, interval=30),
        after=lambda status: tell_legacy(HRB_TIDE_LEGACY, status, interval=30),
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(hrb_tide).outputs()[0], sep="\n")
