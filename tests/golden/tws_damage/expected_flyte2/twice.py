"""TWICE, converted by transpile from broken.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="twice")


@env.task(short_name="A#TWICE.J")
def j() -> int:
    """A#TWICE.J · broken.tws:39

    machine: A
    """
    # TODO[A760] A#TWICE.J is already in its stream, at broken.tws:39: the second job was left out
    # TODO[A754] A#TWICE.J runs A#J, which is not defined: its node fails
    return blocked("A754", "A#J is not defined")


@env.task(short_name="A#TWICE.T")
def t() -> int:
    """A#TWICE.T · broken.tws:39

    machine: A
    """
    return run("t")


@env.task(
    short_name="TWICE",
    triggers=flyte.Trigger(
        name="TWICE.schedule", automation=flyte.Cron("0 11 * * *", timezone="UTC")
    ),
)
async def twice() -> list[str]:
    """TWICE · broken.tws"""
    flow = Flow("A#TWICE")
    flow.start("A#TWICE.J", j.aio())
    flow.start("A#TWICE.T", t.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(twice).outputs()[0], sep="\n")
