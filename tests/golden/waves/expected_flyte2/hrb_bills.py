"""HRB.BILLS, converted by transpile from more.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.hrb_bills_cuts import HRB_BILLS_LEGACY
from expected_flyte2.job_runtime import (
    Flow,
    run,
    runs_already,
    tell_legacy,
    tell_legacy_start,
)

env = flyte.TaskEnvironment(name="hrb_bills")


@env.task(short_name="HRB.PRINT")
def hrb_print() -> int:
    """HRB.PRINT · more.jil:5

    machine: quay2
    owner: harbour@quay2
    """
    return run("print bills")


@env.task(short_name="HRB.BILLS")
async def hrb_bills() -> list[str]:
    """HRB.BILLS · more.jil"""
    if await runs_already("hrb_bills.hrb_bills"):
        return []

    flow = Flow(
        "HRB.BILLS",
        before=lambda: tell_legacy_start(HRB_BILLS_LEGACY, interval=30),
        after=lambda status: tell_legacy(HRB_BILLS_LEGACY, status, interval=30),
    )
    flow.start("HRB.PRINT", hrb_print.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(hrb_bills).outputs()[0], sep="\n")
