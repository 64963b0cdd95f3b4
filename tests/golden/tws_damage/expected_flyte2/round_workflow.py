"""ROUND, converted by transpile from broken.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="round_workflow")


@env.task(short_name="A#ROUND.BESIDE")
def beside() -> int:
    """A#ROUND.BESIDE · broken.tws:32

    machine: A
    """
    return run("c")


@env.task(
    short_name="ROUND",
    triggers=flyte.Trigger(
        name="ROUND.schedule", automation=flyte.Cron("0 9 * * *", timezone="UTC")
    ),
)
async def round_workflow() -> list[str]:
    """ROUND · broken.tws"""
    flow = Flow(
        "A#ROUND",
        endless="A407: members were left out: A#ROUND.X, A#ROUND.Y, A#ROUND.Z, A#ROUND.BEHIND",
    )
    flow.start("A#ROUND.BESIDE", beside.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(round_workflow).outputs()[0], sep="\n")
