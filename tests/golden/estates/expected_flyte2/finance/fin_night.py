"""FIN_NIGHT, converted by transpile from finance/night.jil."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.finance.fin_night_cuts import FIN_LEDGER, FIN_POST, FIN_RATES
from expected_flyte2.job_runtime import (
    BY_HAND,
    Flow,
    elsewhere,
    is_day_of_week,
    not_before,
    run,
    runs_already,
    tell,
)
from expected_flyte2.people.costs_network_cuts import COSTS

env = flyte.TaskEnvironment(name="finance-fin_night")


@env.task(short_name="FIN_LOAD")
def fin_load() -> int:
    """FIN_LOAD · finance/night.jil:10"""
    return run("echo load")


@env.task(short_name="FIN_LATE")
def fin_late() -> int:
    """FIN_LATE · finance/night.jil:36 · condition: s(FIN_LOAD)"""
    return run("echo late")


@env.task(short_name="FIN_POST")
def fin_post() -> int:
    """FIN_POST · finance/night.jil:14

    condition: s(FIN_LOAD) & s(TRD_RECON, 12.00)
    """
    return run("echo post")


@env.task(short_name="FIN_BALANCE")
def fin_balance() -> int:
    """FIN_BALANCE · finance/night.jil:25"""
    return run("echo balance")


@env.task(short_name="FIN_RATES")
def fin_rates() -> int:
    """FIN_RATES · finance/night.jil:30

    condition: f(FIN_LOAD) | s(FX_RATES, 24.00)
    """
    return run("echo rates")


@env.task(
    short_name="FIN_NIGHT",
    triggers=flyte.Trigger(
        name="FIN_NIGHT.schedule",
        automation=flyte.Cron("15 22 * * 1-5", timezone="Europe/London"),
        inputs={"kickoff": flyte.TriggerTime},
    ),
)
async def fin_night(kickoff: datetime = BY_HAND) -> list[str]:
    """FIN_NIGHT · finance/night.jil"""
    if await runs_already("finance-fin_night.fin_night"):
        return []

    flow = Flow("FIN_NIGHT", tells=lambda: tell("FIN_NIGHT", COSTS))
    fin_load_job = flow.start("FIN_LOAD", fin_load.aio())
    flow.start(
        "FIN_LATE",
        fin_late.aio(),
        fin_load_job.succeeded,
        clock=lambda: not_before(
            "FIN_LATE",
            kickoff,
            ["23:30"],
            timezone="Europe/London",
            days=lambda day: is_day_of_week(day, ["mo", "tu", "we", "th", "fr"]),
        ),
    )
    fin_post_job = flow.start(
        "FIN_POST",
        fin_post.aio(),
        fin_load_job.succeeded,
        wait=lambda: elsewhere("FIN_POST", FIN_POST),
    )
    # FIN_LEDGER · finance/night.jil:20
    # condition: s(FIN_POST) & d(PAYROLL, 48.00)
    fin_ledger = flow.box(
        "FIN_LEDGER",
        fin_post_job.succeeded,
        wait=lambda: elsewhere("FIN_LEDGER", FIN_LEDGER),
    )
    fin_ledger.start("FIN_BALANCE", fin_balance.aio())
    flow.start(
        "FIN_RATES", fin_rates.aio(), wait=lambda: elsewhere("FIN_RATES", FIN_RATES)
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(fin_night).outputs()[0], sep="\n")
