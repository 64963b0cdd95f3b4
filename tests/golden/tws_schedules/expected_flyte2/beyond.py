"""BEYOND, converted by transpile from cycles.tws."""

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

env = flyte.TaskEnvironment(name="beyond")


@env.task(short_name="C#BEYOND.J")
def j() -> int:
    """C#BEYOND.J · cycles.tws:39

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# E DATES · cycles.tws:34
E_DATES = ("2026-12-24", "2026-12-31")


def beyond_runs(kickoff: datetime) -> bool:
    """BEYOND · th day 1-7,22-28"""
    day = local_date(kickoff)
    return is_day_of_month(day, [1, 2, 3, 4, 5, 6, 7, 22, 23, 24, 25, 26, 27, 28])


def beyond_runs_2(kickoff: datetime) -> bool:
    """BEYOND · on days of E DATES"""
    day = local_date(kickoff)
    return day in E_DATES


def beyond_runs_3(kickoff: datetime) -> bool:
    """BEYOND · day -1,2"""
    day = local_date(kickoff)
    return is_day_of_month(day, [-1, 2])


@env.task(
    short_name="BEYOND",
    triggers=(
        flyte.Trigger(
            name="BEYOND.schedule",
            automation=flyte.Cron("0 13 * * 4"),
            inputs={"kickoff": flyte.TriggerTime, "trigger": "beyond_runs"},
        ),
        flyte.Trigger(
            name="BEYOND.schedule_2",
            automation=flyte.Cron("0 4 * * *"),
            inputs={"kickoff": flyte.TriggerTime, "trigger": "beyond_runs_2"},
        ),
        flyte.Trigger(
            name="BEYOND.schedule_3",
            automation=flyte.Cron("0 6 2,28-31 * *"),
            inputs={"kickoff": flyte.TriggerTime, "trigger": "beyond_runs_3"},
        ),
    ),
)
async def beyond(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """BEYOND · cycles.tws"""
    if trigger == "beyond_runs" and not beyond_runs(kickoff):
        return rests("BEYOND", kickoff)
    if trigger == "beyond_runs_2" and not beyond_runs_2(kickoff):
        return rests("BEYOND", kickoff)
    if trigger == "beyond_runs_3" and not beyond_runs_3(kickoff):
        return rests("BEYOND", kickoff)

    flow = Flow("C#BEYOND")
    flow.start("C#BEYOND.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(beyond).outputs()[0], sep="\n")
