"""HAND_LAST, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="hand_last")


@env.task(short_name="C#HAND.J (other schedule)")
def c_hand_j_other_schedule() -> int:
    """C#HAND.J (other schedule) · C#HAND.J has another schedule"""
    return blocked("A755", "C#HAND.J has another schedule")


@env.task(short_name="C#HAND_LAST.J")
def j() -> int:
    """C#HAND_LAST.J · cycles.tws:53

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@env.task(
    short_name="HAND_LAST",
    triggers=flyte.Trigger(
        name="HAND_LAST.schedule", automation=flyte.Cron("0 6 * * *", timezone="UTC")
    ),
)
async def hand_last() -> list[str]:
    """HAND_LAST · cycles.tws"""
    flow = Flow("HAND_LAST", network=True)
    flow.start("C#HAND.J (other schedule)", c_hand_j_other_schedule.aio())
    # C#HAND_LAST · cycles.tws:53 · condition: FOLLOWS HAND.J
    # machine: C
    # on: EVERYDAY
    # TODO[A755] C#HAND_LAST waits for C#HAND.J, which does not start with it: its node fails
    hand_last_box = flow.box("C#HAND_LAST", False)
    hand_last_box.start("C#HAND_LAST.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(hand_last).outputs()[0], sep="\n")
