"""PAYROLL, converted by transpile from people/people.jil."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import (
    BY_HAND,
    Flow,
    local_date,
    rests,
    run,
    runs_already,
    tell,
)
from expected_flyte2.people.costs_network_cuts import COSTS

env = flyte.TaskEnvironment(name="people-payroll")


@env.task(short_name="PAYROLL")
def payroll_task() -> int:
    """PAYROLL · people/people.jil:2

    application: people
    """
    return run("echo pay")


# PAYDAYS · calendars.jil:6
PAYDAYS = ("2026-01-29", "2026-02-26", "2026-03-30")


def payroll_runs(kickoff: datetime) -> bool:
    """PAYROLL · on days of PAYDAYS"""
    day = local_date(kickoff, "Europe/London")
    return day in PAYDAYS


@env.task(
    short_name="PAYROLL",
    triggers=flyte.Trigger(
        name="PAYROLL.schedule",
        automation=flyte.Cron("0 20 * * *", timezone="Europe/London"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "payroll_runs"},
    ),
)
async def payroll(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """PAYROLL · people/people.jil"""
    if trigger == "payroll_runs" and not payroll_runs(kickoff):
        return rests("PAYROLL", kickoff)
    if await runs_already("people-payroll.payroll"):
        return []

    flow = Flow("PAYROLL", network=True)
    flow.start("PAYROLL", payroll_task.aio(), tells=lambda: tell("PAYROLL", COSTS))
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(payroll).outputs()[0], sep="\n")
