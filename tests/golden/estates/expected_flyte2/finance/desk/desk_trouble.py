"""DESK_TROUBLE, converted by transpile from finance/morning.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

import flyte

from expected_flyte2.finance.desk.desk_trouble_cuts import DESK_TROUBLE
from expected_flyte2.job_runtime import Flow, elsewhere, run, runs_already

env = flyte.TaskEnvironment(name="finance-desk-desk_trouble")


@env.task(short_name="DESK_TROUBLE")
def desk_trouble_task() -> int:
    """DESK_TROUBLE · finance/morning.jil:17

    condition: f(FIN_NIGHT, 12.00) | t(TRD_LOAD) | e(TRD_RECON) = 2

    application: finance
    group: desk
    """
    return run("echo trouble")


@env.task(
    short_name="DESK_TROUBLE",
    triggers=flyte.Trigger(
        name="DESK_TROUBLE.schedule",
        automation=flyte.Cron("0 6 * * 2", timezone="Europe/London"),
    ),
)
async def desk_trouble() -> list[str]:
    """DESK_TROUBLE · finance/morning.jil"""
    if await runs_already("finance-desk-desk_trouble.desk_trouble"):
        return []

    flow = Flow("DESK_TROUBLE", network=True)
    flow.start(
        "DESK_TROUBLE",
        desk_trouble_task.aio(),
        wait=lambda: elsewhere("DESK_TROUBLE", DESK_TROUBLE),
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(desk_trouble).outputs()[0], sep="\n")
