"""THURSDAYS, converted by transpile from calendars.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import (
    BY_HAND,
    Flow,
    is_day_of_month,
    local_date,
    rests,
    run,
)

env = flyte.TaskEnvironment(name="thursdays")


@env.task(short_name="C#THURSDAYS.J")
def j() -> int:
    """C#THURSDAYS.J · calendars.tws:25

    machine: C
    """
    return run("thursdays")


# HOLIDAYS · calendars.tws:2
HOLIDAYS = ("2027-01-01", "2027-04-02", "2027-05-03", "2027-12-27")


def thursdays_runs(kickoff: datetime) -> bool:
    """THURSDAYS · th day -7,-6,-5,-4,-3,-2,-1,8-14 except HOLIDAYS"""
    day = local_date(kickoff, "Europe/Rome")
    return (
        is_day_of_month(day, [-7, -6, -5, -4, -3, -2, -1, 8, 9, 10, 11, 12, 13, 14])
        and day not in HOLIDAYS
    )


@env.task(
    short_name="THURSDAYS",
    triggers=flyte.Trigger(
        name="THURSDAYS.schedule",
        automation=flyte.Cron("0 10 * * 4", timezone="Europe/Rome"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "thursdays_runs"},
    ),
)
async def thursdays(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """THURSDAYS · calendars.tws"""
    if trigger == "thursdays_runs" and not thursdays_runs(kickoff):
        return rests("THURSDAYS", kickoff)

    flow = Flow("C#THURSDAYS")
    flow.start("C#THURSDAYS.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(thursdays).outputs()[0], sep="\n")
