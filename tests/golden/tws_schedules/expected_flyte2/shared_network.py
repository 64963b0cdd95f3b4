"""SHARED_network, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="shared_network")


@env.task(short_name="C#SHARED.J")
def j() -> int:
    """C#SHARED.J · cycles.tws:12

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@env.task(short_name="C#SHARED_TOO.J")
def j_2() -> int:
    """C#SHARED_TOO.J · cycles.tws:17

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@env.task(short_name="C#WINDOW.J")
def j_3() -> int:
    """C#WINDOW.J · cycles.tws:21

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@env.task(
    short_name="SHARED_network",
    triggers=flyte.Trigger(
        name="SHARED_network.schedule",
        automation=flyte.Cron("0 6 * * *", timezone="UTC"),
    ),
)
async def shared_network() -> list[str]:
    """SHARED_network · cycles.tws"""
    flow = Flow("SHARED_network", network=True)
    # C#SHARED · cycles.tws:12
    # machine: C
    # on: EVERYDAY
    shared = flow.box("C#SHARED")
    shared.start("C#SHARED.J", j.aio())
    # C#SHARED_TOO · cycles.tws:13 · condition: FOLLOWS SHARED SAMEDAY
    # machine: C
    # on: RUNCYCLE X EVERYDAY
    shared_too = flow.box("C#SHARED_TOO", shared.succeeded)
    shared_too.start("C#SHARED_TOO.J", j_2.aio())
    # C#WINDOW · cycles.tws:18
    # condition: FOLLOWS SHARED RELATIVE FROM -0400 TO +0100, FOLLOWS SHARED_TOO FROM 0500 -1 DAY TO 0700
    # machine: C
    # on: EVERYDAY
    window = flow.box("C#WINDOW", shared.succeeded & shared_too.succeeded)
    window.start("C#WINDOW.J", j_3.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(shared_network).outputs()[0], sep="\n")
