"""DAILY, converted by transpile from days.jil."""

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

env = flyte.TaskEnvironment(name="daily")


@env.task(short_name="FETCH")
def fetch() -> int:
    """FETCH · days.jil:11"""
    return run("echo fetch")


@env.task(short_name="ALERT")
def alert() -> int:
    """ALERT · days.jil:15 · condition: f(FETCH) | s(FETCH)"""
    return run("echo alert")


# WORKDAYS · days.jil:1
WORKDAYS = ("2027-01-04", "2027-01-05")


def daily_runs(kickoff: datetime) -> bool:
    """DAILY · on days of WORKDAYS"""
    day = local_date(kickoff)
    return day in WORKDAYS


@env.task(
    short_name="DAILY",
    triggers=flyte.Trigger(
        name="DAILY.schedule",
        automation=flyte.Cron("0 6 * * *"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "daily_runs"},
    ),
)
async def daily(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """DAILY · days.jil"""
    if trigger == "daily_runs" and not daily_runs(kickoff):
        return rests("DAILY", kickoff)
    if await runs_already("daily.daily"):
        return []

    flow = Flow("DAILY")
    fetch_job = flow.start("FETCH", fetch.aio())
    flow.start("ALERT", alert.aio(), fetch_job.failed | fetch_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(daily).outputs()[0], sep="\n")
