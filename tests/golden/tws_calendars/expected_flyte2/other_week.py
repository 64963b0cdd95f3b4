"""OTHER_WEEK, converted by transpile from calendars.tws."""

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
    is_day_of_week,
    is_every,
    is_in_month,
    local_date,
    rests,
    run,
)

env = flyte.TaskEnvironment(name="other_week")


@env.task(short_name="C#OTHER_WEEK.J")
def j() -> int:
    """C#OTHER_WEEK.J · calendars.tws:22

    machine: C
    """
    return run("other week")


def other_week_runs(kickoff: datetime) -> bool:
    """OTHER_WEEK · mo,th every 14 days from 2027-01-04, 2027-01-07 or day 1 of month 12 from 2027-01-04"""
    day = local_date(kickoff, "Europe/Rome")
    return (
        is_day_of_week(day, ["mo", "th"])
        and is_every(day, 14, ["2027-01-04", "2027-01-07"])
    ) or (is_day_of_month(day, [1]) and is_in_month(day, [12]) and day >= "2027-01-04")


@env.task(
    short_name="OTHER_WEEK",
    triggers=flyte.Trigger(
        name="OTHER_WEEK.schedule",
        automation=flyte.Cron("0 9 1 * 1,4", timezone="Europe/Rome"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "other_week_runs"},
    ),
)
async def other_week(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """OTHER_WEEK · calendars.tws"""
    if trigger == "other_week_runs" and not other_week_runs(kickoff):
        return rests("OTHER_WEEK", kickoff)

    flow = Flow("C#OTHER_WEEK")
    flow.start("C#OTHER_WEEK.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(other_week).outputs()[0], sep="\n")
