"""AFTER, converted by transpile from bank.xml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.after_cuts import AFTER
from expected_flyte2.job_runtime import Flow, elsewhere, run

env = flyte.TaskEnvironment(name="after")


@env.task(short_name="BRANCHES.AFTER")
def after_task() -> int:
    """BRANCHES.AFTER · bank.xml:74 · condition: CLEARED

    folder: BRANCHES
    """
    # TODO[A015] DAYS="1,15,L1" of BRANCHES.AFTER depends on an open question: Which day is L1 of DAYS without a calendar, the `last day` of the month or the `day before`? Taken: controlm_end_of_month = "last day"
    return run("after")


@env.task(
    short_name="AFTER",
    triggers=flyte.Trigger(
        name="AFTER.schedule",
        automation=flyte.Cron("0 3 1,2,16 * *", timezone="Europe/Berlin"),
    ),
)
async def after() -> list[str]:
    """AFTER · bank.xml"""
    flow = Flow("AFTER", network=True)
    flow.start(
        "BRANCHES.AFTER",
        after_task.aio(),
        wait=lambda: elsewhere("BRANCHES.AFTER", AFTER),
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(after).outputs()[0], sep="\n")
