"""PAY, converted by transpile from calendars.tws."""

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

env = flyte.TaskEnvironment(name="pay")


@env.task(short_name="C#PAY.J")
def j() -> int:
    """C#PAY.J · calendars.tws:11

    machine: C
    """
    return run("pay")


# PAYDAYS -2 WORKDAYS · calendars.tws:4
PAYDAYS_2_WORKDAYS = ("2027-01-27", "2027-02-24", "2027-03-29")


def pay_runs(kickoff: datetime) -> bool:
    """PAY · on days of PAYDAYS -2 WORKDAYS"""
    day = local_date(kickoff, "Europe/Rome")
    return day in PAYDAYS_2_WORKDAYS


@env.task(
    short_name="PAY",
    triggers=flyte.Trigger(
        name="PAY.schedule",
        automation=flyte.Cron("0 6 * * 1-5", timezone="Europe/Rome"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "pay_runs"},
    ),
)
async def pay(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """PAY · calendars.tws"""
    if trigger == "pay_runs" and not pay_runs(kickoff):
        return rests("PAY", kickoff)
    if await runs_already("pay.pay"):
        return []

    flow = Flow("C#PAY")
    flow.start("C#PAY.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(pay).outputs()[0], sep="\n")
