"""DAILY, converted by transpile from calendars.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import BY_HAND, Flow, local_date, rests, run

env = flyte.TaskEnvironment(name="daily")


@env.task(short_name="C#DAILY.J")
def j() -> int:
    """C#DAILY.J · calendars.tws:18

    machine: C
    """
    return run("daily")


# HOLIDAYS · calendars.tws:2
HOLIDAYS = ("2027-01-01", "2027-04-02", "2027-05-03", "2027-12-27")


def daily_runs(kickoff: datetime) -> bool:
    """DAILY · mo,tu,we,th,fr,sa except HOLIDAYS"""
    day = local_date(kickoff, "Europe/Rome")
    return day not in HOLIDAYS


@env.task(
    short_name="DAILY",
    triggers=flyte.Trigger(
        name="DAILY.schedule",
        automation=flyte.Cron("0 8 * * 1-6", timezone="Europe/Rome"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "daily_runs"},
    ),
)
async def daily(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """DAILY · calendars.tws"""
    if trigger == "daily_runs" and not daily_runs(kickoff):
        return rests("DAILY", kickoff)

    flow = Flow("C#DAILY")
    flow.start("C#DAILY.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(daily).outputs()[0], sep="\n")
