"""BY_THE_ROWS, converted by transpile from jobs.jil."""

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

env = flyte.TaskEnvironment(name="by_the_rows")


@env.task(short_name="BY_THE_ROWS")
def by_the_rows_task() -> int:
    """BY_THE_ROWS · jobs.jil:25"""
    # TODO[A509] run_calendar without start_times: read as 18:30, the time of its rows
    return run("true")


# MONTH_END · export.jil:11
MONTH_END = ("2027-01-29", "2027-02-26")


def by_the_rows_runs(kickoff: datetime) -> bool:
    """BY_THE_ROWS · on days of MONTH_END"""
    day = local_date(kickoff, "Asia/Tokyo")
    return day in MONTH_END


@env.task(
    short_name="BY_THE_ROWS",
    triggers=flyte.Trigger(
        name="BY_THE_ROWS.schedule",
        automation=flyte.Cron("30 18 * * *", timezone="Asia/Tokyo"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "by_the_rows_runs"},
    ),
)
async def by_the_rows(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """BY_THE_ROWS · jobs.jil"""
    if trigger == "by_the_rows_runs" and not by_the_rows_runs(kickoff):
        return rests("BY_THE_ROWS", kickoff)
    if await runs_already("by_the_rows.by_the_rows"):
        return []

    flow = Flow("BY_THE_ROWS", network=True)
    flow.start("BY_THE_ROWS", by_the_rows_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(by_the_rows).outputs()[0], sep="\n")
