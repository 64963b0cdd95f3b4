"""close-month, converted by transpile from close-month.service."""

import sys
from datetime import datetime, timedelta
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
    runs_already,
)

env_2 = flyte.TaskEnvironment(
    name="close_month-2", resources=flyte.Resources(cpu="1500m", memory="1536Mi")
)
env = flyte.TaskEnvironment(name="close_month", depends_on=[env_2])


@env_2.task(short_name="close-month")
def close_month_task() -> int:
    """close-month · close-month.service:1

    Close the month

    After: sales.service
    """
    # TODO[A091] After of close-month.service: nothing keeps the order of close-month.service and sales.service in different workflows
    # TODO[A091] CPUQuota of close-month.service: the limit becomes a request of the task
    # TODO[A091] MemoryMax of close-month.service: the limit becomes a request of the task
    # TODO[A094] month.timer starts close-month.service 30 s after the minute, the launch plan at the minute
    return run(
        "/usr/bin/close-month",
        stdin="/etc/close.conf",
        stdout="> /var/log/close.log",
        time_limit=timedelta(hours=2),
    )


def close_month_runs(kickoff: datetime) -> bool:
    """close-month · day -1 of month 3,6,9,12"""
    day = local_date(kickoff, "Europe/Berlin")
    return is_day_of_month(day, [-1])


def close_month_runs_2(kickoff: datetime) -> bool:
    """close-month · day 1 of month 1-6 from 2027-01-01 before 2028-01-01"""
    day = local_date(kickoff, "UTC")
    return day >= "2027-01-01" and day < "2028-01-01"


@env.task(
    short_name="close-month",
    triggers=(
        flyte.Trigger(
            name="close-month.schedule",
            automation=flyte.Cron("0 18 28-31 3,6,9,12 *", timezone="Europe/Berlin"),
            inputs={"kickoff": flyte.TriggerTime, "trigger": "close_month_runs"},
        ),
        flyte.Trigger(
            name="close-month.schedule_2",
            automation=flyte.Cron("0 9 1 1-6 *", timezone="UTC"),
            inputs={"kickoff": flyte.TriggerTime, "trigger": "close_month_runs_2"},
        ),
    ),
)
async def close_month(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """close-month · close-month.service"""
    if trigger == "close_month_runs" and not close_month_runs(kickoff):
        return rests("close-month", kickoff)
    if trigger == "close_month_runs_2" and not close_month_runs_2(kickoff):
        return rests("close-month", kickoff)
    if await runs_already("close_month.close_month"):
        return []

    flow = Flow("close-month", network=True)
    flow.start("close-month", close_month_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(close_month).outputs()[0], sep="\n")
