"""NOT_ON, converted by transpile from jobs.jil."""

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

env = flyte.TaskEnvironment(name="not_on")


@env.task(short_name="NOT_ON")
def not_on_task(kickoff: str) -> int:
    """NOT_ON · jobs.jil:17"""
    # TODO[A877] NOT_ON also runs on the days of exclude_calendar NOWHERE: it is not in the sources
    # TODO[A208] global KICKOFF has no value in the estate: the workflow needs it as an input
    return run("true $KICKOFF", env={"KICKOFF": kickoff})


# HOLIDAYS · export.jil:7
HOLIDAYS = ("2026-12-25", "2026-12-26", "2027-01-01")


def not_on_runs(kickoff_2: datetime) -> bool:
    """NOT_ON · mo,tu except HOLIDAYS"""
    day = local_date(kickoff_2, "UTC")
    return day not in HOLIDAYS


@env.task(
    short_name="NOT_ON",
    triggers=flyte.Trigger(
        name="NOT_ON.schedule",
        automation=flyte.Cron("0,30 * * * 1,2", timezone="UTC"),
        inputs={"kickoff_2": flyte.TriggerTime, "trigger": "not_on_runs"},
    ),
)
async def not_on(
    kickoff: str = "$$KICKOFF", kickoff_2: datetime = BY_HAND, trigger: str = ""
) -> list[str]:
    """NOT_ON · jobs.jil"""
    if trigger == "not_on_runs" and not not_on_runs(kickoff_2):
        return rests("NOT_ON", kickoff_2)
    if await runs_already("not_on.not_on"):
        return []

    flow = Flow("NOT_ON", network=True)
    flow.start("NOT_ON", not_on_task.aio(kickoff))
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(not_on).outputs()[0], sep="\n")
