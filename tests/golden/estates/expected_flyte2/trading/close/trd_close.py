"""TRD_CLOSE, converted by transpile from trading/close.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already, tell
from expected_flyte2.trading.rates.fx_rates_cuts import FX_RATES

env = flyte.TaskEnvironment(name="trading-close-trd_close")


@env.task(short_name="TRD_LOAD")
def trd_load(odate: str) -> int:
    """TRD_LOAD · trading/close.jil:10"""
    return run('echo "trades of $ODATE"', env={"ODATE": odate})


@env.task(short_name="TRD_RECON")
def trd_recon() -> int:
    """TRD_RECON · trading/close.jil:14 · condition: s(TRD_LOAD)"""
    return run("echo reconciled", success_codes=(0, 2))


@env.task(
    short_name="TRD_CLOSE",
    triggers=flyte.Trigger(
        name="TRD_CLOSE.schedule",
        automation=flyte.Cron("0 18 * * 1-5", timezone="America/New_York"),
    ),
)
async def trd_close(odate: str = "2026-01-30") -> list[str]:
    """TRD_CLOSE · trading/close.jil"""
    if await runs_already("trading-close-trd_close.trd_close"):
        return []

    flow = Flow("TRD_CLOSE")
    trd_load_job = flow.start(
        "TRD_LOAD", trd_load.aio(odate), tells=lambda: tell("TRD_LOAD", FX_RATES)
    )
    flow.start("TRD_RECON", trd_recon.aio(), trd_load_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(trd_close).outputs()[0], sep="\n")
