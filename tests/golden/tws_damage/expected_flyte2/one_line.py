"""ONE_LINE, converted by transpile from broken.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="one_line")


@env.task(short_name="A#ONE_LINE.ON")
def on() -> int:
    """A#ONE_LINE.ON · broken.tws:4

    machine: A
    """
    return run("on")


@env.task(
    short_name="ONE_LINE",
    triggers=flyte.Trigger(
        name="ONE_LINE.schedule", automation=flyte.Cron("0 6 * * *", timezone="UTC")
    ),
)
async def one_line() -> list[str]:
    """ONE_LINE · broken.tws"""
    flow = Flow("A#ONE_LINE")
    flow.start("A#ONE_LINE.ON", on.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(one_line).outputs()[0], sep="\n")
