"""AFTER_network, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.after_network_cuts import AFTER
from expected_flyte2.job_runtime import Flow, elsewhere, run

env = flyte.TaskEnvironment(name="after_network")


@env.task(short_name="C#AFTER.J")
def j() -> int:
    """C#AFTER.J · cycles.tws:22

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@env.task(short_name="C#AFTER_THAT.J")
def j_2() -> int:
    """C#AFTER_THAT.J · cycles.tws:23

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@env.task(
    short_name="AFTER_network",
    triggers=flyte.Trigger(
        name="AFTER_network.schedule",
        automation=flyte.Cron("0 7 * * *", timezone="UTC"),
    ),
)
async def after_network() -> list[str]:
    """AFTER_network · cycles.tws"""
    flow = Flow("AFTER_network", network=True)
    # C#AFTER · cycles.tws:22 · condition: FOLLOWS SHARED
    # machine: C
    # on: EVERYDAY
    after = flow.box("C#AFTER", wait=lambda: elsewhere("C#AFTER", AFTER))
    after.start("C#AFTER.J", j.aio())
    # C#AFTER_THAT · cycles.tws:23 · condition: FOLLOWS AFTER
    # machine: C
    # on: EVERYDAY
    after_that = flow.box("C#AFTER_THAT", after.succeeded)
    after_that.start("C#AFTER_THAT.J", j_2.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(after_network).outputs()[0], sep="\n")
