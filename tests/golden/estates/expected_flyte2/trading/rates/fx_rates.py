"""FX_RATES, converted by transpile from trading/close.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="trading-rates-fx_rates")


@env.task(short_name="FX_RATES")
def fx_rates_task() -> int:
    """FX_RATES · trading/close.jil:21 · condition: s(TRD_LOAD)

    application: trading
    group: rates
    """
    return run("echo rates")


@env.task(short_name="FX_RATES")
async def fx_rates() -> list[str]:
    """FX_RATES · trading/close.jil"""
    if await runs_already("trading-rates-fx_rates.fx_rates"):
        return []

    flow = Flow("FX_RATES", network=True)
    flow.start("FX_RATES", fx_rates_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(fx_rates).outputs()[0], sep="\n")
