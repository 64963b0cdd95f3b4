"""FREE, converted by transpile from calendars.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import (
    BY_HAND,
    Flow,
    is_day_of_week,
    local_date,
    rests,
    run,
)

env = flyte.TaskEnvironment(name="free")


@env.task(short_name="C#FREE.J")
def j() -> int:
    """C#FREE.J · calendars.tws:28

    machine: C
    """
    return run("free")


# HOLIDAYS · calendars.tws:2
HOLIDAYS = ("2027-01-01", "2027-04-02", "2027-05-03", "2027-12-27")


def free_runs(kickoff: datetime) -> bool:
    """FREE · su,sa or on days of HOLIDAYS"""
    day = local_date(kickoff, "Europe/Rome")
    return is_day_of_week(day, ["su", "sa"]) or day in HOLIDAYS


@env.task(
    short_name="FREE",
    triggers=flyte.Trigger(
        name="FREE.schedule",
        automation=flyte.Cron("0 11 * * *", timezone="Europe/Rome"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "free_runs"},
    ),
)
async def free(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """FREE · calendars.tws"""
    if trigger == "free_runs" and not free_runs(kickoff):
        return rests("FREE", kickoff)

    flow = Flow("C#FREE")
    flow.start("C#FREE.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(free).outputs()[0], sep="\n")
