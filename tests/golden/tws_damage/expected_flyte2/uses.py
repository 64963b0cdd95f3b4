"""USES, converted by transpile from broken.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="uses")


@env.task(short_name="A#USES.CODES")
def codes() -> int:
    """A#USES.CODES · broken.tws:60

    machine: A
    streamlogon: x
    defined in: broken.tws:46
    """
    return run("codes again")


@env.task(short_name="A#USES.NOTHING")
def nothing() -> int:
    """A#USES.NOTHING · broken.tws:61 · condition: FOLLOWS CODES

    machine: A
    """
    # TODO[A754] A#USES.NOTHING runs A#NOTHING, which is not defined: its node fails
    return blocked("A754", "A#NOTHING is not defined")


@env.task(
    short_name="USES",
    triggers=flyte.Trigger(
        name="USES.schedule", automation=flyte.Cron("0 12 * * *", timezone="UTC")
    ),
)
async def uses() -> list[str]:
    """USES · broken.tws"""
    flow = Flow("A#USES")
    codes_job = flow.start("A#USES.CODES", codes.aio())
    flow.start("A#USES.NOTHING", nothing.aio(), codes_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(uses).outputs()[0], sep="\n")
