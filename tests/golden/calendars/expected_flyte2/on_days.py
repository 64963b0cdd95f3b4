"""ON_DAYS, converted by transpile from jobs.jil."""

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

env = flyte.TaskEnvironment(name="on_days")


@env.task(short_name="LOAD")
def load(odate: str) -> int:
    """LOAD · jobs.jil:8"""
    # TODO[A208] global ODATE has no value in the estate: the workflow needs it as an input
    return run("load $ODATE", env={"ODATE": odate})


@env.task(short_name="SUM")
def sum_task() -> int:
    """SUM · jobs.jil:12 · condition: s(LOAD)"""
    return run("sum")


# BANK_DAYS · export.jil:1
BANK_DAYS = ("2027-01-04", "2027-01-05", "2027-01-06")

# HOLIDAYS · export.jil:7
HOLIDAYS = ("2026-12-25", "2026-12-26", "2027-01-01")


def on_days_runs(kickoff: datetime) -> bool:
    """ON_DAYS · on days of BANK_DAYS except HOLIDAYS"""
    day = local_date(kickoff, "Europe/London")
    return day in BANK_DAYS and day not in HOLIDAYS


@env.task(
    short_name="ON_DAYS",
    triggers=(
        flyte.Trigger(
            name="ON_DAYS.schedule",
            automation=flyte.Cron("0 23 * * *", timezone="Europe/London"),
            inputs={"kickoff": flyte.TriggerTime, "trigger": "on_days_runs"},
        ),
        flyte.Trigger(
            name="ON_DAYS.schedule_2",
            automation=flyte.Cron("15 22 * * *", timezone="Europe/London"),
            inputs={"kickoff": flyte.TriggerTime, "trigger": "on_days_runs"},
        ),
    ),
)
async def on_days(
    odate: str = "$$ODATE", kickoff: datetime = BY_HAND, trigger: str = ""
) -> list[str]:
    """ON_DAYS · jobs.jil"""
    if trigger == "on_days_runs" and not on_days_runs(kickoff):
        return rests("ON_DAYS", kickoff)
    if await runs_already("on_days.on_days"):
        return []

    flow = Flow("ON_DAYS")
    load_job = flow.start("LOAD", load.aio(odate))
    flow.start("SUM", sum_task.aio(), load_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(on_days).outputs()[0], sep="\n")
