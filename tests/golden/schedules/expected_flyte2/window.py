"""WINDOW, converted by transpile from schedules.jil."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import (
    BY_HAND,
    Flow,
    local_date,
    rests,
    run,
    runs_already,
)

env = flyte.TaskEnvironment(name="window")


@env.task(short_name="WINDOW")
def window_task() -> int:
    """WINDOW · schedules.jil:45

    must_start_times: "1:05"
    """
    # TODO[A873] must_start_times of WINDOW is ignored: nothing on Flyte raises MUST_START_ALARM
    # TODO[A521] in Europe/London the clock skips 01:00 on 2026-03-29: Flyte omits this start, the source may make up for it
    # TODO[A532] in Europe/London the clock shows 01:00 twice on 2026-10-25: Flyte starts the workflow twice, the source only the second time
    return run("true")


# HOLIDAYS · schedules.jil:121
HOLIDAYS = ("2026-12-25", "2026-12-26")


def window_runs(kickoff: datetime) -> bool:
    """WINDOW · daily except HOLIDAYS"""
    day = local_date(kickoff, "Europe/London")
    return day not in HOLIDAYS


@env.task(
    short_name="WINDOW",
    triggers=flyte.Trigger(
        name="WINDOW.schedule",
        automation=flyte.Cron("0 1 * * *", timezone="Europe/London"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "window_runs"},
    ),
)
async def window(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """WINDOW · schedules.jil"""
    if trigger == "window_runs" and not window_runs(kickoff):
        return rests("WINDOW", kickoff)
    if await runs_already("window.window"):
        return []

    flow = Flow("WINDOW", network=True)
    flow.start("WINDOW", window_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(window).outputs()[0], sep="\n")
