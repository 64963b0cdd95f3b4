"""WEEKLY, converted by transpile from bank.xml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, elsewhere, run
from expected_flyte2.weekly_cuts import WEEKLY

env = flyte.TaskEnvironment(name="weekly")


@env.task(short_name="CLEARING.REPORTS.WEEKLY")
def weekly_task() -> int:
    """CLEARING.REPORTS.WEEKLY · bank.xml:45"""
    # TODO[A067] CLEARING.REPORTS.WEEKLY has other days than CLEARING.REPORTS: it starts by itself, outside of the folder
    return run("report weekly")


@env.task(
    short_name="WEEKLY",
    triggers=flyte.Trigger(
        name="WEEKLY.schedule",
        automation=flyte.Cron("0 20 * * 5", timezone="Europe/Berlin"),
    ),
)
async def weekly() -> list[str]:
    """WEEKLY · bank.xml"""
    flow = Flow("WEEKLY", network=True)
    flow.start(
        "CLEARING.REPORTS.WEEKLY",
        weekly_task.aio(),
        wait=lambda: elsewhere("CLEARING.REPORTS.WEEKLY", WEEKLY),
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(weekly).outputs()[0], sep="\n")
