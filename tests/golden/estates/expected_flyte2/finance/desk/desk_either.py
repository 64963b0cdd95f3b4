"""DESK_EITHER, converted by transpile from finance/morning.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

import flyte

from expected_flyte2.finance.desk.desk_either_cuts import DESK_EITHER
from expected_flyte2.job_runtime import Flow, elsewhere, run, runs_already

env = flyte.TaskEnvironment(name="finance-desk-desk_either")


@env.task(short_name="DESK_EITHER")
def desk_either_task() -> int:
    """DESK_EITHER · finance/morning.jil:27

    condition: s(FIN_AUDIT) | s(TRD_CLOSE)

    application: finance
    group: desk
    """
    return run("echo either")


@env.task(
    short_name="DESK_EITHER",
    triggers=flyte.Trigger(
        name="DESK_EITHER.schedule",
        automation=flyte.Cron("0 6 * * 3", timezone="Europe/London"),
    ),
)
async def desk_either() -> list[str]:
    """DESK_EITHER · finance/morning.jil"""
    if await runs_already("finance-desk-desk_either.desk_either"):
        return []

    flow = Flow("DESK_EITHER", network=True)
    flow.start(
        "DESK_EITHER",
        desk_either_task.aio(),
        wait=lambda: elsewhere("DESK_EITHER", DESK_EITHER),
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(desk_either).outputs()[0], sep="\n")
