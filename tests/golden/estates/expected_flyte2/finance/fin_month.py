"""FIN_MONTH, converted by transpile from finance/night.jil."""

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
    not_before,
    rests,
    run,
    runs_already,
)

env = flyte.TaskEnvironment(name="finance-fin_month")


@env.task(short_name="FIN_MONTH_LATE")
def fin_month_late() -> int:
    """FIN_MONTH_LATE · finance/night.jil:64"""
    return run("echo late")


# MONTH_ENDS · calendars.jil:1
MONTH_ENDS = ("2026-01-30", "2026-02-27", "2026-03-31")


def fin_month_runs(kickoff: datetime) -> bool:
    """FIN_MONTH · on days of MONTH_ENDS"""
    day = local_date(kickoff, "Europe/London")
    return day in MONTH_ENDS


@env.task(
    short_name="FIN_MONTH",
    triggers=flyte.Trigger(
        name="FIN_MONTH.schedule",
        automation=flyte.Cron("15 22 * * *", timezone="Europe/London"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "fin_month_runs"},
    ),
)
async def fin_month(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """FIN_MONTH · finance/night.jil"""
    if trigger == "fin_month_runs" and not fin_month_runs(kickoff):
        return rests("FIN_MONTH", kickoff)
    if await runs_already("finance-fin_month.fin_month"):
        return []

    flow = Flow("FIN_MONTH")
    flow.start(
        "FIN_MONTH_LATE",
        fin_month_late.aio(),
        clock=lambda: not_before(
            "FIN_MONTH_LATE",
            kickoff,
            ["23:45"],
            timezone="Europe/London",
            days=lambda day: day in MONTH_ENDS,
        ),
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(fin_month).outputs()[0], sep="\n")
