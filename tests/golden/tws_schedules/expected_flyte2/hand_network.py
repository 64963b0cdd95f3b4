"""HAND_network, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="hand_network")


@env.task(short_name="C#HAND.J")
def j() -> int:
    """C#HAND.J · cycles.tws:51

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@env.task(short_name="C#HAND_TOO.J")
def j_2() -> int:
    """C#HAND_TOO.J · cycles.tws:52

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@env.task(short_name="HAND_network")
async def hand_network() -> list[str]:
    """HAND_network · cycles.tws"""
    flow = Flow("HAND_network", network=True)
    # C#HAND · cycles.tws:51
    # machine: C
    # on: REQUEST
    hand = flow.box("C#HAND")
    hand.start("C#HAND.J", j.aio())
    # C#HAND_TOO · cycles.tws:52 · condition: FOLLOWS HAND
    # machine: C
    # on: REQUEST
    # TODO[A774] neither C#HAND_TOO nor C#HAND has a run cycle: one workflow starts both together
    hand_too = flow.box("C#HAND_TOO", hand.succeeded)
    hand_too.start("C#HAND_TOO.J", j_2.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(hand_network).outputs()[0], sep="\n")
