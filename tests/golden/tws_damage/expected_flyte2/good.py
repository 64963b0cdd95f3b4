"""GOOD, converted by transpile from broken.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked

# left out: A#ROUND.X
# TODO[A401] these jobs wait for one another: A#ROUND.X -> A#ROUND.Y -> A#ROUND.Z -> A#ROUND.X
# left out: A#ROUND.Y
# left out: A#ROUND.Z
# left out: A#ROUND.BEHIND
# TODO[A402] A#ROUND.BEHIND was left out: it waits for A#ROUND.Z
# left out: A#SELF
# TODO[A402] A#SELF was left out: it waits for A#SELF.S
# left out: A#SELF.S
# TODO[A401] these jobs wait for one another: A#SELF.S -> A#SELF.S


env = flyte.TaskEnvironment(name="good")


@env.task(short_name="A#GOOD.J")
def j() -> int:
    """A#GOOD.J · broken.tws:36

    machine: A
    """
    # TODO[A754] A#GOOD.J runs A#J, which is not defined: its node fails
    return blocked("A754", "A#J is not defined")


@env.task(
    short_name="GOOD",
    triggers=flyte.Trigger(
        name="GOOD.schedule", automation=flyte.Cron("30 5 * * *", timezone="UTC")
    ),
)
async def good() -> list[str]:
    """GOOD · broken.tws"""
    flow = Flow("A#GOOD")
    flow.start("A#GOOD.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(good).outputs()[0], sep="\n")
