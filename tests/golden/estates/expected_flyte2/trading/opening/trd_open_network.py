"""TRD_OPEN_network, converted by transpile from trading/close.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="trading-opening-trd_open_network")


@env.task(short_name="TRD_OPEN")
def trd_open() -> int:
    """TRD_OPEN · trading/close.jil:27

    application: trading
    group: opening
    """
    return run("echo open")


@env.task(short_name="FX_OPEN")
def fx_open() -> int:
    """FX_OPEN · trading/close.jil:36

    application: trading
    group: opening
    """
    return run("echo rates")


@env.task(
    short_name="TRD_OPEN_network",
    triggers=flyte.Trigger(
        name="TRD_OPEN_network.schedule",
        automation=flyte.Cron("0 7 * * 1-5", timezone="America/New_York"),
    ),
)
async def trd_open_network() -> list[str]:
    """TRD_OPEN_network · trading/close.jil"""
    if await runs_already("trading-opening-trd_open_network.trd_open_network"):
        return []

    flow = Flow("TRD_OPEN_network", network=True)
    flow.start("TRD_OPEN", trd_open.aio())
    flow.start("FX_OPEN", fx_open.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(trd_open_network).outputs()[0], sep="\n")
