"""BILLS, converted by transpile from calendars.tws."""

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
    local_date,
    rests,
    run,
)

env = flyte.TaskEnvironment(name="bills")


@env.task(short_name="C#BILLS.J")
def j() -> int:
    """C#BILLS.J · calendars.tws:16

    machine: C
    """
    return run("bills")


# HOLIDAYS · calendars.tws:2
HOLIDAYS = ("2027-01-01", "2027-04-02", "2027-05-03", "2027-12-27")

# EXCEPT DATES · calendars.tws:15
EXCEPT_DATES = ("2027-12-31",)

# HOLIDAYS FDNEXT · calendars.tws:2
HOLIDAYS_FDNEXT = ("2027-01-04", "2027-05-04")


def bills_runs(kickoff: datetime) -> bool:
    """BILLS · mo,tu,we,th,fr day -1,1 except HOLIDAYS, EXCEPT DATES or mo day 2,3 except HOLIDAYS, EXCEPT DATES or on days of HOLIDAYS FDNEXT except EXCEPT DATES or fr day -3,-2 except HOLIDAYS, EXCEPT DATES"""
    day = local_date(kickoff, "Europe/Rome")
    return (
        (
            is_day_of_week(day, ["mo", "tu", "we", "th", "fr"])
            and is_day_of_month(day, [-1, 1])
            and day not in HOLIDAYS
            and day not in EXCEPT_DATES
        )
        or (
            is_day_of_week(day, ["mo"])
            and is_day_of_month(day, [2, 3])
            and day not in HOLIDAYS
            and day not in EXCEPT_DATES
        )
        or (day in HOLIDAYS_FDNEXT and day not in EXCEPT_DATES)
        or (
            is_day_of_week(day, ["fr"])
            and is_day_of_month(day, [-3, -2])
            and day not in HOLIDAYS
            and day not in EXCEPT_DATES
        )
    )


@env.task(
    short_name="BILLS",
    triggers=flyte.Trigger(
        name="BILLS.schedule",
        automation=flyte.Cron("0 7 1-4,28-31 * 5", timezone="Europe/Rome"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "bills_runs"},
    ),
)
async def bills(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """BILLS · calendars.tws"""
    if trigger == "bills_runs" and not bills_runs(kickoff):
        return rests("BILLS", kickoff)

    flow = Flow("C#BILLS")
    flow.start("C#BILLS.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(bills).outputs()[0], sep="\n")
