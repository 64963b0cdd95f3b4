"""WORK, converted by transpile from calendars.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import BY_HAND, Flow, local_date, rests, run

env = flyte.TaskEnvironment(name="work")


@env.task(short_name="C#WORK.J")
def j() -> int:
    """C#WORK.J · calendars.tws:8

    machine: C
    """
    return run("work")


# HOLIDAYS · calendars.tws:2
HOLIDAYS = ("2027-01-01", "2027-04-02", "2027-05-03", "2027-12-27")


def work_runs(kickoff: datetime) -> bool:
    """WORK · mo,tu,we,th,fr except HOLIDAYS"""
    day = local_date(kickoff, "Europe/Rome")
    return day not in HOLIDAYS


@env.task(
    short_name="WORK",
    triggers=flyte.Trigger(
        name="WORK.schedule",
        automation=flyte.Cron("0 6 * * 1-5", timezone="Europe/Rome"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "work_runs"},
    ),
)
async def work(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """WORK · calendars.tws"""
    if trigger == "work_runs" and not work_runs(kickoff):
        return rests("WORK", kickoff)

    flow = Flow("C#WORK")
    flow.start("C#WORK.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(work).outputs()[0], sep="\n")
