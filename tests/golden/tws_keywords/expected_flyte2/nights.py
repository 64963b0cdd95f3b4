"""NIGHTS, converted by transpile from keywords.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="nights")


@env.task(short_name="W#NIGHTS.LAMPS")
def lamps(fruit: str) -> int:
    """W#NIGHTS.LAMPS · keywords.tws:48

    machine: W
    """
    return run("lamps $FRUIT", env={"FRUIT": fruit})


@env.task(short_name="W#NIGHTS.SCRIPT")
def script() -> int:
    """W#NIGHTS.SCRIPT · keywords.tws:50

    machine: W
    job_type: executable
    """
    return run("count && echo done")


@env.task(short_name="W#NIGHTS.PROGRAM")
def program() -> int:
    """W#NIGHTS.PROGRAM · keywords.tws:61

    machine: W
    job_type: executable
    streamlogon: market
    """
    return run("'/opt/market/bin/tidy up' -v 'a b'")


@env.task(
    short_name="NIGHTS",
    triggers=(
        flyte.Trigger(
            name="NIGHTS.schedule",
            automation=flyte.Cron("0 23 * * 0,1", timezone="UTC"),
        ),
        flyte.Trigger(
            name="NIGHTS.schedule_2",
            automation=flyte.Cron("0 0-2 * * 1", timezone="UTC"),
        ),
    ),
)
async def nights(fruit: str = "pears") -> list[str]:
    """NIGHTS · keywords.tws"""
    flow = Flow("W#NIGHTS")
    flow.start("W#NIGHTS.LAMPS", lamps.aio(fruit))
    flow.start("W#NIGHTS.SCRIPT", script.aio())
    flow.start("W#NIGHTS.PROGRAM", program.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(nights).outputs()[0], sep="\n")
